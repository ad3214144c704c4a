// What the 32 × 32 luma of a picture (PictureHash.luma) says of it, and its short form for an index. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace copytaster {

inline constexpr int kLumaEdge = 32;
inline constexpr std::size_t kLumaBytes = std::size_t{kLumaEdge} * kLumaEdge;
using Luma = std::array<std::uint8_t, kLumaBytes>;  // row by row

// nullopt when it is not 32 × 32 bytes.
[[nodiscard]] std::optional<Luma> read_luma(std::string_view bytes);

// Share of the cells whose neighbourhood (3 × 3) is one shade: flags and logos 0.55 and more, photographs at
// most 0.2 (measured on the project's set).
[[nodiscard]] double flat_share(const Luma& luma);
inline constexpr double kFlatPicture = 0.5;  // such a picture says nothing by its shapes

// Share of the cells of the commonest shade (± 2): drawn pictures, cards, screenshots and charts 0.42 and
// more, photographs mostly under 0.2.
[[nodiscard]] double ground_share(const Luma& luma);
inline constexpr double kDrawnPicture = 0.35;  // a part of such a picture may belong to many

// Without bars and frames of one shade, up to 28 % off each side; what is left fills the square again.
[[nodiscard]] Luma without_rim(const Luma& luma);

// The lowest 135 frequencies, a byte each on a square-root scale, and their scale. The mean is not kept:
// light is no shape.
using PackedLuma = std::array<std::uint8_t, 136>;
[[nodiscard]] PackedLuma pack(const Luma& luma);
[[nodiscard]] Luma unpack(const PackedLuma& packed);

}  // namespace copytaster
