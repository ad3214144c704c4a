// Times as the platforms' APIs write them: RFC 3339, nearly always in UTC. The hot path beside parse_date
// (core/time.h), which reads any date. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace copytaster {

// What parse_date gives, sooner for "2022-04-14T08:00:00Z" (or +0000, +00:00) with up to 9 digits of a
// second.
[[nodiscard]] std::optional<absl::Time> wire_time(std::string_view text);

}  // namespace copytaster
