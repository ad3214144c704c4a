// Messages of Jetstream: collectors/bluesky_jetstream.cpp, bluesky_frame.cpp, bluesky_record.cpp, and what is
// compressed: zstd_dictionary.cpp. The first byte '#' marks bytes for the latter: where a frame is damaged,
// how, and what it holds.
#include "collectors/zstd_dictionary.h"
#include "tests/collectors/stream_support.h"
#include "tests/fuzz/stream_target.h"

namespace copytaster::fuzz {
namespace {

constexpr std::size_t kMostText = 4096;

void decompress(const ZstdDictionary& dictionary, std::string_view frame, std::string_view content) {
  const auto text = dictionary.decompress(frame, kMostText);
  require(!text.ok() || text->size() <= kMostText, "no more is decompressed than allowed");
  if (content.size() <= kMostText && !content.empty())
    require(text.ok() && *text == content, "what was compressed is read");
}

void fuzz_zstd(std::string_view bytes) {
  static const std::string kBytes = train_dictionary();
  static const auto kDictionary = ZstdDictionary::make(kBytes);
  require(kDictionary.ok(), "a trained dictionary is one");
  if (const auto any = ZstdDictionary::make(bytes); any.ok())
    require(any->id() != 0, "a dictionary has an id");
  decompress(*kDictionary, bytes, "");
  if (bytes.size() < 4) return;
  const std::string_view content = bytes.substr(3);
  std::string frame = compress_with(kBytes, content, (bytes[2] & 1) != 0);
  decompress(*kDictionary, frame, content);
  frame[static_cast<unsigned char>(bytes[0]) % frame.size()] = bytes[1];
  decompress(*kDictionary, frame, "");
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
