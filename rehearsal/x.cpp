// api.x.com and its picture host. https://docs.x.com/x-api/posts/timelines/introduction
#include <algorithm>
#include <optional>

#include "core/json.h"
#include "core/strings.h"
#include "rehearsal/ids.h"
#include "rehearsal/stage.h"
#include "rehearsal/x_post_json.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::string_view kToken = "of-the-rehearsal-only";
constexpr std::string_view kPlace = "before";  // a pagination token is this and an id

Answer problem_answer(std::string_view shape, int status, std::string_view title, std::string_view detail,
                      std::string_view type) {
  JsonWriter out;
  out.begin_object().member("title", title).member("detail", detail).member("type", type);
  return json_answer(shape, out.member("status", status).end_object().text(), status);
}

// X says 200 to what it cannot find.
Answer not_found(std::string_view shape, std::string_view type, std::string_view parameter,
                 std::string_view value) {
  JsonWriter out;
  out.begin_object().key("errors").begin_array();
  write_x_not_found(type, parameter, value, &out);
  return json_answer(shape, out.end_array().end_object().text());
}

const PlayedAccount* find_user(const Day& day, std::string_view name, std::string_view id) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform != Platform::kX) continue;
    if (equals_ignore_case(account.handle, name) || x_user_id(account) == id) return &account;
  }
  return nullptr;
}

Answer look_up(const Stage& stage, const Question& question, std::string_view name) {
  constexpr std::string_view kShape = "/2/users/by/username/{username}";
  const PlayedAccount* account = find_user(stage.day, name, "");
  if (account == nullptr) return not_found(kShape, "user", "username", name);
  JsonWriter out;
  out.begin_object().key("data");
  const bool wants_description =
      question.parameter("user.fields").find("description") != std::string_view::npos;
  XWriter(question).write_user(*account, wants_description ? stage.day.notice : "", &out);
  return json_answer(kShape, out.end_object().text());
}

// ---- timelines

std::uint64_t id_of(const Live& live) {
  return parse_number<std::uint64_t>(x_post_id(*live.post, *live.version)).value_or(0);
}

// The newest there are, newest first: also with since_id.
std::vector<Live> timeline(const PlayedAccount& account, const Question& question,
                           std::optional<std::uint64_t> before) {
  const auto since = parse_number<std::uint64_t>(question.parameter("since_id"));
  std::vector<Live> posts = live_posts(account, question.now);
  std::erase_if(posts, [&](const Live& live) {
    return !is_x_live(*live.post, question.now) || (since && id_of(live) <= *since) ||
           (before && id_of(live) >= *before);
  });
  std::sort(posts.begin(), posts.end(), [](const Live& a, const Live& b) { return id_of(a) > id_of(b); });
  return posts;
}

Answer list_posts(const Stage& stage, const Question& question, std::string_view id) {
  constexpr std::string_view kShape = "/2/users/{id}/tweets";
  const auto invalid = [&](std::string_view name) {
    return problem_answer(kShape, 400, "Invalid Request",
                          str_cat("The '", name, "' query parameter is not valid."),
                          "https://api.twitter.com/2/problems/invalid-request");
  };
  const PlayedAccount* account = find_user(stage.day, "", id);
  if (account == nullptr) return not_found(kShape, "user", "id", id);
  const std::string_view wanted = question.parameter("max_results");
  const auto most = wanted.empty() ? std::optional(10) : parse_number<int>(wanted);
  if (!most || *most < 5 || *most > 100) return invalid("max_results");
  std::string_view token = question.parameter("pagination_token");
  const bool has_place = consume_prefix(&token, kPlace);
  const auto before = parse_number<std::uint64_t>(token);
  if (!token.empty() && (!has_place || !before)) return invalid("pagination_token");

  const std::vector<Live> posts = timeline(*account, question, before);
  const std::size_t count = std::min(posts.size(), static_cast<std::size_t>(*most));
  XWriter writer(question);
  JsonWriter out;
  out.begin_object();
  if (count > 0) {
    out.key("data").begin_array();
    for (std::size_t i = 0; i < count; ++i) out.raw(writer.post(posts[i]));
    out.end_array();
  }
  writer.write_includes(&out);
  out.key("meta").begin_object().member("result_count", static_cast<std::uint64_t>(count));
  if (count > 0) {
    out.member("newest_id", str_cat(id_of(posts.front())))
        .member("oldest_id", str_cat(id_of(posts[count - 1])));
    if (posts.size() > count) out.member("next_token", str_cat(kPlace, id_of(posts[count - 1])));
  }
  return json_answer(kShape, out.end_object().end_object().text());
}

// ---- one post: by any of its versions' ids the newest

Answer show_post(const Stage& stage, const Question& question, std::string_view id) {
  constexpr std::string_view kShape = "/2/tweets/{id}";
  for (const Post& post : stage.day.posts) {
    const bool is_it =
        post.account->platform == Platform::kX &&
        std::any_of(post.versions.begin(), post.versions.end(), [&](const PostVersion& version) {
          return version.at <= question.now && x_post_id(post, version) == id;
        });
    if (!is_it || !is_x_live(post, question.now)) continue;
    XWriter writer(question);
    JsonWriter out;
    out.begin_object().key("data").raw(writer.post(*live_at(post, question.now)));
    writer.write_includes(&out);
    return json_answer(kShape, out.end_object().text());
  }
  return not_found(kShape, "tweet", "id", id);
}

Answer play_api(const Stage& stage, const Question& question) {
  if (header_value(question.headers, "authorization") != str_cat("Bearer ", kToken))
    return problem_answer("/2/…", 401, "Unauthorized", "Unauthorized", "about:blank");
  const std::vector<std::string> path = segments(question.path);
  if (path.size() == 5 && path[1] == "users" && path[2] == "by" && path[3] == "username")
    return look_up(stage, question, path[4]);
  if (path.size() == 4 && path[1] == "users" && path[3] == "tweets")
    return list_posts(stage, question, path[2]);
  if (path.size() == 3 && path[1] == "tweets") return show_post(stage, question, path[2]);
  return problem_answer("/2/…", 404, "Not Found", "Not Found", "about:blank");
}

}  // namespace

Answer play_x(const Stage& stage, const Question& question) {
  const auto wait = stage.faults.throttled(question.host, question.now);
  Answer answer;
  if (wait) {
    answer = {429, {{"Content-Type", "text/plain;charset=utf-8"}}, "Rate limit exceeded\n", "/2/…"};
  } else {
    answer = play_api(stage, question);
  }
  // 10,000 in fifteen minutes; the reset in Unix seconds. Counting is left to the fault.
  constexpr std::int64_t kWindow = 15 * 60;
  const std::int64_t now = absl::ToUnixSeconds(question.now);
  const std::int64_t reset = wait ? now + absl::ToInt64Seconds(*wait) : (now / kWindow + 1) * kWindow;
  answer.headers.push_back({"x-rate-limit-limit", "10000"});
  answer.headers.push_back({"x-rate-limit-remaining", wait ? "0" : "9990"});
  answer.headers.push_back({"x-rate-limit-reset", str_cat(reset)});
  return answer;
}

Answer play_x_pictures(const Stage& stage, const Question& question) {
  return picture_answer(stage, question, "/media/{file}");
}

}  // namespace copytaster::rehearsal
