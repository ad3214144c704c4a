// Sentences and words by ICU's rules.
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

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
  std::unique_ptr<icu::BreakIterator> made(
      icu::BreakIterator::createSentenceInstance(icu::Locale(name.c_str()), error));
  if (U_FAILURE(error)) made.reset();
  return cache.emplace(name, std::move(made)).first->second.get();
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void add_trimmed(std::string_view text, std::size_t begin, std::size_t end, std::vector<Span>& out) {
  while (begin < end && is_space(text[begin])) ++begin;
  while (end > begin && is_space(text[end - 1])) --end;
  if (begin < end) out.push_back({begin, end});
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
    std::int32_t from = iterator->first();
    for (std::int32_t to = iterator->next(); to != icu::BreakIterator::DONE;
         from = to, to = iterator->next()) {
      add_trimmed(text, begin + static_cast<std::size_t>(from), begin + static_cast<std::size_t>(to), out);
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
