// The time stamps of the chain. Internal to app/verify.cpp.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "app/verify_findings.h"
#include "core/key_value.h"

namespace copytaster {

// Each against the link of its number, as it is now. `ca_file`: see StampCheck. Fills stamps and the
// stamped_*.
absl::Status verify_stamps(const KeyValue& key_value, const std::string& ca_file, VerifyFindings& findings);

}  // namespace copytaster
