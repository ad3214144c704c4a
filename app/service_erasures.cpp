// The service's part in erasing: who may ask, what the collectors are told, and the eraser's thread.
#include <algorithm>
#include <chrono>

#include "app/erasure_requests.h"
#include "app/guard.h"
#include "app/service.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr auto kEraserWaits = std::chrono::milliseconds(50);
constexpr absl::Duration kPauseWhenAway = absl::Seconds(1);  // of a bucket, the first

// Whether the platform's answer shows one of these posts: what its collector finds in it now. An answer that
// it cannot read may show anything.
bool shows(Capture capture, const StringSet& item_ids, const Collectors& collectors,
           const Officials& officials) {
  const std::string_view platform =
      std::string_view(capture.account_id()).substr(0, capture.account_id().find(':'));
  const Collector* collector = collectors.find(platform);
  if (collector == nullptr) return true;
  capture.clear_cursor();  // where it stood says what it knew and passed over
  Account account;
  account.set_id(capture.account_id());
  account.set_platform(std::string(platform));
  if (const Official* official = officials.of_account(capture.account_id()); official != nullptr) {
    const auto found = std::ranges::find(official->accounts(), capture.account_id(), &Account::id);
    if (found != official->accounts().end()) account = *found;
  }
  const auto names_one = [&](const Parsed& parsed) {
    return std::ranges::any_of(parsed.items, [&](const Item& item) { return item_ids.contains(item.id()); });
  };
  if (capture.url().starts_with("ws")) {
    const auto frame = collector->parse_frame([&](std::string_view) { return &account; }, capture);
    return !frame.ok() || names_one(frame->parsed);
  }
  const auto parsed = collector->parse(account, capture);
  if (parsed.ok()) return names_one(*parsed) || !parsed->refused.empty();
  return capture.status() == 0 || capture.status() == 200;
}

HoldsWords shown_by(const Collectors& collectors, const Officials& officials) {
  return [&collectors, &officials](const Capture& capture, const StringSet& item_ids) {
    return shows(capture, item_ids, collectors, officials);
  };
}

}  // namespace

absl::Status Service::open_eraser() {
  CT_RETURN_IF_ERROR(legal_holds_.load(*store_));
  EraserDependencies d{key_value_.get(), store_.get(), bus_.get(), media_.get(), clock_};
  d.indexing = indexing_.get();
  d.retention = &settings_.retention;
  d.holds = &legal_holds_;
  d.letters = &letters_mutex_;
  if (settings_.media.in_s3) d.pause_when_away = kPauseWhenAway;
  d.holds_words = shown_by(*collectors_, *officials_);
  d.forget = [this](const std::vector<std::string>& item_ids) {
    (void)ask([this, item_ids](const Calls::Done& done) {
      for (const std::string& id : item_ids) poller_->forget(id);
      done(absl::OkStatus());
    });
  };
  eraser_ = std::make_unique<Eraser>(d);
  return eraser_->restore();
}

// Of an account that was erased nothing is asked, though it still stands among the officials'.
absl::Status Service::drop_erased(std::vector<Account>* accounts) {
  for (auto account = accounts->begin(); account != accounts->end();) {
    const auto stone = store_->tombstone(str_cat(kOfAccount, account->id()));
    if (absl::IsNotFound(stone.status())) {
      ++account;
      continue;
    }
    CT_RETURN_IF_ERROR(stone.status());
    log_warn("source.erased", "This account was erased and is not asked",
             {{"account.id", account->id()},
              {"erasure.id", stone->erasure_id()},
              {"hint", "take it out of officials.toml"}});
    account = accounts->erase(account);
  }
  return absl::OkStatus();
}

// Where others collect. The erasure is kept already: brokers that are away put nothing off but this.
void Service::tell_erased() {
  if (erasure_orders_ == nullptr) return;
  const auto steady = std::chrono::steady_clock::now().time_since_epoch();
  erasure_orders_->turn(absl::UnixEpoch() + absl::FromChrono(steady));
}

absl::StatusOr<Erasure> Service::erase(const SubjectAsked& asked) {
  CT_ASSIGN_OR_RETURN(const EraseRequest request,
                      check_erase(asked, *key_value_, *store_, *officials_, legal_holds_, clock_->now(),
                                  shown_by(*collectors_, *officials_)));
  CT_ASSIGN_OR_RETURN(Erasure receipt, keep_erasure(request, store_.get(), bus_.get()));
  if (subject_kind(request.subject) == kOfItem) poller_->forget(subject_name(request.subject));
  if (erasure_orders_ != nullptr) {
    erasure_orders_->add(request);
    tell_erased();
    return receipt;
  }
  for (const auto& [account_id, hold] : erased_holds(request)) {
    const absl::Status held = poller_->hold(account_id, hold);
    if (!absl::IsNotFound(held)) CT_RETURN_IF_ERROR(held);  // followed no more
  }
  return receipt;
}

HouseErasures Service::house_erasures() {
  HouseErasures erasures;
  erasures.erase = [this](const SubjectAsked& asked) -> absl::StatusOr<Erasure> {
    const auto receipt = std::make_shared<Erasure>();  // the call may come when nobody waits any more
    CT_RETURN_IF_ERROR(ask([this, asked, receipt](const Calls::Done& done) {
      auto begun = erase(asked);
      if (begun.ok()) *receipt = *std::move(begun);
      done(begun.status());
    }));
    return *receipt;
  };
  erasures.preview = [this](std::string_view subject) {
    return preview_erasure(subject, *key_value_, *store_, *officials_, legal_holds_,
                           shown_by(*collectors_, *officials_));
  };
  erasures.hold = [this](const SubjectAsked& asked, bool keep) {
    return ask([this, asked, keep](const Calls::Done& done) {
      done(keep_hold(asked, keep, store_.get(), &legal_holds_, *officials_, clock_->now()));
    });
  };
  erasures.holds = [this] {
    std::vector<LegalHoldTold> told;
    for (const LegalHold& hold : legal_holds_.all())
      told.push_back({hold.subject, hold.by, hold.reason, hold.at});
    return told;
  };
  erasures.exported = [this](const std::string& story_id, std::string_view format,
                             const std::vector<std::string>& item_ids) {
    return ask([this, story_id, format = std::string(format), item_ids](const Calls::Done& done) {
      done(keep_export(story_id, format, item_ids, store_.get(), clock_->now()));
    });
  };
  erasures.erased_picture = [this](std::string_view sha256) { return eraser_->has_erased_picture(sha256); };
  return erasures;
}

void Service::erase_loop() {
  while (!stopping_) {
    bool worked = false;
    const absl::Status done = guarded([&]() -> absl::Status {
      CT_ASSIGN_OR_RETURN(worked, eraser_->step());
      return absl::OkStatus();
    });
    if (absl::IsCancelled(done)) return;
    if (!done.ok()) return fail("erase", done);
    if (!worked) std::this_thread::sleep_for(kEraserWaits);
  }
}

}  // namespace copytaster
