// Dead letters: trying one again.
#include "core/json.h"
#include "core/strings.h"
#include "desk/api.h"
#include "desk/reply.h"

namespace copytaster {

ServerResponse retry_letter(const Desk& desk, const ServerRequest&, const std::string& id) {
  if (!desk.house.letters.retry)
    return error_reply(503, "unavailable", "Dead letters cannot be tried again here.",
                       "Ask the process that keeps the posts.");
  const auto answer = desk.house.letters.retry(id);
  // Nobody has asked too often: the house is behind.
  if (absl::IsResourceExhausted(answer.status()))
    return error_reply(503, "unavailable", from_absl(answer.status().message()),
                       "Try again when the log has been worked off.");
  if (!answer.ok()) return status_reply(answer.status());
  JsonWriter json;
  json.begin_object().member("id", answer->id).member("read", answer->read);
  json.member("posts", answer->posts).member("attempts", std::uint64_t{answer->attempts});
  return json_reply(json.member_if("why", answer->why).end_object().text());
}

}  // namespace copytaster
