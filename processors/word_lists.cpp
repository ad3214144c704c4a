#include "processors/word_lists.h"

#include <array>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::array<std::string_view, 10> kLanguages = {"en", "fr", "uk", "de", "es",
                                                         "it", "pl", "pt", "nl", "el"};

}  // namespace

LanguageSet language_bit(std::string_view code) {
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    if (kLanguages[i] == code) return LanguageSet{1} << i;
  }
  return kAllLanguages;
}

PhraseTable make_phrase_table(std::initializer_list<FlaggedLists> all) {
  PhraseBuilder builder;
  for (const FlaggedLists& flagged : all) {
    for (const WordList& list : flagged.lists) {
      const std::uint32_t set = language_bit(list.language) & 0xFFFFFF;
      for (const std::string_view phrase : split(list.phrases, '|')) {
        builder.add(fold_phrase(phrase, kRest), set << 8 | flagged.flag);
      }
    }
  }
  return builder.build();
}

ListMatch list_match(const PhraseTable& table, const WordScan& scan, std::size_t index,
                     LanguageSet languages) {
  static thread_local std::vector<PhraseMatch> found;
  found.clear();
  table.match_at(scan, index, &found);
  ListMatch best;
  for (const PhraseMatch& match : found) {
    if ((match.value >> 8 & languages) == 0 || match.words <= best.words) continue;
    best = {match.words, static_cast<std::uint8_t>(match.value & 0xFF)};
  }
  return best;
}

}  // namespace copytaster
