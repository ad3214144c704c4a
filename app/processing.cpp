#include "app/processing.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <utility>
#include <vector>

#include "app/edition.h"
#include "app/eraser.h"
#include "app/guard.h"
#include "app/parallel.h"
#include "app/processing_turn.h"
#include "app/refused.h"
#include "app/story_records.h"
#include "app/turn_erasures.h"
#include "app/versions.h"
#include "core/crash_point.h"
#include "core/dead_letter.h"
#include "core/item.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "processors/memory_restore.h"

namespace copytaster {
namespace {

constexpr std::string_view kConsumer = "process";
constexpr std::size_t kParcelsATurn = 64;

}  // namespace

struct Processing::Impl {
  ProcessingDependencies d;
  const std::string edition = edition_of(*d.pipeline);
  Parallel parallel;
  StoryRecords records;
  TurnErasures erasures;
  std::vector<EraserOrder> orders;  // of the turn, for each attempt at it
  Counter& stored = counter("copytaster_process_items_total", "Item versions taken from the bus and stored.");
  Counter& dead = counter("copytaster_process_dead_letters_total", "Items that could not be processed.");
  Counter& decided = counter("copytaster_process_rights_decided_total",
                             "Decisions of editors about the rights to a picture.");
  DurationHistogram& seconds =
      duration_histogram("copytaster_process_batch_seconds", "From poll to commit of one batch.");
  Gauge& lag = gauge("copytaster_process_lag_parcels", "Parcels appended and not processed yet.");

  Impl(const ProcessingDependencies& dependencies, int threads)
      : d(dependencies),
        parallel(threads),
        records(dependencies.store, dependencies.pipeline),
        erasures(dependencies.store, dependencies.eraser, &records, dependencies.erasing) {}

  // The item as this turn has it or else as it is stored; null: there is none. An error of the store is an
  // error: a post that cannot be read must not be taken for a new one.
  absl::StatusOr<Item*> find(Turn& turn, std::string_view id) const {
    const auto found = turn.pending.find(id);
    if (found != turn.pending.end()) return &found->second;
    if (turn.erased.items.contains(id)) return nullptr;
    auto known = d.store->item(id);
    if (absl::IsNotFound(known.status())) return nullptr;
    CT_RETURN_IF_ERROR(known.status());
    turn.order.emplace_back(id);
    return &turn.pending.emplace(std::string(id), *std::move(known)).first->second;
  }

  absl::Status take_item(Turn& turn, Item fetched, bool prepared) const {
    const std::string id = fetched.id();
    turn.counters.set_stored(turn.counters.stored() + 1);  // also what is refused for good: it is dealt with
    CT_ASSIGN_OR_RETURN(const bool refused, erasures.refuses(turn, fetched));
    if (refused) return absl::OkStatus();
    ++turn.fetched[id];
    turn.reread.insert(id);
    std::erase(turn.gone, id);  // it is served again
    CT_ASSIGN_OR_RETURN(Item * known, find(turn, id));
    turn.prepared.erase(id);  // of an earlier version, what was carried over may say more
    if (known == nullptr) {
      if (prepared) turn.prepared.insert(id);
      turn.order.push_back(id);
      turn.renewed.insert(id);
      turn.pending.emplace(id, next_version(nullptr, std::move(fetched)));
      return absl::OkStatus();
    }
    Item next = next_version(known, std::move(fetched));
    if (next.version() > known->version() && !turn.renewed.insert(id).second) {
      turn.overtaken.push_back(std::move(*known));
    }
    *known = std::move(next);
    return absl::OkStatus();
  }

  absl::Status take_deletion(Turn& turn, const Deletion& deletion) const {
    CT_ASSIGN_OR_RETURN(Item * known, find(turn, deletion.item_id()));
    if (known == nullptr) return erasures.meet(turn, deletion);
    if (known->state() == GONE) return absl::OkStatus();  // since when and by what proof is known
    turn.reread.insert(known->id());
    known->set_state(deletion.state() == GONE ? GONE : UNKNOWN);
    if (known->state() != GONE) return absl::OkStatus();
    *known->mutable_gone_at() = deletion.seen_at();
    known->set_gone_proof(deletion.proof());
    known->set_gone_capture_sha256(deletion.capture_sha256());
    turn.gone.push_back(known->id());
    log_info("item.gone", "A post is gone from its platform; its versions are kept",
             {{"item.id", known->id()}, {"reason", deletion.proof()}});
    return erasures.apply_policy(turn, std::string(known->id()));
  }

