// A few bodies that every newsroom meets, under their names in ten languages.
#pragma once

#include <span>
#include <string_view>

#include "processors/word_trie.h"

namespace copytaster {

struct Body {
  std::string_view name;
  std::string_view id;     // "wikidata:Q458"
  std::string_view names;  // '|' between; '~': a case ending may follow
};

[[nodiscard]] std::span<const Body> known_bodies();
// Value: index into known_bodies().
[[nodiscard]] const PhraseTable& body_table();

}  // namespace copytaster
