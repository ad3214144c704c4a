// What every stage of the stream says of itself: copytaster_stage_*, by stage. Any thread.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "core/metrics.h"

namespace copytaster {

struct StageMetrics {
  explicit StageMetrics(std::string_view stage_name);
  // Counts an error of the stage by its code; OK and kCancelled (we are shutting down) are none.
  void failed(const absl::Status& status) const;

  std::string_view stage;  // a literal
  Counter& received;       // posts taken over from the stage before
  Counter& sent;           // posts handed on, durably
  Gauge& in_progress;      // posts taken over and not handed on
  DurationHistogram& seconds;
};

}  // namespace copytaster
