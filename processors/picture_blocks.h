// Where words stand in a picture's file, format by format: what picture_write.cpp hands over is put in, all
// else comes out as it went in. Internal to picture_write.cpp. Pure; any bytes; linear.
//
// kInvalidArgument: the file's parts make no sense. kResourceExhausted: the words have no room.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/picture_words.h"

namespace copytaster {

// ITU-T T.81: APP1 with XMP (XMP Specification part 3 §1.1.3) and with EXIF, APP13 with Photoshop's
// resources. Both of ours stand behind the leading APP0 and EXIF. XMP beyond 64 KB in segments of its own
// stays.
[[nodiscard]] absl::StatusOr<std::string> jpeg_with_words(std::string_view bytes, const PictureWords& words);

// PNG (W3C, third edition): XMP in an uncompressed iTXt chunk behind IHDR, EXIF in eXIf. IIM has no place
// there. `packet`: the XMP of this file where it stands in it compressed, by whoever can read that.
[[nodiscard]] absl::StatusOr<std::string> png_with_words(std::string_view bytes, const PictureWords& words,
                                                         std::string_view packet);

// RFC 9649: chunks "XMP " and "EXIF" and the header VP8X that announces them. IIM has no place there.
[[nodiscard]] absl::StatusOr<std::string> webp_with_words(std::string_view bytes, const PictureWords& words);

}  // namespace copytaster
