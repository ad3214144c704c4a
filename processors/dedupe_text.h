// Two texts compared by what is remembered of them. Nothing here decides; dedupe.cpp does.
#pragma once

#include <cstdint>
#include <span>

#include "processors/fingerprint.h"

namespace copytaster {

// A Sketch, or what the copy index kept of one. `whole` is false when the words' hashes were let go.
struct TextView {
  std::uint32_t exact = 0;  // the upper half of Sketch.exact
  Signature signature;
  std::uint32_t shingles = 0;
  std::uint32_t words = 0;
  std::uint32_t lead = 0;
  bool cut = false;
  bool whole = false;
  std::span<const std::uint16_t> word_hashes, number_hashes, name_hashes;
};
[[nodiscard]] TextView view_of(const Sketch& sketch);  // points into `sketch`

struct TextMatch {
  bool exact = false;
  double similarity = 0;       // Jaccard of shingles, estimated
  double shingles_inside = 0;  // share of the shorter text's shingles found in the longer, estimated
  double words_inside = 0;     // share of the shorter text's words found in the longer
  bool numbers_agree = false;  // the shorter has no number that the longer lacks; of near lengths: both ways
  bool names_agree = false;    // not: each has a name that the other lacks
  bool same_start = false;     // the first six words
  std::uint32_t words = 0;     // of the shorter
  double lengths = 0;          // words of the shorter / words of the longer
  bool shorter_cut = false;    // the shorter ends in an ellipsis
};
[[nodiscard]] TextMatch match_texts(const TextView& a, const TextView& b);

}  // namespace copytaster
