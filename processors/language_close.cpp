#include "processors/language_close.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <string>

#include "processors/language_close_index.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

using Mask = CloseIndex::Mask;
constexpr char32_t kLettersEnd = CloseIndex::kLettersEnd;

// Latin-1, Latin Extended-A and Cyrillic by Unicode's simple case mapping; anything else as it is.
char32_t lower_letter(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 0x20 : c;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c + (c & 1);
  if ((c >= 0x100 && c <= 0x177 && c != 0x138) || (c >= 0x218 && c <= 0x21B)) return c | 1;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  return c >= 0x490 && c < kLettersEnd && (c < 0x4C0 || c > 0x4CF) ? c | 1 : c;
}

// What speaks for each list. What only one of the candidates has counts double, and so does a letter of
// Cyrillic: an alphabet has it or has not, and names from abroad are spelt without.
class Score {
 public:
  explicit Score(Mask candidates) : candidates_(candidates) {}

  void add(Mask who, int least = 1) {
    who &= candidates_;
    if (who == candidates_) return;
    const int weight = std::has_single_bit(who) ? 2 : least;
    for (; who != 0; who &= who - 1) of_[static_cast<std::size_t>(std::countr_zero(who))] += weight;
  }
  // Of the best list of the language; 0 for one that is no candidate.
  [[nodiscard]] int of(std::string_view code) const {
    int best = 0;
    for (std::size_t i = 0; i < CloseIndex::get().size(); ++i) {
      if (CloseIndex::get().code(i) == code) best = std::max(best, of_[i]);
    }
    return best;
  }
  // The first of the candidates with most.
  [[nodiscard]] std::size_t best() const {
    auto best = static_cast<std::size_t>(std::countr_zero(candidates_));
    for (std::size_t i = best; i < CloseIndex::get().size(); ++i) {
      if ((candidates_ >> i & 1) != 0 && of_[i] > of_[best]) best = i;
    }
    return best;
  }
  [[nodiscard]] int at(std::size_t list) const { return of_[list]; }
  [[nodiscard]] int best_but(Mask lists) const {
    int best = 0;
    for (std::size_t i = 0; i < of_.size(); ++i) best = (lists >> i & 1) != 0 ? best : std::max(best, of_[i]);
    return best;
  }

 private:
  const Mask candidates_;
  std::array<int, 64> of_ = {};
};

// Each letter counts once, each word as often as it stands there.
Score count_evidence(const LanguageSample& sample, Mask candidates) {
  const CloseIndex& index = CloseIndex::get();
  static thread_local std::string word;
  std::bitset<kLettersEnd> seen;
  Score score(candidates);
  word.clear();
  for (std::size_t at = 0; at < sample.text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(sample.text, &at);
    const char32_t lower = lower_letter(c);
    if (const Mask who = index.letter(lower); who != 0 && !seen[lower]) {
      seen[lower] = true;
      score.add(who, lower >= 0x400 ? 2 : 1);
    }
    if ((folded_char(c).flags & FoldedChar::kWord) != 0) {
      if (lower < 0x80) {
        word += static_cast<char>(lower);
      } else if (lower < 0x800) {
        word += static_cast<char>(0xC0U | (lower >> 6));
        word += static_cast<char>(0x80U | (lower & 0x3FU));
      } else {
        word.append(sample.text, begin, at - begin);
      }
      if (at < sample.text.size()) continue;
    }
    if (!word.empty()) score.add(index.word(word, candidates));
    word.clear();
  }
  return score;
}

struct Group {
  std::string_view codes;
  // 1 where CLD2's choice between them is little better than chance, 3 where it is nearly always right.
  int margin;
};
constexpr Group kGroups[] = {{"id ms", 1},       {"bs hr sr", 1},    {"nb nn da sv", 2},
                             {"ca es pt gl", 3}, {"cs sk pl sl", 2}, {"ga gd", 2}};
constexpr Group kCyrillic = {"ru uk be bg mk sr kk mn", 1};
constexpr int kFarMargin = 3;  // to a language that is not close

const Group* group_of(std::string_view code, bool cyrillic) {
  if (cyrillic) return kCyrillic.codes.find(code) != std::string_view::npos ? &kCyrillic : nullptr;
  const auto* found = std::find_if(std::begin(kGroups), std::end(kGroups), [&](const Group& group) {
    return group.codes.find(code) != std::string_view::npos;
  });
  return found == std::end(kGroups) ? nullptr : found;
}

// Any language with a list; it must also be before all that are not close to it.
std::string_view tell_far(const LanguageSample& sample, std::string_view code, bool cyrillic) {
  const Score score = count_evidence(sample, CloseIndex::get().script(cyrillic));
  const std::size_t best = score.best();
  const std::string_view found = CloseIndex::get().code(best);
  const Group* group = group_of(found, cyrillic);
  const Mask close = CloseIndex::get().of(group != nullptr ? group->codes : found, cyrillic);
  const bool clear = score.at(best) >= score.of(code) + kFarMargin && score.at(best) > score.best_but(close);
  return clear ? found : code;
}

}  // namespace

std::string_view tell_close_languages(const LanguageSample& sample, std::string_view code, Heard heard) {
  const bool cyrillic = sample.cyrillic * 2 > sample.letters;
  if (!cyrillic && sample.latin * 2 < sample.letters) return code;
  if (heard != Heard::kUsual || code == "en") {
    const std::string_view far = tell_far(sample, code, cyrillic);
    if (far == code || group_of(far, cyrillic) == nullptr) return far;
    code = far;
  }
  const Group* group = group_of(code, cyrillic);
  if (group == nullptr) return code;
  const Score score = count_evidence(sample, CloseIndex::get().of(group->codes, cyrillic));
  const std::size_t best = score.best();
  return score.at(best) >= score.of(code) + group->margin ? CloseIndex::get().code(best) : code;
}

bool has_letter_of(const LanguageSample& sample, std::string_view code, std::string_view other) {
  const CloseIndex& index = CloseIndex::get();
  const bool cyrillic = sample.cyrillic * 2 > sample.letters;
  const Mask mine = index.of(code, cyrillic), theirs = index.of(other, cyrillic);
  if (mine == 0 || theirs == 0) return false;
  for (std::size_t at = 0; at < sample.text.size();) {
    const Mask who = index.letter(lower_letter(next_code_point(sample.text, &at)));
    if ((who & mine) != 0 && (who & theirs) == 0) return true;
  }
  return false;
}

}  // namespace copytaster
