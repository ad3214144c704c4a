// Pictures for tests, made here: nothing is copied from anywhere.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace copytaster {

// Luma of an invented texture: rows × columns, row by row, 0…255. Scenes with
// different numbers have nothing in common.
std::vector<float> scene(int number, int rows, int columns);

// The scene as a file: ".jpg", ".png", ".webp", ".tif", ".gif", ".ppm"; suffixes may carry vips options
// ("[Q=90]").
std::string encoded_scene(int number, int width, int height, std::string_view suffix);

// The same with bands as asked for ("rgba", "grey", "cmyk", "rgb16").
std::string encoded_bands(std::string_view bands, std::string_view suffix);

// Exiv2 keys ("Xmp.dc.description", "Iptc.Application2.Caption", "Exif.Image.Artist") and their values; a key
// that is there twice is written twice.
using Tags = std::vector<std::pair<std::string, std::string>>;
std::string with_metadata(const std::string& picture, const Tags& tags);

// A JPEG with this XMP as it stands.
std::string with_xmp_packet(const std::string& jpeg, const std::string& packet);

// With the resource that says which IIM block the XMP was written with: its MD5, or (`stale`) another one.
std::string with_iptc_digest(std::string jpeg, bool stale);

// A Photoshop file of no pixels that carries the caption in its IIM block: a format we do not decode.
std::string photoshop_file(std::string_view caption);

int bits_between(std::string_view hex_a, std::string_view hex_b);

}  // namespace copytaster
