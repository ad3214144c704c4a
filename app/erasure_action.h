// What is asked to be erased, as it stands in the audit trail and travels on the bus, and the receipt it
// begins. Pure; any thread.
//
// A subject is "item:" and a post's id, "account:" and an account's, "official:" and that of a person or
// body: all accounts that they have, and all that was brought in by hand as theirs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

inline constexpr std::string_view kEraseVerb = "erase";
inline constexpr std::string_view kOfItem = "item:";
inline constexpr std::string_view kOfAccount = "account:";
inline constexpr std::string_view kOfOfficial = "official:";
// Why something is erased (Erasure.basis).
inline constexpr std::string_view kByRequest = "request";
inline constexpr std::string_view kByRetention = "retention";
inline constexpr std::string_view kGoneFromPlatform = "gone-from-platform";
// Erasure.subject of what has become too old.
inline constexpr std::string_view kOfRetention = "retention";

// "" for anything that is no subject, or names nothing.
[[nodiscard]] std::string_view subject_kind(std::string_view subject);
// What stands behind the kind.
[[nodiscard]] std::string_view subject_name(std::string_view subject);

struct EraseRequest {
  std::string subject, reason, by;
  std::vector<std::string> accounts;  // of an official: which are known now
  absl::Time at;
};
[[nodiscard]] Action to_action(const EraseRequest& request);
// Nothing for an Action that asks for something else.
[[nodiscard]] std::optional<EraseRequest> to_erase_request(const Action& action);

// The receipt that an erasure begins with, its id made from subject, person and moment.
[[nodiscard]] Erasure begin_receipt(std::string_view subject, std::string_view by, absl::Time at,
                                    std::string_view reason, std::string_view basis);
[[nodiscard]] Erasure begin_receipt(const EraseRequest& request);
// What must not be taken in again: the subject itself, and an official's accounts.
[[nodiscard]] std::vector<std::string> entombed_by(const EraseRequest& request);

}  // namespace copytaster
