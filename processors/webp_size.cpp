#include "processors/webp_size.h"

#include <cstddef>

namespace copytaster {
namespace {

constexpr std::size_t kData = 20;  // behind "RIFF", a size, "WEBP", the first chunk's name and its size

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = size; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

}  // namespace

std::optional<WebpSize> webp_size(std::string_view bytes) {
  if (bytes.size() < kData + 10 || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WEBP") {
    return std::nullopt;
  }
  const std::string_view chunk = bytes.substr(12, 4);
  if (chunk == "VP8X") {
    return WebpSize{little_endian(bytes, kData + 4, 3) + 1, little_endian(bytes, kData + 7, 3) + 1};
  }
  if (chunk == "VP8L") {
    const std::uint32_t bits = little_endian(bytes, kData + 1, 4);
    return WebpSize{(bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1};
  }
  if (chunk == "VP8 ") {
    return WebpSize{little_endian(bytes, kData + 6, 2) & 0x3FFF, little_endian(bytes, kData + 8, 2) & 0x3FFF};
  }
  return std::nullopt;
}

}  // namespace copytaster
