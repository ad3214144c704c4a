// "Photo: NAME", "© NAME", "Crédit photo : NAME": who took the picture, or, where no name follows, what
// is in it. Ten languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "processors/word_lists.h"

namespace copytaster {

struct PhotoLabel {
  Span label;               // "Photo:" with its sign, in the text
  Span content;             // the rest of the line, or of the bracket; trimmed
  Span credit;              // the photographer within the content; empty: a caption, no name
  bool strong = false;      // the label speaks of credit and of nothing else: "©", "Crédit photo"
  std::size_t picture = 0;  // "Photo 2:": the second one, of which a caption follows; 0: no number
};

// In order of the text; at most 16. `languages` are those of the text. Linear.
void find_photo_labels(std::string_view text, LanguageSet languages, const PhraseTable& places,
                       std::vector<PhotoLabel>* out);

// What a site or an album writes under a picture: the caption without the photographer at its end ("The
// bridge. (Photo: Jane Roe)"), and that name; each empty where there is none. Both are parts of `text`.
struct CaptionParts {
  std::string_view caption, photographer;
};
[[nodiscard]] CaptionParts part_caption(std::string_view text, LanguageSet languages,
                                        const PhraseTable& places);

// A credit as a feed or a file gives it ("Photo: Jane Roe / Agency", "© 2022 Jane Roe") without
// its label, sign and year; empty when nothing is left or it is a program's or a camera's name.
[[nodiscard]] std::string clean_credit(std::string_view credit);

}  // namespace copytaster
