#include "processors/picture_write.h"

#include "core/strings.h"
#include "core/text.h"
#include "processors/embedded_metadata.h"
#include "processors/metadata_text.h"
#include "processors/picture_blocks.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20;  // of a picture
constexpr std::size_t kMostWords = std::size_t{48}
                                   << 10;  // bytes of all words together: XMP in JPEG holds 64 KB

constexpr std::string PictureWords::*kLines[] = {
    &PictureWords::headline,  &PictureWords::credit,   &PictureWords::source,
    &PictureWords::creator,   &PictureWords::alt_text, &PictureWords::city,
    &PictureWords::copyright, &PictureWords::country,  &PictureWords::usage_terms,
};

// What may stand in a file; but the caption keeps its lines.
PictureWords tidied(PictureWords words) {
  words.caption = printable_text(words.caption);
  for (const auto line : kLines) words.*line = collapse_space(printable_text(words.*line));
  const bool is_tag =
      words.caption_language.size() <= 35 &&
      words.caption_language.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string::npos;
  if (!is_tag) words.caption_language.clear();
  return words;
}

void fill(std::string* words, const std::string& known) {
  if (words->empty()) *words = printable_text(known);
}

// Where an IIM-only program changed the file last, its words are the file's. The new digest will say that
// nobody did, so they must stand in XMP too.
void take_over_iim(std::string_view bytes, PictureWords* words) {
  if (!iim_is_newer(bytes)) return;
  const EmbeddedMetadata known = embedded_metadata(bytes);
  fill(&words->caption, known.caption());
  fill(&words->headline, known.headline());
  fill(&words->credit, known.credit());
  fill(&words->source, known.source());
  fill(&words->creator, known.creator());
  fill(&words->copyright, known.copyright());
  fill(&words->city, known.city());
  fill(&words->country, known.country());
}

std::size_t size_of(const PictureWords& words) {
  std::size_t size = words.caption.size();
  for (const auto line : kLines) size += (words.*line).size();
  return size;
}

}  // namespace

absl::StatusOr<std::string> written_picture(std::string_view bytes, const PictureWords& given) {
  if (bytes.size() > kMostBytes || size_of(given) > kMostWords) {
    return absl::ResourceExhaustedError(str_cat("a picture of ", bytes.size(), " bytes with ", size_of(given),
                                                " bytes of words is too large to be written"));
  }
  PictureWords words = tidied(given);
  if (bytes.starts_with("\xFF\xD8\xFF")) {
    take_over_iim(bytes, &words);
    return jpeg_with_words(bytes, words);
  }
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return png_with_words(bytes, words, stored_xmp(bytes));
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
    return webp_with_words(bytes, words);
  return absl::UnimplementedError(
      "words are written into JPEG, PNG and WebP: take the picture as it came and save it as one of these");
}

}  // namespace copytaster
