// SIGINT and SIGTERM ask for a stop; SIGPIPE is ignored.
#pragma once

namespace copytaster {

void catch_signals();
[[nodiscard]] bool stop_asked();
// The signal that asked for it; 0: none did.
[[nodiscard]] int stop_signal();

}  // namespace copytaster
