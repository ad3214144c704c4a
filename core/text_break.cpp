// Sentences and words by ICU's rules.
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <map>
#include <memory>

#include "core/code_points.h"
#include "core/text.h"

namespace copytaster {
namespace {

// Making an iterator costs more than a post: one a thread and language, a few at most.
icu::BreakIterator* sentence_iterator(std::string_view language) {
  constexpr std::size_t kMost = 32;
  thread_local std::map<std::string, std::unique_ptr<icu::BreakIterator>, std::less<>> cache;
  const auto found = cache.find(language);
  if (found != cache.end()) return found->second.get();
  if (cache.size() >= kMost) cache.clear();
  UErrorCode error = U_ZERO_ERROR;
  const std::string name(language);
  icu::Locale locale(name.c_str());
  if (locale.isBogus()) locale = icu::Locale::getRoot();
  std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createSentenceInstance(locale, error));
  if (U_FAILURE(error)) made.reset();
  return cache.emplace(name, std::move(made)).first->second.get();
}

// Without white space at both ends, as Unicode knows it.
void add_trimmed(std::string_view text, std::size_t begin, std::size_t end, std::vector<Span>& out) {
  std::size_t first = end;
  std::size_t last = begin;
  for (std::size_t i = begin; i < end;) {
    const std::size_t at = i;
    if (u_isUWhiteSpace(static_cast<UChar32>(next_code_point(text.substr(0, end), &i))) != 0) continue;
    first = std::min(first, at);
    last = i;
  }
  if (first < last) out.push_back({first, last});
}

// ICU ends a sentence behind 「 where no space stands before it; what opens belongs to what follows.
std::size_t before_opening(std::string_view text, std::size_t begin, std::size_t end) {
  if (end >= text.size()) return end;
  while (end > begin) {
    const std::size_t last = utf8_floor(text, end - 1);
    std::size_t at = last;
    if (u_charType(static_cast<UChar32>(next_code_point(text, &at))) != U_START_PUNCTUATION || at != end)
      break;
    end = last;
  }
  return end;
}

void add_sentences(std::string_view text, std::size_t begin, std::size_t end, icu::BreakIterator* iterator,
                   std::vector<Span>& out) {
  if (iterator == nullptr) return add_trimmed(text, begin, end, out);
  UErrorCode error = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, text.data() + begin, static_cast<std::int64_t>(end - begin), &error);
  iterator->setText(&source, error);
  if (U_FAILURE(error)) {
    add_trimmed(text, begin, end, out);
  } else {
    std::size_t from = begin + static_cast<std::size_t>(iterator->first());
    for (std::int32_t to = iterator->next(); to != icu::BreakIterator::DONE; to = iterator->next()) {
      const std::size_t until =
          before_opening(text.substr(0, end), from, begin + static_cast<std::size_t>(to));
      add_trimmed(text, from, until, out);
      from = until;
    }
  }
  utext_close(&source);
}

}  // namespace

std::vector<Span> sentences(std::string_view text, std::string_view language) {
  std::vector<Span> out;
  // Lengths in ICU's UText are 32 bits.
  if (text.size() > 0x7fffffff) text = text.substr(0, utf8_floor(text, 0x7fffffff));
  icu::BreakIterator* iterator = sentence_iterator(language);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) add_sentences(text, begin, end, iterator, out);
    begin = end + 1;
  }
  return out;
}

std::vector<Span> words(std::string_view text) {
  std::vector<Span> out;
  std::size_t begin = std::string_view::npos;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = i;
    const auto c = static_cast<UChar32>(next_code_point(text, &i));
    const int category = u_charType(c);
    const bool mark = category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK;
    const bool word = u_isalnum(c) != 0 || (mark && begin != std::string_view::npos);
    if (word && begin == std::string_view::npos) begin = at;
    if (!word && begin != std::string_view::npos) {
      out.push_back({begin, at});
      begin = std::string_view::npos;
    }
  }
  if (begin != std::string_view::npos) out.push_back({begin, text.size()});
  return out;
}

}  // namespace copytaster
