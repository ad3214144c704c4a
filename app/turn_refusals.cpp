// What the steps have taught taken back: of a post that cannot be processed, or of a turn that came to
// nothing.
#include <algorithm>
#include <cstdint>
#include <ranges>
#include <set>
#include <utility>

#include "app/guard.h"
#include "app/refused.h"
#include "app/turn_steps.h"
#include "core/log.h"
#include "core/status.h"

namespace copytaster {

absl::Status TurnSteps::refuse(Turn& turn, const std::string& item_id, const absl::Status& why) const {
  const auto node = turn.pending.extract(item_id);
  if (node.empty()) return absl::OkStatus();
  const Item& item = node.mapped();
  CT_RETURN_IF_ERROR(unteach_all(turn, item_id));
  const auto before = d_.store->item(item_id);
  if (absl::IsNotFound(before.status())) {
    d_.pipeline->forget(item_id);
  } else if (before.ok()) {
    d_.pipeline->put_back(*before);
  } else {
    return before.status();
  }
  CT_RETURN_IF_ERROR(place_again(turn, item_id));
  metrics_->dead.add();
  const std::uint64_t times = turn.fetched[item.id()];  // 0: nothing came but a picture or a revision
  turn.dead_letters.push_back(refused_post(item, times, why, d_.clock->now()));
  turn.counters.set_stored(turn.counters.stored() - times);
  turn.counters.set_dead_lettered(turn.counters.dead_lettered() + times);
  log_error("item.refused", "A post could not be processed and is in the dead letters",
            {{"item.id", item.id()},
             {"account.id", item.account_id()},
             {"error.message", std::string(why.message())},
             {"hint", "copytaster dlq ls shows it with its reason"}});
  return absl::OkStatus();
}

// What a refused item has taught about others is not so, in the turn and in memory.
absl::Status TurnSteps::unteach_all(Turn& turn, const std::string& refused) const {
  std::vector<std::string> ids = d_.pipeline->withdraw(refused);
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
    auto found = item == turn.pending.end() ? d_.store->item(id) : item->second;
    if (absl::IsNotFound(found.status())) continue;
    CT_RETURN_IF_ERROR(found.status());
    known.push_back(*std::move(found));
  }
  put_back(std::move(known));
  return absl::OkStatus();
}

// A copy goes back to where its root is: that first.
void TurnSteps::put_back(std::vector<Item> known) const {
  (void)std::ranges::stable_partition(known,
                                      [](const Item& item) { return item.duplicate_of().item_id().empty(); });
  for (const Item& item : known) d_.pipeline->put_back(item);
}

// What was found to repeat a refused item is looked at again without it.
absl::Status TurnSteps::place_again(Turn& turn, const std::string& refused) const {
  const TurnPosts posts(turn.pending, *d_.store, turn.erased.items);
  for (auto& [id, item] : turn.pending) {
    if (item.duplicate_of().item_id() != refused || !turn.reread.contains(id)) continue;
    const absl::Status placed = guarded([&, &again = item] { return d_.pipeline->place(again, &posts); });
    if (!placed.ok()) item.clear_duplicate_of();  // it has been placed once: it is shown by itself
    turn.again.push_back(id);
  }
  return turn.staging ? take_revisions(turn) : absl::OkStatus();
}

absl::Status TurnSteps::abandon(Turn& turn) const {
  std::set<std::string> ids(turn.order.begin(), turn.order.end());
  for (const std::string& id : turn.order) {
    for (std::string& taught : d_.pipeline->withdraw(id)) ids.insert(std::move(taught));
  }
  for (const Revision& taught : d_.pipeline->take_revisions()) ids.insert(taught.item_id);
  std::vector<Item> known;
  for (const std::string& id : ids) {
    auto before = d_.store->item(id);
    if (before.ok()) {
      known.push_back(*std::move(before));
    } else if (may_be_of_the_record(before.status())) {
      d_.pipeline->forget(id);
    } else {
      return before.status();
    }
  }
  put_back(std::move(known));
  (void)d_.pipeline->take_revisions();
  turn = Turn();
  return absl::OkStatus();
}

}  // namespace copytaster
