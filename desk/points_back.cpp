#include "desk/points_back.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kBeginning = 120;  // bytes of a sentence that are looked at
constexpr std::size_t kNearWords = 4;

using Phrases = std::vector<std::string>;

// As they stand in " normalised words ".
Phrases phrases_of(std::string_view list) {
  Phrases out;
  for (const std::string_view phrase : split(list, '|')) {
    if (!phrase.empty()) out.push_back(str_cat(" ", normalise_for_match(phrase), " "));
  }
  return out;
}

struct Matcher {
  std::string_view language;
  Phrases hangs, near, these, we, stands;
};

const Matcher* matcher_of(std::string_view language) {
  static const std::vector<Matcher> kAll = [] {
    std::vector<Matcher> all;
    for (const std::string_view code : {"en", "fr", "de", "es", "it", "pt", "nl", "pl", "uk", "el"}) {
      const PointingWords* words = pointing_words(code);
      if (words == nullptr) continue;
      all.push_back({code, phrases_of(words->hangs), phrases_of(words->near), phrases_of(words->these),
                     phrases_of(words->we), phrases_of(words->stands)});
    }
    return all;
  }();
  const auto found = std::ranges::find(kAll, language.substr(0, language.find('-')), &Matcher::language);
  return found == kAll.end() ? nullptr : &*found;
}

bool begins_with(std::string_view words, const Phrases& phrases) {
  return std::ranges::any_of(phrases, [&](const std::string& phrase) { return words.starts_with(phrase); });
}

// “She talks like my gran!”, overheard in a school: whom the words of others mean is theirs to know.
bool begins_quoted(std::string_view sentence) {
  static constexpr std::string_view kMarks[] = {"«", "»", "“", "„", "\"", "‘", "‚", "‹", "”"};
  return std::ranges::any_of(kMarks, [&](std::string_view mark) { return sentence.starts_with(mark); });
}

// " one of them halyna "
std::string_view first_words(std::string_view words, std::size_t count) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < count && end + 1 < words.size(); ++i) end = words.find(' ', end + 1);
  return words.substr(0, end == std::string_view::npos ? words.size() : end + 1);
}

bool contains_one(std::string_view words, const Phrases& phrases) {
  return std::ranges::any_of(
      phrases, [&](const std::string& phrase) { return words.find(phrase) != std::string_view::npos; });
}

}  // namespace

PointsBack points_back(std::string_view sentence, std::string_view language) {
  const Matcher* matcher = matcher_of(language);
  if (matcher == nullptr) return PointsBack::kNo;
  const std::string words =
      str_cat(" ", normalise_for_match(sentence.substr(0, utf8_floor(sentence, kBeginning))), " ");
  if (begins_with(words, matcher->stands)) return PointsBack::kNo;
  if (begins_with(words, matcher->hangs)) return PointsBack::kHangs;
  if (!begins_quoted(sentence) && contains_one(first_words(words, kNearWords), matcher->near))
    return PointsBack::kHangs;
  if (begins_with(words, matcher->these)) return PointsBack::kThis;
  return begins_with(words, matcher->we) ? PointsBack::kWe : PointsBack::kNo;
}

}  // namespace copytaster
