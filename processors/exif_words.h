// Caption, creator and copyright in a picture's EXIF, where it has them already: readers that follow the
// Metadata Working Group believe EXIF before anything else, so an old value there would hide the new one.
// Internal to picture_write.cpp. Pure; any bytes; linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/picture_words.h"

namespace copytaster {

// The TIFF structure of EXIF with the values of its tags 270 (ImageDescription), 315 (Artist) and 33432
// (Copyright) changed to these words, UTF-8; no tag is added. New values stand behind the old end, so that
// nothing else moves: what camera makers put there finds its parts by offsets. Where there are more than
// `most` bytes then, the value becomes empty instead. What is no TIFF structure comes back as it was.
[[nodiscard]] std::string exif_with_words(std::string_view tiff, const PictureWords& words, std::size_t most);

}  // namespace copytaster
