// Answers of the X API: collectors/x.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(x)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("x", "https://x.com/AmelieRavenel");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
