// What makes a sentence an opinion or a promise, and what makes it a notice on a door. Ten languages.
#pragma once

#include "processors/word_lists.h"

namespace copytaster {

enum class Sign : std::uint8_t {
  kFirstPerson = 1,  // "we", "notre"
  kStance = 2,       // must, will, believe, refuse, promise
  kValue = 3,        // peace, freedom, solidarity, thanks, pride
  kLogistics = 4,    // tickets, opening hours, addresses, road closures
  kReport = 5,       // "we spoke about", "nous avons évoqué": tells what happened
};

[[nodiscard]] const PhraseTable& sign_table();

}  // namespace copytaster
