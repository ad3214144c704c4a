#include "app/erasure_orders.h"

#include <utility>

#include "core/log.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr absl::Duration kTryAgainAfter = absl::Seconds(30);

}  // namespace

std::map<std::string, Hold> erased_holds(const EraseRequest& request) {
  Hold hold;
  hold.set_by(request.by);
  hold.set_reason(str_cat("erased: receipt ", begin_receipt(request).id()));
  set_timestamp(hold.mutable_at(), request.at);
  hold.set_erased(true);
  std::map<std::string, Hold> holds;
  for (const std::string& subject : entombed_by(request)) {
    if (subject_kind(subject) == kOfAccount) holds.emplace(subject_name(subject), hold);
  }
  return holds;
}

absl::Status ErasureOrders::load(const Store& store) {
  return store.each_action([&](const Action& action) {
    if (const auto request = to_erase_request(action)) add(*request);
    return true;
  });
}

void ErasureOrders::add(const EraseRequest& request) {
  for (auto& [account_id, hold] : erased_holds(request)) waiting_.insert_or_assign(account_id, hold);
  next_try_ = absl::InfinitePast();
}

void ErasureOrders::turn(absl::Time now) {
  if (waiting_.empty() || now < next_try_) return;
  while (!waiting_.empty()) {
    const auto first = waiting_.begin();
    const absl::Status told = send_(first->first, first->second);
    if (!told.ok() && !absl::IsNotFound(told)) {
      next_try_ = now + kTryAgainAfter;
      log_warn("erasure.not_told", "Collectors cannot be told now that an account was erased",
               {{"account.id", first->first},
                {"error.message", std::string(told.message())},
                {"retry_in_ms", absl::ToInt64Milliseconds(kTryAgainAfter)}});
      return;
    }
    waiting_.erase(first);
  }
}

}  // namespace copytaster
