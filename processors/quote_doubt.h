// What makes the subject of a verb of saying nobody who speaks: the name is a school's or a street's,
// somebody belongs to it, or the verb is denied. Ten languages; word lists, in doubt it lets the subject be.
#pragma once

#include <string_view>

#include "processors/quote_subject.h"

namespace copytaster {

// "la scuola Cesare Battisti", "школа імені Тараса Шевченка", "the Nelson Mandela school".
[[nodiscard]] bool is_named_after(const WordScan& scan, WordRange name);
// "“…”고 말했다": the ending that closes the quoted words, as written, is nobody.
[[nodiscard]] bool is_korean_ending(std::string_view word);
// "Ann Lee's spokesman": it is not she who speaks.
[[nodiscard]] bool is_possessor(const WordScan& scan, WordRange name);

}  // namespace copytaster
