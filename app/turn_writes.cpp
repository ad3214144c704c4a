#include "app/turn_writes.h"

#include <mutex>
#include <string>
#include <utility>

#include "app/guard.h"
#include "app/overlay_reader.h"
#include "app/refused.h"
#include "core/log.h"
#include "core/status.h"

namespace copytaster {

absl::Status TurnWrites::commit(Turn& work, const TurnTask& task) const {
  absl::Status done = write(work, task);
  if (may_be_of_the_record(done) && d_.log != nullptr) done = write_by_parts(work, task, done);
  return done;
}

absl::Status TurnWrites::write(Turn& work, const TurnTask& task) const {
  CT_RETURN_IF_ERROR(guarded([&] { return erasures_->follow(work, task.orders); }));
  CT_RETURN_IF_ERROR(guarded([&] { return work_off(work, task.deliveries, task.pictures); }));
  std::unique_lock<std::mutex> letters;
  if (d_.letters != nullptr) letters = std::unique_lock(*d_.letters);
  auto batch = d_.store->batch();
  CT_RETURN_IF_ERROR(guarded([&] { return stage(work, *batch, task); }));
  return d_.bus->commit(kConsumer, task.position, batch.get());
}

// The turn failed as a whole: each part of it is tried by itself, and written is what can be. The others
// are dead letters.
absl::Status TurnWrites::write_by_parts(Turn& work, const TurnTask& task, const absl::Status& why) const {
  log_warn("process.by_parts", "Something in the log cannot be taken in; it is looked for part by part",
           {{"error.message", std::string(why.message())}, {"parcels", task.deliveries.size()}});
  CT_RETURN_IF_ERROR(steps_->abandon(work));
  // What is merged below names one capture of all of them.
  for (const Delivery& delivery : task.deliveries) TurnErasures::note(work, delivery.parcel);
  const auto trial = [&](const Parcel& part) { return try_part(part, task.position); };
  CT_ASSIGN_OR_RETURN(Sifted sifted, sift(task.deliveries, *d_.log, task.pictures, d_.clock->now(), trial));
  metrics_->dead.add(sifted.letters.size());
  for (DeadLetter& letter : sifted.letters) parcels_->take_letter(work, std::move(letter));
  Delivery rest{task.position, std::move(sifted.good)};
  const std::vector<PictureResult> pictures(rest.parcel.pictures().begin(), rest.parcel.pictures().end());
  return write(work, {{&rest, 1}, pictures, task.orders, task.position, task.more});
}

// Leaves nothing behind.
absl::Status TurnWrites::try_part(const Parcel& part, std::uint64_t position) const {
  Turn alone;
  Delivery one{position, part};
  const auto scratch = d_.store->batch();
  const absl::Status done = guarded([&]() -> absl::Status {
    CT_RETURN_IF_ERROR(work_off(alone, {&one, 1}, {part.pictures().begin(), part.pictures().end()}));
    return stage_items(alone, *scratch, position);
  });
  CT_RETURN_IF_ERROR(steps_->abandon(alone));
  return done;
}

absl::Status TurnWrites::work_off(Turn& work, std::span<Delivery> deliveries,
                                  const std::vector<PictureResult>& pictures) const {
  for (Delivery& delivery : deliveries) CT_RETURN_IF_ERROR(parcels_->take(work, delivery.parcel));
  CT_RETURN_IF_ERROR(parcels_->take_pictures(work, pictures));
  return steps_->run(work);
}

absl::Status TurnWrites::stage(Turn& turn, WriteBatch& batch, const TurnTask& task) const {
  CT_RETURN_IF_ERROR(stage_items(turn, batch, task.position));
  for (const DeadLetter& letter : turn.dead_letters)
    CT_RETURN_IF_ERROR(d_.store->stage_dead_letter(batch, letter));
  const OverlayReader reader(*d_.store, turn.pending, turn.erased.items);
  CT_RETURN_IF_ERROR(records_->stage(batch, reader, task.more, d_.clock->now()));
  return d_.store->stage_counters(batch, turn.counters);
}

absl::Status TurnWrites::stage_items(Turn& turn, WriteBatch& batch, std::uint64_t position) const {
  std::vector<std::string> ids;
  CT_RETURN_IF_ERROR(erasures_->stage(turn, batch, position, ids));
  turn.staging = true;
  for (std::size_t i = 0; i < turn.order.size(); ++i) {  // a refused one may add others
    const std::string id = turn.order[i];
    const auto item = turn.pending.find(id);
    if (item == turn.pending.end()) continue;  // refused
    const absl::Status staged = stage_item(turn, batch, item->second);
    if (absl::IsInvalidArgument(staged)) {
      CT_RETURN_IF_ERROR(steps_->refuse(turn, id, staged));
      continue;
    }
    CT_RETURN_IF_ERROR(staged);
    ids.push_back(id);
  }
  for (const std::string& id : turn.again) {  // some were staged before another one was refused
    const auto item = turn.pending.find(id);
    if (item != turn.pending.end()) CT_RETURN_IF_ERROR(stage_item(turn, batch, item->second));
  }
  for (const Item& item : turn.overtaken) {
    const absl::Status staged = d_.store->stage_version(batch, item);
    if (!absl::IsInvalidArgument(staged)) CT_RETURN_IF_ERROR(staged);
  }
  return d_.store->stage_changed(batch, position, ids);
}

absl::Status TurnWrites::stage_item(const Turn& turn, WriteBatch& batch, const Item& item) const {
  // Memory, which tells what records changed, knows nothing of it.
  if (!item.story_id().empty() && !d_.pipeline->remembers_story(item.story_id()))
    records_->touch(item.story_id());
  return turn.erased.blanked.contains(item.id()) ? d_.store->stage_item_blanked(batch, item)
                                                 : d_.store->stage_item(batch, item);
}

absl::Status TurnWrites::catch_up() const {
  if (!records_->is_behind()) return absl::OkStatus();
  auto batch = d_.store->batch();
  CT_RETURN_IF_ERROR(records_->stage(*batch, *d_.store, false, d_.clock->now()));
  return d_.store->write(*batch, Durability::kLater);
}

}  // namespace copytaster
