// SIGINT and SIGTERM ask for a stop; SIGPIPE is ignored.
#pragma once

namespace copytaster {

void catch_signals();
// Before the program is started anew: from now on no signal is taken that nobody would look for. One that
// comes waits for catch_signals(), also over the start, or ends the process; those before are in
// stop_asked().
void hold_stop_signals();
[[nodiscard]] bool stop_asked();
// The signal that asked for it; 0: none did.
[[nodiscard]] int stop_signal();

}  // namespace copytaster
