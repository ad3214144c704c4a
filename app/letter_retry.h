// A dead letter tried again: a post that a collector could not read is read from the kept capture by the
// collector of today, one that could not be processed is taken from the letter itself. What comes out goes to
// the bus, and in the same write the letter goes and its count is taken back, so that collected = stored +
// dead-lettered + what waits in the log holds at every moment. What fails again stays, with its newest reason
// and one more attempt.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "app/capture_reader.h"
#include "core/collector.h"
#include "core/key_value.h"
#include "core/store.h"
#include "desk/house_letters.h"
#include "processors/pipeline.h"

namespace copytaster {

struct LetterRetryDependencies {
  const KeyValue* key_value;
  Store* store;
  std::function<const Collector*(std::string_view platform)> find_collector;
  std::vector<Account> accounts;  // followed now
  // Appends the parcel and writes the batch, in one write. kResourceExhausted: the log is full.
  std::function<absl::Status(const Parcel& parcel, WriteBatch* together)> hand_on;
  // Whether a post can be processed now is tried before; null: the processing will see.
  const Pipeline* pipeline = nullptr;
  std::mutex* letters = nullptr;  // ProcessingDependencies.letters
};

// One call at a time, by the thread that writes the collectors' letters.
class LetterRetry {
 public:
  explicit LetterRetry(LetterRetryDependencies dependencies)
      : d_(std::move(dependencies)), captures_(d_.find_collector, d_.accounts) {}

  // kNotFound: no such letter. kFailedPrecondition: its account or its platform is not followed any more.
  // These and errors of the store and the bus change nothing.
  absl::StatusOr<LetterAnswer> retry(std::string_view id) const;

 private:
  struct Again {
    Parcel parcel;
    std::string refused;  // why it stays; empty: it goes
    bool whole = false;   // all that the letter stands for was read, also where nothing of it is news
  };
  absl::StatusOr<Again> read_again(const DeadLetter& letter) const;
  absl::StatusOr<Again> from_payload(const DeadLetter& letter) const;
  absl::StatusOr<Again> from_capture(const DeadLetter& letter) const;
  absl::StatusOr<Again> take(const DeadLetter& letter, const Capture& capture, const Account& account,
                             Parsed parsed) const;
  // Of each of these posts of one capture.
  [[nodiscard]] absl::StatusOr<std::vector<bool>> are_news(std::span<const Item> items,
                                                           const std::string& capture_sha256,
                                                           absl::Time fetched) const;
  [[nodiscard]] absl::Status try_post(Item item) const;
  absl::StatusOr<LetterAnswer> keep(DeadLetter letter, std::string_view why) const;
  absl::StatusOr<LetterAnswer> hand_on(const DeadLetter& letter, const Parcel& parcel) const;

  LetterRetryDependencies d_;
  CaptureReader captures_;
};

}  // namespace copytaster
