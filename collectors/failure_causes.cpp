#include "collectors/failure_causes.h"

namespace copytaster {

bool is_shared_cause(const absl::Status& error) {
  return absl::IsFailedPrecondition(error) || absl::IsUnauthenticated(error);
}

void FailureCauses::failed(std::string_view platform, std::string_view asked, std::string_view account_id,
                           const absl::Status& error) {
  std::string key = str_cat(platform, "\n", asked, "\n", error.ToString());
  std::string& cause_of = cause_of_[std::string(account_id)];
  if (cause_of == key) return;
  if (!cause_of.empty()) leave(account_id, nullptr);
  Cause& cause = causes_[key];
  if (cause.told.accounts++ == 0)
    cause.told = {std::string(platform), std::string(asked), error, 1, std::string(account_id)};
  cause_of_[std::string(account_id)] = std::move(key);
}

std::vector<FailureCauses::Told> FailureCauses::mended(std::string_view account_id) {
  std::vector<Told> out;
  leave(account_id, &out);
  return out;
}

void FailureCauses::leave(std::string_view account_id, std::vector<Told>* mended) {
  const auto found = cause_of_.find(account_id);
  if (found == cause_of_.end()) return;
  const auto cause = causes_.find(found->second);
  cause_of_.erase(found);
  if (--cause->second.told.accounts > 0) return;
  if (mended != nullptr) mended->push_back(std::move(cause->second.told));
  causes_.erase(cause);
}

std::vector<FailureCauses::Told> FailureCauses::to_tell(absl::Time now) {
  std::vector<Told> out;
  for (auto& [key, cause] : causes_) {
    const bool more = cause.told.accounts > cause.told_accounts;
    // A clock that was set back keeps nothing quiet.
    if (!more || (now >= cause.at && now - cause.at < kTellAgain)) continue;
    cause.told_accounts = cause.told.accounts;
    cause.at = now;
    out.push_back(cause.told);
  }
  return out;
}

}  // namespace copytaster
