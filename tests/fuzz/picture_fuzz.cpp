// Bytes of a picture: processors/picture_facts.h, processors/embedded_metadata.h.
#include <algorithm>

#include "core/strings.h"
#include "processors/picture_facts.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::uint64_t kMostPixels = 1 << 20;

void check_embedded(const Media& media) {
  const EmbeddedMetadata& embedded = media.embedded();
  for (const std::string* words : {&embedded.caption(), &embedded.headline(), &embedded.credit(),
                                   &embedded.source(), &embedded.creator(), &embedded.copyright(),
                                   &embedded.alt_text(), &embedded.city(), &embedded.country()}) {
    require_utf8(*words, "embedded words");
    require(words->find('\0') == std::string::npos, "embedded words have no NUL");
  }
  for (const EmbeddedCaption& other : embedded.other_captions()) {
    require_utf8(other.text(), "another caption");
    require(other.text().size() <= 4000 && other.text() != embedded.caption(), "another caption is another");
  }
}

void check_picture(std::string_view bytes, const Media& media) {
  require(media.width() > 0 && media.height() > 0, "a picture has a size");
  require(std::uint64_t{media.width()} * media.height() <= kMostPixels,
          "a picture has no more pixels than allowed");
  require(media.pdq().hash().size() == 64 &&
              media.pdq().hash().find_first_not_of("0123456789abcdef") == std::string::npos,
          "a picture's hash has 64 hex digits", media.pdq().hash());
  require(media.pdq().quality() <= 100, "a hash's quality is at most 100");
  const auto small = thumbnail(bytes, 32);
  if (!small.ok()) return;
  require(small->starts_with("\xFF\xD8\xFF"), "a thumbnail is a JPEG");
  const auto again = inspect_picture(*small);
  require(again.ok() && again->width() <= 32 && again->height() <= 32,
          "a thumbnail can be read, and is small");
  require(again->embedded().ByteSizeLong() == 0, "a thumbnail carries no metadata");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(picture)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  static const bool kStarted = start_pictures("fuzz").ok();
  require(kStarted, "libvips starts");
  const std::string_view bytes = as_text(data, size);
  Media partial;
  const auto media = inspect_picture(bytes, {.max_pixels = kMostPixels}, &partial);
  check_embedded(partial);
  require(partial.size_bytes() == size && partial.sha256().size() == 64, "what could be read is told");
  if (!media.ok()) {
    require(absl::IsInvalidArgument(media.status()) || absl::IsResourceExhausted(media.status()),
            "a bad picture is an invalid argument or too large", media.status().ToString());
    require_utf8(from_absl(media.status().message()), "words about a bad picture");
    return 0;
  }
  check_picture(bytes, *media);
  return 0;
}
