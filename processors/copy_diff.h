// Two texts laid beside each other word by word: what both say in the same order, and what one says where the
// other says something else. This is what verifies a copy; hashes only find it.
//
// Words are those of shingle.h (folded; no links). Hashtags and mentions never count as missing; nor do a
// heading that the shorter has in front and a footer behind (paragraphs up to a third of it). Headings of a
// few words on both sides are compared: "Weststadt", "Oststadt". Any bytes; of very long texts the first
// kMostAligned words that differ are looked at. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace copytaster {

struct TextDiff {
  static constexpr std::size_t kMostWords = 4000;   // of a text
  static constexpr std::size_t kMostAligned = 600;  // of what lies between the common beginning and end

  std::uint32_t shorter = 0, longer = 0;  // words, tags left out; the shorter's without heading and footer
  std::uint32_t common = 0;               // in the same order in both
  // Runs where the one says something else than the other, spellings of one word left out; and the words
  // of the longer side of each.
  std::uint32_t replaced = 0, replaced_words = 0;
  std::uint32_t missing = 0;     // words of the shorter that the longer has nothing for
  std::uint32_t added = 0;       // runs that only the longer has
  std::uint32_t inserted = 0;    // words that only one has, inside a sentence of both
  bool negated = false;          // only one of the two says "not", in a sentence that both have
  bool other_numbers = false;    // a number stands where the other has another one, or none
  bool frame_numbers = false;    // … in a heading or footer that only the shorter has
  bool spelled_numbers = false;  // figures stand where the other may have others in words
  bool other_names = false;      // a name stands where the other has another one
  bool caseless = false;         // … any word does, in a script whose names look as other words do
  bool alike_names =
      false;  // … one that differs by a letter or an ending: the same, or "Daniela", "Danielle"
  bool other_signs = false;  // contrast_signs.h
  bool same_start = false;   // the first six words, or all of the shorter

  // Share of the shorter one's words that the longer has, in order.
  [[nodiscard]] double inside() const {
    return shorter == 0 ? 0 : static_cast<double>(common) / static_cast<double>(shorter);
  }
  [[nodiscard]] double lengths() const {
    return longer == 0 ? 0 : static_cast<double>(shorter) / static_cast<double>(longer);
  }
};

// In either order. `language`, where it is known (BCP 47 primary subtag), tells which words are numbers.
[[nodiscard]] TextDiff diff_texts(std::string_view a, std::string_view b, const std::string& language = "");

// "not", "nicht", "не", …: a folded word that turns a sentence into its opposite.
[[nodiscard]] bool is_negation(std::string_view folded);

}  // namespace copytaster
