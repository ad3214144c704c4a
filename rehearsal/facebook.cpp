// graph.facebook.com and its picture host.
// https://developers.facebook.com/docs/graph-api/reference/page/published_posts
#include <algorithm>

#include "core/json.h"
#include "core/strings.h"
#include "core/url.h"
#include "rehearsal/facebook_post_json.h"
#include "rehearsal/graph_answer.h"
#include "rehearsal/ids.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::size_t kMostIds = 50;

const PlayedAccount* find_page(const Day& day, std::string_view page) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform != Platform::kFacebook) continue;
    if (equals_ignore_case(account.handle, page) || facebook_page_id(account) == page) return &account;
  }
  return nullptr;
}

// Writes the node with this id; false: there is none now.
bool write_node(const Stage& stage, std::string_view id, const GraphFields& asked, absl::Time now,
                JsonWriter* out) {
  static const GraphFields kPostFields("created_time,message");
  static const GraphFields kPhotoFields("created_time,name");
  for (const Post& post : stage.day.posts) {
    if (post.account->platform != Platform::kFacebook) continue;
    const auto live = live_at(post, now);
    if (!live) continue;
    if (facebook_post_id(post) == id) {
      write_facebook_post(*live, asked.empty() ? kPostFields : asked, now, out);
      return true;
    }
    for (std::size_t i = 0; i < live->version->pictures.size(); ++i) {
      if (facebook_photo_id(post, i) != id) continue;
      write_facebook_photo(*live, i, asked.empty() ? kPhotoFields : asked, now, out);
      return true;
    }
  }
  const PlayedAccount* page = find_page(stage.day, id);
  if (page != nullptr) write_facebook_page(*page, stage.day.notice, asked, out);
  return page != nullptr;
}

Answer play_node(const Stage& stage, const Question& question, std::string_view id) {
  JsonWriter out;
  if (!write_node(stage, id, GraphFields(question.parameter("fields")), question.now, &out))
    return graph_error("/{version}/{id}", no_such_object(id));
  return json_answer("/{version}/{id}", out.text());
}

Answer play_ids(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/{version}/?ids";
  const auto ids = split(question.parameter("ids"), ',');
  if (ids.size() > kMostIds) {
    return graph_error(kShape, {400, "(#100) Too many IDs", "OAuthException", 100, 0});
  }
  const GraphFields fields(question.parameter("fields"));
  JsonWriter out;
  out.begin_object();
  for (const std::string_view id : ids) {
    out.key(id);
    if (!write_node(stage, id, fields, question.now, &out)) return graph_error(kShape, no_such_object(id));
  }
  return json_answer(kShape, out.end_object().text());
}

// ---- published_posts

std::uint64_t number_of(const Live& live) {
  return parse_number<std::uint64_t>(facebook_post_number(*live.post)).value_or(0);
}

std::string next_url(const Question& question, const Post& last) {
  std::string out = str_cat("https://", question.host, question.path, "?access_token=", kGraphToken);
  for (const auto& [name, value] : question.parameters) {
    if (name != "after" && name != "before" && name != "access_token")
      str_append(&out, "&", percent_encode(name), "=", percent_encode(value));
  }
  return str_cat(out, "&after=", graph_cursor(facebook_post_number(last)));
}

Answer play_posts(const Question& question, const PlayedAccount& page) {
  constexpr std::string_view kShape = "/{version}/{page}/published_posts";
  std::vector<Live> posts = live_posts(page, question.now);
  std::sort(posts.begin(), posts.end(),
            [](const Live& a, const Live& b) { return number_of(a) > number_of(b); });
  const auto since = parse_number<std::int64_t>(question.parameter("since"));
  const auto until = parse_number<std::int64_t>(question.parameter("until"));
  const std::string_view after = question.parameter("after");
  const auto behind = read_graph_cursor(after);
  if (!after.empty() && !behind) {
    return graph_error(kShape, {400, "(#100) Invalid cursors values", "OAuthException", 100, 0});
  }
  std::erase_if(posts, [&](const Live& live) {
    const std::int64_t at = absl::ToUnixSeconds(live.post->at);
    return (since && at < *since) || (until && at > *until) || (behind && number_of(live) >= *behind);
  });
  const auto limit = static_cast<std::size_t>(question.number("limit", 25, 1, 100));
  const GraphFields asked(question.parameter("fields"));
  static const GraphFields kDefaults("created_time,message");
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  const std::size_t count = std::min(limit, posts.size());
  for (std::size_t i = 0; i < count; ++i)
    write_facebook_post(posts[i], asked.empty() ? kDefaults : asked, question.now, &out);
  out.end_array();
  if (count > 0) {
    const Post& last = *posts[count - 1].post;
    out.key("paging").begin_object().key("cursors").begin_object();
    out.member("before", graph_cursor(facebook_post_number(*posts.front().post)))
        .member("after", graph_cursor(facebook_post_number(last)))
        .end_object();
    if (posts.size() > limit) out.member("next", next_url(question, last));
    out.end_object();
  }
  return json_answer(kShape, out.end_object().text());
}

Answer play_graph(const Stage& stage, const Question& question) {
  const std::vector<std::string> path = segments(question.path);
  if (!has_graph_token(question)) return graph_error("/{version}/…", bad_graph_token());
  if (path.size() == 1 && !question.parameter("ids").empty()) return play_ids(stage, question);
  if (path.size() == 2) return play_node(stage, question, path[1]);
  if (path.size() == 3 && path[2] == "published_posts") {
    if (const PlayedAccount* page = find_page(stage.day, path[1])) return play_posts(question, *page);
    return graph_error("/{version}/{page}/published_posts",
                       {404, str_cat("(#803) Some of the aliases you requested do not exist: ", path[1]),
                        "OAuthException", 803, 0});
  }
  return graph_error("/{version}/…", {400, "(#2500) Unknown path components", "OAuthException", 2500, 0});
}

}  // namespace

Answer play_facebook(const Stage& stage, const Question& question) {
  if (asks_business_discovery(question)) return play_instagram(stage, question);
  Answer answer = play_graph(stage, question);
  answer.headers.push_back({"facebook-api-version", "v25.0"});
  answer.headers.push_back({"X-App-Usage", R"({"call_count":28,"total_time":25,"total_cputime":24})"});
  return answer;
}

Answer play_facebook_pictures(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/v/{file}";
  const auto refusal = [&](std::string_view why) {
    return Answer{403, {{"Content-Type", "text/plain"}}, str_cat(why, "\n"), std::string(kShape)};
  };
  const std::string_view expires = question.parameter("oe");
  if (question.parameter("oh") != facebook_signature(question.path, expires))
    return refusal("URL signature mismatch");
  std::int64_t until = 0;
  std::from_chars(expires.data(), expires.data() + expires.size(), until, 16);
  if (stage.faults.enabled() && question.now >= absl::FromUnixSeconds(until))
    return refusal("URL signature expired");
  const Rendition* full = stage.paths.find(question.host, question.path, question.now);
  if (full == nullptr || question.parameter("stp").empty()) return picture_answer(stage, question, kShape);
  Rendition small = *full;
  small.small = true;
  return picture_answer(stage, &small, kShape);
}

}  // namespace copytaster::rehearsal
