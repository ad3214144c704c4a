#include "app/picture_rights.h"

#include <algorithm>

#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "processors/rights_decisions.h"

namespace copytaster {
namespace {

// What is decided last holds, and the newest is what was decided last: a clock that was set back makes no
// decision older than the one it is meant to replace.
absl::Time moment_after(const Item& item, const RightsAnswer& answer, const DecidedReader& decided,
                        absl::Time now) {
  const Rights before = decided.rights(item, item.media(static_cast<int>(answer.media_index)));
  return before.has_at() ? std::max(now, to_time(before.at()) + absl::Nanoseconds(1)) : now;
}

}  // namespace

absl::Status keep_rights(const RightsAnswer& answer, Store* store, Bus* bus, const Clock& clock,
                         DecidedReader* decided) {
  const auto item = store->item(answer.item_id);
  if (absl::IsNotFound(item.status()))
    return absl::NotFoundError(str_cat("there is no post ", answer.item_id));
  CT_RETURN_IF_ERROR(item.status());
  if (decided->full())
    return absl::ResourceExhaustedError("more is decided about pictures than can be kept in mind");
  RightsDecision decision;
  decision.item_id = answer.item_id;
  CT_ASSIGN_OR_RETURN(decision.pictures, decided_pictures(*item, answer.media_index, answer.state));
  if (!is_shown(item->media(static_cast<int>(answer.media_index)), answer.shown))
    return absl::FailedPreconditionError(
        str_cat("The post has been edited: picture ", answer.media_index,
                " is not the one that you were shown. Look at it again; nothing is kept."));
  decision.rights.set_state(answer.state);
  decision.rights.set_note(answer.note);
  decision.rights.set_by(answer.by);
  set_timestamp(decision.rights.mutable_at(), moment_after(*item, answer, *decided, clock.now()));
  const Action action = to_action(decision);
  auto batch = store->batch();
  CT_RETURN_IF_ERROR(store->stage_action(*batch, action));
  Parcel parcel;
  *parcel.add_actions() = action;
  CT_RETURN_IF_ERROR(bus->append({&parcel, 1U}, batch.get(), absl::ZeroDuration()));
  decided->put(decision);
  // The bus has written it; the store's mark of what was acknowledged follows.
  return store->write(*store->batch(), Durability::kSynced);
}

}  // namespace copytaster
