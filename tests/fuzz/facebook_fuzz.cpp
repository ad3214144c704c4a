// Answers of the Graph API: collectors/facebook.cpp.
#include "tests/fuzz/collector_target.h"

COPYTASTER_FUZZ_TARGET(facebook)(const std::uint8_t* data, std::size_t size) {
  static const copytaster::fuzz::CollectorTarget kTarget("facebook",
                                                         "https://www.facebook.com/villedeportvent");
  kTarget.run(copytaster::fuzz::as_text(data, size));
  return 0;
}
