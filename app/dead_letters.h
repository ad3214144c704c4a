// Reading the dead letters: one at a time, for there may be many and each holds up to 64 KiB. Any thread.
#pragma once

#include <functional>
#include <mutex>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/clock.h"
#include "core/copytaster.pb.h"
#include "core/key_value.h"
#include "core/store.h"
#include "desk/dead_letter_digest.h"

namespace copytaster {

// In the order of their ids, until `visit` returns false. kDataLoss: one does not parse (its id is told).
absl::Status each_dead_letter(const KeyValue& key_value, const std::function<bool(const DeadLetter&)>& visit);
// kNotFound: there is no such letter.
absl::StatusOr<DeadLetter> find_dead_letter(const KeyValue& key_value, std::string_view id);
absl::StatusOr<DeadLetterDigest> digest_dead_letters(const KeyValue& key_value);

// The digest, made anew only when letters have come since, and not more often than every five seconds: it
// reads them all. Any thread.
class DeadLetterWatch {
 public:
  DeadLetterWatch(const KeyValue* key_value, const Store* store, const Clock* clock)
      : key_value_(key_value), store_(store), clock_(clock) {}
  absl::StatusOr<DeadLetterDigest> digest();
  // A letter has changed: the next digest is made anew.
  void forget();

 private:
  const KeyValue* key_value_;
  const Store* store_;
  const Clock* clock_;
  std::mutex mutex_;
  absl::Time made_ = absl::InfinitePast();
  std::uint64_t count_ = 0;  // dead-lettered when `digest_` was made
  DeadLetterDigest digest_;
};

}  // namespace copytaster
