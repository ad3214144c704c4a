#include "processors/copy_diff.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/shingle.h"
#include "processors/spelled_numbers.h"
#include "processors/word_fold.h"
#include "processors/word_likeness.h"
#include "unicode/uchar.h"

namespace copytaster {
namespace {

struct Said : TextWord {
  bool stop = false;      // a full stop stands right behind it
  bool caseless = false;  // of a script without capitals
};
using Words = std::span<const Said>;

constexpr std::size_t kSentencePart = 4;  // runs up to here stand inside a sentence that both have
constexpr std::size_t kSpelledNumber = 8;
constexpr std::size_t kSpelledRun = 12;   // words; each is compared with each, letter by letter
constexpr std::size_t kMostSpelled = 16;  // numbers in words that are looked at in one comparison
constexpr std::size_t kStart = 6;
constexpr std::size_t kEdge = 2;          // what the beginning or end of a text counts for
constexpr std::size_t kAbbreviation = 2;  // letters, before a full stop
constexpr std::size_t kLabel = 3;         // words of a heading that says whom the text below it is about

// Arabic, Hebrew, Chinese: nothing tells a name from another word.
bool is_caseless(std::string_view folded) {
  std::size_t at = 0;
  const auto letter = static_cast<UChar32>(next_code_point(folded, &at));
  return u_isalpha(letter) != 0 && u_toupper(letter) == letter;
}

struct Side {
  std::string_view text;
  std::vector<Said> words;
  absl::flat_hash_set<std::uint64_t> hashes;

  Side(std::string_view whole, Counter counter) : text(whole) {
    WordReader reader(whole, counter);
    for (TextWord word; words.size() < TextDiff::kMostWords && reader.next(word);) {
      const bool stop = word.end < text.size() && text[word.end] == '.';
      words.push_back({word, stop, is_caseless(word.folded)});
      hashes.insert(word.hash);
    }
  }
  // Whether a paragraph ends between the words before and after `index`.
  [[nodiscard]] bool breaks_at(std::size_t index) const {
    if (index == 0 || index >= words.size()) return true;
    const std::size_t from = words[index - 1].end;
    return text.substr(from, words[index].begin - from).find('\n') != std::string_view::npos;
  }
};

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
    const bool figures = !out.empty() && is_ascii_digit(out.back()) && is_ascii_digit(word.folded.front());
    str_append(&out, figures ? " " : "", word.minus ? "-" : "", word.folded);
  }
  return out;
}

enum class Likeness : std::uint8_t { kOther, kAlike, kAlikeName };

// One word in two spellings.
Likeness likeness_of(const Said& a, const Said& b) {
  const auto stands_for = [](const Said& shorter, const Said& longer) {
    return shorter.stop && shorter.folded.size() >= kAbbreviation &&
           longer.folded.starts_with(shorter.folded);
  };
  if (a.hash == b.hash || stands_for(a, b) || stands_for(b, a)) return Likeness::kAlike;
  if (!is_like_word(a.folded, b.folded)) return Likeness::kOther;
  return a.name || b.name ? Likeness::kAlikeName : Likeness::kAlike;
}

// Behind another preposition a name has another ending; alone it may be another's name.
bool is_alone(Words a, Words b) { return a.size() == 1 && b.size() == 1; }

// Of two runs: each word of the one that has fewer is alike one of the other's.
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

// What is written with figures, in its order: "5a" is another than "5b". "1,204" and "1 204" are one, and
// "9:00" and "9h" are "9"; "2.5" stays two, as does "18h30".
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

class Aligned {
 public:
  Aligned(const Side& shorter, const Side& longer, const std::string& language)
      : a_(shorter), b_(longer), language_(language) {
    diff_.shorter = untagged(a_.words);
    diff_.longer = untagged(b_.words);
    std::size_t head = 0, tail = 0;
    const std::size_t least = std::min(a_.words.size(), b_.words.size());
    while (head < least && a_.words[head].hash == b_.words[head].hash) ++head;
    while (tail < least - head &&
           a_.words[a_.words.size() - 1 - tail].hash == b_.words[b_.words.size() - 1 - tail].hash)
      ++tail;
    diff_.same_start = head >= std::min(kStart, least);
    diff_.common = untagged(Words(a_.words).first(head)) + untagged(Words(a_.words).last(tail));
    between(head, a_.words.size() - tail, head, b_.words.size() - tail);
    leave_out_frame();
  }
  [[nodiscard]] const TextDiff& diff() const { return diff_; }

