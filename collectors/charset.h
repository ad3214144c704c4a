// Which encoding bytes are in, and the bytes as UTF-8. Built on ICU's converters. Pure; any thread.
//
// The order of belief is RFC 7303 §3: byte order mark, then the HTTP charset, then the XML declaration,
// then what the bytes look like. Publishers often label wrongly, so a label is believed only where the
// bytes allow it: bytes that read as UTF-8 are UTF-8 whatever a label for a single-byte encoding says, and
// labels are taken as browsers take them (WHATWG Encoding: "iso-8859-1" means windows-1252).
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

class DecodedText {
 public:
  // Valid UTF-8 without a byte order mark. A view of the input where that was UTF-8 already: as long-lived as
  // both the input and this object.
  [[nodiscard]] std::string_view text() const { return converted_ ? std::string_view(buffer_) : input_; }
  // As ICU names it.
  [[nodiscard]] const std::string& encoding() const { return encoding_; }
  // Some bytes could not be read and became U+FFFD.
  [[nodiscard]] bool damaged() const { return damaged_; }

 private:
  friend DecodedText decode_text(std::string_view bytes, std::string_view content_type);
  std::string_view input_;
  std::string buffer_;
  std::string encoding_ = "UTF-8";
  bool converted_ = false;
  bool damaged_ = false;
};

// `content_type`: the value of the HTTP header, may be empty. Any bytes; never fails.
[[nodiscard]] DecodedText decode_text(std::string_view bytes, std::string_view content_type);

// The charset parameter of a Content-Type; quotes and stray white space are forgiven. Empty: none.
[[nodiscard]] std::string charset_parameter(std::string_view content_type);

}  // namespace copytaster
