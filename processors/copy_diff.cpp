#include "processors/copy_diff.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "processors/contrast_signs.h"
#include "processors/copy_words.h"
#include "processors/shingle.h"
#include "processors/spelled_numbers.h"
#include "processors/word_alignment.h"

namespace copytaster {
namespace {

constexpr std::size_t kSentencePart = 4;  // runs up to here stand inside a sentence that both have
constexpr std::size_t kMostSpelled = 16;  // numbers in words that are looked at in one comparison
constexpr std::size_t kStart = 6;
constexpr std::size_t kEdge = 2;        // what the beginning or end of a text counts for
constexpr std::size_t kLittleWord = 3;  // letters of an article or a preposition
constexpr std::size_t kFigures = 2;     // that stand together, words
constexpr std::size_t kLabel = 5;       // words of a heading that says whom the text below it is about

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
    const auto hashes = [](const Side& side, std::size_t begin, std::size_t end) {
      std::vector<std::uint64_t> out;
      for (std::size_t k = begin; k < std::min(end, begin + TextDiff::kMostAligned); ++k)
        out.push_back(side.words[k].hash);
      return out;
    };
    auto matched = align_words(hashes(a_, i, end_i), hashes(b_, j, end_j));
    for (auto& [x, y] : matched) x += i, y += j;
    walk(matched, i, end_i, j, end_j);
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
    if (left.empty() && right.empty()) return look_at_tags(begin_a, end_a, begin_b, end_b);
    if (!left.empty() && is_frame(begin_a, end_a, begin_b, end_b, left, right)) {
      for (const Said& word : left) diff_.frame_numbers |= word.number && !b_.hashes.contains(word.hash);
      frame_ += static_cast<std::uint32_t>(left.size());
      diff_.missing += static_cast<std::uint32_t>(left.size());
      return;
    }
    const bool goes_on = a_.cut && end_a == a_.words.size() && left.empty();  // behind the cut
    if (!goes_on) look_for_negations(left, right);
    if (left.empty()) {
      ++diff_.added;
      look_at_insertion(b_, right, begin_b, end_b);
    } else if (right.empty()) {
      diff_.missing += static_cast<std::uint32_t>(left.size());
      // "2:1" and "1:2": a figure alone that is not where the other text has it.
      const bool alone = left.size() <= kFigures && before_ >= kEdge && behind_ >= 1;
      diff_.other_numbers |= alone && std::ranges::all_of(left, [](const Said& word) { return word.number; });
      look_for_numbers(left);
      look_at_insertion(a_, left, begin_a, end_a);
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

  // "near #Lyon", "near #Lille": a tag inside a sentence is a word of it.
  void look_at_tags(std::size_t begin_a, std::size_t end_a, std::size_t begin_b, std::size_t end_b) {
    if (begin_a == end_a || begin_b == end_b || before_ < kEdge || behind_ == 0) return;
    if (a_.breaks_at(begin_a) || end_a == a_.words.size() || b_.breaks_at(begin_b) ||
        end_b == b_.words.size())
      return;
    const Words left = Words(a_.words).subspan(begin_a, end_a - begin_a);
    const Words right = Words(b_.words).subspan(begin_b, end_b - begin_b);
    if (left.size() > kFigures || right.size() > kFigures || joined(left) == joined(right)) return;
    diff_.other_names = true;
    ++diff_.replaced;
    diff_.replaced_words += static_cast<std::uint32_t>(std::max(left.size(), right.size()));
  }

  // What only one has between two words of a sentence of both: "hardly ever", "west of"; and what is said
  // there of the shorter elsewhere, "Lyon beats Paris".
  void look_at_insertion(const Side& side, Words run, std::size_t begin, std::size_t end) {
    if (run.size() > kSentencePart || begin == 0 || end == side.words.size()) return;
    if (before_ == 0 || behind_ == 0 || before_ + behind_ <= kEdge) return;
    const std::size_t from = side.words[begin - 1].end;
    const std::string_view around = side.text.substr(from, side.words[end].begin - from);
    if (around.find_first_of(".!?\n;:()") != std::string_view::npos) return;
    // "Entrance: Mill Lane", "Entrance from Mill Lane".
    const auto is_little = [](const Said& w) { return !w.number && w.letters() <= kLittleWord; };
    if (!std::ranges::all_of(run, is_little)) diff_.inserted += static_cast<std::uint32_t>(run.size());
    const auto says_number = [&](const Said& word) {
      return number_of_word(word.folded, language_).has_value();
    };
    // "three", "thirty" where a figure is a word each; "on iki".
    const bool beside = says_number(side.words[begin - 1]) || says_number(side.words[end]);
    diff_.other_numbers |= beside && std::ranges::all_of(run, says_number);
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
    if (is_alone(words, others) && are_other_numbers(words.front(), others.front())) {
      diff_.other_numbers = true;
      return replace(words, others);
    }
    const Likeness alike = words.empty() || others.empty() ? Likeness::kAlike : likeness_of(words, others);
    if (alike == Likeness::kOther) return replace(words, others);
    diff_.alike_names |= alike == Likeness::kAlikeName;
    diff_.common += static_cast<std::uint32_t>(left.size());
  }

  // "six", "sixty"; not two forms of one number.
  [[nodiscard]] bool are_other_numbers(const Said& a, const Said& b) const {
    const auto one = number_of_word(a.folded, language_), other = number_of_word(b.folded, language_);
    return one && other && *one != *other;
  }

  // Something else is said only where both sides have a word that the other text has nowhere, or where two
  // words changed their places: who hit whom.
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
    if (!is_alone(a, b) && (std::ranges::none_of(a, is_new(b_)) || std::ranges::none_of(b, is_new(a_))))
      return;
    diff_.other_names |= is_alone(a, b) && a.front().name && b.front().name;
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
  TextDiff diff = untagged(left.words) <= untagged(right.words) ? Aligned(left, right, language).diff()
                                                                : Aligned(right, left, language).diff();
  diff.other_signs = signs_differ(left.signs, right.signs);
  return diff;
}

}  // namespace copytaster
