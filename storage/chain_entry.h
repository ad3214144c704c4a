// What the chain of evidence holds of a capture: all that is told about it, and its body's hash. Pure.
#pragma once

#include <string>

#include "core/copytaster.pb.h"

namespace copytaster {

// A serialised Capture without its body, which stands once in the store, and without the cursor, which is no
// evidence. docs/formats.md, space `chain`.
[[nodiscard]] std::string make_chain_entry(const Capture& capture);

}  // namespace copytaster
