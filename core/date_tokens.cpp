#include "core/date_tokens.h"

#include "core/code_points.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostTokens = 40;

// Whether the code point can be part of a name: everything that is not ASCII, and letters.
bool is_letter(char32_t c) { return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Spaces, the Arabic comma, and marks of direction.
bool is_gap(char32_t c) {
  return c <= ' ' || c == 0xA0 || c == 0x202F || c == 0x3000 || c == 0x060C || c == 0x061C ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// Decimal digits of Arabic, Persian and Hindi: 0 to 9, or -1.
int digit_of(char32_t c) {
  for (const char32_t zero : {U'\u0660', U'\u06F0', U'\u0966'}) {
    if (c >= zero && c <= zero + 9) return static_cast<int>(c - zero);
  }
  return -1;
}

// The same date with ASCII digits alone.
std::string with_ascii_digits(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const int digit = digit_of(next_code_point(text, &at));
    if (digit >= 0) {
      out += static_cast<char>('0' + digit);
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

// 2004년 5월 25일.
bool is_day_part(char32_t c) {
  return c == U'년' || c == U'월' || c == U'일' || c == U'年' || c == U'月' || c == U'日';
}
// 오후 3시 20분, 15時54分30秒.
bool is_hour_part(char32_t c) {
  return c == U'시' || c == U'분' || c == U'초' || c == U'時' || c == U'时' || c == U'点' || c == U'分' ||
         c == U'秒';
}
bool ends_word(char32_t c) { return !is_letter(c) || is_gap(c) || is_day_part(c) || is_hour_part(c); }

class Tokeniser {
 public:
  explicit Tokeniser(std::string_view text) : text_(text) {}

  std::vector<DateToken> run() {
    while (at_ < text_.size() && tokens_.size() < kMostTokens) {
      const std::size_t begin = at_;
      const char32_t c = next_code_point(text_, &at_);
      if (is_gap(c) || (is_hour_part(c) && !before_digit())) {
        gap_ = true;
        continue;
      }
      add(begin, c);
    }
    return std::move(tokens_);
  }

 private:
  // "3시 20분" has minutes, "3시" has none.
  [[nodiscard]] bool before_digit() const {
    std::size_t next = at_;
    while (next < text_.size() && text_[next] == ' ') ++next;
    return next < text_.size() && is_ascii_digit(text_[next]);
  }

  void add(std::size_t begin, char32_t c) {
    DateToken token;
    token.glued = !gap_;
    gap_ = false;
    if (is_day_part(c)) {
      token.text = "-";
    } else if (is_hour_part(c)) {
      token.text = ":";
    } else if (is_ascii_digit(text_[begin])) {
      while (at_ < text_.size() && is_ascii_digit(text_[at_])) ++at_;
      token.kind = DateToken::Kind::kNumber;
      token.text = text_.substr(begin, at_ - begin);
      token.digits = at_ - begin;
      token.number = parse_number<std::int64_t>(token.text).value_or(-1);
    } else if (is_letter(c)) {
      finish_word();
      token.kind = DateToken::Kind::kWord;
      token.text = fold_name(text_.substr(begin, at_ - begin));
    } else {
      token.text = text_.substr(begin, at_ - begin);
    }
    tokens_.push_back(std::move(token));
  }

  void finish_word() {
    for (std::size_t next = at_; next < text_.size(); at_ = next) {
      const char32_t c = next_code_point(text_, &next);
      const bool inner_dot =
          c == '.' && next < text_.size() && (text_[next] == 'm' || text_[next] == 'M');  // a.m.
      if (ends_word(c) && !inner_dot) return;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool gap_ = true;
  std::vector<DateToken> tokens_;
};

}  // namespace

std::vector<DateToken> date_tokens(std::string_view text) {
  const std::string ascii = with_ascii_digits(text);
  return Tokeniser(ascii).run();
}

}  // namespace copytaster
