#include "processors/shingle.h"

#include <algorithm>

#include "core/hash_bytes.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr std::string_view kSpace = " \n\t\r";

// "RT @name: ", "RT @name ", possibly several.
std::string_view without_reshare_prefix(std::string_view text) {
  for (int times = 0; times < 8; ++times) {
    std::string_view rest = strip_space(text);
    if (!starts_with_ignore_case(rest, "rt")) return text;
    rest = strip_space(rest.substr(2));
    if (!rest.starts_with('@')) return text;
    const std::size_t end = rest.find_first_of(" :\n\t\r");
    if (end == std::string_view::npos) return text;
    rest = rest.substr(end);
    consume_prefix(&rest, ":");
    text = rest;
  }
  return text;
}

// Whether what stands last is no letter: an emoji, "…", a closing mark.
bool ends_without_letter(std::string_view text) {
  const char32_t last = code_point_before(text, text.size());
  if (last == 0xFE0F || last == 0x20E3) return true;  // of an emoji
  return (folded_char(last).flags & (FoldedChar::kWord | FoldedChar::kMark)) == 0;
}

bool is_link(std::string_view word) {
  return starts_with_ignore_case(word, "http://") || starts_with_ignore_case(word, "https://");
}

// Links at the very end: what stands before them may be a cut.
std::string_view without_last_links(std::string_view text) {
  for (;;) {
    text = strip_space(text);
    const std::size_t begin = text.find_last_of(kSpace) + 1;  // npos + 1 == 0
    if (begin == 0 || !is_link(text.substr(begin))) return text;
    text = text.substr(0, begin);
  }
}

// The number of one or two digits at the end; -1: there is none.
int consume_digits(std::string_view* text) {
  int number = -1, place = 1;
  for (; place <= 10 && !text->empty() && is_ascii_digit(text->back()); place *= 10) {
    number = std::max(number, 0) + place * (text->back() - '0');
    text->remove_suffix(1);
  }
  return number;
}

// "1/4", "1/"; "13/12" is a day.
bool consume_part_of(std::string_view* text) {
  const int parts = consume_digits(text);
  if (!consume_suffix(text, "/")) return false;
  const int part = consume_digits(text);
  return part >= 0 && (parts < 0 || part <= parts);
}

// Behind a finished sentence only: "fell by 1/4" goes on being said.
bool consume_thread_counter(std::string_view* text) {
  std::string_view rest = *text;
  const bool closed = consume_suffix(&rest, ")") || consume_suffix(&rest, "]");
  if (!consume_part_of(&rest)) return false;
  if (closed && !consume_suffix(&rest, "(") && !consume_suffix(&rest, "[")) return false;
  const std::string_view before = strip_space(rest);
  if (before.empty()) return false;
  if (!closed && !ends_without_letter(before)) return false;
  *text = before;
  return true;
}

// "(1/4) The zones were …": in brackets only, or it would be "1/4 of the zones".
bool consume_counter_in_front(std::string_view* text) {
  constexpr std::size_t kLongest = 7;
  std::string_view rest = strip_space(*text);
  const std::size_t end = rest.substr(0, kLongest).find_first_of(")]");
  if (end == std::string_view::npos || (rest.front() != '(' && rest.front() != '[')) return false;
  std::string_view counter = rest.substr(1, end - 1);
  rest = strip_space(rest.substr(end + 1));
  if (!consume_part_of(&counter) || !counter.empty() || rest.empty()) return false;
  *text = rest;
  return true;
}

bool inside_sentence(Gap gap) { return gap != Gap::kStop && gap != Gap::kOther && gap != Gap::kLine; }

}  // namespace

PlainText plain_text(std::string_view text) {
  PlainText plain{without_reshare_prefix(text), false, {}};
  std::string_view body = without_last_links(plain.text);
  const std::string_view counted = body;
  plain.counted = plain.text;
  if (consume_thread_counter(&body) || consume_counter_in_front(&body)) plain = {body, true, counted};
  if (!consume_suffix(&body, "…") && !consume_suffix(&body, "...")) return plain;
  body = strip_space(body);
  // The last word may have lost its end. A text that is one word is left alone.
  const std::size_t space = body.find_last_of(kSpace);
  if (space == std::string_view::npos) return plain;
  const std::string_view whole = body.substr(0, space);
  return {whole, true, plain.cut ? plain.counted : whole};
}

WordReader::WordReader(std::string_view text, Counter counter) : text_(text), scan_(scan_words(text)) {
  const PlainText plain = plain_text(text);
  const std::string_view read = counter == Counter::kKept ? plain.counted : plain.text;
  const auto begin = static_cast<std::size_t>(read.data() - text.data());
  index_ = scan_.first_word_from(begin);
  end_ = begin + read.size();
  cut_ = plain.cut;
}

// A hyphen, minus or dash right before a figure, and no word before that: "10-15" has none.
bool WordReader::has_minus(const Word& word) const {
  std::string_view before = text_.substr(0, word.begin);
  if (!consume_suffix(&before, "-") && !consume_suffix(&before, "−") && !consume_suffix(&before, "–"))
    return false;
  return before.empty() || before.back() == ' ' || before.back() == '\n' || before.back() == '(';
}

bool WordReader::in_link(const Word& word) {
  if (word.begin < link_end_) return true;
  const std::string_view rest = text_.substr(word.begin);
  const char first = ascii_lower(rest.front());
  if (first != 'h' && first != 'w' && first != 'p') return false;
  if (!is_link(rest) && !starts_with_ignore_case(rest, "www.") && !rest.starts_with("pic.twitter.com/")) {
    return false;
  }
  link_end_ = std::min(rest.find_first_of(" \n\t\r<>\""), rest.size()) + word.begin;
  return true;
}

bool WordReader::next(TextWord& word) {
  for (; index_ < scan_.words.size() && scan_.words[index_].begin < end_; ++index_) {
    const Word& scanned = scan_.words[index_];
    if (in_link(scanned)) continue;
    ++index_;
    word.folded = scan_.folded_word(scanned);
    word.hash = hash_bytes::of(word.folded);
    word.begin = scanned.begin;
    word.end = scanned.end;
    word.tag = scanned.hash || scanned.at;
    word.number = !word.tag && (scanned.digit || scanned.number);
    word.minus = word.number && has_minus(scanned);
    if (word.minus) word.hash = mix64(word.hash);
    word.name = scanned.capital && !word.tag && inside_sentence(scanned.gap);
    return true;
  }
  return false;
}

}  // namespace copytaster
