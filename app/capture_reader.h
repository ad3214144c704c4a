// A kept capture, read again by the collector of today. Pure; one thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/collector.h"
#include "core/strings.h"

namespace copytaster {

class CaptureReader {
 public:
  CaptureReader(std::function<const Collector*(std::string_view platform)> find_collector,
                std::vector<Account> accounts)
      : find_collector_(std::move(find_collector)) {
    for (Account& account : accounts) know(std::move(account));
  }

  // Null: it is not followed, and was not introduced by know().
  [[nodiscard]] const Account* find(std::string_view account_id) const {
    const auto found = accounts_.find(account_id);
    return found == accounts_.end() ? nullptr : &found->second;
  }
  // One that is followed no more.
  void know(Account account) {
    std::string id = account.id();
    accounts_.insert_or_assign(std::move(id), std::move(account));
  }

  // As the collector's parse() or parse_frame(); `account`: whose it is, empty where a stream's message is of
  // nobody who is followed. `account_id` empty: the capture's. kFailedPrecondition: no collector reads it, or
  // its account is not followed.
  absl::StatusOr<Parsed> read(const Capture& capture, std::string_view account_id, Account* account) const;

 private:
  std::function<const Collector*(std::string_view)> find_collector_;
  StringMap<Account> accounts_;
};

}  // namespace copytaster
