// From the bus to the store: takes parcels, runs the steps, and commits items, stories, counters and the
// position in one batch. The only place where items get versions.
//
// Thread: one processing thread calls turn(); the stateless steps run on helper threads
// inside it. A stop between work and commit repeats the work: same ids, same versions, same result.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "app/picture_work.h"
#include "app/turn_erasures.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/store.h"
#include "processors/pipeline.h"

namespace copytaster {

struct ProcessingDependencies {
  Bus* bus;
  Store* store;
  MediaStore* media;
  Pipeline* pipeline;
  const Clock* clock;
  PictureWork* pictures = nullptr;  // null: pictures are inspected within a turn
  Eraser* eraser = nullptr;  // null: only single posts are erased, and nothing that stands apart from them
  ErasingRules erasing = {};
  // Where the bus keeps its log, for a turn that fails: what cannot be taken in becomes a dead letter and is
  // passed by. Null: then the turn fails.
  const KeyValue* log = nullptr;
  std::mutex* letters =
      nullptr;  // held while dead letters are read and written (app/letter_retry.h); may be null
};

class Processing {
 public:
  Processing(const ProcessingDependencies& dependencies, int threads);
  ~Processing();
  Processing(const Processing&) = delete;
  Processing& operator=(const Processing&) = delete;

  // Takes what the store holds into the pipeline's memory. Once, before the first turn.
  absl::Status restore();
  // Works off what the bus has, waiting at most `wait` for it. Returns the number of parcels done.
  // An error: bus or store failed; the service stops and says so. What only one record is to blame for is a
  // dead letter and no error.
  absl::StatusOr<std::size_t> turn(absl::Duration wait);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copytaster
