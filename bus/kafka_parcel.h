// A parcel out of a record of Kafka, whatever is in it. Pure; any thread.
#pragma once

#include <string_view>

#include "absl/time/time.h"
#include "bus/kafka_record.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Part by part where it does not parse as a whole: what cannot be read is a dead letter in it, whose id names
// partition and offset.
[[nodiscard]] Parcel read_kafka_parcel(const KafkaRecord& record);
// A parcel with nothing but a letter about the record: it is not ours, or of a newer program. For no post:
// nobody can know how many there are.
[[nodiscard]] Parcel unreadable_parcel(const KafkaRecord& record, std::string_view why, absl::Time now);

}  // namespace copytaster
