#include "app/erasure_action.h"

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kIdDigits = 16;

std::string account_name(std::size_t number) { return str_cat("account.", number); }

}  // namespace

std::string_view subject_kind(std::string_view subject) {
  for (const std::string_view kind : {kOfItem, kOfAccount, kOfOfficial}) {
    if (subject.starts_with(kind) && subject.size() > kind.size()) return kind;
  }
  return "";
}

std::string_view subject_name(std::string_view subject) {
  return subject.substr(subject_kind(subject).size());
}

Action to_action(const EraseRequest& request) {
  Action action;
  action.set_actor(request.by);
  set_timestamp(action.mutable_at(), request.at);
  action.set_verb(std::string(kEraseVerb));
  action.set_subject_id(request.subject);
  auto& details = *action.mutable_details();
  details["reason"] = request.reason;
  for (std::size_t i = 0; i < request.accounts.size(); ++i) details[account_name(i)] = request.accounts[i];
  action.set_id(begin_receipt(request).id());
  return action;
}

std::optional<EraseRequest> to_erase_request(const Action& action) {
  if (action.verb() != kEraseVerb || subject_kind(action.subject_id()).empty()) return std::nullopt;
  EraseRequest request{action.subject_id(), "", action.actor(), {}, to_time(action.at())};
  const auto& details = action.details();
  if (const auto reason = details.find("reason"); reason != details.end()) request.reason = reason->second;
  for (std::size_t i = 0;; ++i) {
    const auto account = details.find(account_name(i));
    if (account == details.end()) return request;
    request.accounts.push_back(account->second);
  }
}

Erasure begin_receipt(std::string_view subject, std::string_view by, absl::Time at, std::string_view reason,
                      std::string_view basis) {
  Erasure receipt;
  receipt.set_id(sha256_hex(str_cat("erase\n", subject, "\n", by, "\n", basis, "\n", absl::ToUnixNanos(at)))
                     .substr(0, kIdDigits));
  receipt.set_subject(std::string(subject));
  receipt.set_by(std::string(by));
  set_timestamp(receipt.mutable_at(), at);
  receipt.set_reason(std::string(reason));
  receipt.set_basis(std::string(basis));
  return receipt;
}

Erasure begin_receipt(const EraseRequest& request) {
  return begin_receipt(request.subject, request.by, request.at, request.reason, kByRequest);
}

std::vector<std::string> entombed_by(const EraseRequest& request) {
  std::vector<std::string> subjects = {request.subject};
  for (const std::string& account : request.accounts) subjects.push_back(str_cat(kOfAccount, account));
  return subjects;
}

}  // namespace copytaster
