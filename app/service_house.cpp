// What the service does for the desk, as the desk's house_*.h ask for it. The desk's threads ask, and what
// must not meet the collecting is done on the collector's thread.
#include <algorithm>

#include "app/collect_role.h"
#include "app/copy_answers.h"
#include "app/picture_rights.h"
#include "app/service.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr absl::Duration kLongestCall = absl::Seconds(35);  // fetching a page takes 30 at most

}  // namespace

HouseSources Service::house_sources() {
  HouseSources sources;
  sources.officials = officials_->all();
  sources.streams = [this] {
    const std::scoped_lock lock(streams_mutex_);
    return streams_;
  };
  sources.credentials = settings_.credentials;
  sources.hold = [this](std::string_view account_id, std::optional<Hold> hold, std::string_view by) {
    return ask([this, id = std::string(account_id), hold = std::move(hold),
                by = std::string(by)](const Calls::Done& done) { done(this->hold(id, hold, by)); });
  };
  sources.intake = [this, intake = intake_.get()](IntakeRequest request) {
    return bring_in(
        std::move(request), intake, [this](Calls::Call call) { return ask(std::move(call)); }, *officials_,
        *clock_);
  };
  return sources;
}

HouseCopies Service::house_copies() {
  HouseCopies copies;
  copies.answer = [this](const CopyAnswer& answer) {
    return ask([this, answer](const Calls::Done& done) {
      done(keep_answer(answer, pipeline_->copies_begin(), store_.get(), bus_.get(), *clock_));
    });
  };
  copies.explain = [this](std::string_view item_id,
                          std::string_view other_id) -> absl::StatusOr<std::string> {
    CT_ASSIGN_OR_RETURN(const CopyExplanation explanation, explain_stored(*store_, item_id, other_id));
    return to_json(explanation);
  };
  return copies;
}

HouseRights Service::house_rights() {
  HouseRights rights;
  rights.decide = [this](const RightsAnswer& answer) {
    return ask([this, answer](const Calls::Done& done) {
      done(keep_rights(answer, store_.get(), bus_.get(), *clock_, decided_.get()));
    });
  };
  rights.of_bytes = [this](std::string_view sha256) { return decided_->of_bytes(sha256); };
  return rights;
}

// Where others collect, they are told.
absl::Status Service::order_hold(std::string_view account_id, const std::optional<Hold>& hold) {
  if (orders_ == nullptr) return poller_->hold(account_id, hold);
  const auto followed = [&](const Official& official) {
    return std::ranges::any_of(official.accounts(),
                               [&](const Account& one) { return one.id() == account_id; });
  };
  if (!std::ranges::any_of(officials_->all(), followed))
    return absl::NotFoundError(str_cat("no account ", account_id, " is followed"));
  KafkaRecord order = make_hold_record(settings_.kafka, account_id, hold);
  return orders_->write({&order, 1U}, absl::Seconds(10));
}

HouseLetters Service::house_letters() {
  HouseLetters letters;
  letters.digest = [this] { return dead_letters_->digest(); };
  letters.balance = [this] { return balance_now(*store_, *bus_); };
  letters.retry = [this](std::string_view id) -> absl::StatusOr<LetterAnswer> {
    // Shared: an answer may come when nobody waits any more.
    auto answer = std::make_shared<LetterAnswer>();
    CT_RETURN_IF_ERROR(ask([this, answer, id = std::string(id)](const Calls::Done& done) {
      auto retried = letter_retry_->retry(id);
      dead_letters_->forget();
      if (retried.ok()) *answer = *std::move(retried);
      done(retried.status());
    }));
    return *std::move(answer);
  };
  return letters;
}

HouseBackups Service::house_backups() {
  HouseBackups backups;
  backups.begin = [this](const BackupRequest& request) { return backups_->begin(request); };
  backups.known = [this] { return backups_->known(); };
  return backups;
}

// Who paused or resumed what, and why: a Hold is forgotten when it ends, an Action never.
absl::Status Service::hold(std::string_view account_id, const std::optional<Hold>& hold,
                           std::string_view by) {
  if (const auto stone = store_->tombstone(str_cat("account:", account_id)); !hold && stone.ok())
    return absl::FailedPreconditionError(str_cat(account_id, " was erased (receipt ", stone->erasure_id(),
                                                 ") and is not asked again: take it out of officials.toml"));
  CT_RETURN_IF_ERROR(order_hold(account_id, hold));
  Action action;
  action.set_actor(std::string(by));
  set_timestamp(action.mutable_at(), clock_->now());
  action.set_verb(hold ? "pause" : "resume");
  action.set_subject_id(std::string(account_id));
  if (hold) (*action.mutable_details())["reason"] = hold->reason();
  action.set_id(sha256_hex(action.SerializeAsString()).substr(0, 32));
  auto batch = store_->batch();
  CT_RETURN_IF_ERROR(store_->stage_action(*batch, action));
  return store_->write(*batch, Durability::kSynced);
}

absl::Status Service::ask(Calls::Call call) {
  fetcher_->wake();
  return calls_.ask(std::move(call), kLongestCall);
}

}  // namespace copytaster
