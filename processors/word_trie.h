// Many phrases looked up at once, word by word, in folded text: officials, places, titles, verbs,
// section words. A byte trie. Nearly every look-up fails: most of those at a filter of the words' first
// bytes, which lies in half a kilobyte, the others after two or three bytes.
//
// A pattern is folded words with single spaces between. Two marks may end a word:
//   kEnding  here the word may end, or go on with one case ending of its script ("київ|у", "kliczk|ą")
//   kRest    here the word may go on in any way ("tram|way")
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/word_scan.h"

namespace copytaster {

inline constexpr char kEnding = '\x01';
inline constexpr char kRest = '\x02';

// Whether `rest` (folded; may be empty) is a case ending of the European languages written in `script`.
[[nodiscard]] bool is_case_ending(std::string_view rest, Script script);
// The stem of a folded name word: without its last vowel or nominative ending, so that kEnding can
// follow. The word itself when the stem would be too short to be safe.
[[nodiscard]] std::string_view name_stem(std::string_view folded, Script script);

struct PhraseMatch {
  std::uint32_t value = 0;
  std::uint32_t words = 0;  // how many, from the first one on
};

// Immutable after build(); any thread.
class PhraseTable {
 public:
  // Every pattern that begins at word `index`, in no order. `out` is not cleared.
  void match_at(const WordScan& scan, std::size_t index, std::vector<PhraseMatch>* out) const;
  // The match with most words (the first added among equals); words == 0: none.
  [[nodiscard]] PhraseMatch longest_at(const WordScan& scan, std::size_t index) const;
  [[nodiscard]] bool empty() const { return values_.empty(); }

 private:
  friend class PhraseBuilder;
  struct Node {
    std::uint32_t first_edge = 0, first_value = 0;
    std::uint16_t edges = 0, values = 0;
  };
  struct Edge {
    char byte;
    std::uint32_t node;
  };
  [[nodiscard]] std::uint32_t child(std::uint32_t node, char byte) const;
  // False: no pattern begins like this word. True says nothing.
  [[nodiscard]] bool may_begin(const WordScan& scan, std::size_t word) const;
  void let_in(std::string_view pattern);
  void walk(const WordScan& scan, std::size_t word, std::uint32_t node, std::uint32_t done,
            std::vector<PhraseMatch>* out, int depth) const;
  void word_done(const WordScan& scan, std::size_t word, std::uint32_t node, std::uint32_t done,
                 std::vector<PhraseMatch>* out, int depth) const;

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> values_;
  std::uint32_t root_[256] = {};
  std::bitset<4096> heads_;  // by a hash of a first word's first four bytes
  std::bitset<4096> short_;  // of patterns with a mark among the first four: by the first two
};

class PhraseBuilder {
 public:
  // Empty patterns are ignored.
  void add(std::string_view pattern, std::uint32_t value);
  [[nodiscard]] PhraseTable build() const;

 private:
  std::multimap<std::string, std::uint32_t> patterns_;
};

}  // namespace copytaster
