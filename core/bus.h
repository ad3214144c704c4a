// The log between rooms. Delivery is at least once: a consumer that stops between its work and its
// commit sees the same records again. Item ids make that exactly one visible item.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/key_value.h"

namespace copytaster {

struct Delivery {
  std::uint64_t position = 0;  // of this parcel; commit position + 1 when it is done
  Parcel parcel;
};

class Bus {
 public:
  virtual ~Bus() = default;

  // Appends and makes durable, in this order: the parcels, then (embedded: in the same atomic
  // write) all that is staged in `together`, which may be null. Blocks while the log holds more
  // than its bound of unread bytes (back-pressure), at most `wait`; then kResourceExhausted, nothing
  // written, `together` untouched. Empty parcels alone, which only wake consumers, are let into a full log,
  // too, at once. No parcels and no `together`: it only waits for room. Other errors as KeyValue::write. Any
  // thread.
  virtual absl::Status append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration wait) = 0;

  // The next parcels of `consumer` from its position in memory, at most `max` and fewer when they are
  // large, waiting at most `wait` for the first. Empty: nothing came. Positions rise. One thread a consumer.
  virtual absl::StatusOr<std::vector<Delivery>> poll(std::string_view consumer, std::size_t max,
                                                     absl::Duration wait) = 0;

  // Everything before `position` is done. Written with `together` in one atomic write; `together`
  // may be null. position() and lag() say so only once it is written. What is done may be trimmed later.
  virtual absl::Status commit(std::string_view consumer, std::uint64_t position, WriteBatch* together) = 0;

  // Records appended and not yet committed by `consumer`.
  [[nodiscard]] virtual std::uint64_t lag(std::string_view consumer) const = 0;

  // The committed position of `consumer`: everything before it is done.
  [[nodiscard]] virtual std::uint64_t position(std::string_view consumer) const = 0;

  // Makes waiting calls return; later calls fail with kCancelled. Any thread.
  virtual void close() = 0;
};

}  // namespace copytaster
