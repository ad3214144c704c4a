// Messages of Jetstream: collectors/bluesky_jetstream.cpp, bluesky_frame.cpp, bluesky_record.cpp, and what is
// compressed: zstd_dictionary.cpp. The first byte '#' marks bytes for the latter.
#include "collectors/zstd_dictionary.h"
#include "tests/fuzz/stream_target.h"

namespace copytaster::fuzz {
namespace {

// The least that has an id: magic number, id and tables come from zstd itself where a frame is made with it;
// here only the refusal of anything matters, and what is accepted stays small.
void fuzz_zstd(std::string_view bytes) {
  constexpr std::size_t kMost = 4096;
  const std::size_t half = bytes.size() / 2;
  const auto dictionary = ZstdDictionary::make(bytes.substr(0, half));
  if (!dictionary.ok()) return;
  require(dictionary->id() != 0, "a dictionary has an id");
  const auto text = dictionary->decompress(bytes.substr(half), kMost);
  require(!text.ok() || text->size() <= kMost, "no more is decompressed than allowed");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(jetstream)(const std::uint8_t* data, std::size_t size) {
  namespace fuzz = copytaster::fuzz;
  static const fuzz::StreamTarget kTarget(
      copytaster::make_bluesky({{"jetstream", "wss://jet.example"}}),
      {"https://bsky.app/profile/did:plc:ravenel2345portvent234567", "https://bsky.app/profile/did:plc:x"});
  const std::string_view text = fuzz::as_text(data, size);
  if (text.starts_with('#')) {
    fuzz::fuzz_zstd(text.substr(1));
  } else {
    kTarget.run(text);
  }
  return 0;
}