 private:
  // Longest common subsequence of [i, end_i) and [j, end_j); the runs between its words are what differs.
  void between(std::size_t i, std::size_t end_i, std::size_t j, std::size_t end_j) {
    const std::size_t begin_i = i, begin_j = j;
    const std::size_t m = std::min(end_i - i, TextDiff::kMostAligned);
    const std::size_t n = std::min(end_j - j, TextDiff::kMostAligned);
    thread_local std::vector<std::uint16_t> table;
    table.assign((m + 1) * (n + 1), 0);
    const auto at = [&](std::size_t x, std::size_t y) -> std::uint16_t& { return table[x * (n + 1) + y]; };
    const auto equal = [&](std::size_t x, std::size_t y) {
      return a_.words[begin_i + x].hash == b_.words[begin_j + y].hash;
    };
    for (std::size_t x = m; x-- > 0;) {
      for (std::size_t y = n; y-- > 0;) {
        at(x, y) = equal(x, y) ? static_cast<std::uint16_t>(at(x + 1, y + 1) + 1)
                               : std::max(at(x + 1, y), at(x, y + 1));
      }
    }
    std::vector<std::pair<std::size_t, std::size_t>> matched;
    for (std::size_t x = 0, y = 0; x < m && y < n;) {
      if (equal(x, y)) {
        matched.emplace_back(begin_i + x++, begin_j + y++);
      } else {
        (at(x + 1, y) >= at(x, y + 1) ? x : y) += 1;
      }
    }
    walk(matched, begin_i, end_i, begin_j, end_j);
  }

  // The runs between the matched words, each with how many words stand matched in a row before and behind it.
  void walk(const std::vector<std::pair<std::size_t, std::size_t>>& matched, std::size_t i, std::size_t end_i,
            std::size_t j, std::size_t end_j) {
    before_ = i == j ? i + kEdge : 0;  // what was equal from the beginning
    for (std::size_t k = 0; k < matched.size();) {
      std::size_t row = 1;
      while (k + row < matched.size() && matched[k + row].first == matched[k].first + row &&
             matched[k + row].second == matched[k].second + row)
        ++row;
      const bool to_the_end = k + row == matched.size() && matched.back().first + 1 == end_i &&
                              matched.back().second + 1 == end_j;
      behind_ = to_the_end ? row + a_.words.size() - end_i + kEdge : row;
      run(i, matched[k].first, j, matched[k].second);
      diff_.common += untagged(Words(a_.words).subspan(matched[k].first, row));
      i = matched[k].first + row;
      j = matched[k].second + row;
      before_ = row;
      k += row;
    }
    behind_ = a_.words.size() - end_i + kEdge;
    run(i, end_i, j, end_j);
  }

  void run(std::size_t begin_a, std::size_t end_a, std::size_t begin_b, std::size_t end_b) {
    const std::vector<Said> left = without_tags(Words(a_.words).subspan(begin_a, end_a - begin_a));
    const std::vector<Said> right = without_tags(Words(b_.words).subspan(begin_b, end_b - begin_b));
    if (left.empty() && right.empty()) return;
    if (!left.empty() && is_frame(begin_a, end_a, begin_b, end_b, left, right)) {
      for (const Said& word : left) diff_.frame_numbers |= word.number && !b_.hashes.contains(word.hash);
      frame_ += static_cast<std::uint32_t>(left.size());
      diff_.missing += static_cast<std::uint32_t>(left.size());
      return;
    }
    look_for_negations(left, right);
    if (left.empty()) {
      ++diff_.added;
    } else if (right.empty()) {
      diff_.missing += static_cast<std::uint32_t>(left.size());
      look_for_numbers(left);
    } else {
      compare(left, right);
    }
  }

  // A heading or footer of the shorter that is no part of the statement.
  [[nodiscard]] bool is_frame(std::size_t begin_a, std::size_t end_a, std::size_t begin_b, std::size_t end_b,
                              Words left, Words right) const {
    if (end_a == a_.words.size() && begin_a > 0 && a_.breaks_at(begin_a)) return true;
    if (begin_a != 0 || end_a == 0 || !a_.breaks_at(end_a)) return false;
    const bool other_heading = begin_b == 0 && !right.empty() && b_.breaks_at(end_b);
    return !(other_heading && left.size() <= kLabel && right.size() <= kLabel);
  }

