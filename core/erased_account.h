// What is left of an account that was erased. Any thread.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/status.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

// Of where it stands: that nobody asks it, and what it has cost. Nothing of what it said of itself.
[[nodiscard]] inline AccountState bare_state(const AccountState& state) {
  AccountState bare;
  bare.set_account_id(state.account_id());
  if (state.has_hold()) *bare.mutable_hold() = state.hold();
  if (state.has_spending()) *bare.mutable_spending() = state.spending();
  return bare;
}

// Errors as of StoreReader::tombstone(), but kNotFound.
[[nodiscard]] inline absl::StatusOr<bool> is_account_erased(const StoreReader& store,
                                                            std::string_view account_id) {
  const absl::Status stone = store.tombstone(str_cat("account:", account_id)).status();
  if (absl::IsNotFound(stone)) return false;
  CT_RETURN_IF_ERROR(stone);
  return true;
}

}  // namespace copytaster
