// Words into the bytes of a picture: processors/picture_write.h. The first line is the caption and every
// other word, the rest is the picture.
#include "core/strings.h"
#include "processors/embedded_metadata.h"
#include "processors/picture_write.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::size_t kMostAdded = std::size_t{1} << 20;

PictureWords words_of(std::string_view line) {
  PictureWords words;
  words.caption = words.caption_language = words.creator = words.credit = words.usage_terms =
      std::string(line);
  words.alt_text = words.copyright = words.source = std::string(line);
  return words;
}

void check_written(std::string_view before, const std::string& after, const PictureWords& words) {
  require(after.size() < before.size() + kMostAdded + 40 * words.caption.size(), "what is added is bounded");
  require(after.substr(0, 2) == before.substr(0, 2), "a written picture is of the same kind");
  const auto again = written_picture(after, words);
  require(again.ok(), "a written picture can be written again");
  require(*again == after, "written again it is the same");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(picture_write)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  std::string_view picture = as_text(data, size);
  const PictureWords words = words_of(take_line(picture));
  const auto written = written_picture(picture, words);
  if (written.ok()) {
    check_written(picture, *written, words);
    return 0;
  }
  require(absl::IsInvalidArgument(written.status()) || absl::IsResourceExhausted(written.status()) ||
              absl::IsUnimplemented(written.status()),
          "a picture that cannot be written is broken, too large or of another kind");
  require_utf8(from_absl(written.status().message()), "words about it");
  return 0;
}
