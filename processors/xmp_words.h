// Words in an XMP packet (XMP Specification part 1, ISO 16684-1). Internal to picture_write.cpp. Any bytes;
// any thread: it edits the packet's XML itself, not through Exiv2, whose XMP toolkit takes one thread at a
// time, and drops qualifiers.
#pragma once

#include <string>
#include <string_view>

#include "core/picture_words.h"

namespace copytaster {

// The packet with these words, UTF-8, in its wrapper, without padding. Everything else in it stays, whatever
// its namespace. A packet that is no XML, or has a document type, says nothing to anybody: a new one is made.
//   caption dc:description        creator dc:creator            credit photoshop:Credit
//   headline photoshop:Headline   copyright dc:rights           source photoshop:Source
//   city photoshop:City           country photoshop:Country     alt_text Iptc4xmpCore:AltTextAccessibility
// usage_terms are the desk's own, so the owner's words stand beside them: xmpRights:UsageTerms only where
// there is none; before what photoshop:Instructions already says, or where that is silent `instructions`.
[[nodiscard]] std::string xmp_with_words(std::string_view packet, const PictureWords& words,
                                         std::string_view instructions = {});

}  // namespace copytaster
