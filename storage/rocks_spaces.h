// The spaces as RocksDB has them, and its errors as ours. Internal to storage/.
#pragma once

#include <rocksdb/options.h>
#include <rocksdb/status.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "core/key_value.h"
#include "storage/rocks_open.h"

namespace copytaster {

inline constexpr std::size_t kSpaces = static_cast<std::size_t>(Space::kCount);
// The column families, by the spaces' numbers.
inline constexpr std::array<const char*, kSpaces> kSpaceNames = {
    "default", "captures", "items",     "versions", "stories", "accounts", "dead_letters",
    "actions", "log",      "positions", "changed",  "chain",   "erasures", "stamps"};

[[nodiscard]] rocksdb::ColumnFamilyOptions family_options(Space space, const RocksSettings& settings);

// `what` was being done.
[[nodiscard]] absl::Status to_status(const rocksdb::Status& status, std::string_view what);

}  // namespace copytaster
