#include "app/signals.h"

#include <pthread.h>

#include <csignal>

namespace copytaster {
namespace {
volatile std::sig_atomic_t g_stop = 0;
extern "C" void on_stop(int signal) { g_stop = signal; }

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}
}  // namespace

void catch_signals() {
  struct sigaction action = {};
  action.sa_handler = on_stop;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  const sigset_t held = stop_signals();
  (void)pthread_sigmask(SIG_UNBLOCK, &held, nullptr);
}

void hold_stop_signals() {
  const sigset_t held = stop_signals();
  (void)pthread_sigmask(SIG_BLOCK, &held, nullptr);
  // Another thread may be given it: then the process ends, rather than that it is noted and forgotten.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool stop_asked() { return g_stop != 0; }

int stop_signal() { return g_stop; }

}  // namespace copytaster
