// A turn of the processing worked off and written: items, stories, counters, letters and the position on the
// bus in one batch. What a record spoils is done again part by part, and that record is a dead letter.
// The processing thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "app/eraser.h"
#include "app/processing.h"
#include "app/processing_metrics.h"
#include "app/processing_turn.h"
#include "app/story_records.h"
#include "app/turn_erasures.h"
#include "app/turn_parcels.h"
#include "app/turn_steps.h"
#include "core/bus.h"
#include "core/copytaster.pb.h"
#include "core/store.h"

namespace copytaster {

// What a turn has to deal with; its parts outlive it.
struct TurnTask {
  std::span<Delivery> deliveries;  // are used up
  const std::vector<PictureResult>& pictures;
  const std::vector<EraserOrder>& orders;  // for each attempt at the turn
  std::uint64_t position = 0;              // on the bus, that it reaches
  bool more = false;                       // work waits: another turn comes soon
};

class TurnWrites {
 public:
  static constexpr std::string_view kConsumer = "process";  // of the bus

  // All outlive it.
  TurnWrites(const ProcessingDependencies& dependencies, const TurnParcels* parcels, const TurnSteps* steps,
             const TurnErasures* erasures, StoryRecords* records, ProcessingMetrics* metrics)
      : d_(dependencies),
        parcels_(parcels),
        steps_(steps),
        erasures_(erasures),
        records_(records),
        metrics_(metrics) {}

  // `work`: an empty turn, then what was written. An error: the store or the bus, or without
  // ProcessingDependencies.log any.
  absl::Status commit(Turn& work, const TurnTask& task) const;
  // Nothing waits: the records that were left behind are made.
  absl::Status catch_up() const;

 private:
  absl::Status write(Turn& work, const TurnTask& task) const;
  absl::Status write_by_parts(Turn& work, const TurnTask& task, const absl::Status& why) const;
  absl::Status try_part(const Parcel& part, std::uint64_t position) const;
  // Nothing is staged yet.
  absl::Status work_off(Turn& work, std::span<Delivery> deliveries,
                        const std::vector<PictureResult>& pictures) const;
  absl::Status stage(Turn& turn, WriteBatch& batch, const TurnTask& task) const;
  absl::Status stage_items(Turn& turn, WriteBatch& batch, std::uint64_t position) const;
  absl::Status stage_item(const Turn& turn, WriteBatch& batch, const Item& item) const;

  const ProcessingDependencies d_;
  const TurnParcels* parcels_;
  const TurnSteps* steps_;
  const TurnErasures* erasures_;
  StoryRecords* records_;
  ProcessingMetrics* metrics_;
};

}  // namespace copytaster
