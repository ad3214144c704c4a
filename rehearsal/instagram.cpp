// graph.facebook.com as Instagram answers there: Business Discovery.
// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/business-discovery
#include <algorithm>

#include "core/json.h"
#include "core/strings.h"
#include "rehearsal/find_account.h"
#include "rehearsal/graph_answer.h"
#include "rehearsal/graph_fields.h"
#include "rehearsal/ids.h"
#include "rehearsal/meta_media_json.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::string_view kShape = "/{version}/{own-id}?business_discovery";
constexpr std::string_view kDiscovery = "business_discovery";

void write_list(std::vector<Live> posts, const GraphFields& user, absl::Time now, JsonWriter* out) {
  const auto behind = read_graph_cursor(user.argument("media", "after"));
  std::erase_if(posts, [&](const Live& live) { return behind && meta_media_number(live) >= *behind; });
  const std::size_t limit = std::clamp<std::size_t>(
      parse_number<std::size_t>(user.argument("media", "limit")).value_or(25), 1, 100);
  const std::size_t count = std::min(limit, posts.size());
  out->key("media").begin_object().key("data").begin_array();
  for (std::size_t i = 0; i < count; ++i) write_instagram_media(posts[i], user.of("media"), now, out);
  out->end_array();
  if (posts.size() > limit) {
    out->key("paging").begin_object().key("cursors").begin_object();
    out->member("after", graph_cursor(meta_media_id(*posts[count - 1].post))).end_object().end_object();
  }
  out->end_object();
}

Answer play_discovery(const Stage& stage, const Question& question, const GraphFields& asked) {
  const std::string_view name = asked.argument(kDiscovery, "username");
  const PlayedAccount* user = find_by_handle(stage.day, Platform::kInstagram, name);
  // A personal account, one with an age limit, and none at all: the same words.
  if (user == nullptr) return graph_error(kShape, {400, "Invalid user id", "OAuthException", 110, 2207013});
  const GraphFields& fields = asked.of(kDiscovery);
  const GraphFields& media = fields.of("media");
  // On a day with faults as the documents have it: they do not list alt_text among what others may read.
  if (stage.faults.enabled() && (media.has("alt_text") || media.of("children").has("alt_text"))) {
    return graph_error(kShape,
                       {400, "(#100) Tried accessing nonexisting field (alt_text) on node type (IGMedia)",
                        "OAuthException", 100, 0});
  }
  const std::string_view after = fields.argument("media", "after");
  if (!after.empty() && !read_graph_cursor(after)) {
    return graph_error(kShape, {400, "(#100) Invalid cursors values", "OAuthException", 100, 0});
  }
  std::vector<Live> posts = live_posts(*user, question.now);
  std::sort(posts.begin(), posts.end(),
            [](const Live& a, const Live& b) { return meta_media_number(a) > meta_media_number(b); });
  JsonWriter out;
  out.begin_object().key(kDiscovery).begin_object();
  if (fields.has("username")) out.member("username", user->handle);
  if (fields.has("name")) out.member("name", user->name);
  if (fields.has("biography")) out.member("biography", stage.day.notice);
  if (fields.has("media_count")) out.member("media_count", std::uint64_t{posts.size()});
  if (fields.has("media")) write_list(std::move(posts), fields, question.now, &out);
  out.member("id", meta_user_id(*user)).end_object().member("id", kOwnInstagramId).end_object();
  return json_answer(kShape, out.text());
}

std::string usage(int calls, std::int64_t minutes) {
  return str_cat("{\"", kOwnInstagramId, "\":[{\"type\":\"instagram\",\"call_count\":", calls,
                 ",\"total_cputime\":12,\"total_time\":18,\"estimated_time_to_regain_access\":", minutes,
                 "}]}");
}

}  // namespace

bool asks_business_discovery(const Question& question) {
  return question.parameter("fields").starts_with(kDiscovery);
}

Answer play_instagram(const Stage& stage, const Question& question) {
  const std::vector<std::string> path = segments(question.path);
  if (!has_graph_token(question)) return graph_error(kShape, bad_graph_token());
  if (path.size() != 2 || path[1] != kOwnInstagramId) {
    return graph_error(kShape, no_such_object(path.empty() ? "" : path.back()));
  }
  constexpr std::string_view kUsage = "X-Business-Use-Case-Usage";
  if (const auto wait = stage.faults.over_budget(question.host, question.now)) {
    Answer answer = graph_error(
        kShape, {400, "(#80002) There have been too many calls to this Instagram account. (rehearsal)",
                 "OAuthException", 80002, 0});
    answer.headers.push_back({std::string(kUsage), usage(100, absl::ToInt64Minutes(*wait))});
    return answer;
  }
  Answer answer = play_discovery(stage, question, GraphFields(question.parameter("fields")));
  answer.headers.push_back({std::string(kUsage), usage(28, 0)});
  return answer;
}

}  // namespace copytaster::rehearsal
