// Where others collect they are told which accounts were erased, so that they ask them no more and say
// nothing of them again. Told at once, again until it is acknowledged, and all of them again at a start: a
// stop may have come between, and the same said twice changes nothing. What waits is bounded by the accounts
// that were erased.
// One thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "app/erasure_action.h"
#include "core/store.h"

namespace copytaster {

// What is said of each account that the request takes. Account id -> Hold.
[[nodiscard]] std::map<std::string, Hold> erased_holds(const EraseRequest& request);

class ErasureOrders {
 public:
  // kNotFound: nobody follows it. Other errors: not told.
  using Send = std::function<absl::Status(std::string_view account_id, const Hold& hold)>;

  explicit ErasureOrders(Send send) : send_(std::move(send)) {}

  // Of all erasures that were ever accepted, also of those that are not begun.
  absl::Status load(const Store& store);
  void add(const EraseRequest& request);
  // Tells what is to be told; what cannot be told now is tried again half a minute later. `now` as a steady
  // clock has it.
  void turn(absl::Time now);
  [[nodiscard]] bool idle() const { return waiting_.empty(); }

 private:
  Send send_;
  std::map<std::string, Hold> waiting_;
  absl::Time next_try_ = absl::InfinitePast();
};

}  // namespace copytaster
