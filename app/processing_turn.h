// What one turn of processing holds. Internal to processing.cpp and turn_*.cpp; its one thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "app/erasure_work.h"
#include "app/overlay_reader.h"
#include "core/copytaster.pb.h"
#include "core/status.h"
#include "core/store.h"
#include "processors/copy_judgements.h"
#include "processors/pipeline.h"

namespace copytaster {

// What the turn holds, then what is stored: the newest a post says.
class TurnPosts final : public EarlierPosts {
 public:
  TurnPosts(const PendingItems& pending, const StoreReader& store, const ItemIds& erased)
      : reader_(store, pending, erased) {}
  [[nodiscard]] const Item* find(std::string_view item_id, Item* room) const override {
    const auto found = reader_.item_in(item_id, room);
    return found.ok() ? *found : nullptr;
  }

 private:
  OverlayReader reader_;
};

// How an item stood before another one taught something about it.
struct Taught {
  std::string item_id;
  DuplicateOf duplicate_of;
  std::string story_id;
  StoryEvidence story_evidence;
  std::string now;  // what it was folded into then
};

[[nodiscard]] inline Taught taught_of(const Item& item, const Revision& revision) {
  return {item.id(), item.duplicate_of(), item.story_id(), item.story_evidence(),
          (revision.duplicate_of ? *revision.duplicate_of : item.duplicate_of()).item_id()};
}

inline void unteach(Taught before, Item& item) {
  if (item.duplicate_of().item_id() != before.now) return;  // others have taught it better since
  apply({before.item_id, std::move(before.duplicate_of), std::move(before.story_id),
         std::move(before.story_evidence), "", ""},
        item);
}

// What a turn takes out of the store (app/turn_erasures.h).
struct TurnErased {
  ItemIds items;                                         // that are not there any more, though still stored
  std::map<std::string, Erasure, std::less<>> receipts;  // that began or went on, by id
  std::map<std::string, std::string, std::less<>> entombed;  // subjects -> receipt's id
  ItemIds blanked;                                        // posts of which only is kept that they were there
  std::vector<std::pair<std::string, ErasureWork>> work;  // by receipt's id
  std::vector<std::pair<std::string, std::string>>
      met;  // capture that holds words of what is erased, receipt
  std::vector<std::pair<std::string, std::string>> came;  // accounts, with a capture that brought something
  std::vector<std::string> orders;                        // receipts of which the eraser's order was done
  std::vector<std::string> unused;                        // pictures' bytes that no post of the turn shows
};

// One turn's work: items as they will be stored, in the order in which they first came.
struct Turn {
  PendingItems pending;
  std::vector<std::string> order;
  std::set<std::string, std::less<>> reread;  // ids of which more changed than their counts
  std::set<std::string, std::less<>>
      prepared;  // ids whose stateless steps were run elsewhere, on all there is
  std::set<std::string, std::less<>> renewed;  // ids whose newest version was made in this turn
  std::vector<Item> overtaken;                 // versions that a later one of this turn overtook
  std::map<std::string, std::uint64_t, std::less<>>
      fetched;  // how often each id came: what the counters count
  Counters counters;
  std::vector<DeadLetter> dead_letters;
  std::vector<std::string> gone;
  TurnErased erased;
  std::vector<CopyJudgement> answers;
  std::vector<RightsDecision> decisions;
  std::map<std::string, std::vector<Taught>, std::less<>> taught;  // by who taught it
  bool staging = false;            // the revisions of TurnSteps::run() have been taken
  std::vector<std::string> again;  // ids of items that changed when another one could not be staged
};

// The item as this turn has it or else as it is stored; null: there is none. An error of the store is an
// error: a post that cannot be read must not be taken for a new one.
[[nodiscard]] inline absl::StatusOr<Item*> find_item(Turn& turn, const StoreReader& store,
                                                     std::string_view id) {
  const auto found = turn.pending.find(id);
  if (found != turn.pending.end()) return &found->second;
  if (turn.erased.items.contains(id)) return nullptr;
  auto known = store.item(id);
  if (absl::IsNotFound(known.status())) return nullptr;
  CT_RETURN_IF_ERROR(known.status());
  turn.order.emplace_back(id);
  return &turn.pending.emplace(std::string(id), *std::move(known)).first->second;
}

}  // namespace copytaster
