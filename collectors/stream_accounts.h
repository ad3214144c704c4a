// The FindAccount of a stream: messages do not name accounts by our ids, and an account's id may hold a
// handle that has changed since. Found by its id, and by platform + ':' + the DID that its platform told of
// it. Refers to the accounts it was made of: it must not outlive them. Immutable; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/collector.h"

namespace copytaster {

// details["did"], or the DID that the profile URL named; empty: not known yet (the first page tells it).
[[nodiscard]] std::string_view account_did(const Account& account);

class StreamAccounts {
 public:
  explicit StreamAccounts(std::span<const Account> accounts);
  [[nodiscard]] const Account* find(std::string_view key) const;
  [[nodiscard]] FindAccount finder() const {
    return [this](std::string_view key) { return find(key); };
  }

 private:
  StringMap<const Account*> by_key_;
};

}  // namespace copytaster
