// Words that stand before or beside a person's name: "Mayor", "procureure générale", "Herr", "députés".
#pragma once

#include "processors/name_shape.h"
#include "processors/word_lists.h"

namespace copytaster {

enum class Title : std::uint8_t {
  kHonorific = 1,  // "Mrs", "Frau": no role, but a surname alone may follow
  kRole = 2,
  kRoles = 3,  // plural: a list of names may follow
};

[[nodiscard]] const PhraseTable& title_table();
// German and Dutch write roles in one word: "Umweltbürgermeisterin". Whether the folded word ends so.
[[nodiscard]] bool is_compound_role(std::string_view folded);

// "Agriculture Secretary Tom Vilsack" is Tom Vilsack, "Frau Waltraud Eisenzopf" is Waltraud Eisenzopf,
// "Маріуполя Тамара Сивоконь" is Тамара Сивоконь: without titles and places before the name.
[[nodiscard]] WordRange bare_name(const WordScan& scan, LanguageSet languages, const PhraseTable& places,
                                  WordRange name);

}  // namespace copytaster
