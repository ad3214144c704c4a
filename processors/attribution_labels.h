// "Photo: NAME", "© NAME", "Crédit photo : NAME": who took the picture, or, where no name follows, what
// is in it. Ten languages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "processors/word_lists.h"

namespace copytaster {

struct PhotoLabel {
  Span label;           // "Photo:" with its sign, in the text
  Span content;         // the rest of the line, or of the bracket; trimmed
  Span credit;          // the photographer within the content; empty: a caption, no name
  bool strong = false;  // the label speaks of credit and of nothing else: "©", "Crédit photo"
  bool nobody = false;  // and `content` is "DR", "privat", a camera: neither a photographer nor a caption
  // Of which pictures it speaks, bit 0 for the first; 0: of all. "Photo 2:" is followed by a caption,
  // "Photos: Jane Roe (1, 3), Tom Poe (2)" makes two labels.
  std::uint64_t pictures = 0;
};

// In order of the text; at most 16. `languages` are those of the text. Linear.
void find_photo_labels(std::string_view text, LanguageSet languages, const PhraseTable& places,
                       std::vector<PhotoLabel>* out);

// What a site or an album writes under a picture: the caption without the photographer at its end ("The
// bridge. (Photo: Jane Roe)"), or the words that stand in one's place ("Photo: DR"), and that name; each
// empty where there is none. Both are parts of `text`.
struct CaptionParts {
  std::string_view caption, photographer;
};
[[nodiscard]] CaptionParts part_caption(std::string_view text, LanguageSet languages,
                                        const PhraseTable& places);

// A credit as a feed or a file gives it ("Photo: Jane Roe / Agency", "© 2022 Jane Roe") without
// its label, sign and year; empty when nothing is left or it is a program's or a camera's name.
[[nodiscard]] std::string clean_credit(std::string_view credit);

}  // namespace copytaster
