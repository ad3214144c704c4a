// The words of attribution_press.cpp. Internal to it and to attribution_caption.cpp.
#pragma once

#include <cstdint>

#include "processors/word_lists.h"

namespace copytaster {

enum class Press : std::uint8_t {
  kOffice = 1,    // for the press: at the beginning or the end of the name
  kAgency = 2,    // is the name
  kBody = 3,      // of the public: with a name behind it
  kBodyLast = 4,  // … before it
  kBodyAny = 5,   // … or either
};
// Flags are of Press.
[[nodiscard]] const PhraseTable& press_table();
[[nodiscard]] const PhraseTable& camera_makers();
[[nodiscard]] const PhraseTable& no_names();
[[nodiscard]] const PhraseTable& thanks_table();

}  // namespace copytaster
