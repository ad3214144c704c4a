#include "app/processing.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "app/overlay_reader.h"
#include "app/parallel.h"
#include "app/versions.h"
#include "core/item.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/picture_facts.h"

namespace copytaster {
namespace {

constexpr std::string_view kConsumer = "process";
constexpr std::size_t kParcelsATurn = 64;
constexpr std::size_t kMaxDeadLetterBytes = 64 << 10;

// One turn's work: items as they will be stored, in the order in which they first came.
struct Turn {
  PendingItems pending;
  std::vector<std::string> order;
  std::map<std::string, std::uint64_t, std::less<>>
      fetched;  // how often each id came: what the counters count
  Counters counters;
  std::vector<DeadLetter> dead_letters;
  std::vector<std::string> gone;
};

DeadLetter make_dead_letter(const Item& item, const absl::Status& why, absl::Time now) {
  DeadLetter letter;
  letter.set_id(str_cat("process:", item.id(), ":", item.version()));
  letter.set_account_id(item.account_id());
  letter.set_capture_sha256(item.capture_sha256());
  letter.set_stage("process");
  letter.set_reason(std::string(why.message()));
  letter.set_native_id(item.native_id());
  letter.set_payload(item.SerializeAsString().substr(0, kMaxDeadLetterBytes));
  set_timestamp(letter.mutable_at(), now);
  return letter;
}

}  // namespace

struct Processing::Impl {
  ProcessingDependencies d;
  Parallel parallel;
  Counter& stored = counter("copytaster_process_items_total", "Item versions taken from the bus and stored.");
  Counter& dead = counter("copytaster_process_dead_letters_total", "Items that could not be processed.");
  Counter& pictures = counter("copytaster_process_pictures_total", "Pictures inspected.");
  DurationHistogram& seconds =
      duration_histogram("copytaster_process_batch_seconds", "From poll to commit of one batch.");
  Gauge& lag = gauge("copytaster_process_lag_parcels", "Parcels appended and not processed yet.");

  Impl(const ProcessingDependencies& dependencies, int threads) : d(dependencies), parallel(threads) {}

  Item* find(Turn& turn, std::string_view id) const {
    const auto found = turn.pending.find(id);
    if (found != turn.pending.end()) return &found->second;
    auto known = d.store->item(id);
    if (!known.ok()) return nullptr;
    turn.order.emplace_back(id);
    return &turn.pending.emplace(std::string(id), *std::move(known)).first->second;
  }

  void take_item(Turn& turn, Item fetched) const {
    const std::string id = fetched.id();
    turn.counters.set_stored(turn.counters.stored() + 1);
    ++turn.fetched[id];
    Item* known = find(turn, id);
    if (known != nullptr) {
      *known = next_version(known, std::move(fetched));
      return;
    }
    turn.order.push_back(id);
    turn.pending.emplace(id, next_version(nullptr, std::move(fetched)));
  }

  void take_deletion(Turn& turn, const Deletion& deletion) const {
    Item* known = find(turn, deletion.item_id());
    if (known == nullptr) return;
    known->set_state(deletion.state() == LIVE ? GONE : deletion.state());
    if (known->state() != GONE) return;
    *known->mutable_gone_at() = deletion.seen_at();
    turn.gone.push_back(known->id());
    log_info("item.gone", "A post is gone from its platform; its versions are kept",
             {{"item.id", known->id()}, {"reason", deletion.proof()}});
  }

  // Reads and inspects the pictures that arrived, on all threads, then puts the facts in place.
  void take_pictures(Turn& turn, std::vector<PictureResult> results) {
    parallel.each(results.size(), [&](std::size_t i) { inspect(results[i]); });
    for (const PictureResult& result : results) {
      Item* item = find(turn, result.item_id());
      if (item != nullptr) (void)apply_picture(*item, result);
    }
  }

  void inspect(PictureResult& result) const {
    Media& media = *result.mutable_media();
    if (media.state() != KEPT || media.sha256().empty()) return;
    auto bytes = d.media->get(media.sha256());
    Media partial;
    auto facts = bytes.ok() ? inspect_picture(*bytes, {}, &partial) : absl::StatusOr<Media>(bytes.status());
    pictures.add();
    if (!facts.ok()) {
      media.set_problem(std::string(facts.status().message()));
      if (partial.has_embedded()) *media.mutable_embedded() = partial.embedded();
      log_warn("picture.unreadable",
               "A picture is kept but cannot be read; its post is shown without facts about it",
               {{"item.id", result.item_id()}, {"error.message", media.problem()}});
      return;
    }
    media.set_width(facts->width());
    media.set_height(facts->height());
    media.set_mime_type(facts->mime_type());
    *media.mutable_pdq() = facts->pdq();
    *media.mutable_embedded() = facts->embedded();
  }