  void compare(Words left, Words right) {
    if (joined(left) == joined(right)) {
      diff_.common += static_cast<std::uint32_t>(left.size());
      return;
    }
    const std::vector<std::string> figures = numbers(left), other = numbers(right);
    if (figures.empty() != other.empty() && ++spelled_ <= kMostSpelled &&
        (figures.empty() ? spells(left, other, language_) : spells(right, figures, language_))) {
      diff_.common += static_cast<std::uint32_t>(left.size());
      return;
    }
    if (figures != other) {
      look_at_figures(!figures.empty(), !other.empty(), left, right);
      replace(left, right);
      return;
    }
    const std::vector<Said> words = without_figures(left), others = without_figures(right);
    const Likeness alike = words.empty() || others.empty() ? Likeness::kAlike : likeness_of(words, others);
    if (alike == Likeness::kOther) return replace(words, others);
    diff_.alike_names |= alike == Likeness::kAlikeName;
    diff_.common += static_cast<std::uint32_t>(left.size());
  }

  // Something else is said only where both sides have a word that the other text has nowhere.
  void replace(Words a, Words b) {
    diff_.missing += static_cast<std::uint32_t>(a.size());
    const auto is_new = [](const Side& side) {
      return [&side](const Said& word) { return !side.hashes.contains(word.hash); };
    };
    const auto both_have = [&](const auto& kind) {
      const auto in = [&](const Side& other) {
        return [&](const Said& word) { return kind(word) && !other.hashes.contains(word.hash); };
      };
      return std::ranges::any_of(a, in(b_)) && std::ranges::any_of(b, in(a_));
    };
    if (std::ranges::none_of(a, is_new(b_)) || std::ranges::none_of(b, is_new(a_))) return;
    diff_.other_names |= both_have([](const Said& word) { return word.name; });
    diff_.caseless |= both_have([](const Said& word) { return word.caseless; });
    ++diff_.replaced;
    diff_.replaced_words += static_cast<std::uint32_t>(std::max(a.size(), b.size()));
  }

  // A number that the longer text has nowhere.
  void look_for_numbers(Words left) {
    for (const Said& word : left) diff_.other_numbers |= word.number && !b_.hashes.contains(word.hash);
  }

  // A long run holds sentences of its own: its numbers are then not those of the other text.
  void look_at_figures(bool figures, bool other, Words left, Words right) {
    const bool close = left.size() <= kSpelledNumber && right.size() <= kSpelledNumber;
    if (figures && other) {
      diff_.other_numbers = true;
    } else if (close) {
      diff_.spelled_numbers = true;
    } else if (figures) {
      look_for_numbers(left);
    }
  }

  void look_for_negations(Words a, Words b) {
    if (a.size() > kSentencePart || b.size() > kSentencePart) return;
    // Matched by chance, and no sentence of both: "closed is" before, "because" behind.
    const bool inside = a.empty() || b.empty() ? before_ + behind_ >= 4 : std::min(before_, behind_) >= 2;
    if (!inside) return;
    const auto negates = [](const Said& w) { return is_negation(w.folded); };
    diff_.negated |= std::ranges::any_of(a, negates) != std::ranges::any_of(b, negates);
  }

  // Heading and footer are no part of the statement, unless there is little else.
  void leave_out_frame() {
    if (frame_ * 3 > diff_.shorter) return;
    diff_.shorter -= frame_;
    diff_.missing -= frame_;
  }

  const Side& a_;
  const Side& b_;
  const std::string& language_;
  TextDiff diff_;
  std::uint32_t frame_ = 0;
  std::size_t spelled_ = 0;
  std::size_t before_ = 0, behind_ = 0;  // words matched in a row around the run
};

}  // namespace

TextDiff diff_texts(std::string_view a, std::string_view b, const std::string& language) {
  const auto has_counter = [](std::string_view text) {
    const PlainText plain = plain_text(text);
    return plain.counted.size() != plain.text.size();
  };
  // Where both have one it says which part, or which day, it is.
  const Counter counter = has_counter(a) && has_counter(b) ? Counter::kKept : Counter::kDropped;
  const Side left(a, counter), right(b, counter);
  return untagged(left.words) <= untagged(right.words) ? Aligned(left, right, language).diff()
                                                       : Aligned(right, left, language).diff();
}

}  // namespace copytaster
