#include <algorithm>
#include <optional>

#include "core/log.h"
#include "core/rights.h"
#include "core/status.h"
#include "core/strings.h"
#include "desk/api.h"
#include "desk/reply.h"
#include "desk/wording_rights.h"

namespace copytaster {
namespace {

// Of what may not be exported: enough for an editor to see what was decided about, and no file to print.
constexpr int kWithheldEdge = 480;

// 64 lower-case hex digits, an extension dropped; empty for anything else: nothing else reaches the disk.
std::string_view hash_of(std::string_view name) {
  name = name.substr(0, name.find('.'));
  const bool hex =
      std::ranges::all_of(name, [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f'); });
  return name.size() == 64 && hex ? name : std::string_view();
}

ServerResponse keep(ServerResponse response) {
  set_header(response, "Cache-Control", "private, max-age=31536000, immutable");  // named by its bytes
  return response;
}

// A store over the network that does not answer, or wants an operator: no matter of who asks for a picture.
ServerResponse away(const absl::Status& why) {
  log_warn("desk.media.away", "A picture cannot be had from where it is kept",
           {{"error.message", std::string(why.message())}});
  ServerResponse later = error_reply(503, "unavailable", "The pictures cannot be had now: ask again later.");
  set_header(later, "Retry-After", "10");
  set_header(later, "Cache-Control", "no-store");
  return later;
}

ServerResponse original(const Desk& desk, std::string_view hash) {
  auto bytes = desk.house.media->get(hash);
  // The store's own words name a path of this machine.
  if (absl::IsNotFound(bytes.status())) return error_reply(404, "not_found", "No such picture is kept.");
  if (absl::IsDataLoss(bytes.status())) return status_reply(bytes.status());
  if (!bytes.ok()) return away(bytes.status());
  const std::string_view type = picture_type(*bytes);
  ServerResponse response = reply(200, type.empty() ? "application/octet-stream" : type, *std::move(bytes));
  if (type.empty()) set_header(response, "Content-Disposition", "attachment");
  return keep(std::move(response));
}

// A later decision changes what is given, and the browser is to ask again.
ServerResponse withheld(const Desk& desk, std::string_view hash, const Rights& rights,
                        std::optional<int> edge) {
  if (edge && desk.thumbnails->can_make()) {
    auto small = desk.thumbnails->get(hash, std::min(*edge, kWithheldEdge));
    if (absl::IsAborted(small.status())) {  // the others take their turn first
      ServerResponse later = error_reply(503, "busy", "Other pictures are being made small: ask again.");
      set_header(later, "Retry-After", "1");
      set_header(later, "Cache-Control", "no-store");
      return later;
    }
    if (small.ok()) {
      ServerResponse response = reply(200, "image/jpeg", **small);
      set_header(response, "Cache-Control", "no-store");
      return response;
    }
  }
  ServerResponse refused = status_reply(absl::FailedPreconditionError(rights_told(rights)));
  set_header(refused, "Cache-Control", "no-store");
  return refused;
}

}  // namespace

Rights rights_of_bytes(const Desk& desk, std::string_view hash) {
  return desk.house.rights.of_bytes ? desk.house.rights.of_bytes(hash) : Rights();
}

std::string_view picture_type(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
  if (bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "image/webp";
  if (bytes.size() > 12 && bytes.substr(4, 8) == "ftypavif") return "image/avif";
  return {};
}

ServerResponse get_media(const Desk& desk, const ServerRequest& request, const std::string& name) {
  const std::string_view hash = hash_of(name);
  if (hash.empty()) return error_reply(404, "not_found", "A picture's name is 64 hex digits.");
  if (desk.house.erasures.erased_picture && desk.house.erasures.erased_picture(hash) &&
      !desk.house.media->has(hash))
    return error_reply(404, "not_found", "No such picture is kept.");
  if (const auto story = parameter(request.query, "story"))
    return picture_with_words(desk, request, hash, *story);
  const auto edge_text = parameter(request.query, "edge");
  const auto edge = edge_text ? parse_number<int>(*edge_text) : std::nullopt;
  if (edge_text && (!edge || *edge < 16 || *edge > 4096))
    return error_reply(400, "invalid_argument", "edge must be a whole number from 16 to 4096");
  const Rights rights = rights_of_bytes(desk, hash);
  if (!may_export_file(rights) && desk.house.media->has(hash)) return withheld(desk, hash, rights, edge);
  if (!edge) return original(desk, hash);
  if (!desk.thumbnails->can_make()) return original(desk, hash);
  auto small = desk.thumbnails->get(hash, *edge);
  if (small.ok()) return keep(reply(200, "image/jpeg", **small));
  // A picture that cannot be decoded is still shown as it came, for what a browser makes of it; so is one
  // whose turn it is not, but the browser must not keep that.
  ServerResponse whole = original(desk, hash);
  if (absl::IsAborted(small.status())) set_header(whole, "Cache-Control", "no-store");
  return whole;
}

}  // namespace copytaster
