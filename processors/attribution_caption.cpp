// The words under a picture and, behind them, who took it.
#include "core/strings.h"
#include "processors/attribution_labels.h"

namespace copytaster {

namespace {

// Nothing but a bracket or a full stop follows.
bool is_end(std::string_view text, std::size_t at) {
  return text.substr(at).find_first_not_of(" .)]\n") == std::string_view::npos;
}

std::string_view without_signs(std::string_view caption) {
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
  return caption;
}

}  // namespace

CaptionParts part_caption(std::string_view text, LanguageSet languages, const PhraseTable& places) {
  static thread_local std::vector<PhotoLabel> labels;
  find_photo_labels(text, languages, places, &labels);
  std::string_view caption = text;
  for (; !labels.empty() && labels.back().nobody && is_end(caption, labels.back().content.end);
       labels.pop_back())
    caption = without_signs(caption.substr(0, labels.back().label.begin));
  if (labels.empty() || labels.back().credit == Span{}) return {caption, {}};
  const PhotoLabel& last = labels.back();
  const std::string_view photographer = text.substr(last.credit.begin, last.credit.end - last.credit.begin);
  if (!is_end(caption, last.credit.end)) return {caption, photographer};
  return {without_signs(text.substr(0, last.label.begin)), photographer};
}

}  // namespace copytaster
