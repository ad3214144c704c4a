#include "app/stage_metrics.h"

#include <string>

namespace copytaster {

StageMetrics::StageMetrics(std::string_view stage_name)
    : stage(stage_name),
      received(counter("copytaster_stage_received_total", "Posts a stage took over from the one before.",
                       {{"stage", stage_name}})),
      sent(counter("copytaster_stage_sent_total", "Posts a stage handed on, durably.",
                   {{"stage", stage_name}})),
      in_progress(gauge("copytaster_stage_in_progress", "Posts a stage has and has not handed on.",
                        {{"stage", stage_name}})),
      seconds(duration_histogram("copytaster_stage_seconds", "How long a stage had a batch of posts.",
                                 {{"stage", stage_name}})) {}

void StageMetrics::failed(const absl::Status& status) const {
  if (status.ok() || absl::IsCancelled(status)) return;
  counter("copytaster_stage_errors_total", "Errors of a stage, by the code of the error.",
          {{"stage", stage}, {"type", absl::StatusCodeToString(status.code())}})
      .add();
}

}  // namespace copytaster
