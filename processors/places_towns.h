// When a town of the big gazetteer is believed. Nearly every short word is a town somewhere ("Reading",
// "Most", "Split"), so the text must say so. Internal to processors/places.cpp.
#pragma once

#include <string_view>

#include "processors/gazetteer.h"
#include "processors/name_shape.h"

namespace copytaster {

struct TownAbout {
  const GazetteerPlace& town;
  std::string_view country;  // where the official who posts is in office; empty: unknown
};

// One word behind another with a capital, which is neither a small word nor a street: "Jeb Bush". Not in
// German: "Raum Augsburg".
[[nodiscard]] bool looks_like_surname(const WordScan& scan, WordRange words, LanguageSet languages);
// Whether the words can be a town's name at all: no given name, weekday, month, street or common word, not
// all capitals.
[[nodiscard]] bool may_be_town(const WordScan& scan, WordRange words, LanguageSet languages);
// After "in", "à", "з": of the official's country any town, abroad one of 100,000 people; and not where the
// small word is part of a name ("Charles de Nantes").
[[nodiscard]] bool preposition_is_enough(const WordScan& scan, WordRange words, const TownAbout& about);
// Without such a word: a name of several words, or a town of the official's country in the middle of a
// sentence, with no capital beside it; not in English and German, where other words have capitals there.
[[nodiscard]] bool speaks_for_itself(const WordScan& scan, WordRange words, const TownAbout& about,
                                     std::string_view language);

}  // namespace copytaster
