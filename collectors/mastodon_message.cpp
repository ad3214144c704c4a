#include "collectors/mastodon_message.h"

#include <utility>

#include "collectors/json_fields.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

absl::StatusOr<MastodonMessage> read_web_socket(std::string_view body) {
  const auto document = JsonDocument::parse(body);
  if (!document.ok()) return absl::InvalidArgumentError(document.status().message());
  const Json root = document->root();
  if (root["error"].is_string()) {
    const std::string_view said = root["error"].view();
    const std::string what = plain_line(str_cat("the stream says: ", said.substr(0, utf8_floor(said, 300))));
    const std::uint64_t status = root["status"].count();
    if (status == 401 || status == 403) return absl::UnauthenticatedError(what);
    return absl::UnavailableError(what);
  }
  if (!root["event"].is_string()) return absl::InvalidArgumentError("a message of the stream without event");
  MastodonMessage out{
      .event = root["event"].text(), .payload = {}, .bytes_were_bad = document->bytes_were_bad()};
  const Json payload = root["payload"];
  // A string; a server that writes the status itself there is understood, too.
  out.payload = payload.is_string() || !payload.is_object() ? payload.id() : payload.raw(kMaxJsonBytes);
  return out;
}

}  // namespace

absl::StatusOr<MastodonMessage> mastodon_message(std::string_view body) {
  if (strip_space(body).empty()) return MastodonMessage();
  return read_web_socket(body);
}

}  // namespace copytaster
