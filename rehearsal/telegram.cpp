// t.me: the preview pages of public channels, 20 posts each, and their pictures.
#include <algorithm>
#include <optional>

#include "core/strings.h"
#include "rehearsal/find_account.h"
#include "rehearsal/stage.h"
#include "rehearsal/telegram_page.h"

namespace copytaster::rehearsal {
namespace {

// before: the newest below it; after: the oldest above it. Oldest first in any case.
TelegramPage page_of(const Stage& stage, const PlayedAccount& channel, const Question& question) {
  const auto before = parse_number<std::int64_t>(question.parameter("before"));
  const auto after = parse_number<std::int64_t>(question.parameter("after"));
  TelegramPage page{channel, stage.day.notice, live_posts(channel, question.now), question.now};
  std::reverse(page.posts.begin(), page.posts.end());
  const auto number = [](const Live& live) { return telegram_number(*live.post); };
  if (after) std::erase_if(page.posts, [&](const Live& live) { return number(live) <= *after; });
  if (before) std::erase_if(page.posts, [&](const Live& live) { return number(live) >= *before; });
  page.older = after && !page.posts.empty();
  if (page.posts.size() <= kTelegramPage) return page;
  const auto surplus = static_cast<std::ptrdiff_t>(page.posts.size() - kTelegramPage);
  if (after) {
    page.posts.erase(page.posts.end() - surplus, page.posts.end());
  } else {
    page.posts.erase(page.posts.begin(), page.posts.begin() + surplus);
    page.older = true;
  }
  return page;
}

Answer html(int status, std::string body, std::string_view shape) {
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-store"}},
          std::move(body),
          std::string(shape)};
}

}  // namespace

Answer play_telegram(const Stage& stage, const Question& question) {
  if (question.host == kTelegramPictureHost) return picture_answer(stage, question, "/file/{file}");
  const std::vector<std::string> path = segments(question.path);
  const bool preview = path.size() == 2 && path[0] == "s";
  const std::string_view shape = preview ? "/s/{channel}" : "/…";
  if (const auto wait = stage.faults.throttled(question.host, question.now)) {
    Answer answer = html(429, "<h1>429 Too Many Requests</h1>\n", shape);
    answer.headers.push_back({"Retry-After", str_cat(absl::ToInt64Seconds(*wait))});
    return answer;
  }
  const PlayedAccount* channel = preview ? find_by_handle(stage.day, Platform::kTelegram, path[1]) : nullptr;
  // The real one sends the reader away from the preview; what the reader then sees is this page.
  if (channel == nullptr) return html(200, write_telegram_contact(path.empty() ? "" : path.back()), shape);
  return html(200, write_telegram_page(page_of(stage, *channel, question)), shape);
}

}  // namespace copytaster::rehearsal
