// Sends records and waits until the brokers have them. One idempotent producer: in each partition what was
// sent is there once and in the order in which it was sent, also when brokers fail between (as far as
// librdkafka and the brokers keep that; readers tell repeats by themselves, and need not rely on it).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bus/kafka_record.h"
#include "bus/kafka_settings.h"

namespace copytaster {

class KafkaWriter {
 public:
  virtual ~KafkaWriter() = default;
  // kInvalidArgument: settings. No broker need answer yet.
  static absl::StatusOr<std::unique_ptr<KafkaWriter>> make(const KafkaSettings& settings,
                                                           std::string_view role);

  // Sends all, in their order, and waits at most `wait` until all are acknowledged by all replicas in sync;
  // then their offsets are filled in. kResourceExhausted: not yet, or no room to send them. They are not
  // forgotten: who calls again with the same records waits for those that are under way, and none is sent
  // twice. Other errors: as brokers say, kafka_handle.h. Any thread.
  virtual absl::Status write(std::span<KafkaRecord> records, absl::Duration wait) = 0;
  // Sends without waiting; what cannot be sent is only counted in copytaster_bus_unsent_total. For what the
  // next one says better. Any thread.
  virtual void send(const KafkaRecord& record) = 0;
  // Waits at most `wait` until nothing is under way.
  virtual absl::Status flush(absl::Duration wait) = 0;
};

}  // namespace copytaster
