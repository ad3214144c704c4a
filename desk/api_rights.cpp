// Rights: what an editor decides about a picture.
#include "core/json.h"
#include "core/rights.h"
#include "core/strings.h"
#include "desk/api.h"
#include "desk/body_fields.h"
#include "desk/one_line.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestNote = 2000;
constexpr std::string_view kExample =
    R"({"picture":0,"shown":"its sha256","state":"granted","note":"by mail, for one story","by":"your name"})";

ServerResponse wrong(std::string_view what) {
  return error_reply(400, "invalid_argument", what, str_cat("Right would be ", kExample));
}

}  // namespace

ServerResponse post_rights(const Desk& desk, const ServerRequest& request, const std::string& id) {
  if (!desk.house.rights.decide)
    return error_reply(503, "unavailable", "Nothing can be decided about pictures here.",
                       "Ask the process that keeps the posts.");
  auto fields = body_fields(request, {"picture", "shown", "state", "note", "by"}, {}, {}, {"picture"});
  if (!fields.ok()) return wrong(from_absl(fields.status().message()));
  const auto index = parse_number<std::uint32_t>((*fields)["picture"]);
  if (!index) return wrong("Which picture of the post? picture is its place, the first one is 0.");
  RightsAnswer answer;
  answer.item_id = id;
  answer.media_index = *index;
  answer.shown = strip_space((*fields)["shown"]);
  answer.state = (*fields)["state"];
  answer.note = one_line((*fields)["note"], kLongestNote);
  answer.by = one_line((*fields)["by"], kLongestName);
  if (answer.shown.empty())
    return wrong(
        "Which picture was it that you saw? Send its sha256 in the field shown; where its bytes are not "
        "here, its nativeId or its url.");
  if (!is_rights_state(answer.state))
    return wrong(str_cat("state is one of ", join({kRightsStates.begin(), kRightsStates.end()}, ", "), "."));
  if (answer.by.empty()) return wrong("Who says so? Send your name in the field by.");
  if (const absl::Status kept = desk.house.rights.decide(answer); !kept.ok()) return status_reply(kept);
  JsonWriter json;
  json.begin_object().member("item_id", id).member("picture", static_cast<std::uint64_t>(*index));
  json.member("state", answer.state).member("by", answer.by).member_if("note", answer.note);
  return reply(202, "application/json", json.end_object().text());
}

}  // namespace copytaster
