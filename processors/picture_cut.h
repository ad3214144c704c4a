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

// kCutAgreement and more, or 0. Both as they come back from their short form (picture_luma.h).
[[nodiscard]] double agreement(const Luma& other, const Luma& asked, const Placement& placement);

// Whether something large in the middle differs though PDQ says that all is the same: a camera on its stand
// sees one speaker after the other.
[[nodiscard]] bool is_another_inside(const Luma& other, const Luma& asked);
// The luma to ask that of.
[[nodiscard]] std::optional<Luma> comparable(std::string_view luma);

// The same without an index: 0 when too few marks meet. `asked` came later.
[[nodiscard]] double cut_agreement(const Luma& other, const Luma& asked);

}  // namespace copytaster
