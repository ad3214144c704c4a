// Answers of Instagram's Business Discovery: collectors/instagram.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(instagram)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("instagram",
                                                         "https://www.instagram.com/ravenel.portvent/");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
