#include <algorithm>
#include <array>
#include <utility>

#include "core/strings.h"
#include "processors/byte_numbers.h"
#include "processors/exif_words.h"
#include "processors/picture_blocks.h"
#include "processors/xmp_words.h"

namespace copytaster {
namespace {

constexpr std::size_t kSignature = 8;
constexpr std::size_t kMostAdded = std::size_t{64} << 10;  // to EXIF
constexpr std::string_view kXmp("XML:com.adobe.xmp\0", 18);
// As ImageMagick once wrote it; its packet has been read, and would be read after ours.
constexpr std::string_view kOldXmp("Raw profile type xmp\0", 21);

// PNG §D: the check sum of a chunk's type and data.
std::uint32_t crc(std::string_view bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t n = 0; n < 256; ++n) {
      std::uint32_t c = n;
      for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xEDB88320U ^ (c >> 1) : c >> 1;
      table[n] = c;
    }
    return table;
  }();
  std::uint32_t c = 0xFFFFFFFFU;
  for (const char byte : bytes) c = kTable[(c ^ static_cast<unsigned char>(byte)) & 0xFF] ^ (c >> 8);
  return ~c;
}

std::string chunk_of(std::string_view type, std::string_view data) {
  const std::string body = str_cat(type, data);
  return str_cat(as_big_endian(data.size(), 4), body, as_big_endian(crc(body), 4));
}

// The file as it is made anew, chunk by chunk.
class Copy {
 public:
  Copy(std::string_view bytes, const PictureWords& words) : words_(words), out_(bytes.substr(0, kSignature)) {
    out_.reserve(bytes.size() + kMostAdded);
  }

  void take(std::string_view chunk) {
    const std::string_view type = chunk.substr(4, 4), data = chunk.substr(8, chunk.size() - 12);
    has_pixels_ = has_pixels_ || type == "IDAT";
    if (type == "eXIf" && !has_exif_) {  // a second one is no reader's, and would grow as the first
      has_exif_ = true;
      out_ += chunk_of(type, exif_with_words(data, words_, data.size() + kMostAdded));
    } else if (type == "iTXt" && data.starts_with(kXmp)) {
      read_packet(data.substr(kXmp.size()));
    } else if ((type != "zTXt" && type != "tEXt" && type != "iTXt") || !data.starts_with(kOldXmp)) {
      out_ += chunk;
    }
    if (type == "IHDR" && behind_head_ == 0) behind_head_ = out_.size();
  }

  [[nodiscard]] bool has_pixels() const { return has_pixels_; }

  // `packet`: read by others. `rest`: what somebody put behind the end.
  [[nodiscard]] std::string text(std::string_view packet, std::string_view rest) && {
    const std::string xmp = xmp_with_words(packet_.empty() ? packet : packet_, words_);
    // No language, no translated keyword, not compressed: XMP Specification part 3 §1.1.5.
    out_.insert(behind_head_, chunk_of("iTXt", str_cat(kXmp, std::string_view("\0\0\0\0", 4), xmp)));
    return std::move(out_.append(rest));
  }

 private:
  // Behind its keyword: compressed or not, how, language, translated keyword, text.
  void read_packet(std::string_view data) {
    if (!packet_.empty() || data.size() < 2 || data[0] != 0) return;
    const std::size_t language = data.find('\0', 2);
    if (language == std::string_view::npos) return;
    const std::size_t keyword = data.find('\0', language + 1);
    if (keyword != std::string_view::npos) packet_ = data.substr(keyword + 1);
  }

  const PictureWords& words_;
  std::string out_;
  std::string_view packet_;
  std::size_t behind_head_ = 0;
  bool has_pixels_ = false, has_exif_ = false;
};

absl::Status broken() { return absl::InvalidArgumentError("the PNG is cut off or broken"); }

}  // namespace

absl::StatusOr<std::string> png_with_words(std::string_view bytes, const PictureWords& words,
                                           std::string_view packet) {
  Copy copy(bytes, words);
  std::string_view rest = bytes.substr(std::min(bytes.size(), kSignature));
  bool ended = false;
  for (bool first = true; !ended; first = false) {
    if (rest.size() < 12) return broken();
    const std::uint64_t length = big_endian(rest, 0, 4);
    const std::string_view type = rest.substr(4, 4);
    if (length > rest.size() - 12 || first != (type == "IHDR")) return broken();
    copy.take(rest.substr(0, 12 + length));
    ended = type == "IEND";
    rest.remove_prefix(12 + length);
  }
  if (!copy.has_pixels()) return broken();
  return std::move(copy).text(packet, rest);
}

}  // namespace copytaster
