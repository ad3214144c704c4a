// The words under a picture and, behind them, who took it.
#include "core/strings.h"
#include "processors/attribution_labels.h"

namespace copytaster {

CaptionParts part_caption(std::string_view text, LanguageSet languages, const PhraseTable& places) {
  static thread_local std::vector<PhotoLabel> labels;
  find_photo_labels(text, languages, places, &labels);
  if (labels.empty() || labels.back().credit == Span{}) return {text, {}};
  const PhotoLabel& last = labels.back();
  const std::string_view photographer = text.substr(last.credit.begin, last.credit.end - last.credit.begin);
  // Nothing but a bracket or a full stop may follow, or it is not the end.
  if (text.substr(last.credit.end).find_first_not_of(" .)]\n") != std::string_view::npos)
    return {text, photographer};
  std::string_view caption = text.substr(0, last.label.begin);
  for (bool changed = true; changed;) {
    changed = false;
    while (!caption.empty() &&
           (is_ascii_space(caption.back()) || caption.back() == '(' || caption.back() == '[' ||
            caption.back() == '|' || caption.back() == '/' || caption.back() == '-')) {
      caption.remove_suffix(1);
      changed = true;
    }
    for (const std::string_view dash : {"–", "—", "·", "•"}) changed |= consume_suffix(&caption, dash);
  }
  return {caption, photographer};
}

}  // namespace copytaster
