// Words of a post as copies and stories see them: folded by scan_words(), without links; and shingles of
// three words. Scripts written without spaces give one word a character, so three in a row are a
// useful shingle in any script.
//
// Any bytes. Work is linear in the text and bounded by kMaxScannedBytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "processors/word_scan.h"

namespace copytaster {

struct TextWord {
  std::string_view folded;  // valid as long as the reader
  std::uint64_t hash = 0;   // stable: it is stored
  std::size_t begin = 0;    // bytes of the text
  std::size_t end = 0;
  bool number = false;  // has a digit; never a hashtag or @mention
  bool name = false;    // capitalised inside a sentence; never a hashtag or @mention
  bool tag = false;     // a hashtag or @mention
  bool minus = false;   // a number with a sign: "-5"; its hash is another than that of "5"
};

// The statement inside a post: without "RT @name:" in front, without the counter behind a part of a thread
// ("1/4", "(2/3)", "1/"), and without the ragged end of a text that some platform cut ("…", "...", also
// before a last link). A part of a thread counts as cut. The views point into `text`.
struct PlainText {
  std::string_view text;
  bool cut = false;
  std::string_view counted;  // with its counter; `text` where it has none
};
[[nodiscard]] PlainText plain_text(std::string_view text);

// "(5/6)" may be a part of a thread or a date: whether it is left out depends on what the text is compared
// with.
enum class Counter : std::uint8_t { kDropped, kKept };

// Reads the words of plain_text(text). One thread; at most two readers at once (see scan_words).
class WordReader {
 public:
  explicit WordReader(std::string_view text, Counter counter = Counter::kDropped);
  bool next(TextWord& word);
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] std::uint32_t signs() const { return scan_.signs; }  // contrast_signs.h

 private:
  bool in_link(const Word& word);
  [[nodiscard]] bool has_minus(const Word& word) const;

  std::string_view text_;
  const WordScan& scan_;
  std::size_t index_ = 0;
  std::size_t end_ = 0;       // of the plain text, in bytes of text_
  std::size_t link_end_ = 0;  // words before this byte belong to a link
  bool cut_ = false;
};

// Mixes 64 bits thoroughly; stable. Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// Hashes of three words in a row, as they come. A text of one or two words is one shingle.
class Shingles {
 public:
  // True when `*shingle` was made.
  bool add(std::uint64_t word_hash, std::uint64_t* shingle) {
    last_ = {last_[1], last_[2], word_hash};
    if (++words_ < 3) return false;
    *shingle = of(last_[0], last_[1], last_[2]);
    return true;
  }
  // The one shingle of a text too short for add(); false when there was none to make.
  [[nodiscard]] bool rest(std::uint64_t* shingle) const {
    if (words_ == 0 || words_ >= 3) return false;
    *shingle = of(0, last_[1], last_[2]);
    return true;
  }

 private:
  static std::uint64_t of(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    return mix64(a * 0x9e3779b97f4a7c15ULL + mix64(b * 0xc2b2ae3d27d4eb4fULL + c));
  }
  std::array<std::uint64_t, 3> last_ = {};
  std::size_t words_ = 0;
};

}  // namespace copytaster
