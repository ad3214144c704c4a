// A store in a folder, opened for reading and verified with all that stands beside its database.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "app/command.h"
#include "app/verify.h"

namespace copytaster {

struct StoreCheck {
  VerifyReport report;
  OpenedStore opened;
};

// verify_store() with the folder's marks; `stamp_authorities`: PEM file, empty: none is asked for; a damaged
// end of the log is a problem in the report. Errors: what makes looking impossible.
[[nodiscard]] absl::StatusOr<StoreCheck> check_store(const std::string& data, const MediaStore& media,
                                                     const std::string& stamp_authorities);

}  // namespace copytaster
