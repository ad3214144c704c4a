#include "processors/word_likeness.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/text.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostLetters = 64;
constexpr std::size_t kStem = 4;  // letters in front of an ending
constexpr std::size_t kShortStem = 3;
constexpr std::size_t kLongestEnding = 2;
constexpr std::size_t kBegin = 2;    // these letters make another word: "northbound", "southbound"
constexpr std::size_t kOneTypo = 6;  // letters, from here one may be another
constexpr std::size_t kTwoTypos = 9;

using Letters = std::u32string_view;

std::size_t decode(std::string_view word, std::array<char32_t, kMostLetters>& out) {
  std::size_t size = 0;
  for (std::size_t at = 0; at < word.size() && size < out.size();) out[size++] = next_code_point(word, &at);
  return size;
}

// Levenshtein.
std::size_t edits(Letters a, Letters b) {
  std::array<std::size_t, kMostLetters + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t kept = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = std::exchange(row[j], std::min({kept, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row[b.size()];
}

// One stem, two endings: "Rybiej", "Rybia".
bool is_inflected(Letters a, Letters b) {
  const auto differ = std::ranges::mismatch(a, b);
  const auto stem = static_cast<std::size_t>(differ.in1 - a.begin());
  return stem >= kStem && a.size() - stem <= kLongestEnding && b.size() - stem <= kLongestEnding;
}

// "οδό", "οδός"; and an h that is not heard: "anno", "hanno".
bool is_longer_form(Letters shorter, Letters longer) {
  const std::size_t more = longer.size() - shorter.size();
  if (more == 1 && shorter.size() >= kStem && longer.front() == U'h') return longer.substr(1) == shorter;
  return shorter.size() >= kShortStem && more <= kLongestEnding && longer.starts_with(shorter);
}

}  // namespace

bool is_like_word(std::string_view a, std::string_view b) {
  if (a == b) return true;
  std::array<char32_t, kMostLetters> room_a, room_b;
  Letters shorter(room_a.data(), decode(a, room_a));
  Letters longer(room_b.data(), decode(b, room_b));
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (is_inflected(shorter, longer) || is_longer_form(shorter, longer)) return true;
  if (longer.size() - shorter.size() > 1 || shorter.substr(0, kBegin) != longer.substr(0, kBegin))
    return false;
  const std::size_t differing = edits(shorter, longer);
  // A letter too many is a slip; another letter makes July of June.
  if (differing == 1 && longer.size() > shorter.size() && longer.size() > kStem) return true;
  return (shorter.size() >= kOneTypo && differing <= 1) || (shorter.size() >= kTwoTypos && differing <= 2);
}

}  // namespace copytaster
