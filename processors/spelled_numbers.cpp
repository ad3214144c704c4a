#include "processors/spelled_numbers.h"

#include <unicode/rbnf.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "core/strings.h"
#include "processors/word_likeness.h"
#include "processors/word_scan.h"

namespace copytaster {
namespace {

constexpr std::size_t kLittleWords = 2;
constexpr std::size_t kMostLanguages = 32;
constexpr std::uint64_t kLargest = 999'999'999;

using Rules = std::unique_ptr<icu::RuleBasedNumberFormat>;

icu::RuleBasedNumberFormat* rules_of(const std::string& language) {
  thread_local StringMap<Rules> kept;
  const auto known = kept.find(language);
  if (known != kept.end()) return known->second.get();
  if (kept.size() >= kMostLanguages) kept.clear();
  UErrorCode error = U_ZERO_ERROR;
  const icu::Locale locale(language.c_str());
  auto rules = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, locale, error);
  // A language without rules falls back to the process's own.
  UErrorCode ignored = U_ZERO_ERROR;
  if (U_FAILURE(error) != 0 || rules->getLocale(ULOC_VALID_LOCALE, ignored).getLanguage() != language)
    rules.reset();
  return kept.emplace(language, std::move(rules)).first->second.get();
}

std::vector<std::string> words_of(const icu::UnicodeString& spelled) {
  std::string text;
  spelled.toUTF8String(text);
  WordScan scan;
  scan_words_into(text, &scan);
  std::vector<std::string> words;
  for (const Word& word : scan.words) words.emplace_back(scan.folded_word(word));
  return words;
}

// Each spelled word in its order among `words`, of which at most kLittleWords are left over; or all joined.
bool matches(std::span<const std::string_view> words, const std::vector<std::string>& spelled) {
  std::string joined, joined_words;
  for (const std::string& word : spelled) joined += word;
  for (const std::string_view word : words) joined_words += word;
  if (is_like_word(joined, joined_words)) return true;
  std::size_t at = 0, skipped = 0;
  for (const std::string& word : spelled) {
    while (at < words.size() && !is_like_word(word, words[at])) ++at, ++skipped;
    if (at == words.size()) return false;
    ++at;
  }
  return skipped + (words.size() - at) <= kLittleWords;
}

// "one thousand two hundred" is said without its "one" in many languages.
bool matches_in_short(std::span<const std::string_view> words, std::vector<std::string> spelled,
                      const std::vector<std::string>& one) {
  if (spelled.size() < 2 || one.size() != 1 || !is_like_word(spelled.front(), one.front())) return false;
  spelled.erase(spelled.begin());
  return matches(words, spelled);
}

std::vector<std::string> spell(const icu::RuleBasedNumberFormat& rules, int32_t set, std::uint64_t number) {
  UErrorCode error = U_ZERO_ERROR;
  icu::FieldPosition ignored;
  icu::UnicodeString spelled;
  rules.format(static_cast<int32_t>(number), rules.getRuleSetName(set), spelled, ignored, error);
  return U_FAILURE(error) != 0 ? std::vector<std::string>() : words_of(spelled);
}

StringMap<std::uint64_t> words_for_numbers(const std::string& language) {
  StringMap<std::uint64_t> words;
  const icu::RuleBasedNumberFormat* rules = rules_of(language);
  if (rules == nullptr) return words;
  std::vector<std::uint64_t> numbers = {1000, 1'000'000, 1'000'000'000};
  for (std::uint64_t n = 900; n >= 100; n -= 100) numbers.push_back(n);
  for (std::uint64_t n = 100; n-- > 0;) numbers.push_back(n);
  for (int32_t set = 0; set < rules->getNumberOfRuleSetNames(); ++set) {
    for (const std::uint64_t number : numbers) {
      const std::vector<std::string> spelled = spell(*rules, set, number);
      if (spelled.empty() || (spelled.size() > 1 && number < 100)) continue;
      words.try_emplace(spelled.back(), number);
    }
  }
  return words;
}

}  // namespace

bool spell_number(std::span<const std::string_view> words, std::uint64_t number,
                  const std::string& language) {
  if (language.empty() || words.empty() || number > kLargest) return false;
  icu::RuleBasedNumberFormat* rules = rules_of(language);
  if (rules == nullptr) return false;
  for (int32_t i = 0; i < rules->getNumberOfRuleSetNames(); ++i) {
    const std::vector<std::string> spelled = spell(*rules, i, number);
    if (spelled.empty()) continue;
    if (matches(words, spelled) || matches_in_short(words, spelled, spell(*rules, i, 1))) return true;
  }
  return false;
}

std::optional<std::uint64_t> number_of_word(std::string_view folded, const std::string& language) {
  if (language.empty()) return std::nullopt;
  thread_local StringMap<StringMap<std::uint64_t>> kept;
  auto known = kept.find(language);
  if (known == kept.end()) {
    if (kept.size() >= kMostLanguages) kept.clear();
    known = kept.emplace(language, words_for_numbers(language)).first;
  }
  const auto found = known->second.find(folded);
  if (found == known->second.end()) return std::nullopt;
  return found->second;
}

}  // namespace copytaster
