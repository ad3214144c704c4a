#include "app/turn_steps.h"

#include "app/guard.h"
#include "app/versions.h"
#include "core/log.h"
#include "core/status.h"

namespace copytaster {

absl::Status TurnSteps::run(Turn& turn) const {
  for (const std::string& id : turn.erased.items) d_.pipeline->erase(id);
  CT_RETURN_IF_ERROR(prepare_and_place(turn));
  CT_RETURN_IF_ERROR(weigh(turn));
  for (const std::string& id : turn.gone) d_.pipeline->forget(id);
  tell_answers(turn);
  return take_revisions(turn);
}

// The stateless steps on all threads, the results in place order.
std::vector<absl::Status> TurnSteps::prepare(const Turn& turn, std::vector<Item*>& items) const {
  std::vector<absl::Status> results(items.size());
  parallel_->each(items.size(), [&](std::size_t i) {
    if (turn.prepared.contains(items[i]->id())) return;
    results[i] = guarded([&] { return d_.pipeline->prepare(*items[i]); });
  });
  return results;
}

absl::Status TurnSteps::prepare_and_place(Turn& turn) const {
  std::vector<Item*> items;
  items.reserve(turn.reread.size() + turn.overtaken.size());
  for (const std::string& id : turn.order) {
    if (turn.reread.contains(id)) items.push_back(&turn.pending.find(id)->second);
  }
  const std::size_t newest = items.size();
  for (Item& item : turn.overtaken) items.push_back(&item);
  std::vector<absl::Status> results = prepare(turn, items);
  const TurnPosts posts(turn.pending, *d_.store, turn.erased.items);
  for (std::size_t i = 0; i < newest; ++i) {
    if (results[i].ok()) results[i] = guarded([&] { return d_.pipeline->place(*items[i], &posts); });
    if (!results[i].ok()) CT_RETURN_IF_ERROR(refuse(turn, items[i]->id(), results[i]));
  }
  return absl::OkStatus();
}

// Of what only counts came.
absl::Status TurnSteps::weigh(Turn& turn) const {
  for (const std::string& id : turn.order) {
    const auto item = turn.pending.find(id);
    if (item == turn.pending.end() || turn.reread.contains(id)) continue;
    const absl::Status weighed = guarded([&] { return d_.pipeline->weigh(item->second); });
    if (!weighed.ok()) CT_RETURN_IF_ERROR(refuse(turn, std::string(id), weighed));
  }
  return absl::OkStatus();
}

// What editors have said since the last turn.
void TurnSteps::tell_answers(const Turn& turn) const {
  const TurnPosts posts(turn.pending, *d_.store, turn.erased.items);
  for (const CopyJudgement& answer : turn.answers) {
    d_.pipeline->answer(answer, &posts);
    log_info("copies.answered", "An editor has said whether two posts are one statement",
             {{"item.id", answer.item_id},
              {"other.id", answer.other_id},
              {"same", answer.same ? "yes" : "no"},
              {"user.name", answer.by}});
  }
  for (const RightsDecision& decision : turn.decisions) {
    d_.pipeline->decide(decision, &posts);
    metrics_->decided.add();
    log_info("rights.decided", "An editor has decided about the rights to a picture",
             {{"item.id", decision.item_id},
              {"picture", decision.pictures.front()},
              {"state", decision.rights.state()},
              {"user.name", decision.rights.by()}});
  }
}

// What the later posts taught about earlier ones goes into the same batch.
absl::Status TurnSteps::take_revisions(Turn& turn) const {
  for (const Revision& revision : d_.pipeline->take_revisions()) {
    CT_ASSIGN_OR_RETURN(Item * item, find_item(turn, *d_.store, revision.item_id));
    if (item == nullptr) continue;
    if (!revision.cause.empty()) turn.taught[revision.cause].push_back(taught_of(*item, revision));
    if (turn.staging) turn.again.push_back(revision.item_id);
    apply(revision, *item);
  }
  return absl::OkStatus();
}

}  // namespace copytaster
