// `copytaster run --role collect|process`: what one machine of several does, until it is asked to stop. The
// third role, desk, is the service (service.h) with from_kafka.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "app/settings.h"
#include "core/clock.h"
#include "core/fetcher.h"
#include "core/stream.h"
#include "processors/rules.h"

namespace copytaster {

struct RoleOptions {
  Settings
      settings;  // kafka, poller, collectors, metrics; pictures lie in settings.data/media, shared by all
  std::vector<Official> officials;
  Rules rules = Rules::defaults();
  const Clock* clock = nullptr;
  Fetcher* fetcher = nullptr;
  StreamOpener* streams = nullptr;  // null: only polling
};

// Return when a signal asks for it, or with what makes going on impossible. Each makes the topics where they
// are missing and serves /metrics, /livez and /readyz.
absl::Status run_collect_role(RoleOptions options);
absl::Status run_process_role(RoleOptions options);

}  // namespace copytaster
