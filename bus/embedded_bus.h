// The bus without a server: a log in the same KeyValue as the store, so that an append or a commit
// and what goes `together` are one atomic write. A record that does not parse stops nobody: what can be read
// of it is delivered, with a dead letter for the rest (bus/parcel_record.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/bus.h"

namespace copytaster {

struct EmbeddedBusOptions {
  // Then append waits: back-pressure. An empty parcel, which only wakes consumers, is let in all the same.
  std::uint64_t max_unread_bytes = std::uint64_t{256} << 20;
  std::vector<std::string> consumers = {"process"};  // log is trimmed behind the slowest
  // Appended parcels are also kept in memory, serialised, up to this many bytes, so that poll need not read
  // back from the database.
  std::uint64_t max_memory_bytes = std::uint64_t{64} << 20;
  // What one poll gives at most; a larger parcel comes alone.
  std::uint64_t max_poll_bytes = std::uint64_t{16} << 20;
  // What a mark outside of the database says was acknowledged: everything before it. Records that are missing
  // below it are told by number, as an error; accounts' cursors stood in the same writes, so that the posts
  // are fetched again.
  std::uint64_t acknowledged = 0;
  // Called while the bus is opened, with the first and the last of these numbers. May be null.
  std::function<void(std::uint64_t first, std::uint64_t last)> on_tail_lost = nullptr;
  // Called after each append, in order, with the position before which everything is acknowledged. May be
  // null.
  std::function<void(std::uint64_t)> on_acknowledged = nullptr;
};

// `key_value` outlives the bus. Reads its end and positions from it.
absl::StatusOr<std::unique_ptr<Bus>> make_embedded_bus(KeyValue* key_value,
                                                       const EmbeddedBusOptions& options);

}  // namespace copytaster
