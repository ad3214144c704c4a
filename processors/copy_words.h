// The words of a text as copy_diff.h lays them beside another's: what is one word in two spellings, and what
// is one number. Any bytes; pure; any thread. Views point into the text and the words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "processors/shingle.h"

namespace copytaster {

struct Said : TextWord {
  bool stop = false;      // a full stop stands right behind it
  bool caseless = false;  // of a script without capitals: nothing tells a name from another word

  [[nodiscard]] std::size_t letters() const;
};
using Words = std::span<const Said>;

// One of the two texts. `text` must outlive it, and at most two live at once on a thread (WordReader).
struct Side {
  std::string_view text;
  std::vector<Said> words;  // TextDiff::kMostWords at most
  absl::flat_hash_set<std::uint64_t> hashes;
  bool cut = false;
  std::uint32_t signs = 0;  // contrast_signs.h

  Side(std::string_view whole, Counter counter);
  // Whether a paragraph ends between the words before and after `index`.
  [[nodiscard]] bool breaks_at(std::size_t index) const;
};

[[nodiscard]] std::uint32_t untagged(Words words);  // how many are no hashtag or mention
[[nodiscard]] std::vector<Said> without_tags(Words words);
[[nodiscard]] std::vector<Said> without_figures(Words words);
// Without the spaces between them, but for those between figures.
[[nodiscard]] std::string joined(Words words);

// kAlikeName: one that may be another's name, "Daniela" and "Danielle". Behind another preposition a name has
// another ending; alone it may be another.
enum class Likeness : std::uint8_t { kOther, kAlike, kAlikeName };
[[nodiscard]] inline bool is_alone(Words a, Words b) { return a.size() == 1 && b.size() == 1; }
// Of two runs: each word of the one that has fewer is alike one of the other's. Of long ones: kOther.
[[nodiscard]] Likeness likeness_of(Words a, Words b);

// What is written with figures, in its order: "5a" is another than "5b". "1,204" and "1 204" are one, and
// "9:00" and "9h" are "9"; "2.5" stays two, as does "18h30".
[[nodiscard]] std::vector<std::string> numbers(Words words);
// Whether the words say the one number that `figures` are.
[[nodiscard]] bool spells(Words words, const std::vector<std::string>& figures, const std::string& language);
inline constexpr std::size_t kSpelledNumber = 8;  // words

}  // namespace copytaster
