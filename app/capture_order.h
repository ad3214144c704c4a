// Which capture came later: by its place in the chain of evidence, for the times in captures are those of a
// clock that may have been set back.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "core/key_value.h"
#include "core/strings.h"

namespace copytaster {

// The number of the last link of each of these captures (SHA-256, as it names them). Left out: what has no
// link, or only erased ones. Reads the whole chain, a link at a time: for what a person asks for, not for
// each post. Any thread. kDataLoss and the like: of the database.
absl::StatusOr<StringMap<std::uint64_t>> last_links(const KeyValue& key_value, const StringSet& captures);

}  // namespace copytaster
