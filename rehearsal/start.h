// A rehearsal of another day than the embedded one: for tests.
#pragma once

#include <memory>

#include "rehearsal/rehearsal.h"
#include "rehearsal/stage.h"

namespace copytaster::rehearsal {

// The server's own Date is the machine's; this one is the rehearsal clock's. The fetcher puts it in place.
inline constexpr std::string_view kRehearsalDate = "X-Rehearsal-Date";

[[nodiscard]] absl::StatusOr<std::unique_ptr<Rehearsal>> start_rehearsal(const RehearsalOptions& options,
                                                                         Day day);

}  // namespace copytaster::rehearsal
