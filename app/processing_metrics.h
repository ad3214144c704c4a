// What the processing says of itself: copytaster_process_*. Any thread; handles live for ever.
#pragma once

#include "core/metrics.h"

namespace copytaster {

struct ProcessingMetrics {
  Counter& stored = counter("copytaster_process_items_total", "Item versions taken from the bus and stored.");
  Counter& dead = counter("copytaster_process_dead_letters_total", "Items that could not be processed.");
  Counter& decided = counter("copytaster_process_rights_decided_total",
                             "Decisions of editors about the rights to a picture.");
  DurationHistogram& seconds =
      duration_histogram("copytaster_process_batch_seconds", "From poll to commit of one batch.");
  Gauge& lag = gauge("copytaster_process_lag_parcels", "Parcels appended and not processed yet.");
};

}  // namespace copytaster
