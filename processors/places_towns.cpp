#include "processors/places_towns.h"

#include <algorithm>
#include <array>

#include "processors/day_words.h"

namespace copytaster {
namespace {

constexpr std::uint32_t kLargeTown = 100'000;

// German nouns that are German towns too: there every noun has a capital.
constexpr std::array<std::string_view, 15> kNouns = {"regen",  "waren", "lage",   "halle",  "hof",
                                                     "weiden", "leer",  "singen", "siegen", "kamen",
                                                     "rain",   "wald",  "bergen", "essen",  "aue"};
// "Santa Maria" is a church, a ship and forty towns.
constexpr std::array<std::string_view, 9> kSaints = {"san",    "santa", "santo", "sant", "saint",
                                                     "sainte", "st",    "sao",   "sankt"};

bool capital_beside(const WordScan& scan, WordRange words) {
  const bool before = words.begin > 0 && scan.words[words.begin].gap <= Gap::kApostrophe &&
                      scan.words[words.begin - 1].capital;
  const bool after = words.end < scan.words.size() && scan.words[words.end].gap <= Gap::kHyphen &&
                     scan.words[words.end].capital;
  return before || after;
}

// "Metro-North", "Orlando Sentinel"; "Denver CO" is none, and in German every noun has a capital.
bool goes_on(const WordScan& scan, WordRange words, LanguageSet languages) {
  if (words.end >= scan.words.size()) return false;
  const Word& next = scan.words[words.end];
  if (!next.capital || next.all_upper) return false;
  return next.gap == Gap::kHyphen || (next.gap == Gap::kSpace && languages != language_bit("de"));
}

}  // namespace

bool looks_like_surname(const WordScan& scan, WordRange words, LanguageSet languages) {
  const std::size_t i = words.begin;
  if (languages == language_bit("de") || words.size() > 1 || i == 0 || scan.words[i].gap != Gap::kSpace)
    return false;
  const Word& before = scan.words[i - 1];
  return before.capital && !before.all_upper && !is_never_name(scan, i - 1) && !is_thing_word(scan, i - 1);
}

bool may_be_town(const WordScan& scan, WordRange words, LanguageSet languages) {
  const Word& word = scan.words[words.begin];
  if (word.all_upper || word.at || goes_on(scan, words, languages)) return false;
  if (words.size() > 1) return scan.words[words.end - 1].capital || scan.words[words.end - 1].digit;
  const std::string_view folded = scan.folded_word(word);
  if (folded.size() < 4) return false;
  if (is_given_name(scan, words.begin) || is_never_name(scan, words.begin) ||
      is_thing_word(scan, words.begin))
    return false;
  if (languages == language_bit("de") && std::ranges::find(kNouns, folded) != kNouns.end()) return false;
  return !day_word_at(scan, words.begin, kAllLanguages);
}

bool preposition_is_enough(const WordScan& scan, WordRange words, const TownAbout& about) {
  const std::size_t i = words.begin;
  if (i >= 2 && scan.words[i - 1].gap == Gap::kSpace && scan.words[i - 2].capital &&
      is_name_particle(scan.folded_word(i - 1)))
    return false;
  return about.town.country == about.country || about.town.population >= kLargeTown;
}

bool speaks_for_itself(const WordScan& scan, WordRange words, const TownAbout& about,
                       std::string_view language) {
  if (capital_beside(scan, words)) return false;
  const bool own = about.town.country == about.country;
  if (words.size() > 1 && !is_given_name(scan, words.begin)) {
    const bool saint = std::ranges::find(kSaints, scan.folded_word(words.begin)) != kSaints.end();
    return own || (!saint && about.town.population >= kLargeTown);
  }
  if (!own || language == "en" || language == "de") return false;
  return scan.words[words.begin].gap <= Gap::kComma || scan.words[words.begin].hash;
}

}  // namespace copytaster
