// The database under bus and store, as both see it: ordered keys in a few spaces, and one atomic
// batch. storage/ implements it on RocksDB; tests wrap it to inject faults. Because bus and store
// stage their writes into the same batch, data and cursor can never disagree (architecture §4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace copytaster {

// A keyspace; its key and value formats are in docs/formats.md.
enum class Space : std::uint8_t {
  kMeta,         // schema version, counters, notice
  kCaptures,     // sha256 -> Capture
  kItems,        // item id -> Item, newest version
  kVersions,     // item id, version -> Item
  kStories,      // story id -> Story
  kAccounts,     // account id -> AccountState
  kDeadLetters,  // id -> DeadLetter
  kActions,      // sequence -> Action
  kLog,          // bus: offset -> Parcel
  kPositions,    // bus: consumer -> next offset
  kChanged,      // bus position of a turn -> ids of the items it changed, for the search index
  kChain,        // number -> what was fetched, linked by hashes (core/chain.h); only appended to
  kErasures,     // what was erased: tombstones of posts and accounts, receipts
  kStamps,       // number of a link -> TimeStamp: an authority's word that the chain stood there
  kCount,
};

// Writes staged together. Not thread-safe. Nothing is visible before KeyValue::write.
class WriteBatch {
 public:
  virtual ~WriteBatch() = default;
  virtual void put(Space space, std::string_view key, std::string_view value) = 0;
  virtual void erase(Space space, std::string_view key) = 0;
  // Erases keys in [begin, end).
  virtual void erase_range(Space space, std::string_view begin, std::string_view end) = 0;
  // Adds to a counter (8 bytes, little-endian; absent: 0) when the batch is written. Counters take
  // part in the batch's atomicity and need no read, so that any thread may count.
  virtual void add(Space space, std::string_view key, std::uint64_t delta) = 0;
  // Puts `entry` into kChain under the number and with the link that it gets when the batch is written: the
  // entries of one batch stay in their order, and no number is left out when a batch is not written.
  virtual void chain(std::string_view entry) = 0;
  [[nodiscard]] virtual std::size_t bytes() const = 0;
};

enum class Durability {
  kSynced,  // on disk when write() returns (group commit: concurrent writers share one sync)
  kLater,   // atomic and ordered, on disk with the next synced write or flush
};

// Any thread. Errors: kUnavailable (disk full, passing I/O error: nothing was written),
// kDataLoss (damaged), kFailedPrecondition (closed).
class KeyValue {
 public:
  virtual ~KeyValue() = default;
  [[nodiscard]] virtual std::unique_ptr<WriteBatch> batch() const = 0;
  // All of `batch` or nothing; `batch` is empty afterwards when it was written.
  virtual absl::Status write(WriteBatch& batch, Durability durability) = 0;
  // kNotFound when there is no such key.
  [[nodiscard]] virtual absl::StatusOr<std::string> get(Space space, std::string_view key) const = 0;
  // Visits keys in [from, until) in order (until empty: to the end) from one consistent snapshot,
  // until `visit` returns false. The views are valid during the call only.
  virtual absl::Status scan(
      Space space, std::string_view from, std::string_view until,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
  // The greatest key of the space; kNotFound when it is empty.
  [[nodiscard]] virtual absl::StatusOr<std::string> last_key(Space space) const = 0;
};

}  // namespace copytaster
