// The topics as this program needs them: made where they are missing, looked at where they are there.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bus/kafka_settings.h"

namespace copytaster {

// Any number of programs may do it at once. Waits at most `wait` for a broker; `stop`, which may be null, is
// asked meanwhile: kCancelled. kFailedPrecondition: a topic has other partitions than the settings say, is
// not compacted or is compacted, or takes smaller records than are sent; the message says which and how to
// mend it. kPermissionDenied, kUnavailable: as brokers say.
absl::Status ensure_topics(const KafkaSettings& settings, absl::Duration wait,
                           const std::function<bool()>& stop = nullptr);

}  // namespace copytaster
