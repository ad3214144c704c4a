// Answers of Bluesky's API: collectors/bluesky.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(bluesky)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("bluesky",
                                                         "https://bsky.app/profile/ravenel.portvent.example");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
