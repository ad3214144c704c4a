// www.youtube.com (feeds and channel pages), its pictures, and the Data API at www.googleapis.com.
#include <algorithm>
#include <optional>

#include "core/json.h"
#include "core/strings.h"
#include "core/url.h"
#include "rehearsal/find_account.h"
#include "rehearsal/stage.h"
#include "rehearsal/youtube_feed.h"

namespace copytaster::rehearsal {
namespace {

Answer html(int status, std::string body, std::string_view shape) {
  return {status, {{"Content-Type", "text/html; charset=utf-8"}}, std::move(body), std::string(shape)};
}

const PlayedAccount* find_channel(const Day& day, std::string_view id) {
  for (const PlayedAccount& account : day.accounts) {
    if (account.platform == Platform::kYoutube && youtube_channel_id(account) == id) return &account;
  }
  return nullptr;
}

Answer show_feed(const Stage& stage, const Question& question) {
  constexpr std::string_view kShape = "/feeds/videos.xml";
  const PlayedAccount* account = find_channel(stage.day, question.parameter("channel_id"));
  // As on whole days: there, and yet not found.
  if (account == nullptr || stage.faults.broken(question.host, question.now)) {
    return html(404, "<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>\n", kShape);
  }
  return {200,
          {{"Content-Type", "text/xml; charset=UTF-8"}, {"Cache-Control", "public, max-age=900"}},
          write_youtube_feed(*account, stage.day.notice, question.now),
          std::string(kShape)};
}

// ---- the Data API

Answer api_error(std::string_view shape, int status, std::string_view reason, std::string_view message) {
  JsonWriter out;
  out.begin_object().key("error").begin_object().member("code", status).member("message", message);
  out.key("errors").begin_array().begin_object().member("message", message).member("reason", reason);
  out.end_object().end_array().end_object().end_object();
  return json_answer(shape, out.text(), status);
}

void end_list(std::size_t total, JsonWriter* out) {
  out->end_array().key("pageInfo").begin_object().member("totalResults", static_cast<std::int64_t>(total));
  out->end_object().end_object();
}

JsonWriter begin_list(std::string_view kind) {
  JsonWriter out;
  out.begin_object().member("kind", kind);
  return out;
}

Answer list_channels(const Stage& stage, const Question& question, std::string_view shape) {
  const PlayedAccount* account =
      find_by_handle(stage.day, Platform::kYoutube, question.parameter("forHandle"));
  JsonWriter out = begin_list("youtube#channelListResponse");
  out.key("items").begin_array();
  if (account != nullptr) write_youtube_channel(*account, stage.day.notice, &out);
  end_list(account != nullptr ? 1 : 0, &out);
  return json_answer(shape, out.text());
}

Answer list_uploads(const Stage& stage, const Question& question, std::string_view shape) {
  const std::string_view list = question.parameter("playlistId");
  const PlayedAccount* account =
      list.starts_with("UU") ? find_channel(stage.day, str_cat("UC", list.substr(2))) : nullptr;
  if (account == nullptr) return api_error(shape, 404, "playlistNotFound", "The playlist cannot be found.");
  const auto most = static_cast<std::size_t>(question.number("maxResults", 5, 1, 50));
  const std::vector<Live> videos = live_posts(*account, question.now);
  std::size_t begin = 0;
  if (const std::string_view token = question.parameter("pageToken"); !token.empty()) {
    const auto at = token.starts_with("AT") ? parse_number<std::size_t>(token.substr(2)) : std::nullopt;
    if (!at) return api_error(shape, 400, "invalidPageToken", "The request specifies an invalid page token.");
    begin = std::min(*at, videos.size());
  }
  const std::size_t end = std::min(begin + most, videos.size());
  JsonWriter out = begin_list("youtube#playlistItemListResponse");
  if (end < videos.size()) out.member("nextPageToken", str_cat("AT", end));
  out.key("items").begin_array();
  for (std::size_t i = begin; i < end; ++i) write_youtube_video(videos[i], true, &out);
  end_list(videos.size(), &out);
  return json_answer(shape, out.text());
}

Answer list_videos(const Stage& stage, const Question& question, std::string_view shape) {
  JsonWriter out = begin_list("youtube#videoListResponse");
  out.key("items").begin_array();
  std::size_t found = 0;
  for (const Post& post : stage.day.posts) {
    if (post.account->platform != Platform::kYoutube || youtube_video_id(post) != question.parameter("id"))
      continue;
    const auto live = live_at(post, question.now);
    if (!live) continue;
    write_youtube_video(*live, false, &out);
    ++found;
  }
  end_list(found, &out);
  return json_answer(shape, out.text());
}

}  // namespace

Answer play_youtube(const Stage& stage, const Question& question) {
  if (question.host == kYoutubePictureHost) return picture_answer(stage, question, "/vi/{id}/{file}");
  if (question.path == "/feeds/videos.xml") return show_feed(stage, question);
  const std::vector<std::string> path = segments(question.path);
  const PlayedAccount* account =
      path.size() == 1 ? find_by_handle(stage.day, Platform::kYoutube, path[0]) : nullptr;
  if (account == nullptr) return html(404, "<!DOCTYPE html><title>404 Not Found</title>\n", "/…");
  return html(200, write_youtube_channel_page(*account, stage.day.notice), "/{handle}");
}

Answer play_youtube_api(const Stage& stage, const Question& question) {
  std::string_view method = question.path;
  if (!consume_prefix(&method, "/youtube/v3/")) return html(404, "Not Found\n", "/…");
  const std::string shape = str_cat(
      "/youtube/v3/", method == "channels" || method == "playlistItems" || method == "videos" ? method : "…");
  if (question.parameter("key") != "of-the-rehearsal-only") {
    return api_error(shape, 400, "badRequest", "API key not valid. Please pass a valid API key.");
  }
  if (stage.faults.spent(question.host, question.now)) {
    return api_error(shape, 403, "quotaExceeded", "You have exceeded your quota.");
  }
  if (method == "channels") return list_channels(stage, question, shape);
  if (method == "playlistItems") return list_uploads(stage, question, shape);
  if (method == "videos") return list_videos(stage, question, shape);
  return html(404, "Not Found\n", shape);
}

}  // namespace copytaster::rehearsal
