#include "processors/chapter_marks.h"

#include <cstdint>
#include <optional>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostBefore =
    12;  // bytes of brackets, bullets and dashes between a line's end and its time

bool is_time_byte(char c) { return is_ascii_digit(c) || c == ':'; }
bool is_letter(char c) {
  const char l = ascii_lower(c);
  return l >= 'a' && l <= 'z';
}

// "m:ss", "mm:ss", "h:mm:ss", "hh:mm:ss" and nothing else, in seconds.
std::optional<int> seconds_of(std::string_view time) {
  const std::vector<std::string_view> parts = split(time, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  int seconds = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parse_number<int>(parts[i]);
    if (!number || parts[i].size() > 2 || (i > 0 && (parts[i].size() != 2 || *number > 59)))
      return std::nullopt;
    seconds = seconds * 60 + *number;
  }
  return seconds;
}

// The run of digits and colons that begins the line, behind brackets, bullets and dashes (any bytes that are
// no ASCII letters or digits, a few).
std::string_view time_in_front(std::string_view line) {
  std::size_t begin = 0;
  while (begin < line.size() && begin < kMostBefore && !is_ascii_digit(line[begin])) {
    if (is_letter(line[begin]) || line[begin] == ':') return {};
    ++begin;
  }
  std::size_t end = begin;
  while (end < line.size() && is_time_byte(line[end])) ++end;
  if (end < line.size() && is_letter(line[end])) return {};  // "10:30am" is a clock's
  return line.substr(begin, end - begin);
}

std::string_view time_at_end(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0 && line.size() - end < kMostBefore && !is_ascii_digit(line[end - 1])) {
    if (is_letter(line[end - 1]) || line[end - 1] == ':') return {};
    --end;
  }
  std::size_t begin = end;
  while (begin > 0 && is_time_byte(line[begin - 1])) --begin;
  return line.substr(begin, end - begin);
}

std::optional<int> time_of_video(std::string_view line) {
  if (const auto time = seconds_of(time_in_front(line))) return time;
  return seconds_of(time_at_end(line));
}

class Chapters {
 public:
  explicit Chapters(std::vector<Span>* out) : out_(out) {}

  void line(Span span, std::optional<int> time) {
    if (!time) return;  // a title that was broken, a section's heading
    if (*time == 0) {
      end();
      begun_ = true;
    } else if (!begun_ || *time <= last_) {
      return end();
    }
    last_ = *time;
    list_.push_back(span);
  }
  void end() {
    if (list_.size() >= 2) out_->insert(out_->end(), list_.begin(), list_.end());
    list_.clear();
    begun_ = false;
  }

 private:
  std::vector<Span>* out_;
  std::vector<Span> list_;
  bool begun_ = false;
  int last_ = 0;
};

}  // namespace

void find_chapter_marks(std::string_view text, std::vector<Span>* out) {
  out->clear();
  if (text.find("0:00") == std::string_view::npos) return;  // nearly every post
  Chapters chapters(out);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    chapters.line({begin, end}, time_of_video(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  chapters.end();
}

}  // namespace copytaster
