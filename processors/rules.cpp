#include "processors/rules.h"

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/status.h"
#include "processors/gazetteer.h"
#include "processors/rules_tables.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

PhraseTable place_table(const std::vector<Place>& places) {
  PhraseBuilder builder;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto value = static_cast<std::uint32_t>(i * 2);
    const std::uint32_t homonym = places[i].homonym ? 1 : 0;
    builder.add(fold_phrase(places[i].name), value + homonym);
    for (std::string_view alias : places[i].aliases) {
      const std::uint32_t doubtful = consume_prefix(&alias, "?") ? 1 : homonym;
      builder.add(fold_phrase(alias, kEnding), value + doubtful);
    }
  }
  return builder.build();
}

std::string pattern_of(std::string folded) {
  for (char& c : folded) {
    if (c == '*') c = kRest;
  }
  return folded;
}

// Whether one pattern takes all that the other takes: "ecole*" and "ecoles".
bool covers(std::string_view wide, std::string_view narrow) {
  if (wide == narrow) return true;
  return wide.ends_with('*') && wide.find('*') == wide.size() - 1 &&
         narrow.starts_with(wide.substr(0, wide.size() - 1));
}
bool are_one_word(std::string_view a, std::string_view b) {
  for (const std::string_view one : split(a, '|')) {
    for (const std::string_view other : split(b, '|')) {
      if (covers(one, other) || covers(other, one)) return true;
    }
  }
  return false;
}

// The first word of the section, in the same language, that is the same as its word `w`.
std::size_t first_alike(const SectionRule& section, std::size_t w) {
  const auto language = [&](std::size_t i) {
    return i < section.languages.size() ? std::string_view(section.languages[i]) : std::string_view();
  };
  for (std::size_t i = 0; i < w; ++i) {
    if (language(i) == language(w) && are_one_word(section.words[i], section.words[w])) return i;
  }
  return w;
}

}  // namespace

void Rules::compile() {
  auto made = std::make_shared<RuleTables>();
  made->places = place_table(places);
  PhraseBuilder words;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    for (std::size_t w = 0; w < sections[s].words.size(); ++w) {
      const auto value = static_cast<std::uint32_t>(made->section_words.size());
      for (const std::string_view form : split(sections[s].words[w], '|'))
        words.add(pattern_of(std::string(form)), value);
      const bool known = w < sections[s].languages.size();
      made->section_words.push_back({static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(w),
                                     static_cast<std::uint32_t>(first_alike(sections[s], w)),
                                     known ? language_bit(sections[s].languages[w]) : kAllLanguages});
    }
  }
  made->sections = words.build();
  tables_ = std::move(made);
}

const Gazetteer& Rules::gazetteer() const {
  static const Gazetteer kNone;
  return gazetteer_ == nullptr ? kNone : *gazetteer_;
}

absl::Status Rules::take_gazetteer(std::string_view text) {
  CT_ASSIGN_OR_RETURN(Gazetteer made, Gazetteer::from_tsv(text));
  StringMap<std::int32_t> by_id;
  for (std::size_t i = 0; i < places.size(); ++i) {
    Place& place = places[i];
    if (place.id.empty()) {
      std::vector<std::uint32_t> here;
      for (const std::uint32_t one : made.named(fold_phrase(place.name))) {
        if (made.place(one).country == place.country) here.push_back(one);
      }
      if (here.size() == 1) place.id = made.place(here.front()).id;
    }
    if (!place.id.empty()) by_id.emplace(place.id, static_cast<std::int32_t>(i));
  }
  for (std::uint32_t i = 0; i < made.size(); ++i) {
    const auto found = by_id.find(made.place(i).id);
    if (found != by_id.end()) made.link(i, found->second);
  }
  gazetteer_ = std::make_shared<const Gazetteer>(std::move(made));
  return absl::OkStatus();
}

const RuleTables& Rules::tables() const {
  static const RuleTables kNone;
  return tables_ == nullptr ? kNone : *tables_;
}

const Rules& Rules::defaults() {
  static const Rules kDefaults = [] {
    std::string_view sections, places, house_style;
    for (const auto& [path, bytes] : embedded_config()) {
      if (path.ends_with("/sections.toml")) sections = bytes;
      if (path.ends_with("/places.toml")) places = bytes;
      if (path.ends_with("/house_style.toml")) house_style = bytes;
    }
    auto rules = from_toml(sections, places, house_style);
    if (!rules.ok()) {  // a build that passed its tests cannot come here
      std::fprintf(stderr, "built-in rules: %s\n", rules.status().ToString().c_str());
      std::abort();
    }
    return *std::move(rules);
  }();
  return kDefaults;
}

}  // namespace copytaster