  // Never a new version: a post is what it says, not how it is liked.
  absl::Status take_engagement(Turn& turn, const EngagementAt& noted) const {
    CT_ASSIGN_OR_RETURN(Item * known, find(turn, noted.item_id()));
    if (known == nullptr) return absl::OkStatus();
    *known->mutable_engagement() = noted.engagement();
    for (const EngagementAt& before : known->engagement_history()) {
      if (before.age_seconds() == noted.age_seconds()) return absl::OkStatus();
    }
    EngagementAt* added = known->add_engagement_history();
    *added = noted;
    added->clear_item_id();
    return absl::OkStatus();
  }

  // What is no post: the log could not give it back, or a part of it could not be taken in.
  void take_letter(Turn& turn, DeadLetter letter) const {
    if (!letter.has_at()) set_timestamp(letter.mutable_at(), d.clock->now());
    turn.counters.set_dead_lettered(turn.counters.dead_lettered() + posts_of(letter));
    log_error("process.refused", "Something could not be taken in and is in the dead letters",
              {{"account.id", letter.account_id()},
               {"stage", letter.stage()},
               {"posts", posts_of(letter)},
               {"error.message", letter.reason()},
               {"hint", "copytaster dlq show tells what it was, copytaster dlq retry tries again"}});
    turn.dead_letters.push_back(std::move(letter));
  }

  absl::Status take(Turn& turn, Parcel& parcel) const {
    TurnErasures::note(turn, parcel);
    const bool prepared = parcel.prepared_by() == edition;
    for (Item& item : *parcel.mutable_items()) CT_RETURN_IF_ERROR(take_item(turn, std::move(item), prepared));
    for (const Deletion& deletion : parcel.deletions()) CT_RETURN_IF_ERROR(take_deletion(turn, deletion));
    for (const EngagementAt& noted : parcel.engagements()) CT_RETURN_IF_ERROR(take_engagement(turn, noted));
    for (const Action& action : parcel.actions()) {
      if (auto answer = to_judgement(action)) turn.answers.push_back(*std::move(answer));
      if (auto decision = to_rights_decision(action)) turn.decisions.push_back(*std::move(decision));
      CT_RETURN_IF_ERROR(erasures.take(turn, action));
    }
    for (DeadLetter& letter : *parcel.mutable_dead_letters()) take_letter(turn, std::move(letter));
    return absl::OkStatus();
  }

  // Puts the facts about pictures in place.
  absl::Status take_pictures(Turn& turn, const std::vector<PictureResult>& results) const {
    for (const PictureResult& result : results) {
      CT_ASSIGN_OR_RETURN(Item * item, find(turn, result.item_id()));
      if (item != nullptr) turn.reread.insert(item->id());
      if (item != nullptr) turn.prepared.erase(item->id());
      if (item == nullptr || !apply_picture(*item, result)) erasures.note_unused(turn, result);
    }
    return absl::OkStatus();
  }

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

  // The stateless steps on all threads, the results in place order.
  std::vector<absl::Status> prepare(const Turn& turn, std::vector<Item*>& items) {
    std::vector<absl::Status> results(items.size());
    parallel.each(items.size(), [&](std::size_t i) {
      if (turn.prepared.contains(items[i]->id())) return;
      results[i] = guarded([&] { return d.pipeline->prepare(*items[i]); });
    });
    return results;
  }

