// The chapters of a video in its description: "0:00 Intro". Their titles are headings, nobody's words.
// Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/text.h"

namespace copytaster {

// The lines of a list of chapters, in order: a time of the video at the beginning or end of each ("0:00",
// "(1:02:03)", "– 12:30 –"), the first 0:00, each later than the one before, two at the least. (YouTube Help,
// "Video chapters": the first at 00:00, in ascending order. It asks for three; two are no posts' clock times
// either.) `out` is cleared. Linear; any bytes.
void find_chapter_marks(std::string_view text, std::vector<Span>* out);

}  // namespace copytaster
