#include "collectors/poller_writes.h"

#include "core/erased_account.h"
#include "core/status.h"

namespace copytaster {
namespace {

// What a person said while the question was under way stands.
void keep_hold(const AccountRun& run, AccountState* state) {
  state->clear_hold();
  if (run.state.has_hold()) *state->mutable_hold() = run.state.hold();
}

// Nothing of it is kept, and no page of it follows.
void leave_out(Outcome* outcome) {
  outcome->capture.reset();
  outcome->parcel.Clear();
  outcome->letters.clear();
  outcome->unchanged.clear();
  outcome->found.clear();
  outcome->state = bare_state(outcome->state);
  outcome->more = false;
  outcome->due = absl::InfiniteFuture();
  outcome->voice = Voice::kSame;
}

bool is_empty(const Parcel& parcel) {
  return parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() + parcel.engagements_size() ==
         0;
}

}  // namespace

// An answer may have been under way when its account was erased, and what stood apart from its posts may be
// taken out by now: what the answer brings would stay.
absl::Status PollerWrites::prepare(const AccountRun& run, Outcome* outcome) const {
  keep_hold(run, &outcome->state);
  CT_ASSIGN_OR_RETURN(const bool erased, is_account_erased(*store_, run.account.id()));
  if (erased || run.state.hold().erased()) leave_out(outcome);
  return absl::OkStatus();
}

absl::Status PollerWrites::outcome(const AccountRun& run, absl::Time now, Outcome* outcome) {
  CT_RETURN_IF_ERROR(prepare(run, outcome));
  auto batch = store_->batch();
  absl::Status staged = stage_outcome(store_, *batch, *outcome);
  if (absl::IsInvalidArgument(staged)) {
    // It cannot be stored, ever: the account has failed, the others go on.
    *outcome = reader_->fail(outcome->question, run, staged, now);
    CT_RETURN_IF_ERROR(prepare(run, outcome));
    batch = store_->batch();
    staged = stage_outcome(store_, *batch, *outcome);
    if (absl::IsInvalidArgument(staged)) return absl::OkStatus();
  }
  CT_RETURN_IF_ERROR(staged);
  if (outcome->has_news())
    return bus_->append({&outcome->parcel, is_empty(outcome->parcel) ? 0U : 1U}, batch.get(),
                        absl::ZeroDuration());
  // When we asked and where we stand without news: if it is lost, we only ask again.
  return store_->write(*batch, Durability::kLater);
}

absl::Status PollerWrites::unread(const FrameOutcome& frame) {
  auto batch = store_->batch();
  CT_RETURN_IF_ERROR(stage_unread(store_, *batch, frame));
  return store_->write(*batch, Durability::kSynced);
}

absl::Status PollerWrites::position(const AccountState& stream) {
  auto batch = store_->batch();
  CT_RETURN_IF_ERROR(store_->stage_account(*batch, stream));
  return store_->write(*batch, Durability::kLater);
}

absl::Status PollerWrites::hold(const AccountState& account) {
  auto batch = store_->batch();
  CT_RETURN_IF_ERROR(store_->stage_account(*batch, account));
  return store_->write(*batch, Durability::kSynced);
}

absl::Status PollerWrites::brought(const Capture& capture, const Item& item) {
  auto batch = store_->batch();
  CT_RETURN_IF_ERROR(store_->stage_capture(*batch, capture));
  Counters counters;
  counters.set_captures(1);
  counters.set_collected(1);
  CT_RETURN_IF_ERROR(store_->stage_counters(*batch, counters));
  Parcel parcel;
  parcel.set_account_id(item.account_id());
  parcel.set_capture_sha256(capture.sha256());
  parcel.set_trace_id(capture.sha256().substr(0, 32));
  *parcel.add_items() = item;
  return bus_->append({&parcel, 1U}, batch.get(), absl::ZeroDuration());
}

}  // namespace copytaster
