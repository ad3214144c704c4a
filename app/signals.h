// SIGINT and SIGTERM ask for a stop; SIGPIPE is ignored.
#pragma once

namespace copytaster {

void catch_signals();
[[nodiscard]] bool stop_asked();

}  // namespace copytaster
