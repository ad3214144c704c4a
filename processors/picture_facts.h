// What the bytes of a picture say: size, PDQ, embedded caption and credit. Any bytes; decode bombs
// are refused by what the header says before decoding. Any thread; call start_pictures() once.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct PictureLimits {
  std::uint64_t max_pixels = 120'000'000;
  int max_side = 65'535;  // JPEG's own; a picture one pixel wide takes decoders a call for each line
  std::size_t max_segments = 2'000;  // of a JPEG; the longest colour profile takes 255
  // Of what must be held whole while it is decoded: interlaced and progressive pictures, GIF, WebP, AVIF.
  std::uint64_t max_bytes_held = std::uint64_t{320} << 20;
};

// Starts libvips for this process (one thread a picture, no cache). argv0 as given to main.
absl::Status start_pictures(const char* argv0);

// Fills sha256, size_bytes, mime_type, width, height, pdq, embedded of a Media. kInvalidArgument: not a
// picture we read, or broken; kResourceExhausted: over a limit. What could be read before the
// failure is in `*partial` when given (embedded metadata of a format vips cannot decode, say).
absl::StatusOr<Media> inspect_picture(std::string_view bytes, const PictureLimits& limits = {},
                                      Media* partial = nullptr);

// A JPEG of at most `edge` pixels on its longer side, metadata stripped, sRGB: for the desk.
absl::StatusOr<std::string> thumbnail(std::string_view bytes, int edge);

// PDQ as published (Facebook ThreatExchange, hashing/pdq) over luma in row order, 0…255.
PictureHash pdq_hash(const float* luma, int rows, int columns);

// The eight hashes of the picture's rotations and flips, in the published order: original,
// rotate 90, rotate 180, rotate 270, flip x, flip y, flip plus 1, flip minus 1.
std::array<std::string, 8> pdq_dihedral(const float* luma, int rows, int columns);

}  // namespace copytaster
