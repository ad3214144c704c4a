// YouTube's feeds, channel pages and Data API answers: collectors/youtube.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(youtube)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("youtube", "https://www.youtube.com/@portventtele");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
