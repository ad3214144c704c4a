// Writing files anew as storage/open.h has it, for who may have to stop in the middle of it.
#pragma once

#include <atomic>
#include <span>

#include "absl/status/status.h"
#include "core/key_value.h"

namespace copytaster {

// kCancelled: `stop` was set; what was written anew by then stays so, and nothing is lost. It outlives the
// call.
absl::Status rewrite_files(KeyValue& key_value, std::span<const Space> spaces, std::atomic<bool>* stop);

}  // namespace copytaster
