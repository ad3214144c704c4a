// A picture with its words written in: the copy that is exported. The stored bytes are evidence and stay as
// they are. docs/decisions/0015-pictures-written-back.md says what is written where, and why.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/picture_words.h"

namespace copytaster {

// JPEG, PNG and WebP: the words in XMP, in JPEG also in IIM (cut to what its fields hold) and, where EXIF has
// the same field already, in EXIF. Pixels, colour profile, orientation, GPS and every other field are what
// they were, byte for byte; what `words` leaves empty is as the file had it. Any bytes; bounded by their
// size; any thread.
//
// kUnimplemented: another kind of file; the words say what to do. kInvalidArgument: broken.
// kResourceExhausted: the picture or its words are too large.
[[nodiscard]] absl::StatusOr<std::string> written_picture(std::string_view bytes, const PictureWords& words);

}  // namespace copytaster
