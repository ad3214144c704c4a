#include "app/turn_parcels.h"

#include "app/versions.h"
#include "core/dead_letter.h"
#include "core/item.h"
#include "core/log.h"
#include "core/status.h"
#include "core/time.h"

namespace copytaster {

absl::Status TurnParcels::take(Turn& turn, Parcel& parcel) const {
  TurnErasures::note(turn, parcel);
  const bool prepared = parcel.prepared_by() == edition_;
  for (Item& item : *parcel.mutable_items()) CT_RETURN_IF_ERROR(take_item(turn, std::move(item), prepared));
  for (const Deletion& deletion : parcel.deletions()) CT_RETURN_IF_ERROR(take_deletion(turn, deletion));
  for (const EngagementAt& noted : parcel.engagements()) CT_RETURN_IF_ERROR(take_engagement(turn, noted));
  for (const Action& action : parcel.actions()) {
    if (auto answer = to_judgement(action)) turn.answers.push_back(*std::move(answer));
    if (auto decision = to_rights_decision(action)) turn.decisions.push_back(*std::move(decision));
    CT_RETURN_IF_ERROR(erasures_->take(turn, action));
  }
  for (DeadLetter& letter : *parcel.mutable_dead_letters()) take_letter(turn, std::move(letter));
  return absl::OkStatus();
}

absl::Status TurnParcels::take_item(Turn& turn, Item fetched, bool prepared) const {
  const std::string id = fetched.id();
  turn.counters.set_stored(turn.counters.stored() + 1);  // also what is refused for good: it is dealt with
  CT_ASSIGN_OR_RETURN(const bool refused, erasures_->refuses(turn, fetched));
  if (refused) return absl::OkStatus();
  ++turn.fetched[id];
  turn.reread.insert(id);
  std::erase(turn.gone, id);  // it is served again
  CT_ASSIGN_OR_RETURN(Item * known, find_item(turn, *store_, id));
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

absl::Status TurnParcels::take_deletion(Turn& turn, const Deletion& deletion) const {
  CT_ASSIGN_OR_RETURN(Item * known, find_item(turn, *store_, deletion.item_id()));
  if (known == nullptr) return erasures_->meet(turn, deletion);
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
  return erasures_->apply_policy(turn, std::string(known->id()));
}

// Never a new version: a post is what it says, not how it is liked.
absl::Status TurnParcels::take_engagement(Turn& turn, const EngagementAt& noted) const {
  CT_ASSIGN_OR_RETURN(Item * known, find_item(turn, *store_, noted.item_id()));
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

void TurnParcels::take_letter(Turn& turn, DeadLetter letter) const {
  if (!letter.has_at()) set_timestamp(letter.mutable_at(), clock_->now());
  turn.counters.set_dead_lettered(turn.counters.dead_lettered() + posts_of(letter));
  log_error("process.refused", "Something could not be taken in and is in the dead letters",
            {{"account.id", letter.account_id()},
             {"stage", letter.stage()},
             {"posts", posts_of(letter)},
             {"error.message", letter.reason()},
             {"hint", "copytaster dlq show tells what it was, copytaster dlq retry tries again"}});
  turn.dead_letters.push_back(std::move(letter));
}

absl::Status TurnParcels::take_pictures(Turn& turn, const std::vector<PictureResult>& results) const {
  for (const PictureResult& result : results) {
    CT_ASSIGN_OR_RETURN(Item * item, find_item(turn, *store_, result.item_id()));
    if (item != nullptr) turn.reread.insert(item->id());
    if (item != nullptr) turn.prepared.erase(item->id());
    if (item != nullptr && !erasures_->may_keep(result)) {
      // What else is told of it counts; its bytes stay WANTED.
      PictureResult without_bytes = result;
      without_bytes.mutable_media()->set_state(WANTED);
      (void)apply_picture(*item, without_bytes);
      continue;
    }
    if (item == nullptr || !apply_picture(*item, result)) erasures_->note_unused(turn, result);
  }
  return absl::OkStatus();
}

}  // namespace copytaster
