#include "collectors/poller_writes.h"

#include "core/status.h"

namespace copytaster {
namespace {

// What a person said while the question was under way stands.
void keep_hold(const AccountRun& run, AccountState* state) {
  state->clear_hold();
  if (run.state.has_hold()) *state->mutable_hold() = run.state.hold();
}

bool is_empty(const Parcel& parcel) {
  return parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() + parcel.engagements_size() ==
         0;
}

}  // namespace

absl::Status PollerWrites::outcome(const AccountRun& run, absl::Time now, Outcome* outcome) {
  keep_hold(run, &outcome->state);
  auto batch = store_->batch();
  absl::Status staged = stage_outcome(store_, *batch, *outcome);
  if (absl::IsInvalidArgument(staged)) {
    // It cannot be stored, ever: the account has failed, the others go on.
    *outcome = reader_->fail(outcome->question, run, staged, now);
    keep_hold(run, &outcome->state);
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
