#include "app/signals.h"

#include <csignal>

namespace copytaster {
namespace {
volatile std::sig_atomic_t g_stop = 0;
extern "C" void on_stop(int) { g_stop = 1; }
}  // namespace

void catch_signals() {
  struct sigaction action = {};
  action.sa_handler = on_stop;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool stop_asked() { return g_stop != 0; }

}  // namespace copytaster
