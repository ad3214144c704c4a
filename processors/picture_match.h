// How two pictures are one photograph, told of these two alone; processors/picture_index.h finds them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/copytaster.pb.h"
#include "processors/pdq_bits.h"

namespace copytaster {

enum class PictureLikeness { kBytes, kSame, kTurned, kCut };
// As PictureFold.rule: "same-bytes", "same-picture", "turned", "cut".
[[nodiscard]] std::string_view name_of(PictureLikeness likeness);
// For an editor: "the same file", "the same picture", "turned or mirrored", "cut, framed or written on".
[[nodiscard]] std::string_view words_of(PictureLikeness likeness);

struct PictureMatch {
  std::string key;    // media key of the first one seen: what the others are folded into
  std::string other;  // the picture that matched, itself or through which `key` was found
  PictureLikeness likeness = PictureLikeness::kSame;
  int distance = 0;      // bits of 256; of kSame and kTurned
  double agreement = 1;  // of kCut: kCutAgreement to 1
};

// "<item id>#<the first 16 digits of its SHA-256>": what Media.folded_into names. The same wherever in the
// item the picture stands, so that an edit makes no other picture of it. Where its bytes are not known, those
// of its PDQ.
[[nodiscard]] std::string picture_key(std::string_view item_id, const Media& media);

// The item of such a key.
[[nodiscard]] inline std::string_view item_of_picture(std::string_view key) {
  return key.substr(0, key.rfind('#'));
}

// The PDQ of a picture that has one which says something: of quality 50, and not flat, as flags and logos
// are, which have quality enough for a hash made for photographs.
[[nodiscard]] std::optional<PdqBits> telling_bits(const Media& media);

// What is stored of it with the picture that was looked up (Media.fold).
[[nodiscard]] PictureFold fold_of(const PictureMatch& match);

// Whether two posts that show this picture may say the same because of it. Not known to be a flag or a logo,
// which are under many statements.
[[nodiscard]] bool may_be_evidence(const Media& media);

// `later` is the one that looks up; the keys stay empty.
[[nodiscard]] std::optional<PictureMatch> compare_pictures(const Media& earlier, const Media& later);

}  // namespace copytaster
