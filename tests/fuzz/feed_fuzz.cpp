// Feeds of any kind: collectors/feed.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(feed)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("feed", "https://www.ostrava-nova.example/rss.xml");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
