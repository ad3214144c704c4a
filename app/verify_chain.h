// The chain and the captures it names. Internal to app/verify.cpp.
#pragma once

#include "absl/status/status.h"
#include "app/verify_findings.h"
#include "core/key_value.h"

namespace copytaster {

// Fills links, erased, captures, last_link, `chained` (closed) and `bad_captures`.
absl::Status verify_chain(const KeyValue& key_value, VerifyFindings& findings);

}  // namespace copytaster
