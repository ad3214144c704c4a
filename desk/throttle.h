// Slows down who guesses tokens: so many wrong ones a minute from one peer, and so many from all together.
// A peer that has come in before is not shut out by others' guessing. Bounded; any thread.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/strings.h"

namespace copytaster {

struct ThrottleLimits {
  double per_peer = 10;  // wrong tokens at once; and again so many a minute
  double in_all = 100;
  std::size_t peers = 4096;  // remembered
};

class Throttle {
 public:
  explicit Throttle(const ThrottleLimits& limits) : limits_(limits) { in_all_.left = limits.in_all; }
  Throttle() : Throttle(ThrottleLimits{}) {}

  // Whether a token from `peer` may be looked at. `now` is steady time.
  [[nodiscard]] bool may_try(std::string_view peer, absl::Duration now);
  void was_wrong(std::string_view peer, absl::Duration now);
  void was_right(std::string_view peer, absl::Duration now);

 private:
  struct Bucket {
    double left = 0;
    absl::Duration at;   // when `left` was right
    bool known = false;  // has come in before
  };
  void refill(Bucket& bucket, double most, absl::Duration now) const;
  Bucket& bucket_of(std::string_view peer, absl::Duration now);

  const ThrottleLimits limits_;
  std::mutex mutex_;
  Bucket in_all_;
  StringMap<Bucket> peers_;
};

// Who a peer is for counting: the address without the port; of IPv6 the /64, for a household has as many
// addresses as it likes.
[[nodiscard]] std::string peer_key(std::string_view peer);

}  // namespace copytaster
