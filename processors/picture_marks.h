// Marks of a picture that stay where they are in it when it is cut, framed or written on: the strongest blobs
// of its 32 × 32 luma, each told by the signs of the 40 lowest frequencies of the patch around it. Two
// marks at the same place of one photograph differ in few signs; two strangers agree in about half.
//
// Pure; about 35 µs for one scale, 90 µs for the five of a look-up.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "processors/picture_luma.h"

namespace copytaster {

// The first 22 signs are the key: a look-up asks for it and for seven others that the weakest signs may have
// made of it. The other 18 may differ in three.
inline constexpr int kMarkBits = 40;
inline constexpr int kMarkKeyBits = 22;
inline constexpr std::uint64_t kMarkKeyMask = (std::uint64_t{1} << kMarkKeyBits) - 1;
inline constexpr int kMarkRestDistance = 3;
inline constexpr std::size_t kMostMarks = 14;  // of one scale
inline constexpr std::size_t kMarkKeys = 8;

struct PictureMark {
  float x = 0, y = 0;  // in cells
  float scale = 1;     // of the patch
  std::uint64_t code = 0;
  std::array<std::uint32_t, kMarkKeys> keys = {};  // its own first, then the likeliest others
};

// What is remembered, and what is looked for: a picture that was cut is larger in its cells than the whole
// one.
inline constexpr std::array<float, 1> kRememberedScales = {1.0F};
inline constexpr std::array<float, 5> kLookUpScales = {0.72F, 0.85F, 1.0F, 1.18F, 1.4F};

// Of a luma without its rim. None where it is flat.
[[nodiscard]] std::vector<PictureMark> marks_of(const Luma& luma, std::span<const float> scales);

// Whether a look-up of `asked` meets a mark of this code.
[[nodiscard]] bool marks_meet(const PictureMark& asked, std::uint64_t code);

}  // namespace copytaster
