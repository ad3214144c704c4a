#include "processors/jpeg_segments.h"

namespace copytaster {
namespace {

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

// Stuffed bytes and restart markers stand inside picture data; 0xFF before a marker fills.
bool is_marker(unsigned code) { return code != 0x00 && code != 0xFF && (code < 0xD0 || code > 0xD7); }

// SOI, EOI and TEM have no length.
bool has_length(unsigned code) { return code != 0xD8 && code != 0xD9 && code != 0x01; }

}  // namespace

std::size_t count_jpeg_segments(std::string_view bytes, std::size_t enough) {
  std::size_t count = 0;
  std::size_t at = 0;
  while (count < enough && (at = bytes.find('\xFF', at)) != std::string_view::npos && at + 1 < bytes.size()) {
    const unsigned code = byte_at(bytes, at + 1);
    if (!is_marker(code)) {
      ++at;
      continue;
    }
    if ((code >= 0xE0 && code <= 0xEF) || code == 0xFE) ++count;
    at += 2;
    if (!has_length(code) || at + 1 >= bytes.size()) continue;
    const std::size_t length = byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
    at += length < 2 ? 0 : length;
  }
  return count;
}

}  // namespace copytaster
