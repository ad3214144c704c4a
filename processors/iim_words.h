// Words in an IIM block (IPTC-NAA Information Interchange Model 4.2): the older of the two ways in which a
// picture carries its caption, with room for so many bytes a field. Internal to picture_write.cpp. Pure; any
// bytes; linear.
#pragma once

#include <string>
#include <string_view>

#include "core/picture_words.h"

namespace copytaster {

// The block with these words in UTF-8, and marked so (1:90, ESC % G); each cut to what its dataset holds on a
// boundary of characters:
//   dataset  2:40 instructions  2:80 by-line  2:90 city  2:101 country  2:105 headline
//   bytes    256                32            32         64             256
//   dataset  2:110 credit  2:115 source  2:116 copyright  2:120 caption
//   bytes    32            32            128              2000
// The terms of use, 2:40, stand before what it says already. All other datasets of `block` stay; their texts
// become UTF-8 where they were not. What cannot be read of it, from the first broken dataset on, is dropped.
[[nodiscard]] std::string iim_with_words(std::string_view block, const PictureWords& words);

// The first value of a dataset of record 2; empty: there is none.
[[nodiscard]] std::string iim_value(std::string_view block, unsigned number);

inline constexpr unsigned kIimInstructions = 40;

}  // namespace copytaster
