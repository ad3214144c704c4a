// Answers of Mastodon servers: collectors/mastodon.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(mastodon)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("mastodon", "https://social.example/@ravenel");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
