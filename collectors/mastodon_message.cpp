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

// What stands behind "field:", without the one space that may follow it.
std::string_view value_of(std::string_view line, std::string_view field) {
  line.remove_prefix(std::min(field.size() + 1, line.size()));
  consume_prefix(&line, " ");
  return line;
}

absl::StatusOr<MastodonMessage> read_event(std::string_view body) {
  MastodonMessage out;
  out.bytes_were_bad = !is_valid_utf8(body);
  bool has_data = false;
  bool is_over = false;  // an empty line ends an event
  for (std::string_view line : split(body, '\n')) {
    consume_suffix(&line, "\r");
    if (line.empty()) {
      is_over = is_over || has_data || !out.event.empty();
      continue;
    }
    const std::string_view field = line.substr(0, line.find(':'));
    if (field.empty()) continue;  // a comment, ":thump"
    if (field != "event" && field != "data") {
      if (field == "id" || field == "retry") continue;
      return absl::InvalidArgumentError("neither a message of the stream nor a server-sent event");
    }
    if (is_over) return absl::InvalidArgumentError("several server-sent events at once: each is one message");
    if (field == "event") {
      out.event = to_valid_utf8(value_of(line, field));
    } else {
      if (has_data) out.payload += '\n';
      out.payload += value_of(line, field);
      has_data = true;
    }
  }
  return out;
}

}  // namespace

absl::StatusOr<MastodonMessage> mastodon_message(std::string_view body) {
  return strip_space(body).starts_with('{') ? read_web_socket(body) : read_event(body);
}

}  // namespace copytaster