  void run_steps(Turn& turn) {
    std::vector<Item*> items;
    items.reserve(turn.order.size());
    for (const std::string& id : turn.order) items.push_back(&turn.pending.find(id)->second);
    std::vector<absl::Status> results(items.size());
    parallel.each(items.size(), [&](std::size_t i) { results[i] = d.pipeline->prepare(*items[i]); });
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (results[i].ok()) results[i] = d.pipeline->place(*items[i]);
      if (!results[i].ok()) refuse(turn, *items[i], results[i]);
    }
    for (const std::string& id : turn.gone) d.pipeline->forget(id);
    // What the later posts taught about earlier ones goes into the same batch.
    for (const Revision& revision : d.pipeline->take_revisions()) {
      Item* item = find(turn, revision.item_id);
      if (item != nullptr) apply(revision, *item);
    }
  }

  // The item leaves the batch and becomes a dead letter: stored counts down, dead-lettered up.
  void refuse(Turn& turn, const Item& item, const absl::Status& why) {
    dead.add();
    turn.dead_letters.push_back(make_dead_letter(item, why, d.clock->now()));
    const std::uint64_t times = turn.fetched[item.id()];
    turn.counters.set_stored(turn.counters.stored() - times);
    turn.counters.set_dead_lettered(turn.counters.dead_lettered() + times);
    log_error("item.refused", "A post could not be processed and is in the dead letters",
              {{"item.id", item.id()}, {"error.message", std::string(why.message())}});
    std::erase(turn.order, item.id());
  }

  absl::Status stage(Turn& turn, WriteBatch& batch) {
    std::vector<std::pair<const Item*, absl::Status>> unstorable;
    for (const std::string& id : turn.order) {
      const Item& item = turn.pending.find(id)->second;
      const absl::Status staged = d.store->stage_item(batch, item);
      if (absl::IsInvalidArgument(staged)) {
        unstorable.emplace_back(&item, staged);
        continue;
      }
      CT_RETURN_IF_ERROR(staged);
    }
    for (const auto& [item, why] : unstorable) refuse(turn, *item, why);
    for (const DeadLetter& letter : turn.dead_letters)
      CT_RETURN_IF_ERROR(d.store->stage_dead_letter(batch, letter));
    const OverlayReader reader(*d.store, turn.pending);
    for (const std::string& id : d.pipeline->take_changed_stories()) {
      auto story = d.pipeline->build_story(id, reader);
      if (absl::IsNotFound(story.status())) {
        CT_RETURN_IF_ERROR(d.store->stage_story_erased(batch, id));
        continue;
      }
      CT_RETURN_IF_ERROR(story.status());
      CT_RETURN_IF_ERROR(d.store->stage_story(batch, *story));
    }
    return d.store->stage_counters(batch, turn.counters);
  }

  absl::StatusOr<std::size_t> turn(absl::Duration wait) {
    CT_ASSIGN_OR_RETURN(auto deliveries, d.bus->poll(kConsumer, kParcelsATurn, wait));
    lag.set(static_cast<double>(d.bus->lag(kConsumer)));
    if (deliveries.empty()) return std::size_t{0};
    const absl::Time begun = absl::Now();
    Turn work;
    std::vector<PictureResult> arrived;
    for (Delivery& delivery : deliveries) {
      for (Item& item : *delivery.parcel.mutable_items()) take_item(work, std::move(item));
      for (PictureResult& picture : *delivery.parcel.mutable_pictures())
        arrived.push_back(std::move(picture));
      for (const Deletion& deletion : delivery.parcel.deletions()) take_deletion(work, deletion);
    }
    take_pictures(work, std::move(arrived));
    run_steps(work);
    auto batch = d.store->batch();
    CT_RETURN_IF_ERROR(stage(work, *batch));
    CT_RETURN_IF_ERROR(d.bus->commit(kConsumer, deliveries.back().position + 1, batch.get()));
    stored.add(work.counters.stored());
    seconds.observe(absl::Now() - begun);
    lag.set(static_cast<double>(d.bus->lag(kConsumer)));
    return deliveries.size();
  }
};

Processing::Processing(const ProcessingDependencies& dependencies, int threads)
    : impl_(std::make_unique<Impl>(dependencies, threads)) {}
Processing::~Processing() = default;

absl::Status Processing::restore() {
  return impl_->d.store->each_item([&](const Item& item) {
    impl_->d.pipeline->restore(item);
    return true;
  });
}

absl::StatusOr<std::size_t> Processing::turn(absl::Duration wait) { return impl_->turn(wait); }

}  // namespace copytaster
