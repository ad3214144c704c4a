#include "rehearsal/stage.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster::rehearsal {
namespace {

std::string decode(std::string_view text) { return percent_decode(replace_all(text, "+", " ")); }

// "W/\"x\"" and "\"x\"" are the same here (weak comparison, RFC 9110 §8.8.3.2).
bool names(std::string_view if_none_match, std::string_view etag) {
  consume_prefix(&etag, "W/");
  for (std::string_view one : split(if_none_match, ',')) {
    one = strip_space(one);
    consume_prefix(&one, "W/");
    if (one == etag || one == "*") return true;
  }
  return false;
}

}  // namespace

std::string_view Question::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

int Question::number(std::string_view name, int otherwise, int least, int most) const {
  const auto value = parse_number<int>(parameter(name));
  return value ? std::clamp(*value, least, most) : otherwise;
}

Answer json_answer(std::string_view shape, std::string body, int status) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body), std::string(shape)};
}

Answer validated(const Question& question, Answer answer, std::string_view etag, absl::Time last_modified) {
  answer.headers.push_back({"ETag", std::string(etag)});
  const std::string modified = last_modified == absl::InfinitePast() ? "" : http_time(last_modified);
  if (!modified.empty()) answer.headers.push_back({"Last-Modified", modified});
  const std::string_view known = header_value(question.headers, "if-none-match");
  const std::string_view since = header_value(question.headers, "if-modified-since");
  const bool same = known.empty() ? !since.empty() && since == modified : names(known, etag);
  if (same && answer.status == 200) {
    answer.status = 304;
    answer.body.clear();
  }
  return answer;
}

Answer picture_answer(const Stage& stage, const Question& question, std::string_view shape) {
  return picture_answer(stage, stage.paths.find(question.host, question.path, question.now), shape);
}

Answer picture_answer(const Stage& stage, const Rendition* rendition, std::string_view shape) {
  Answer answer{404, {{"Content-Type", "text/plain; charset=utf-8"}}, "Not Found\n", std::string(shape)};
  if (rendition == nullptr) return answer;
  const auto jpeg = stage.pictures.jpeg(*rendition);
  if (!jpeg.ok()) {
    answer.status = 500;
    answer.body = str_cat(from_absl(jpeg.status().message()), "\n");
    return answer;
  }
  answer.status = 200;
  answer.headers = {{"Content-Type", "image/jpeg"}, {"Cache-Control", "public, max-age=1209600"}};
  answer.body = **jpeg;
  return answer;
}

std::string http_time(absl::Time when) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", when, absl::UTCTimeZone());
}

std::string short_hash(std::string_view bytes) { return absl::StrFormat("%016x", stable_hash(bytes)); }

std::vector<std::pair<std::string, std::string>> read_parameters(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string_view part : split(query, '&')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    if (!part.empty()) {
      out.emplace_back(decode(part.substr(0, equals)),
                       equals == part.size() ? "" : decode(part.substr(equals + 1)));
    }
  }
  return out;
}

std::vector<std::string> segments(std::string_view path) {
  std::vector<std::string> out;
  for (const std::string_view part : split(path, '/')) {
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

}  // namespace copytaster::rehearsal
