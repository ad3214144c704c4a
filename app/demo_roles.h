// The rehearsal day over Kafka: the platforms in one process, collectors, processors and a desk in others,
// all on one clock. For the tests that kill some of them; no part of the demo's help.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "app/service.h"

namespace copytaster {

struct DemoRole {
  std::string role;                  // "stage", "collect", "process", "desk"
  std::string clock;                 // file of a SharedClock
  std::uint16_t platforms_port = 0;  // where the platforms are played
};

// `service`: the demo's settings, with Kafka's. Returns when a signal asks for it.
absl::Status run_demo_role(const DemoRole& demo, ServiceOptions service);

}  // namespace copytaster
