// Reads partitions that it is told to read, from offsets that it is told: for those who keep their offsets
// themselves, with their data.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bus/kafka_record.h"
#include "bus/kafka_settings.h"

namespace copytaster {

struct KafkaPlace {
  KafkaTopic topic = KafkaTopic::kItems;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  auto operator<=>(const KafkaPlace&) const = default;
};

struct KafkaEnds {
  std::int64_t first = 0;  // the oldest that is kept
  std::int64_t next = 0;   // behind the newest
};

class KafkaReader {
 public:
  virtual ~KafkaReader() = default;
  static absl::StatusOr<std::unique_ptr<KafkaReader>> make(const KafkaSettings& settings,
                                                           std::string_view role);

  // From now on exactly these are read, each from its offset.
  virtual absl::Status assign(std::span<const KafkaPlace> places) = 0;
  // What has come, at most `max` records, in order within a partition; waits at most `wait` for the first.
  // kDataLoss: an offset that was asked for is kept no more; the message says which. Bounded: what was
  // fetched ahead takes 64 MiB at most. One thread.
  virtual absl::StatusOr<std::vector<KafkaRecord>> poll(std::size_t max, absl::Duration wait) = 0;
  // Which cluster it is, by its own name for itself; empty: it does not say.
  virtual std::string cluster(absl::Duration wait) = 0;
  // Any thread. Asks again until `wait` has passed, as while a partition gets another leader.
  // kUnavailable: no broker has answered for it.
  virtual absl::StatusOr<KafkaEnds> ends(KafkaTopic topic, std::int32_t partition, absl::Duration wait) = 0;
  // The first record that is not older than `time`; behind the newest where all are.
  virtual absl::StatusOr<std::int64_t> offset_at(KafkaTopic topic, std::int32_t partition, absl::Time time,
                                                 absl::Duration wait) = 0;
};

// All records of one partition from `from` to where it ends now, until `visit` says false. kUnavailable:
// nothing came for `wait`. Returns the offset behind the last.
absl::StatusOr<std::int64_t> read_to_end(KafkaReader& reader, const KafkaPlace& from, absl::Duration wait,
                                         const std::function<bool(const KafkaRecord&)>& visit);

}  // namespace copytaster
