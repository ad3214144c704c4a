#include "app/processing.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "app/edition.h"
#include "app/eraser.h"
#include "app/parallel.h"
#include "app/processing_metrics.h"
#include "app/processing_turn.h"
#include "app/story_records.h"
#include "app/turn_erasures.h"
#include "app/turn_parcels.h"
#include "app/turn_steps.h"
#include "app/turn_writes.h"
#include "core/crash_point.h"
#include "core/log.h"
#include "core/status.h"
#include "processors/copy_judgements.h"
#include "processors/memory_restore.h"

namespace copytaster {
namespace {

constexpr std::size_t kParcelsATurn = 64;

}  // namespace

struct Processing::Impl {
  const ProcessingDependencies d;
  Parallel parallel;
  ProcessingMetrics metrics;
  StoryRecords records;
  TurnErasures erasures;
  TurnParcels parcels;
  TurnSteps steps;
  TurnWrites writes;

  Impl(const ProcessingDependencies& dependencies, int threads)
      : d(dependencies),
        parallel(threads),
        records(d.store, d.pipeline),
        erasures(d.store, d.eraser, &records, d.erasing),
        parcels(d.store, d.clock, &erasures, edition_of(*d.pipeline)),
        steps(d, &parallel, &metrics),
        writes(d, &parcels, &steps, &erasures, &records, &metrics) {}

  // What PictureWork has found, or where there is none, the pictures of these parcels.
  std::vector<PictureResult> inspected(std::vector<Delivery>& deliveries) {
    if (d.pictures != nullptr) return d.pictures->take(deliveries.back().position + 1);
    std::vector<PictureResult> results;
    for (Delivery& delivery : deliveries) {
      for (PictureResult& result : *delivery.parcel.mutable_pictures()) results.push_back(std::move(result));
    }
    parallel.each(results.size(), [&](std::size_t i) { inspect(results[i], *d.media); });
    return results;
  }

  absl::StatusOr<std::size_t> turn(absl::Duration wait) {
    CT_ASSIGN_OR_RETURN(auto deliveries, d.bus->poll(TurnWrites::kConsumer, kParcelsATurn, wait));
    metrics.lag.set(static_cast<double>(d.bus->lag(TurnWrites::kConsumer)));
    if (deliveries.empty()) {
      CT_RETURN_IF_ERROR(writes.catch_up());
      return std::size_t{0};
    }
    crash_point(CrashPoint::kTurnBegun);
    const bool more = d.bus->lag(TurnWrites::kConsumer) > deliveries.size();
    const absl::Time begun = absl::Now();
    const std::vector<PictureResult> pictures = inspected(deliveries);
    const std::vector<EraserOrder> orders = erasures.take_orders();
    const std::uint64_t position = deliveries.back().position + 1;
    Turn work;
    CT_RETURN_IF_ERROR(writes.commit(work, {deliveries, pictures, orders, position, more}));
    if (d.pictures != nullptr) CT_RETURN_IF_ERROR(d.pictures->stored());
    erasures.committed(work, position);
    metrics.stored.add(work.counters.stored());
    metrics.seconds.observe(absl::Now() - begun);
    metrics.lag.set(static_cast<double>(d.bus->lag(TurnWrites::kConsumer)));
    return deliveries.size();
  }
};

Processing::Processing(const ProcessingDependencies& dependencies, int threads)
    : impl_(std::make_unique<Impl>(dependencies, threads)) {}
Processing::~Processing() = default;

absl::Status Processing::restore() {
  CT_RETURN_IF_ERROR(impl_->d.store->each_action([&](const Action& action) {
    if (const auto answer = to_judgement(action)) impl_->d.pipeline->restore_answer(*answer);
    if (const auto decision = to_rights_decision(action)) impl_->d.pipeline->restore_decision(*decision);
    return true;
  }));
  const absl::Time begun = absl::Now();
  CT_ASSIGN_OR_RETURN(const RestoreCounts counts, restore_memory(*impl_->d.store, *impl_->d.pipeline));
  if (counts.stored > 0) {
    log_info("memory.restored", "What lies in memory's windows was read from the store",
             {{"items.stored", counts.stored},
              {"items.read", counts.decoded},
              duration_field(absl::Now() - begun)});
  }
  return impl_->records.restore();
}

absl::StatusOr<std::size_t> Processing::turn(absl::Duration wait) { return impl_->turn(wait); }

}  // namespace copytaster
