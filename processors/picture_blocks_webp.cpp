#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "processors/byte_numbers.h"
#include "processors/exif_words.h"
#include "processors/picture_blocks.h"
#include "processors/webp_size.h"
#include "processors/xmp_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kHead = 12;                          // "RIFF", its size, "WEBP"
constexpr std::size_t kMostAdded = std::size_t{64} << 10;  // to EXIF
constexpr unsigned kAlpha = 0x10, kHasXmp = 0x04;

absl::Status broken() { return absl::InvalidArgumentError("the WebP is cut off or broken"); }

std::string chunk_of(std::string_view type, std::string_view data) {
  return str_cat(type, as_little_endian(data.size(), 4), data, std::string(data.size() % 2, '\0'));
}

// The header of the extended format for a picture of the simple one (RFC 9649 §2.7).
std::string new_header(std::string_view bytes, std::string_view type, std::string_view data) {
  const auto size = webp_size(bytes);
  if (!size || size->width == 0 || size->height == 0) return {};
  // Lossless pictures say behind their size whether they are transparent.
  const bool alpha = type == "VP8L" && (little_endian(data, 1, 4) >> 28 & 1) != 0;
  return chunk_of("VP8X",
                  str_cat(as_little_endian(kHasXmp | (alpha ? kAlpha : 0U), 4),
                          as_little_endian(size->width - 1, 3), as_little_endian(size->height - 1, 3)));
}

std::string marked_header(std::string_view data) {
  std::string out(data);
  out[0] = static_cast<char>(static_cast<unsigned char>(out[0]) | kHasXmp);
  return chunk_of("VP8X", out);
}

// EXIF begins here as in JPEG in some programs' files.
std::string exif_chunk(std::string_view data, const PictureWords& words) {
  std::string_view head;
  if (data.starts_with("Exif")) head = data.substr(0, 6);
  return chunk_of("EXIF",
                  str_cat(head, exif_with_words(data.substr(head.size()), words, data.size() + kMostAdded)));
}

// The file as it is made anew, chunk by chunk.
class Copy {
 public:
  Copy(std::string_view bytes, const PictureWords& words) : bytes_(bytes), words_(words) {}

  // false: it makes no sense there.
  bool take(std::string_view type, std::string_view data) {
    if (out_.empty() && !begin(type, data)) return false;
    has_pixels_ = has_pixels_ || type == "VP8 " || type == "VP8L" || type == "ANMF";
    if (type == "EXIF" && !has_exif_) {  // a second one is no reader's, and would grow as the first
      has_exif_ = true;
      out_ += exif_chunk(data, words_);
    } else if (type == "XMP ") {
      if (packet_.empty()) packet_ = data;
    } else if (type != "VP8X") {
      out_ += chunk_of(type, data);
    }
    return true;
  }

  [[nodiscard]] bool has_pixels() const { return has_pixels_; }
  [[nodiscard]] std::string chunks() && { return out_ + chunk_of("XMP ", xmp_with_words(packet_, words_)); }

 private:
  bool begin(std::string_view type, std::string_view data) {
    if (data.size() < 10) return false;
    if (type == "VP8X") {
      out_ = marked_header(data);
    } else if (type == "VP8 " || type == "VP8L") {
      out_ = new_header(bytes_, type, data);
    }
    return !out_.empty();
  }

  std::string_view bytes_;
  const PictureWords& words_;
  std::string out_;
  std::string_view packet_;
  bool has_pixels_ = false, has_exif_ = false;
};

}  // namespace

absl::StatusOr<std::string> webp_with_words(std::string_view bytes, const PictureWords& words) {
  if (bytes.size() < kHead) return broken();
  const std::uint64_t size = little_endian(bytes, 4, 4) + 8;
  if (size < kHead || size > bytes.size() + 1) return broken();  // the last padding may be left out
  std::string_view rest = bytes.substr(kHead, size - kHead);
  Copy copy(bytes, words);
  while (rest.size() >= 8) {
    const std::uint64_t length = little_endian(rest, 4, 4);
    if (length > rest.size() - 8 || !copy.take(rest.substr(0, 4), rest.substr(8, length))) return broken();
    rest.remove_prefix(std::min<std::size_t>(rest.size(), 8 + length + length % 2));
  }
  if (!copy.has_pixels()) return broken();
  const std::string chunks = std::move(copy).chunks();
  return str_cat("RIFF", as_little_endian(chunks.size() + 4, 4), "WEBP", chunks,
                 bytes.substr(std::min<std::size_t>(size, bytes.size())));
}

}  // namespace copytaster
