// What the played platforms share: the question, the answer, and what stands behind it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "core/fetcher.h"
#include "rehearsal/day.h"
#include "rehearsal/faults.h"
#include "rehearsal/picture_paths.h"
#include "rehearsal/pictures.h"

namespace copytaster::rehearsal {

struct Question {
  std::string host;  // lower case, without port
  std::string path;  // decoded
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<HttpHeader> headers;
  absl::Time now;  // by the rehearsal's clock

  // The first value; empty when absent.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
  // The same as a number from `least` to `most`, else `otherwise`.
  [[nodiscard]] int number(std::string_view name, int otherwise, int least, int most) const;
};

struct Answer {
  int status = 200;
  std::vector<HttpHeader> headers;
  std::string body;
  std::string shape;  // the path with its ids as "{id}": for hits()
};

struct Stage {
  const Day& day;
  const PicturePaths& paths;
  Pictures& pictures;
  Faults& faults;
};

[[nodiscard]] Answer json_answer(std::string_view shape, std::string body, int status = 200);
// Adds the validators; a 304 without body when the question has them already (RFC 9110 §13.1: If-None-Match
// goes before If-Modified-Since). No last_modified: InfinitePast.
[[nodiscard]] Answer validated(const Question& question, Answer answer, std::string_view etag,
                               absl::Time last_modified);
// This picture; 404 for nullptr.
[[nodiscard]] Answer picture_answer(const Stage& stage, const Rendition* rendition, std::string_view shape);
// The picture that this host has under this path now, or 404.
[[nodiscard]] Answer picture_answer(const Stage& stage, const Question& question, std::string_view shape);

[[nodiscard]] std::string http_time(absl::Time when);
// 16 hex digits: for ETags and signatures.
[[nodiscard]] std::string short_hash(std::string_view bytes);
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_parameters(std::string_view query);
// "a//b/" is {"a", "b"}.
[[nodiscard]] std::vector<std::string> segments(std::string_view path);

// The platforms. Each knows its hosts; for others it is not called.
[[nodiscard]] Answer play_facebook(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_facebook_pictures(const Stage& stage, const Question& question);
// On Facebook's host: whether a question is Instagram's.
[[nodiscard]] bool asks_business_discovery(const Question& question);
[[nodiscard]] Answer play_instagram(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_threads(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_bluesky(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_mastodon(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_x(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_x_pictures(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_telegram(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_youtube(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_youtube_api(const Stage& stage, const Question& question);
[[nodiscard]] Answer play_feed(const Stage& stage, const Question& question);

}  // namespace copytaster::rehearsal
