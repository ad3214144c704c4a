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

}  // namespace

void Rules::compile() {
  auto made = std::make_shared<RuleTables>();
  made->places = place_table(places);
  PhraseBuilder words;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    for (std::size_t w = 0; w < sections[s].words.size(); ++w) {
      words.add(pattern_of(sections[s].words[w]), static_cast<std::uint32_t>(made->section_words.size()));
      const bool known = w < sections[s].languages.size();
      made->section_words.push_back({static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(w),
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
