#include "processors/picture_match.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/picture_cut.h"
#include "processors/picture_luma.h"

namespace copytaster {

std::string picture_key(std::string_view item_id, const Media& media) {
  std::string digits = (media.sha256().empty() ? media.pdq().hash() : media.sha256()).substr(0, 16);
  std::erase(digits, '#');  // no digits as we write them
  return str_cat(item_id, "#", digits);
}

std::optional<PdqBits> telling_bits(const Media& media) {
  if (!media.has_pdq() || media.pdq().quality() < kLeastPictureQuality) return std::nullopt;
  if (const auto luma = read_luma(media.pdq().luma()); luma && flat_share(*luma) >= kFlatPicture)
    return std::nullopt;
  return pdq_bits(media.pdq().hash());
}

std::string_view name_of(PictureLikeness likeness) {
  switch (likeness) {
    case PictureLikeness::kBytes:
      return "same-bytes";
    case PictureLikeness::kSame:
      return "same-picture";
    case PictureLikeness::kTurned:
      return "turned";
    case PictureLikeness::kCut:
      return "cut";
  }
  return "";
}

bool may_be_evidence(const Media& media) { return !media.has_pdq() || telling_bits(media).has_value(); }

std::string_view words_of(PictureLikeness likeness) {
  switch (likeness) {
    case PictureLikeness::kBytes:
      return "the same file";
    case PictureLikeness::kSame:
      return "the same picture";
    case PictureLikeness::kTurned:
      return "turned or mirrored";
    case PictureLikeness::kCut:
      return "cut, framed or written on";
  }
  return "";
}

PictureFold fold_of(const PictureMatch& match) {
  PictureFold fold;
  fold.set_rule(std::string(name_of(match.likeness)));
  if (match.likeness == PictureLikeness::kSame || match.likeness == PictureLikeness::kTurned)
    fold.set_distance(static_cast<std::uint32_t>(match.distance));
  if (match.likeness == PictureLikeness::kCut) fold.set_agreement(static_cast<float>(match.agreement));
  if (match.other != match.key) fold.set_like_key(match.other);
  return fold;
}

std::optional<PictureMatch> compare_pictures(const Media& earlier, const Media& later) {
  PictureMatch match;
  if (!earlier.sha256().empty() && earlier.sha256() == later.sha256()) {
    match.likeness = PictureLikeness::kBytes;
    return match;
  }
  const auto theirs = telling_bits(earlier), own = telling_bits(later);
  if (!theirs || !own) return std::nullopt;
  match.distance = pdq_distance(*theirs, *own);
  if (match.distance <= kSamePictureDistance) {
    const auto theirs_inside = comparable(earlier.pdq().luma()), own_inside = comparable(later.pdq().luma());
    if (!theirs_inside || !own_inside ||
        !is_another_inside(unpack(pack(*theirs_inside)), unpack(pack(*own_inside))))
      return match;
  }
  match.distance = 256;  // the upright one's is settled: another stands in the middle
  for (const PdqBits& turned : turned_pdq(*own))
    match.distance = std::min(match.distance, pdq_distance(*theirs, turned));
  match.likeness = PictureLikeness::kTurned;
  if (match.distance <= kSamePictureDistance) return match;
  const auto their_luma = cuttable(earlier.pdq().luma()), own_luma = cuttable(later.pdq().luma());
  if (!their_luma || !own_luma) return std::nullopt;
  match.likeness = PictureLikeness::kCut;
  match.distance = 0;
  match.agreement = cut_agreement(*their_luma, *own_luma);
  return match.agreement >= kCutAgreement ? std::optional(match) : std::nullopt;
}

}  // namespace copytaster
