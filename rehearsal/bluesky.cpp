// public.api.bsky.app: the public app view.
#include <algorithm>
#include <optional>

#include "core/json.h"
#include "core/strings.h"
#include "rehearsal/bluesky_post_json.h"
#include "rehearsal/ids.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::size_t kMostUris = 25;

Answer error_answer(std::string_view shape, std::string_view message, int status = 400,
                    std::string_view name = "InvalidRequest") {
  JsonWriter out;
  out.begin_object().member("error", name).member("message", message).end_object();
  return json_answer(shape, out.text(), status);
}

const PlayedAccount* find_actor(const Day& day, std::string_view actor) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform != Platform::kBluesky) continue;
    if (equals_ignore_case(account.handle, actor) || bluesky_did(account) == actor) return &account;
  }
  return nullptr;
}

// "<milliseconds>::<cid>": what comes behind this entry.
struct Place {
  std::int64_t at = 0;
  std::string cid;
  friend bool operator<(const Place& a, const Place& b) { return a.at != b.at ? a.at < b.at : a.cid < b.cid; }
};

std::optional<Place> read_place(std::string_view cursor) {
  const std::size_t colons = cursor.find("::");
  if (colons == std::string_view::npos) return std::nullopt;
  const auto at = parse_number<std::int64_t>(cursor.substr(0, colons));
  if (!at) return std::nullopt;
  return Place{*at, std::string(cursor.substr(colons + 2))};
}

bool is_wanted(const Live& live, std::string_view filter, absl::Time now) {
  const Post& post = *live.post;
  if (post.reshare_of != nullptr) return live_at(*post.reshare_of, now) && filter != "posts_with_media";
  if (filter == "posts_no_replies") return post.reply_to == nullptr;
  if (filter == "posts_with_media") return !live.version->pictures.empty();
  if (filter == "posts_and_author_threads")
    return post.reply_to == nullptr || post.reply_to->account == post.account;
  return true;
}

Answer author_feed(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/xrpc/app.bsky.feed.getAuthorFeed";
  const PlayedAccount* account = find_actor(stage.day, question.parameter("actor"));
  if (account == nullptr) return error_answer(kShape, "Profile not found");
  const std::string_view cursor = question.parameter("cursor");
  const auto behind = read_place(cursor);
  if (!cursor.empty() && !behind) return error_answer(kShape, "Malformed cursor");
  std::vector<std::pair<Place, const Post*>> entries;
  for (const Live& live : live_posts(*account, question.now)) {
    if (!is_wanted(live, question.parameter("filter"), question.now)) continue;
    Place place{absl::ToUnixMillis(live.post->at), bluesky_post_cid(stage.day, *live.post)};
    if (!behind || place < *behind) entries.emplace_back(std::move(place), live.post);
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return b.first < a.first; });
  const auto limit = static_cast<std::size_t>(question.number("limit", 50, 1, 100));
  if (entries.size() > limit) entries.resize(limit);
  JsonWriter out;
  out.begin_object().key("feed").begin_array();
  for (const auto& [place, post] : entries) write_bluesky_entry(stage.day, *post, question.now, &out);
  out.end_array();
  // A full page has a cursor, also when nothing lies behind it: the page after it is empty and has none.
  if (entries.size() == limit) {
    out.member("cursor", str_cat(entries.back().first.at, "::", entries.back().first.cid));
  }
  return json_answer(kShape, out.end_object().text());
}

Answer posts(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/xrpc/app.bsky.feed.getPosts";
  std::vector<std::string_view> uris;
  for (const auto& [name, value] : question.parameters) {
    if (name == "uris" || name == "uris[]") uris.push_back(value);
  }
  if (uris.empty() || uris.size() > kMostUris) {
    return error_answer(kShape, "Error: uris must have between 1 and 25 elements");
  }
  JsonWriter out;
  out.begin_object().key("posts").begin_array();
  for (const Post& post : stage.day.posts) {
    if (post.account->platform != Platform::kBluesky || post.reshare_of != nullptr) continue;
    if (std::find(uris.begin(), uris.end(), bluesky_post_uri(post)) == uris.end()) continue;
    if (live_at(post, question.now)) write_bluesky_post(stage.day, post, question.now, &out);
  }
  return json_answer(kShape, out.end_array().end_object().text());
}

Answer profile(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/xrpc/app.bsky.actor.getProfile";
  const PlayedAccount* account = find_actor(stage.day, question.parameter("actor"));
  if (account == nullptr) return error_answer(kShape, "Profile not found");
  JsonWriter out;
  out.begin_object().member("did", bluesky_did(*account)).member("handle", account->handle);
  out.member("displayName", account->name).member("description", stage.day.notice);
  out.member("postsCount", std::uint64_t{live_posts(*account, question.now).size()});
  return json_answer(kShape, out.key("labels").begin_array().end_array().end_object().text());
}

Answer resolve(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/xrpc/com.atproto.identity.resolveHandle";
  const PlayedAccount* account = find_actor(stage.day, question.parameter("handle"));
  if (account == nullptr) return error_answer(kShape, "Unable to resolve handle");
  JsonWriter out;
  return json_answer(kShape, out.begin_object().member("did", bluesky_did(*account)).end_object().text());
}

Answer play_method(const Stage& stage, const Question& question) {
  if (question.path == "/xrpc/app.bsky.feed.getAuthorFeed") return author_feed(stage, question);
  if (question.path == "/xrpc/app.bsky.feed.getPosts") return posts(stage, question);
  if (question.path == "/xrpc/app.bsky.actor.getProfile") return profile(stage, question);
  if (question.path == "/xrpc/com.atproto.identity.resolveHandle") return resolve(stage, question);
  return error_answer("/xrpc/…", "Method Not Implemented", 501, "MethodNotImplemented");
}

}  // namespace

Answer play_bluesky(const Stage& stage, const Question& question) {
  if (question.host == kBlueskyPictureHost)
    return picture_answer(stage, question, "/img/{size}/plain/{did}/{cid}");
  Answer answer = play_method(stage, question);
  // docs.bsky.app/docs/advanced-guides/rate-limits: 3000 in five minutes; the reset in Unix seconds.
  const std::int64_t reset = (absl::ToUnixSeconds(question.now) / 300 + 1) * 300;
  answer.headers.push_back({"ratelimit-limit", "3000"});
  answer.headers.push_back({"ratelimit-remaining", "2950"});
  answer.headers.push_back({"ratelimit-reset", str_cat(reset)});
  answer.headers.push_back({"ratelimit-policy", "3000;w=300"});
  return answer;
}

}  // namespace copytaster::rehearsal
