// Copies: why two posts are folded or are not, and what an editor says of them.
#include <optional>

#include "core/json.h"
#include "core/strings.h"
#include "desk/api.h"
#include "desk/body_fields.h"
#include "desk/one_line.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestId = 4096;
constexpr std::string_view kExample = R"({"of":"the other post's id","same":true,"by":"your name"})";

// What is wrong with the other post's id; nullopt: nothing.
std::optional<ServerResponse> wrong_other(const std::string& id, const std::string& other,
                                          std::string_view right) {
  if (other.empty())
    return error_reply(400, "invalid_argument", "Of which other post?",
                       str_cat("of is missing. Right would be ", right));
  if (other.size() > kLongestId)
    return error_reply(400, "invalid_argument", "of is too long for a post's id.",
                       str_cat("An id has at most ", kLongestId, " bytes."));
  if (other == id)
    return error_reply(400, "invalid_argument", "of names the post itself.",
                       "Two posts are compared: send the id of another one.");
  return std::nullopt;
}

// An id may itself end in "/copies": without `of` that post is meant, if there is one.
std::optional<ServerResponse> post_of_that_name(const Desk& desk, const ServerRequest& request,
                                                const std::string& id) {
  if (parameter(request.query, "of")) return std::nullopt;
  ServerResponse whole = get_item(desk, request, str_cat(id, "/copies"));
  if (whole.status == 404) return std::nullopt;
  return whole;
}

}  // namespace

ServerResponse get_copies(const Desk& desk, const ServerRequest& request, const std::string& id) {
  if (auto whole = post_of_that_name(desk, request, id)) return *std::move(whole);
  const std::string other = parameter(request.query, "of").value_or(std::string());
  if (auto wrong = wrong_other(id, other, "?of=the other post's id, percent-encoded"))
    return *std::move(wrong);
  if (!desk.house.copies.explain)
    return error_reply(503, "unavailable", "Posts cannot be compared here.",
                       "Ask the process that folds them.");
  auto why = desk.house.copies.explain(id, other);
  return why.ok() ? with_etag(request, json_reply(*std::move(why))) : status_reply(why.status());
}

ServerResponse post_copies(const Desk& desk, const ServerRequest& request, const std::string& id) {
  if (!desk.house.copies.answer)
    return error_reply(503, "unavailable", "No answer about copies can be kept here.",
                       "Ask the process that folds posts.");
  auto fields = body_fields(request, {"of", "same", "by"}, {}, {"same"});
  if (!fields.ok())
    return error_reply(400, "invalid_argument", from_absl(fields.status().message()),
                       str_cat("Right would be ", kExample));
  CopyAnswer answer;
  answer.item_id = id;
  answer.other_id = (*fields)["of"];
  answer.by = one_line((*fields)["by"], kLongestName);
  if (auto wrong = wrong_other(id, answer.other_id, kExample)) return *std::move(wrong);
  if (!fields->contains("same"))
    return error_reply(400, "invalid_argument", "Are they the same or not?",
                       "Send the field same: true folds the two posts, false keeps them apart.");
  if (answer.by.empty())
    return error_reply(400, "invalid_argument", "Who says so?", "Send your name in the field by.");
  answer.same = (*fields)["same"] == "true";
  if (const absl::Status kept = desk.house.copies.answer(answer); !kept.ok()) return status_reply(kept);
  JsonWriter json;
  json.begin_object().member("item_id", id).member("other_id", answer.other_id).member("same", answer.same);
  return reply(202, "application/json", json.end_object().text());
}

}  // namespace copytaster
