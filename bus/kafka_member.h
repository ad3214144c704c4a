// One of several who share the partitions of a topic: each partition has one reader at a time, and others
// take over what a member leaves behind when it stops or dies. Partitions that stay with their member are
// read on while others move (cooperative).
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bus/kafka_record.h"
#include "bus/kafka_settings.h"

namespace copytaster {

enum class KafkaBegin : std::uint8_t {
  kCommitted,  // where the group has committed, else at the oldest record
  kEnd,        // behind what is there: the member has read the rest by itself
};

struct KafkaNews {
  std::vector<KafkaRecord> records;
  std::set<std::int32_t> gained,
      lost;  // partitions, since the last call; a record is never of one that was lost
};

class KafkaMember {
 public:
  virtual ~KafkaMember() = default;  // leaves the group: its partitions are given to others at once
  // `group`: "collect", behind the settings' prefix.
  static absl::StatusOr<std::unique_ptr<KafkaMember>> make(const KafkaSettings& settings,
                                                           std::string_view role, std::string_view group,
                                                           KafkaTopic topic, KafkaBegin begin);
  // At most `max` records, in order within a partition; waits at most `wait` for the first. Partitions change
  // hands only inside of it: who has done and committed what a call gave before the next call loses no work
  // to a hand-over. It has to be called every few minutes, else the member is taken for dead. One thread.
  // Offsets that are kept no more are passed by (KafkaBegin).
  virtual absl::StatusOr<KafkaNews> poll(std::size_t max, absl::Duration wait) = 0;
  // The next record of the partition that poll() gives. kUnavailable: try again. For KafkaBegin::kEnd, whose
  // end is found some time after the partition was given.
  virtual absl::Status seek(std::int32_t partition, std::int64_t next, absl::Duration wait) = 0;
  // All before `next` of the partition is done. kAborted: the partition is somebody else's by now, who does
  // it again.
  virtual absl::Status commit(std::int32_t partition, std::int64_t next) = 0;
  [[nodiscard]] virtual const std::set<std::int32_t>& partitions() const = 0;
  // Records of its partitions that it has not read yet, as far as is known. Any thread.
  [[nodiscard]] virtual std::int64_t lag() const = 0;
};

}  // namespace copytaster
