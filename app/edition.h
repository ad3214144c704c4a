// What the processors' half of a post was made by.
#pragma once

#include <string>

#include "processors/pipeline.h"

namespace copytaster {

// Names the stateless steps and their program: who finds it in a parcel has nothing to do again. The house's
// rules are not in it: all machines of a house have the same config folder.
[[nodiscard]] std::string edition_of(const Pipeline& pipeline);

}  // namespace copytaster