  // All steps for what was fetched; where only counts came, what reads them.
  absl::Status run_steps(Turn& turn) {
    for (const std::string& id : turn.erased.items) d.pipeline->erase(id);
    std::vector<Item*> items;
    items.reserve(turn.reread.size() + turn.overtaken.size());
    for (const std::string& id : turn.order) {
      if (turn.reread.contains(id)) items.push_back(&turn.pending.find(id)->second);
    }
    const std::size_t newest = items.size();
    for (Item& item : turn.overtaken) items.push_back(&item);
    std::vector<absl::Status> results = prepare(turn, items);
    const TurnPosts posts(turn.pending, *d.store, turn.erased.items);
    for (std::size_t i = 0; i < newest; ++i) {
      if (results[i].ok()) results[i] = guarded([&] { return d.pipeline->place(*items[i], &posts); });
      if (!results[i].ok()) CT_RETURN_IF_ERROR(refuse(turn, items[i]->id(), results[i]));
    }
    for (const std::string& id : turn.order) {
      const auto item = turn.pending.find(id);
      if (item == turn.pending.end() || turn.reread.contains(id)) continue;
      const absl::Status weighed = guarded([&] { return d.pipeline->weigh(item->second); });
      if (!weighed.ok()) CT_RETURN_IF_ERROR(refuse(turn, std::string(id), weighed));
    }
    for (const std::string& id : turn.gone) d.pipeline->forget(id);
    for (const CopyJudgement& answer : turn.answers) {
      d.pipeline->answer(answer, &posts);
      log_info("copies.answered", "An editor has said whether two posts are one statement",
               {{"item.id", answer.item_id},
                {"other.id", answer.other_id},
                {"same", answer.same ? "yes" : "no"},
                {"user.name", answer.by}});
    }
    for (const RightsDecision& decision : turn.decisions) {
      d.pipeline->decide(decision, &posts);
      decided.add();
      log_info("rights.decided", "An editor has decided about the rights to a picture",
               {{"item.id", decision.item_id},
                {"picture", decision.pictures.front()},
                {"state", decision.rights.state()},
                {"user.name", decision.rights.by()}});
    }
    return take_revisions(turn);
  }

  // What the later posts taught about earlier ones goes into the same batch.
  absl::Status take_revisions(Turn& turn) const {
    for (const Revision& revision : d.pipeline->take_revisions()) {
      CT_ASSIGN_OR_RETURN(Item * item, find(turn, revision.item_id));
      if (item == nullptr) continue;
      if (!revision.cause.empty()) turn.taught[revision.cause].push_back(taught_of(*item, revision));
      if (turn.staging) turn.again.push_back(revision.item_id);
      apply(revision, *item);
    }
    return absl::OkStatus();
  }

  // A copy goes back to where its root is: that first.
  void put_back(std::vector<Item> known) const {
    (void)std::ranges::stable_partition(
        known, [](const Item& item) { return item.duplicate_of().item_id().empty(); });
    for (const Item& item : known) d.pipeline->put_back(item);
  }

  // What a refused item has taught about others is not so, in the turn and in memory.
  absl::Status unteach_all(Turn& turn, const std::string& refused) const {
    std::vector<std::string> ids = d.pipeline->withdraw(refused);
    std::vector<Taught> taught = std::move(turn.taught[refused]);
    for (Taught& before : taught | std::views::reverse) {
      const auto item = turn.pending.find(before.item_id);
      if (item == turn.pending.end()) continue;
      ids.push_back(before.item_id);
      turn.again.push_back(before.item_id);
      unteach(std::move(before), item->second);
    }
    std::vector<Item> known;
    for (const std::string& id : ids) {
      if (turn.erased.items.contains(id)) continue;
      const auto item = turn.pending.find(id);
      auto found = item == turn.pending.end() ? d.store->item(id) : item->second;
      if (absl::IsNotFound(found.status())) continue;
      CT_RETURN_IF_ERROR(found.status());
      known.push_back(*std::move(found));
    }
    put_back(std::move(known));
    return absl::OkStatus();
  }

  // What was found to repeat a refused item is looked at again without it.
  absl::Status place_again(Turn& turn, const std::string& refused) {
    const TurnPosts posts(turn.pending, *d.store, turn.erased.items);
    for (auto& [id, item] : turn.pending) {
      if (item.duplicate_of().item_id() != refused || !turn.reread.contains(id)) continue;
      const absl::Status placed = guarded([&, &again = item] { return d.pipeline->place(again, &posts); });
      if (!placed.ok()) item.clear_duplicate_of();  // it has been placed once: it is shown by itself
      turn.again.push_back(id);
    }
    return turn.staging ? take_revisions(turn) : absl::OkStatus();
  }

