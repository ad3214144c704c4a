// What is sent for intake, cleaned and checked before anything is fetched or kept. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/told_date.h"
#include "desk/house_sources.h"

namespace copytaster {

// `by` and `note` become one line without control characters; the text and the page stay as they came.
// kInvalidArgument says which field is wrong and what would be right.
[[nodiscard]] absl::Status clean_intake(IntakeRequest* request, absl::Time now);

// The pasted text as UTF-8: a byte order mark is believed, other bytes are read as they look; no control
// characters but line ends and tabs.
[[nodiscard]] std::string intake_text(std::string_view pasted);
// Whether anything in it can be seen: not only spaces, control characters and what Unicode calls ignorable.
[[nodiscard]] bool has_visible(std::string_view text);

// A date that can be read in one way only, not later than a day from now (clocks differ, zones are
// forgotten). kInvalidArgument: it is none, it may be two ("12/11/2026"), or it is to come.
[[nodiscard]] absl::StatusOr<ToldDate> read_intake_date(std::string_view text, absl::Time now);

}  // namespace copytaster
