// What makes the subject of a verb of saying nobody who speaks: the name is a school's or a street's,
// somebody belongs to it, or the verb is denied. Ten languages; word lists, in doubt it lets the subject be.
#pragma once

#include "processors/quote_subject.h"

namespace copytaster {

// "la scuola Cesare Battisti", "школа імені Тараса Шевченка", "the Nelson Mandela school".
[[nodiscard]] bool is_named_after(const WordScan& scan, WordRange name);
// "Ann Lee's spokesman": it is not she who speaks.
[[nodiscard]] bool is_possessor(const WordScan& scan, WordRange name);

}  // namespace copytaster
