#include "processors/copy_words.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "processors/copy_diff.h"
#include "processors/spelled_numbers.h"
#include "processors/word_fold.h"
#include "processors/word_likeness.h"
#include "unicode/uchar.h"

namespace copytaster {
namespace {

constexpr std::size_t kSpelledRun = 12;   // words; each is compared with each, letter by letter
constexpr std::size_t kAbbreviation = 2;  // letters, before a full stop

// Arabic, Hebrew, Chinese: nothing tells a name from another word.
bool is_caseless(std::string_view folded) {
  std::size_t at = 0;
  const auto letter = static_cast<UChar32>(next_code_point(folded, &at));
  return u_isalpha(letter) != 0 && u_toupper(letter) == letter;
}

// One word in two spellings.
Likeness likeness_of(const Said& a, const Said& b) {
  const auto stands_for = [](const Said& shorter, const Said& longer) {
    return shorter.stop && shorter.folded.size() >= kAbbreviation &&
           longer.folded.starts_with(shorter.folded);
  };
  if (a.hash == b.hash || stands_for(a, b) || stands_for(b, a)) return Likeness::kAlike;
  if (!is_like_word(a.folded, b.folded)) return Likeness::kOther;
  return a.name || b.name || a.caseless ? Likeness::kAlikeName : Likeness::kAlike;
}

// The letters behind a figure that say no more than that it is an ordinal or an hour.
std::string_view without_ordinal(std::string_view word) {
  static constexpr std::string_view kEndings[] = {"uhr", "eme", "ere", "st", "nd",
                                                  "rd",  "th",  "er",  "e",  "h"};
  for (const std::string_view ending : kEndings) {
    std::string_view rest = word;
    if (consume_suffix(&rest, ending) && !rest.empty() && is_ascii_digit(rest.back())) return rest;
  }
  return word;
}

}  // namespace

Side::Side(std::string_view whole, Counter counter) : text(whole) {
  WordReader reader(whole, counter);
  cut = reader.cut();
  signs = reader.signs();
  for (TextWord word; words.size() < TextDiff::kMostWords && reader.next(word);) {
    const bool stop = word.end < text.size() && text[word.end] == '.';
    words.push_back({word, stop, is_caseless(word.folded)});
    hashes.insert(word.hash);
  }
}

bool Side::breaks_at(std::size_t index) const {
  if (index == 0 || index >= words.size()) return true;
  const std::size_t from = words[index - 1].end;
  return text.substr(from, words[index].begin - from).find('\n') != std::string_view::npos;
}

std::size_t Said::letters() const {
  return static_cast<std::size_t>(std::ranges::count_if(folded, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::uint32_t untagged(Words words) {
  return static_cast<std::uint32_t>(std::ranges::count_if(words, [](const Said& w) { return !w.tag; }));
}

std::vector<Said> without_tags(Words words) {
  std::vector<Said> out;
  std::ranges::copy_if(words, std::back_inserter(out), [](const Said& word) { return !word.tag; });
  return out;
}

std::string joined(Words words) {
  std::string out;
  for (const Said& word : words) {
    // "2.5" is not "25".
    const bool figures = !out.empty() && is_ascii_digit(out.back()) && !word.folded.empty() &&
                         is_ascii_digit(word.folded.front());
    str_append(&out, figures ? " " : "", word.minus ? "-" : "", word.folded);
  }
  return out;
}

Likeness likeness_of(Words a, Words b) {
  if (joined(a) == joined(b)) return Likeness::kAlike;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() > kSpelledRun) return Likeness::kOther;
  Likeness all = Likeness::kAlike;
  for (const Said& word : a) {
    Likeness best = Likeness::kOther;
    for (const Said& other : b) {
      const Likeness now = likeness_of(word, other);
      if (now != Likeness::kOther && best != Likeness::kAlike) best = now;
    }
    if (best == Likeness::kOther) return best;
    if (best == Likeness::kAlikeName && is_alone(a, b)) all = best;
  }
  return all;
}

std::vector<std::string> numbers(Words words) {
  std::vector<std::string> out;
  bool may_go_on = false;
  const auto add = [&](std::string_view figures, bool minus) {
    const bool plain = std::ranges::all_of(figures, is_ascii_digit);
    if (may_go_on && plain && figures.size() == 3) {
      out.back() += figures;
    } else if (may_go_on && figures == "00") {
      may_go_on = false;
    } else {
      may_go_on = plain && figures.size() <= 3;
      out.push_back(str_cat(minus ? "-" : "", figures));
    }
  };
  for (const Said& word : words) {
    if (std::ranges::none_of(word.folded, is_ascii_digit)) {
      may_go_on = false;
      continue;
    }
    const std::string_view figures = without_ordinal(word.folded);
    const std::size_t hour = figures.find('h');
    const bool is_time = hour != 0 && hour != std::string_view::npos &&
                         std::ranges::all_of(figures.substr(0, hour), is_ascii_digit) &&
                         std::ranges::all_of(figures.substr(hour + 1), is_ascii_digit);
    add(is_time ? figures.substr(0, hour) : figures, word.minus);
    if (is_time) add(figures.substr(hour + 1), false);
  }
  return out;
}

std::vector<Said> without_figures(Words words) {
  std::vector<Said> out;
  std::ranges::copy_if(words, std::back_inserter(out), [](const Said& word) { return !word.number; });
  return out;
}

bool spells(Words words, const std::vector<std::string>& all, const std::string& language) {
  if (all.size() != 1) return false;
  const std::string& figures = all.front();
  std::uint64_t number = 0;
  const auto read = std::from_chars(figures.data(), figures.data() + figures.size(), number);
  if (read.ec != std::errc() || read.ptr != figures.data() + figures.size() || words.size() > kSpelledNumber)
    return false;
  std::vector<std::string_view> folded;
  for (const Said& word : words) folded.push_back(word.folded);
  return spell_number(folded, number, language);
}

}  // namespace copytaster
