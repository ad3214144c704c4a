#include <pthread.h>

#include "app/command_line.h"
#include "bench/bench_command.h"

namespace {

// Of each thread, those of libraries included: libcurl starts one for each name that it looks up, and as many
// as there are requests under way would take half a gigabyte of address space with the usual eight megabytes.
constexpr std::size_t kThreadStack = std::size_t{2} << 20;

void bound_thread_stacks() {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  if (pthread_attr_setstacksize(&attributes, kThreadStack) == 0)
    (void)pthread_setattr_default_np(&attributes);
  (void)pthread_attr_destroy(&attributes);
}

}  // namespace

int main(int argc, char** argv) {
  bound_thread_stacks();
  return copytaster::run_command_line(argc, argv, {copytaster::add_bench});
}
