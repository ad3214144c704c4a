// Whether the stream that a platform's settings ask for can be opened at all: seen from the settings alone,
// for the accounts' numbers, which a stream needs, are often known only after they were read once. Pure but
// for the files that settings name; any thread.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "core/collector.h"

namespace copytaster {

// OK: it can, or none is asked for. kFailedPrecondition: it cannot, and its accounts are only polled; the
// message names the setting and says what would be right. `settings`: of [collector.PLATFORM], secrets by
// their value.
[[nodiscard]] absl::Status check_stream_settings(std::string_view platform,
                                                 const CollectorSettings& settings);

}  // namespace copytaster