  // The item leaves the turn and becomes a dead letter: stored counts down, dead-lettered up. What was stored
  // of it before stays, in the store and in memory.
  absl::Status refuse(Turn& turn, const std::string& item_id, const absl::Status& why) {
    const auto node = turn.pending.extract(item_id);
    if (node.empty()) return absl::OkStatus();
    const Item& item = node.mapped();
    CT_RETURN_IF_ERROR(unteach_all(turn, item_id));
    const auto before = d.store->item(item_id);
    if (absl::IsNotFound(before.status())) {
      d.pipeline->forget(item_id);
    } else if (before.ok()) {
      d.pipeline->put_back(*before);
    } else {
      return before.status();
    }
    CT_RETURN_IF_ERROR(place_again(turn, item_id));
    dead.add();
    const std::uint64_t times = turn.fetched[item.id()];  // 0: nothing came but a picture or a revision
    turn.dead_letters.push_back(refused_post(item, times, why, d.clock->now()));
    turn.counters.set_stored(turn.counters.stored() - times);
    turn.counters.set_dead_lettered(turn.counters.dead_lettered() + times);
    log_error("item.refused", "A post could not be processed and is in the dead letters",
              {{"item.id", item.id()},
               {"account.id", item.account_id()},
               {"error.message", std::string(why.message())},
               {"hint", "copytaster dlq ls shows it with its reason"}});
    return absl::OkStatus();
  }

  absl::Status stage_items(Turn& turn, WriteBatch& batch, std::uint64_t position) {
    std::vector<std::string> ids;
    CT_RETURN_IF_ERROR(erasures.stage(turn, batch, ids));
    turn.staging = true;
    for (std::size_t i = 0; i < turn.order.size(); ++i) {  // a refused one may add others
      const std::string id = turn.order[i];
      const auto item = turn.pending.find(id);
      if (item == turn.pending.end()) continue;  // refused
      const absl::Status staged = d.store->stage_item(batch, item->second);
      if (absl::IsInvalidArgument(staged)) {
        CT_RETURN_IF_ERROR(refuse(turn, id, staged));
        continue;
      }
      CT_RETURN_IF_ERROR(staged);
      ids.push_back(id);
    }
    for (const std::string& id : turn.again) {  // some were staged before another one was refused
      const auto item = turn.pending.find(id);
      if (item != turn.pending.end()) CT_RETURN_IF_ERROR(d.store->stage_item(batch, item->second));
    }
    for (const Item& item : turn.overtaken) {
      const absl::Status staged = d.store->stage_version(batch, item);
      if (!absl::IsInvalidArgument(staged)) CT_RETURN_IF_ERROR(staged);
    }
    return d.store->stage_changed(batch, position, ids);
  }

  absl::Status stage(Turn& turn, WriteBatch& batch, std::uint64_t position, bool more) {
    CT_RETURN_IF_ERROR(stage_items(turn, batch, position));
    for (const DeadLetter& letter : turn.dead_letters)
      CT_RETURN_IF_ERROR(d.store->stage_dead_letter(batch, letter));
    const OverlayReader reader(*d.store, turn.pending, turn.erased.items);
    CT_RETURN_IF_ERROR(records.stage(batch, reader, more, d.clock->now()));
    return d.store->stage_counters(batch, turn.counters);
  }

  // Nothing waits: the records that were left behind are made.
  absl::Status catch_up() {
    if (!records.is_behind()) return absl::OkStatus();
    auto batch = d.store->batch();
    CT_RETURN_IF_ERROR(records.stage(*batch, *d.store, false, d.clock->now()));
    return d.store->write(*batch, Durability::kLater);
  }

  // Nothing is staged yet.
  absl::Status work_off(Turn& work, std::span<Delivery> deliveries,
                        const std::vector<PictureResult>& pictures) {
    for (Delivery& delivery : deliveries) CT_RETURN_IF_ERROR(take(work, delivery.parcel));
    CT_RETURN_IF_ERROR(take_pictures(work, pictures));
    return run_steps(work);
  }

