// What libcurl wants once in a process, before anything else of it.
#pragma once

#include "absl/status/status.h"

namespace copytaster {

// Any thread, any number of times. kUnavailable: it cannot start, and says why.
absl::Status start_libcurl();

}  // namespace copytaster
