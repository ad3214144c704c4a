// The stateless steps on a machine of their own: takes parcels from `<prefix>.items`, fills the processors'
// half of their posts, looks at their pictures, and puts them on `<prefix>.prepared`, one record for each, in
// the same partition. Any number share the work by consumer group. At least once: who dies between sending
// and committing has it done again, and the desk tells the repeat by the number of the record it was made
// from. What cannot be processed travels as a dead letter in its parcel. One thread, with helpers.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "app/parallel.h"
#include "app/text_reader.h"
#include "bus/kafka_member.h"
#include "bus/kafka_writer.h"
#include "core/clock.h"
#include "core/store.h"
#include "processors/pipeline.h"

namespace copytaster {

struct ProcessRoleOptions {
  KafkaSettings kafka;
  const Pipeline* pipeline = nullptr;
  const MediaStore* media = nullptr;
  const Clock* clock = nullptr;
  TextReader* text_reader = nullptr;  // null: no words are read
  int threads = 2;
};

class ProcessRole {
 public:
  static absl::StatusOr<std::unique_ptr<ProcessRole>> start(const ProcessRoleOptions& options);
  // Works off what has come, waiting at most `wait` for it. Returns the number of parcels done. An error ends
  // the role.
  absl::StatusOr<std::size_t> turn(absl::Duration wait);
  [[nodiscard]] std::int64_t lag() const { return member_->lag(); }

 private:
  explicit ProcessRole(const ProcessRoleOptions& options);
  KafkaRecord prepare(const KafkaRecord& record) const;
  void prepare(Parcel* parcel) const;
  void look_at(PictureResult* picture) const;

  ProcessRoleOptions o_;
  std::string edition_;
  std::unique_ptr<KafkaWriter> writer_;
  std::unique_ptr<KafkaMember> member_;
  std::unique_ptr<Parallel> parallel_;
};

}  // namespace copytaster
