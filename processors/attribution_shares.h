// Who took which pictures of a post: "Jane Roe (1, 3), Tom Poe (2)" behind "Photos:".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "processors/word_scan.h"

namespace copytaster {

struct PictureShare {
  Span name;                   // in the text
  std::uint64_t pictures = 0;  // bit 0: the first picture of the post
};

// Of `content`, a span of the text that `scan` was made of. Cleared first; stays empty where a part of it is
// no name with the numbers of pictures, 1 to 64, in brackets. What may stand behind the last: hashtags.
void find_picture_shares(std::string_view text, const WordScan& scan, Span content,
                         std::vector<PictureShare>* out);

}  // namespace copytaster
