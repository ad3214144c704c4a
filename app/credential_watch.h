// Says in the log, at most once a day, which tokens expire soon or have expired, and sets their metrics.
// Not thread-safe.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "core/credential_health.h"

namespace copytaster {

class CredentialWatch {
 public:
  explicit CredentialWatch(std::vector<CredentialHealth> credentials)
      : credentials_(std::move(credentials)) {}
  // To be called often; looks once a minute.
  void look(absl::Time now);

 private:
  void tell(absl::Time now) const;
  void measure(absl::Time now) const;

  std::vector<CredentialHealth> credentials_;
  absl::Time looked_ = absl::InfinitePast();
  absl::Time told_ = absl::InfinitePast();
};

}  // namespace copytaster
