#include "processors/copy_diff.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "core/strings.h"
#include "processors/shingle.h"
#include "processors/spelled_numbers.h"
#include "processors/word_likeness.h"

namespace copytaster {
namespace {

using Words = std::span<const TextWord>;

constexpr std::size_t kSentencePart = 4;  // runs up to here stand inside a sentence that both have
constexpr std::size_t kSpelledNumber = 8;
constexpr std::size_t kSpelledRun = 12;   // words; each is compared with each, letter by letter
constexpr std::size_t kMostSpelled = 16;  // numbers in words that are looked at in one comparison
constexpr std::size_t kStart = 6;
constexpr std::size_t kEdge = 2;  // what the beginning or end of a text counts for

struct Side {
  std::string_view text;
  std::vector<TextWord> words;
  absl::flat_hash_set<std::uint64_t> hashes;

  explicit Side(std::string_view whole) : text(whole) {
    WordReader reader(whole);
    for (TextWord word; words.size() < TextDiff::kMostWords && reader.next(word);) {
      words.push_back(word);
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
  return static_cast<std::uint32_t>(std::ranges::count_if(words, [](const TextWord& w) { return !w.tag; }));
}

std::vector<TextWord> without_tags(Words words) {
  std::vector<TextWord> out;
  std::ranges::copy_if(words, std::back_inserter(out), [](const TextWord& word) { return !word.tag; });
  return out;
}

std::string joined(Words words) {
  std::string out;
  for (const TextWord& word : words) str_append(&out, word.folded);
  return out;
}

bool is_spelling_of(Words a, Words b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (joined(a) == joined(b)) return true;
  if (b.size() > kSpelledRun) return false;
  return std::ranges::all_of(a, [&](const TextWord& word) {
    return std::ranges::any_of(
        b, [&](const TextWord& other) { return is_like_word(word.folded, other.folded); });
  });
}

std::string digits(std::string_view word) {
  std::string out;
  std::ranges::copy_if(word, std::back_inserter(out), is_ascii_digit);
  return out;
}

// The numbers in their order. "1,204" and "1 204" are one, and "9:00" is "9"; "2.5" stays two.
std::vector<std::string> numbers(Words words) {
  std::vector<std::string> out;
  bool may_go_on = false;
  for (const TextWord& word : words) {
    std::string figures = digits(word.folded);
    if (figures.empty()) {
      may_go_on = false;
    } else if (may_go_on && figures.size() == 3) {
      out.back() += figures;
    } else if (may_go_on && figures == "00") {
      may_go_on = false;
    } else {
      may_go_on = figures.size() <= 3 && figures.size() == word.folded.size();
      out.push_back(std::move(figures));
    }
  }
  return out;
}

std::vector<TextWord> without_figures(Words words) {
  std::vector<TextWord> out;
  std::ranges::copy_if(words, std::back_inserter(out), [](const TextWord& word) { return !word.number; });
  return out;
}

bool spells(Words words, const std::vector<std::string>& all, const std::string& language) {
  if (all.size() != 1) return false;
  const std::string& figures = all.front();
  std::uint64_t number = 0;
  const auto read = std::from_chars(figures.data(), figures.data() + figures.size(), number);
  if (read.ec != std::errc() || words.size() > kSpelledNumber) return false;
  std::vector<std::string_view> folded;
  for (const TextWord& word : words) folded.push_back(word.folded);
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
    const std::vector<TextWord> left = without_tags(Words(a_.words).subspan(begin_a, end_a - begin_a));
    const std::vector<TextWord> right = without_tags(Words(b_.words).subspan(begin_b, end_b - begin_b));
    if (left.empty() && right.empty()) return;
    const bool heading = begin_a == 0 && end_a > 0 && a_.breaks_at(end_a);
    const bool footer = end_a == a_.words.size() && begin_a > 0 && a_.breaks_at(begin_a);
    if (!left.empty() && (heading || footer)) {
      look_for_numbers(left);
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

  void compare(Words left, Words right) {
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
    const std::vector<TextWord> words = without_figures(left), others = without_figures(right);
    if (words.empty() || others.empty() || is_spelling_of(words, others)) {
      diff_.common += static_cast<std::uint32_t>(left.size());
    } else {
      replace(words, others);
    }
  }

  // Something else is said only where both sides have a word that the other text has nowhere.
  void replace(Words a, Words b) {
    diff_.missing += static_cast<std::uint32_t>(a.size());
    const auto is_new = [](const Side& side) {
      return [&side](const TextWord& word) { return !side.hashes.contains(word.hash); };
    };
    if (std::ranges::none_of(a, is_new(b_)) || std::ranges::none_of(b, is_new(a_))) return;
    ++diff_.replaced;
    diff_.replaced_words += static_cast<std::uint32_t>(std::max(a.size(), b.size()));
  }

  // A number that the longer text has nowhere.
  void look_for_numbers(Words left) {
    for (const TextWord& word : left) diff_.other_numbers |= word.number && !b_.hashes.contains(word.hash);
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
    const auto negates = [](const TextWord& w) { return is_negation(w.folded); };
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
  const Side left(a), right(b);
  return untagged(left.words) <= untagged(right.words) ? Aligned(left, right, language).diff()
                                                       : Aligned(right, left, language).diff();
}

}  // namespace copytaster
