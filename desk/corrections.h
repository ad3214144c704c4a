// Posts that say of themselves that they correct something: "Correction: the gate opens at 8:30". Pure; any
// thread.
#pragma once

#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// Whether the title or the text begins with such a word and a colon, in ten languages. What it corrects, it
// does not say.
[[nodiscard]] bool is_correction(const Item& item);

}  // namespace copytaster
