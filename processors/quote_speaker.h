// Who says what stands in quotation marks: the verb of saying and its subject, before, after or between.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "processors/cue_verbs.h"
#include "processors/name_shape.h"
#include "processors/quote_marks.h"

namespace copytaster {

enum class CueKind : std::uint8_t {
  kNone,
  kInherited,  // goes on with the quotation before it
  kWeak,       // "calls it", right beside the marks
  kSentence,   // a verb of saying somewhere in the sentence
  kBeside,     // a verb of saying whose sentence is the quotation
};

struct SpokenBy {
  CueKind kind = CueKind::kNone;
  WordRange cue;              // the words of the verb
  WordRange subject;          // the words that name the speaker; may be empty
  bool pronoun = false;       // `subject` is "she"
  bool first_person = false;  // `subject` is "I"
};

// For spans[index] alone; inheritance and pronouns are quotes.cpp's business. `scan` is of `text`.
[[nodiscard]] SpokenBy find_speaker(std::string_view text, const WordScan& scan, LanguageSet languages,
                                    const PhraseTable& places, const std::vector<QuotedSpan>& spans,
                                    std::size_t index);

}  // namespace copytaster
