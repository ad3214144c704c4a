// Whether two pictures are one photograph that was cut, framed or written on: their marks that meet
// (picture_marks.h) say how the one lies on the other, and there their shapes must agree nearly everywhere.
// Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "processors/picture_align.h"
#include "processors/picture_luma.h"
#include "processors/picture_mark_table.h"
#include "processors/picture_marks.h"

namespace copytaster {

// Correlation of the shapes over what both show, the worst 15 % of it left out (a logo, a strip of words).
// The project's set: a photograph cut by up to 10 % of each side 0.93 and more, people who have moved on the
// same square at most 0.83.
inline constexpr double kCutAgreement = 0.92;
inline constexpr double kCutShared = 0.6;  // of each picture along each axis

// What a look-up needs of a picture; nullopt when its shapes do not tell it from others (no luma, drawn,
// flat).
[[nodiscard]] std::optional<Luma> cuttable(std::string_view luma);

// Marks of one other picture that were met: how it lies under the picture that asks, and how many say so.
struct Laid {
  Placement placement;
  std::size_t marks = 0;
};
[[nodiscard]] Laid lay(std::span<const PictureMark> asked, std::span<const MetMark> met);
// Fewer say nothing: of a million strangers some have one mark in common by chance.
inline constexpr std::size_t kLeastMarksMet = 2;

// 0 when they do not share enough.
[[nodiscard]] double agreement(const Grey& other, const Grey& asked, Placement placement);

// The same without an index: 0 when too few marks meet. `asked` came later.
[[nodiscard]] double cut_agreement(const Luma& other, const Luma& asked);

}  // namespace copytaster
