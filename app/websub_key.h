// DIR/websub.key: 64 hex digits of chance, from which the addresses and secrets of all WebSub subscriptions
// are made (collectors/websub_door.h). For its owner's eyes only (mode 0600). Without it hubs are asked anew.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace copytaster {

// Makes it where there is none, durably; takes others' permissions away where there are any. kDataLoss: it
// holds something else. kUnavailable: it cannot be read or made. No message says what is in it.
[[nodiscard]] absl::StatusOr<std::string> websub_key(const std::string& data);

}  // namespace copytaster
