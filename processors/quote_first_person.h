// Which sentences of an official's own post are worth quoting.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "processors/word_lists.h"

namespace copytaster {

struct QuotableSentence {
  Span span;  // one sentence, or two that belong together
  float score = 0;
  std::string reason;
};

// Best first, at most five, each at least 6 words (4 where two short ones close the post) and at most
// 60; none overlaps a span of `taken`
// (quotations of others; sorted). Linear.
void find_quotable(std::string_view text, const WordScan& scan, LanguageSet languages,
                   const std::vector<Span>& taken, std::vector<QuotableSentence>* out);

}  // namespace copytaster
