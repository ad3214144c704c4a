// Photoshop's resource blocks, in which JPEG carries an IIM block (Adobe Photoshop File Formats
// Specification, "Image Resource Blocks"): a signature of four bytes, a number (2), a name (one byte of
// length, padded to even), a length (4), data padded to even. Internal to picture_write.cpp and
// embedded_metadata.cpp. Pure; any bytes; linear.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace copytaster {

inline constexpr unsigned kIimResource = 0x0404;

// Data of the first block of this number (two bytes, big-endian); empty: there is none.
[[nodiscard]] std::string_view photoshop_resource(std::string_view resources, unsigned number);

// Of a whole file, whatever its format: data of the first block of this number; nullopt: there is none.
[[nodiscard]] std::optional<std::string_view> photoshop_resource_in(std::string_view file, unsigned number);

// Whether the IIM block in a file is not the one whose MD5 stands beside it: a program that knows only IIM
// has changed it since. false: it is, or the file does not say.
[[nodiscard]] bool iim_differs_from_digest(std::string_view file);

// The same blocks with this IIM block (number 0x0404) and its MD5 (0x0425), by which readers that follow the
// Metadata Working Group see that nobody changed it since. What cannot be read, from the first broken block
// on, is dropped.
[[nodiscard]] std::string resources_with_iim(std::string_view resources, std::string_view iim);

}  // namespace copytaster
