// Answers of the Threads API: collectors/threads.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(threads)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("threads",
                                                         "https://www.threads.com/@ravenel.portvent");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
