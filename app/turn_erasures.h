// What a turn of the processing does to what is erased: the only place that takes posts out. One thread.
//
// On the bus an erasure is an Action (app/erasure_action.h). The turn that meets it lets nothing more of its
// subject in (tombstones), and takes a single post out at once; what an account or an official holds is found
// by the eraser (app/eraser.h), which gives it to later turns as Orders of a few hundred posts. What stands
// apart from the posts' records (captures, pictures, letters) is noted as work, in the same batch, and is the
// eraser's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "app/processing_turn.h"
#include "app/retention.h"
#include "core/copytaster.pb.h"
#include "core/store.h"

namespace copytaster {

class Eraser;
struct EraserOrder;
class LegalHolds;
class StoryRecords;

struct ErasingRules {
  const Retention* retention = nullptr;  // null: nothing deleted is blanked or removed
  const LegalHolds* holds = nullptr;     // null: nothing is held
};

class TurnErasures {
 public:
  // All outlive it; `eraser` may be null: then single posts are erased, and the rest waits.
  TurnErasures(Store* store, Eraser* eraser, StoryRecords* records, const ErasingRules& rules)
      : store_(store), eraser_(eraser), records_(records), rules_(rules) {}

  // Whether it must not be taken in; then it is told to the eraser, for the capture it came in holds its
  // words.
  [[nodiscard]] absl::StatusOr<bool> refuses(Turn& turn, const Item& fetched) const;
  // What came of an account may show a post of it that was erased.
  static void note(Turn& turn, const Parcel& parcel) {
    if (parcel.capture_sha256().empty()) return;
    turn.erased.came.emplace_back(parcel.account_id(), parcel.capture_sha256());
  }
  // Told of a post that is not there: where it was erased, what it is told by holds its words.
  absl::Status meet(Turn& turn, const Deletion& told) const;
  // An Action that asks for an erasure; others are left alone.
  absl::Status take(Turn& turn, const Action& action) const;
  // What the eraser has found since the last turn; they are the caller's from now on.
  [[nodiscard]] std::vector<EraserOrder> take_orders() const;
  // May be done anew with another Turn, where one came to nothing.
  absl::Status follow(Turn& turn, const std::vector<EraserOrder>& orders) const;
  // `known`, in turn.pending, has just been found to be gone from its platform.
  absl::Status apply_policy(Turn& turn, const std::string& item_id) const;
  // Bytes of a picture that no post of the turn shows: of an erased one, or of one that was edited.
  void note_unused(Turn& turn, const PictureResult& result) const;
  // False: the bytes that were fetched have been erased with another post, and are to be fetched again.
  [[nodiscard]] bool may_keep(const PictureResult& result) const;

  // Before the items are staged. `position`: on the bus, that the turn reaches. `changed`: gets the ids that
  // the search index must look at.
  absl::Status stage(const Turn& turn, WriteBatch& batch, std::uint64_t position,
                     std::vector<std::string>& changed) const;
  // The batch is written; the position on the bus that the turn has reached.
  void committed(const Turn& turn, std::uint64_t position) const;

 private:
  absl::Status erase_item(Turn& turn, const std::string& receipt_id, const std::string& item_id,
                          bool blank) const;
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> still_to_erase(const Turn& turn,
                                                                        const EraserOrder& order) const;
  absl::Status loosen(Turn& turn, const std::string& item_id) const;
  [[nodiscard]] absl::StatusOr<std::string> tombstone_of(const Turn& turn, const Item& item) const;

  Store* store_;
  Eraser* eraser_;
  StoryRecords* records_;
  ErasingRules rules_;
};

}  // namespace copytaster