  absl::Status write(Turn& work, std::span<Delivery> deliveries, const std::vector<PictureResult>& pictures,
                     std::uint64_t position, bool more) {
    CT_RETURN_IF_ERROR(guarded([&] { return erasures.follow(work, orders); }));
    CT_RETURN_IF_ERROR(guarded([&] { return work_off(work, deliveries, pictures); }));
    std::unique_lock<std::mutex> letters;
    if (d.letters != nullptr) letters = std::unique_lock(*d.letters);
    auto batch = d.store->batch();
    CT_RETURN_IF_ERROR(guarded([&] { return stage(work, *batch, position, more); }));
    return d.bus->commit(kConsumer, position, batch.get());
  }

  // What an attempt has put into memory and not into the store is taken out again.
  absl::Status abandon(Turn& turn) const {
    std::set<std::string> ids(turn.order.begin(), turn.order.end());
    for (const std::string& id : turn.order) {
      for (std::string& taught : d.pipeline->withdraw(id)) ids.insert(std::move(taught));
    }
    for (const Revision& taught : d.pipeline->take_revisions()) ids.insert(taught.item_id);
    std::vector<Item> known;
    for (const std::string& id : ids) {
      auto before = d.store->item(id);
      if (before.ok()) {
        known.push_back(*std::move(before));
      } else if (may_be_of_the_record(before.status())) {
        d.pipeline->forget(id);
      } else {
        return before.status();
      }
    }
    put_back(std::move(known));
    (void)d.pipeline->take_revisions();
    turn = Turn();
    return absl::OkStatus();
  }

  // The turn failed as a whole: each part of it is tried by itself, and written is what can be. The others
  // are dead letters.
  absl::Status write_by_parts(Turn& work, std::span<const Delivery> deliveries,
                              const std::vector<PictureResult>& pictures, bool more,
                              const absl::Status& why) {
    log_warn("process.by_parts", "Something in the log cannot be taken in; it is looked for part by part",
             {{"error.message", std::string(why.message())}, {"parcels", deliveries.size()}});
    CT_RETURN_IF_ERROR(abandon(work));
    const std::uint64_t position = deliveries.back().position + 1;
    const auto trial = [&](const Parcel& part) -> absl::Status {
      Turn alone;
      Delivery one{position, part};
      const auto scratch = d.store->batch();
      const absl::Status done = guarded([&]() -> absl::Status {
        CT_RETURN_IF_ERROR(work_off(alone, {&one, 1}, {part.pictures().begin(), part.pictures().end()}));
        return stage_items(alone, *scratch, position);
      });
      CT_RETURN_IF_ERROR(abandon(alone));
      return done;
    };
    CT_ASSIGN_OR_RETURN(Sifted sifted, sift(deliveries, *d.log, pictures, d.clock->now(), trial));
    dead.add(sifted.letters.size());
    for (DeadLetter& letter : sifted.letters) take_letter(work, std::move(letter));
    Delivery rest{position, std::move(sifted.good)};
    const std::vector<PictureResult> rest_pictures(rest.parcel.pictures().begin(),
                                                   rest.parcel.pictures().end());
    return write(work, {&rest, 1}, rest_pictures, position, more);
  }

  absl::StatusOr<std::size_t> turn(absl::Duration wait) {
    CT_ASSIGN_OR_RETURN(auto deliveries, d.bus->poll(kConsumer, kParcelsATurn, wait));
    lag.set(static_cast<double>(d.bus->lag(kConsumer)));
    if (deliveries.empty()) {
      CT_RETURN_IF_ERROR(catch_up());
      return std::size_t{0};
    }
    crash_point(CrashPoint::kTurnBegun);
    const bool more = d.bus->lag(kConsumer) > deliveries.size();
    const absl::Time begun = absl::Now();
    const std::vector<PictureResult> pictures = inspected(deliveries);
    orders = erasures.take_orders();
    const std::uint64_t position = deliveries.back().position + 1;
    Turn work;
    absl::Status done = write(work, deliveries, pictures, position, more);
    if (may_be_of_the_record(done) && d.log != nullptr)
      done = write_by_parts(work, deliveries, pictures, more, done);
    CT_RETURN_IF_ERROR(done);
    if (d.pictures != nullptr) CT_RETURN_IF_ERROR(d.pictures->stored());
    erasures.committed(work, position);
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
