#include "desk/wording_rights.h"

#include "core/rights.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "desk/sources.h"
#include "desk/wording.h"

namespace copytaster {
namespace {

// " by Mira, 12 May 2023"
std::string who_and_when(std::string_view word, const Rights& rights) {
  const std::string by = collapse_space(rights.by());
  std::string out = by.empty() ? std::string() : str_cat(word, by);
  if (rights.has_at() && !by.empty()) str_append(&out, ", ", day_of(to_time(rights.at())));
  if (rights.has_at() && by.empty()) str_append(&out, " on ", day_of(to_time(rights.at())));
  return out;
}

std::string sentence_of(const Rights& rights) {
  const std::string_view state = state_of(rights);
  const std::string said = who_and_when(", says ", rights);
  if (state == kRightsAsked)
    return str_cat("Rights not cleared: asked", who_and_when(" by ", rights), "; there is no answer yet.");
  if (state == kRightsGranted) return str_cat("Rights granted", said, ".");
  if (state == kRightsRefused) return str_cat("Rights refused", said, ": do not use this picture.");
  if (state == kRightsEmbedOnly)
    return str_cat("Embed only", said, ": show the post itself, not a copy of the picture.");
  return std::string(kRightsReminder);
}

}  // namespace

std::string rights_told(const Rights& rights) {
  const std::string note = collapse_space(rights.note());
  return note.empty() ? sentence_of(rights) : str_cat(sentence_of(rights), " Note: ", note);
}

std::string rights_terms(const Rights& rights) {
  Rights bare;
  bare.set_state(rights.state());
  if (rights.has_at()) *bare.mutable_at() = rights.at();
  return sentence_of(bare);
}

std::string rights_mark(const Rights& rights) {
  return state_of(rights) == kRightsGranted ? std::string() : rights_terms(rights);
}

}  // namespace copytaster
