#include "app/signals.h"

#include <csignal>

namespace copytaster {
namespace {
volatile std::sig_atomic_t g_stop = 0;
extern "C" void on_stop(int signal) { g_stop = signal; }
}  // namespace

void catch_signals() {
  struct sigaction action = {};
  action.sa_handler = on_stop;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool stop_asked() { return g_stop != 0; }

int stop_signal() { return g_stop; }

}  // namespace copytaster
