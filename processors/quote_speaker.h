// Who says what stands in quotation marks: the verb of saying and its subject, before, after or between.
#pragma once

#include <cstdint>
#include <vector>

#include "processors/quote_marks.h"
#include "processors/quote_subject.h"

namespace copytaster {

enum class CueKind : std::uint8_t {
  kNone,
  kInherited,  // goes on with the quotation before it
  kWeak,       // "calls it", right beside the marks
  kLeadIn,     // the sentence before, a verb of saying in it, leads to the quotation
  kSentence,   // a verb of saying somewhere in the sentence
  kBeside,     // a verb of saying whose sentence is the quotation; or a name set beside it
};

struct SpokenBy {
  CueKind kind = CueKind::kNone;
  WordRange cue;              // the words of the verb; empty where only a name stands beside
  WordRange subject;          // the words that name the speaker; may be empty
  bool pronoun = false;       // `subject` is "she"
  bool first_person = false;  // `subject` is "I"
  bool phrase = false;        // the name in `subject` is only part of who speaks (quote_relation.h)
  bool unsaid = false;        // it is told that it was not said (quote_unsaid.h)
  bool nobody = false;        // the subject that was heard is none (quote_doubt.h): not another's either
};

// Fills in whether the subject is a pronoun, a name that is only part of who speaks, or nobody.
[[nodiscard]] SpokenBy spoken_by(const QuoteGround& ground, CueKind kind, WordRange cue, WordRange subject);

// For spans[index] alone; inheritance and what pronouns mean are decided elsewhere.
[[nodiscard]] SpokenBy find_speaker(const QuoteGround& ground, const std::vector<QuotedSpan>& spans,
                                    std::size_t index);

}  // namespace copytaster
