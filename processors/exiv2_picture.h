// Pictures opened by Exiv2. Internal to the files that read metadata. Any thread: one picture at a time is
// opened. Of XMP only the packet is of use (xmpPacket()): what Exiv2 makes of it follows prefixes.
#pragma once

#include <exiv2/exiv2.hpp>
#include <memory>
#include <string_view>

namespace copytaster {

// The picture with its metadata read; nullptr: not a picture that we let it read, or it does not like the
// bytes. `bytes` outlive it. Does not throw.
[[nodiscard]] std::unique_ptr<Exiv2::Image> exiv2_picture(std::string_view bytes);

}  // namespace copytaster
