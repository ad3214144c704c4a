// The words that announce a credit, in ten languages, as the two readers of credits share them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "processors/word_lists.h"

namespace copytaster {

inline constexpr std::size_t kLongestCredit = 120;  // bytes

enum class CreditLabel : std::uint8_t {
  kColon = 1,   // "Photo": with a colon only; a caption may follow as well
  kCredit = 2,  // "Crédit photo": with a colon only; a credit follows
  kBy = 3,      // "Photo by": a name follows
  kShort = 4,   // "fot", "ph", "zdj": with a full stop or a colon
};

// Values are of CreditLabel.
[[nodiscard]] const PhraseTable& credit_label_table();
// Where the next character stands that is no white space, NBSP or narrow NBSP, as French typography puts
// before a colon.
[[nodiscard]] std::size_t skip_credit_space(std::string_view text, std::size_t at);

}  // namespace copytaster
