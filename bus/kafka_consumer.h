// What both kinds of readers share. Internal to bus/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "bus/kafka_handle.h"

namespace copytaster {

// Nothing is committed by itself, checksums are compared, what is fetched ahead is bounded.
void set_consumer(KafkaConfig* config, std::string_view group);
// Records that have come, at most `max`, after at most `wait_ms` for the first. Errors that pass are logged
// by the client and are no news.
[[nodiscard]] absl::StatusOr<std::vector<KafkaRecord>> poll_records(rd_kafka_t* handle,
                                                                    const std::vector<std::string>& topics,
                                                                    std::size_t max, int wait_ms);

}  // namespace copytaster
