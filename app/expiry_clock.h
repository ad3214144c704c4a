// Whether the wall clock may be believed when posts are to be erased for good because of it. One that jumps
// ahead by a year says of a year's posts that they are too old, and nothing brings them back.
//
// While the service runs it is asked every hour: a clock that has gone on by more than a day since, or back,
// has jumped, or the service was away. Then it is doubted until it has gone on evenly for a day, in which
// somebody, or a time server, may set it right. A clock that is wrong by less erases a day too early at most.
// What was seen is kept in the store (docs/formats.md, `retention/clock`), so that a restart neither believes
// at once nor begins anew.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/key_value.h"

namespace copytaster {

class ExpiryClock {
 public:
  // Outlives it.
  explicit ExpiryClock(KeyValue* key_value) : key_value_(*key_value) {}

  // One thread. Reads and writes the store; errors are the store's.
  absl::StatusOr<bool> believes(absl::Time now);

 private:
  absl::Status read();
  absl::Status keep() const;

  KeyValue& key_value_;
  bool has_read_ = false;
  std::optional<absl::Time> looked_, doubted_since_;
};

}  // namespace copytaster
