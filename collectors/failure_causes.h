// Failures of one cause, told once: a missing or refused token fails every account that needs it, and an
// operator needs one line with a count, not one an account. Bounded by the number of accounts. One thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "core/strings.h"

namespace copytaster {

// Whether what failed is a setting or a token, which accounts share, and not the account.
[[nodiscard]] bool is_shared_cause(const absl::Status& error);

class FailureCauses {
 public:
  struct Told {
    std::string platform;
    std::string asked;  // the host or app that refused; empty: it was not asked
    absl::Status error;
    std::size_t accounts = 0;  // that wait for it now
    std::string account_id;    // one of them
  };

  // An account cannot be read for `error`, a shared cause.
  void failed(std::string_view platform, std::string_view asked, std::string_view account_id,
              const absl::Status& error);
  // An account was read. The cause, where that was the last account that waited for it.
  [[nodiscard]] std::vector<Told> mended(std::string_view account_id);
  // What is to be told now: a cause at once, and again after kTellAgain where more accounts wait for it.
  [[nodiscard]] std::vector<Told> to_tell(absl::Time now);

  static constexpr absl::Duration kTellAgain = absl::Hours(1);

 private:
  struct Cause {
    Told told;
    std::size_t told_accounts = 0;
    absl::Time at = absl::InfinitePast();
  };
  void leave(std::string_view account_id, std::vector<Told>* mended);

  std::map<std::string, Cause, std::less<>> causes_;
  StringMap<std::string> cause_of_;  // by account id
};

}  // namespace copytaster
