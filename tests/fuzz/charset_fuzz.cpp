// Bytes in any encoding: collectors/charset.h. The first line is the Content-Type.
#include "collectors/charset.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_decoded(std::string_view bytes, std::string_view content_type) {
  const DecodedText decoded = decode_text(bytes, content_type);
  require_utf8(decoded.text(), "decoded text");
  require(!decoded.text().starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xEF\xBB\xBF\xEF\xBB\xBF") ||
              decoded.encoding() != "UTF-8",
          "the byte order mark is gone");
  // ISO-2022 and UTF-7 shrink text; nothing grows to more than three bytes a byte.
  require(decoded.text().size() <= 3 * bytes.size() + 3, "decoded text is bounded by the bytes");
  require(!decoded.encoding().empty(), "an encoding has a name");
  const DecodedText again = decode_text(bytes, content_type);
  require(again.text() == decoded.text() && again.encoding() == decoded.encoding() &&
              again.damaged() == decoded.damaged(),
          "the same bytes decode to the same text");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(charset)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster::fuzz;
  const std::string_view bytes = as_text(data, size);
  check_decoded(bytes, "");
  std::string_view body = bytes;
  const std::string_view content_type = take_line(body);
  check_decoded(body, content_type);
  return 0;
}
