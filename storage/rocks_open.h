// How the database is opened, for tests that give it another file system or smaller buffers. Internal to
// storage/.
#pragma once

#include <rocksdb/env.h>

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "core/key_value.h"
#include "storage/open.h"

namespace copytaster {

struct RocksSettings {
  rocksdb::Env* environment = rocksdb::Env::Default();     // outlives the database
  std::size_t write_buffer_bytes = std::size_t{64} << 20;  // a space's, before it becomes a table
  // All spaces' together: then the one whose oldest write is oldest becomes a table. Without it each space
  // that is written much would keep two buffers.
  std::size_t all_write_buffers_bytes = std::size_t{128} << 20;
};

// As open_key_value, which is this with the defaults. The folder itself is made and looked for in the real
// file system.
absl::StatusOr<std::unique_ptr<KeyValue>> open_rocks(const std::string& directory, OpenMode mode,
                                                     const RocksSettings& settings);

}  // namespace copytaster
