#include "collectors/stream_accounts.h"

#include "collectors/bluesky_syntax.h"
#include "core/strings.h"

namespace copytaster {

std::string_view account_did(const Account& account) {
  const auto told = account.details().find("did");
  if (told != account.details().end() && is_did(told->second)) return told->second;
  return is_did(account.handle()) ? std::string_view(account.handle()) : std::string_view();
}

StreamAccounts::StreamAccounts(std::span<const Account> accounts) {
  // Ids first: no DID may take another account's id.
  for (const Account& account : accounts) by_key_.emplace(account.id(), &account);
  for (const Account& account : accounts) {
    const std::string_view did = account_did(account);
    if (!did.empty()) by_key_.emplace(str_cat(account.platform(), ":", did), &account);
  }
}

const Account* StreamAccounts::find(std::string_view key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : found->second;
}

}  // namespace copytaster
