#include "processors/word_trie.h"

#include <algorithm>
#include <array>

namespace copytaster {
namespace {

// Folded: "ą" is "a", "й" is "и", "ς" is "σ". Adjectives' endings too: surnames decline like them.
constexpr std::string_view kLatin[] = {"a",  "ach", "am",  "ami",  "e",  "ego", "ej", "em", "emu", "i",
                                       "ia", "ie",  "iem", "iego", "ii", "im",  "iu", "m",  "n",   "o",
                                       "om", "ou",  "ova", "ovi",  "ow", "owi", "s",  "u",  "y",   "ym"};
constexpr std::string_view kCyrillic[] = {
    "а",  "ам", "ами", "ах",  "ая", "е",   "ев",  "еві", "еи", "ем", "ею", "єв",  "єві",
    "єм", "єю", "и",   "ии",  "им", "ими", "их",  "і",   "ів", "іи", "ії", "іі",  "ім",
    "іх", "ія", "ію",  "ією", "о",  "ов",  "ові", "ого", "ое", "ои", "оі", "ом",  "ому",
    "ою", "у",  "ую",  "ы",   "ым", "ых",  "ь",   "ью",  "ю",  "я",  "ям", "ями", "ях"};
constexpr std::string_view kGreek[] = {"α", "ασ", "ε",  "εσ", "η",   "ησ", "ι", "ιου", "ιων",
                                       "ο", "οι", "οσ", "ου", "ουσ", "σ",  "υ", "ων"};

// An ending of at most seven bytes as a number: its bytes, and their count.
constexpr std::uint64_t packed(std::string_view ending) {
  std::uint64_t out = ending.size();
  for (const char c : ending) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

// Looked up at every place where a stem may end: sorted once, and mostly answered by the size alone.
template <std::size_t N>
class Endings {
 public:
  explicit constexpr Endings(const std::string_view (&endings)[N]) : all_() {
    for (std::size_t i = 0; i < N; ++i) {
      all_[i] = packed(endings[i]);
      longest_ = std::max(longest_, endings[i].size());
    }
    std::sort(all_.begin(), all_.end());
  }
  [[nodiscard]] bool has(std::string_view rest) const {
    return rest.size() <= longest_ && std::binary_search(all_.begin(), all_.end(), packed(rest));
  }

 private:
  std::array<std::uint64_t, N> all_;
  std::size_t longest_ = 0;
};
constexpr Endings kLatinEndings(kLatin);
constexpr Endings kCyrillicEndings(kCyrillic);
constexpr Endings kGreekEndings(kGreek);

// The first `most` bytes of a word as a number, shorter words with zeros behind, spread over a filter.
std::size_t head(std::string_view word, std::size_t most) {
  std::uint32_t bytes = 0;
  for (std::size_t i = 0; i < most; ++i)
    bytes = bytes << 8 | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
  return bytes * 0x9E3779B1U >> 20;
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings, std::size_t* cut) {
  for (const std::string_view ending : endings) {
    if (word.ends_with(ending)) {
      *cut = word.size() - ending.size();
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_case_ending(std::string_view rest, Script script) {
  if (rest.empty()) return true;
  switch (script) {
    case Script::kLatin:
      return kLatinEndings.has(rest);
    case Script::kCyrillic:
      return kCyrillicEndings.has(rest);
    case Script::kGreek:
      return kGreekEndings.has(rest);
    default:
      return false;
  }
}

std::string_view name_stem(std::string_view folded, Script script) {
  std::size_t cut = folded.size();
  switch (script) {
    case Script::kLatin:
      if (ends_with_any(folded, {"a", "o", "e", "y", "i"}, &cut) && cut < 4) cut = folded.size();
      break;
    case Script::kCyrillic:
      if (ends_with_any(folded, {"ии", "іи", "а", "я", "о", "и", "і", "ь"}, &cut) && cut < 6)
        cut = folded.size();
      break;
    case Script::kGreek:
      if (ends_with_any(folded, {"οσ", "ασ", "ησ", "α", "η", "ο"}, &cut) && cut < 6) cut = folded.size();
      break;
    default:
      break;
  }
  return folded.substr(0, cut);
}

std::uint32_t PhraseTable::child(std::uint32_t node, char byte) const {
  const Node& at = nodes_[node];
  for (std::uint32_t i = at.first_edge; i < at.first_edge + at.edges; ++i) {
    if (edges_[i].byte == byte) return edges_[i].node;
  }
  return 0;
}

bool PhraseTable::may_begin(const WordScan& scan, std::size_t word) const {
  const std::string_view folded = scan.folded_word(word);
  return !folded.empty() && (heads_[head(folded, 4)] || short_[head(folded, 2)]);
}

void PhraseTable::let_in(std::string_view pattern) {
  const std::string_view word = pattern.substr(0, pattern.find(' '));
  const std::size_t mark = std::min(word.find(kEnding), word.find(kRest));
  if (mark >= 4) {
    heads_.set(head(word, 4));
  } else if (mark >= 2) {
    short_.set(head(word, 2));
  } else {
    for (int byte = 0; byte < 256 && mark == 1; ++byte)
      short_.set(head(std::string{word[0], static_cast<char>(byte)}, 2));
    if (mark == 0) short_.set();
  }
}

void PhraseTable::word_done(const WordScan& scan, std::size_t word, std::uint32_t node, std::uint32_t done,
                            std::vector<PhraseMatch>* out, int depth) const {
  const Node& at = nodes_[node];
  for (std::uint32_t i = at.first_value; i < at.first_value + at.values; ++i)
    out->push_back({values_[i], done});
  if (at.edges == 0 || word + 1 >= scan.words.size() || scan.folded[scan.words[word].fold_end] != ' ') return;
  if (const std::uint32_t next = child(node, ' ')) walk(scan, word + 1, next, done, out, depth);
}

void PhraseTable::walk(const WordScan& scan, std::size_t word, std::uint32_t node, std::uint32_t done,
                       std::vector<PhraseMatch>* out, int depth) const {
  if (depth > 8) return;
  const Word& now = scan.words[word];
  const std::string_view folded = scan.folded_word(now);
  for (std::size_t i = 0; i <= folded.size(); ++i) {
    const Node& at = nodes_[node];
    // The marks sort before all letters: they are the first edges.
    for (std::uint32_t e = at.first_edge; e < at.first_edge + at.edges && edges_[e].byte <= kRest; ++e) {
      const bool fits = edges_[e].byte == kRest || is_case_ending(folded.substr(i), now.script);
      if (fits && i > 0) word_done(scan, word, edges_[e].node, done + 1, out, depth + 1);
    }
    if (i == folded.size()) break;
    node = i == 0 && node == 0 ? root_[static_cast<unsigned char>(folded[0])] : child(node, folded[i]);
    if (node == 0) return;
  }
  if (!folded.empty()) word_done(scan, word, node, done + 1, out, depth + 1);
}

void PhraseTable::match_at(const WordScan& scan, std::size_t index, std::vector<PhraseMatch>* out) const {
  if (index >= scan.words.size() || !may_begin(scan, index)) return;
  walk(scan, index, 0, 0, out, 0);
}

PhraseMatch PhraseTable::longest_at(const WordScan& scan, std::size_t index) const {
  if (index >= scan.words.size() || !may_begin(scan, index)) return {};
  static thread_local std::vector<PhraseMatch> found;
  found.clear();
  walk(scan, index, 0, 0, &found, 0);
  PhraseMatch best;
  for (const PhraseMatch& match : found) {
    if (match.words > best.words || (match.words == best.words && match.value < best.value)) best = match;
  }
  return best;
}

void PhraseBuilder::add(std::string_view pattern, std::uint32_t value) {
  if (!pattern.empty()) patterns_.emplace(std::string(pattern), value);
}

PhraseTable PhraseBuilder::build() const {
  PhraseTable table;
  for (const auto& [pattern, value] : patterns_) table.let_in(pattern);
  table.nodes_.emplace_back();
  struct Range {
    std::uint32_t node;
    std::size_t depth;
    std::multimap<std::string, std::uint32_t>::const_iterator begin, end;
  };
  // Breadth first over the sorted patterns, so that the edges of a node lie together.
  std::vector<Range> queue = {{0, 0, patterns_.begin(), patterns_.end()}};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Range range = queue[next];
    auto at = range.begin;
    table.nodes_[range.node].first_value = static_cast<std::uint32_t>(table.values_.size());
    for (; at != range.end && at->first.size() == range.depth; ++at) {
      table.values_.push_back(at->second);
      ++table.nodes_[range.node].values;
    }
    table.nodes_[range.node].first_edge = static_cast<std::uint32_t>(table.edges_.size());
    while (at != range.end) {
      const char byte = at->first[range.depth];
      const auto begin = at;
      while (at != range.end && at->first[range.depth] == byte) ++at;
      const auto child = static_cast<std::uint32_t>(table.nodes_.size());
      table.nodes_.emplace_back();
      table.edges_.push_back({byte, child});
      ++table.nodes_[range.node].edges;
      if (range.node == 0) table.root_[static_cast<unsigned char>(byte)] = child;
      queue.push_back({child, range.depth + 1, begin, at});
    }
  }
  return table;
}

}  // namespace copytaster
