// Which form of the store this program reads, and how an older one becomes it. docs/formats.md, "Schemas".
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "core/key_value.h"
#include "storage/open.h"

namespace copytaster {

inline constexpr std::uint64_t kSchema = 3;

// Before anything else is read or written. A new store gets this program's schema; an older one is brought to
// it step by step, in batches that say how far they got: a stop at any moment goes on from there, and until
// the end the store is of the older schema. Logs what it did.
// kFailedPrecondition: the store is of a newer program, or of an older one and opened for reading only; the
// message says what to do. kNotFound: for reading only, and never written. Others as KeyValue.
absl::Status open_schema(KeyValue& store, OpenMode mode);

// To be said of a store that has not the spaces of this schema, or has others.
[[nodiscard]] absl::Status older_store();
[[nodiscard]] absl::Status newer_store(std::string_view what);

}  // namespace copytaster
