// graph.threads.com: profile_posts.
// https://developers.facebook.com/docs/threads/retrieve-and-discover-posts/retrieve-posts
#include <algorithm>

#include "core/json.h"
#include "core/strings.h"
#include "core/url.h"
#include "rehearsal/find_account.h"
#include "rehearsal/graph_answer.h"
#include "rehearsal/graph_fields.h"
#include "rehearsal/ids.h"
#include "rehearsal/meta_media_json.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::string_view kShape = "/v1.0/profile_posts";
constexpr std::string_view kType = "THApiException";

std::string next_url(const Question& question, const Post& last) {
  std::string out = str_cat("https://", question.host, question.path, "?access_token=", kGraphToken);
  for (const auto& [name, value] : question.parameters) {
    if (name != "after" && name != "access_token")
      str_append(&out, "&", percent_encode(name), "=", percent_encode(value));
  }
  return str_cat(out, "&after=", graph_cursor(meta_media_id(last)));
}

Answer play_posts(const Question& question, const PlayedAccount& profile) {
  std::vector<Live> posts = live_posts(profile, question.now);
  std::sort(posts.begin(), posts.end(),
            [](const Live& a, const Live& b) { return meta_media_number(a) > meta_media_number(b); });
  const auto since = parse_number<std::int64_t>(question.parameter("since"));
  const std::string_view after = question.parameter("after");
  const auto behind = read_graph_cursor(after);
  if (!after.empty() && !behind) return graph_error(kShape, {400, "Invalid parameter", kType, 100, 0});
  std::erase_if(posts, [&](const Live& live) {
    // Replies are another edge's.
    return live.post->reply_to != nullptr || (since && absl::ToUnixSeconds(live.post->at) < *since) ||
           (behind && meta_media_number(live) >= *behind);
  });
  const auto limit = static_cast<std::size_t>(question.number("limit", 25, 1, 100));
  const GraphFields fields(question.parameter("fields"));
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  const std::size_t count = std::min(limit, posts.size());
  for (std::size_t i = 0; i < count; ++i) write_threads_post(posts[i], fields, question.now, &out);
  out.end_array();
  if (count > 0) {
    const Post& last = *posts[count - 1].post;
    out.key("paging").begin_object().key("cursors").begin_object();
    out.member("before", graph_cursor(meta_media_id(*posts.front().post)));
    out.member("after", graph_cursor(meta_media_id(last))).end_object();
    if (posts.size() > limit) out.member("next", next_url(question, last));
    out.end_object();
  }
  return json_answer(kShape, out.end_object().text());
}

}  // namespace

Answer play_threads(const Stage& stage, const Question& question) {
  const bool is_standard = has_graph_token(question, kStandardThreadsToken);
  if (!is_standard && !has_graph_token(question)) return graph_error(kShape, bad_graph_token(kType));
  const std::vector<std::string> path = segments(question.path);
  if (path.size() != 2 || path[1] != "profile_posts") {
    return graph_error("/v1.0/…", no_such_object(path.empty() ? "" : path.back(), kType));
  }
  if (is_standard) {
    return graph_error(kShape, {403, "Application does not have permission for this action (rehearsal)",
                                kType, 10, 4279067});
  }
  if (stage.faults.over_budget(question.host, question.now)) {
    Answer answer = graph_error(kShape, {400, "Application request limit reached (rehearsal)", kType, 4, 0});
    answer.headers.push_back({"X-App-Usage", R"({"call_count":100,"total_time":31,"total_cputime":9})"});
    return answer;
  }
  const std::string_view name = question.parameter("username");
  const PlayedAccount* profile = find_by_handle(stage.day, Platform::kThreads, name);
  if (profile == nullptr) return graph_error(kShape, no_such_object(name, kType));
  return play_posts(question, *profile);
}

}  // namespace copytaster::rehearsal
