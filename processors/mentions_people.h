// People in running text who are not in the registry: by a title before them, a role beside them, a
// given name, or a verb of saying.
#pragma once

#include <string_view>
#include <vector>

#include "processors/name_shape.h"

namespace copytaster {

struct FoundPerson {
  WordRange name;
  WordRange role;         // the words of the title, in the text; may be empty
  std::string_view rule;  // "title", "title-list", "apposition", "given-name", "speaker"
};

// In order of the text, not overlapping. `taken[i]` says that word i belongs to a name already known
// (an official): such words begin no new name, but a title's list goes on past them. Linear.
void find_people(const WordScan& scan, LanguageSet languages, const PhraseTable& places,
                 const std::vector<char>& taken, std::vector<FoundPerson>* out);

// The title that ends right before word `index`, or stands beside the name in commas right after
// `end`: "Prosecutor General Iryna Venediktova", "Josiane Delfosse, monitrice depuis trente ans".
[[nodiscard]] WordRange role_beside(const WordScan& scan, LanguageSet languages, WordRange name);

}  // namespace copytaster
