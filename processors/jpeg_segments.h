// How many segments of its own data a JPEG carries, counted without decoding: decoders keep them all in a
// list, and adding to it takes them longer the longer it is. Internal to picture_facts.cpp. Pure; any bytes;
// linear.
#pragma once

#include <cstddef>
#include <string_view>

namespace copytaster {

// Application data and comments (APP0…APP15, COM) up to the end of the bytes; stops counting at `enough`.
// Found as libjpeg finds them: whatever stands between two markers is passed over (ITU-T T.81 §B.1.1).
[[nodiscard]] std::size_t count_jpeg_segments(std::string_view bytes, std::size_t enough);

}  // namespace copytaster
