#include "processors/day_doubts.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "processors/name_bearers.h"

namespace copytaster {
namespace {

constexpr std::size_t kHabitWords = 5;  // between "usually" and its weekday
constexpr std::size_t kTimeWords = 8;   // between "tonight" and its time
constexpr std::string_view kEarly = "05:00";

// No-break spaces stand inside French marks.
std::string_view without_space(std::string_view gap) {
  constexpr std::array<std::string_view, 3> kSpaces = {" ", "\xC2\xA0", "\xE2\x80\xAF"};
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view space : kSpaces) {
      if (gap.starts_with(space)) gap.remove_prefix(space.size()), more = true;
      if (gap.ends_with(space)) gap.remove_suffix(space.size()), more = true;
    }
  }
  return gap;
}

constexpr std::array<std::string_view, 10> kMarks = {"\"", "“", "”", "„", "«", "»", "‘", "’", "'", "‹"};

bool opens(std::string_view gap) {
  const std::string_view mark = without_space(gap);
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view one) { return mark.ends_with(one); });
}
bool closes(std::string_view gap) {
  const std::string_view mark = without_space(gap);
  return mark.starts_with("›") || std::any_of(kMarks.begin(), kMarks.end(),
                                              [&](std::string_view one) { return mark.starts_with(one); });
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool ends_sentence(const DayCursor& at, std::size_t i) {
  return at.word(i).gap == Gap::kStop || at.word(i).gap == Gap::kLine ||
         at.between(i).find_first_of("!?") != std::string_view::npos;
}

// "la domenica", "le lundi": there the article makes it every one. Spanish and Portuguese have a plural or a
// preposition for that, and Greek another article.
bool has_habitual_article(const DayCursor& at, std::size_t begin) {
  if (begin == 0 || !at.spaced(begin)) return false;
  const std::string_view before = at.scan().folded_word(begin - 1);
  if (at.is("it")) return before == "la" || before == "il";
  if (at.is("fr")) return before == "le";
  if (at.is("es")) return before == "los";
  if (at.is("pt")) {  // "à" folds to the article
    static constexpr std::string_view kAt[] = {"à", "À", "às", "Às", "aos", "ao"};
    return is_one_of(at.written(begin - 1), kAt);
  }
  return at.is("el") && (before == "τισ" || before == "τα");
}

bool is_night(const DayCursor& at, DayWords day) {
  static constexpr std::string_view kNights[] = {
      "tonight", "night",    "soir",      "nuit",  "noche",    "anoche",      "noite",
      "nacht",   "abend",    "vannacht",  "avond", "vanavond", "stasera",     "sera",
      "notte",   "stanotte", "αποψε",     "βραδυ", "ніч",      "вночі",       "увечері",
      "ввечері", "ночі",     "wieczorem", "noc",   "nocy",     "gisteravond", "morgenavond"};
  for (std::size_t i = day.begin; i < day.end; ++i) {
    if (is_one_of(at.scan().folded_word(i), kNights)) return true;
  }
  return at.spaced(day.end) && is_one_of(at.scan().folded_word(day.end), kNights);
}

}  // namespace

bool is_called_after_day(const DayCursor& at, DayWords day) {
  return bearer_of(at.scan(), {day.begin, day.end}, at.languages()) != Bearer::kNone;
}

bool is_title(const DayCursor& at, DayWords day) {
  if (!opens(at.between(day.begin))) return false;
  return closes(at.between(day.end)) || (day.begin > 0 && at.part(DayPart::kTitled, day.begin - 1) == 1);
}

bool is_habit(const DayCursor& at, DayWords day) {
  const std::size_t begin = day.begin;
  if (has_habitual_article(at, begin) || at.follows(DayPart::kOrdinal, begin)) return true;
  for (std::size_t i = begin, n = 0; i > 0 && n < kHabitWords && !ends_sentence(at, i); --i, ++n) {
    if (at.part(DayPart::kUsually, i - 1) > 0) return true;
  }
  for (std::size_t i = day.end, n = 0; i < at.size() && n < 2 && !ends_sentence(at, i); ++i, ++n) {
    if (at.part(DayPart::kUsually, i) > 0) return true;
  }
  return false;
}

bool is_another_of_month(const DayCursor& at, std::size_t end, int told) {
  std::size_t i = end;
  if (i >= at.size() || at.word(i).gap > Gap::kComma) return false;
  const bool article = at.part(DayPart::kArticle, i) == 1;
  if (article) ++i;
  const auto number = at.number(i);
  if (!number || number->digits > 2 || number->value < 1 || number->value > 31 ||
      at.word(i).gap > Gap::kComma)
    return false;
  const bool stopped = at.between(i + 1).starts_with('.');
  const bool of_month = article || number->ordinal || (at.is("de") ? stopped : !at.is("en"));
  if (!of_month || !time_behind(at, i).empty() || at.between(i + 1).starts_with(':')) return false;
  return number->value != told;
}

bool is_version(const DayCursor& at, std::size_t i) {
  return i > 0 && at.word(i).gap <= Gap::kAbbreviation && at.part(DayPart::kVersion, i - 1) == 1;
}

bool is_numbered(const DayCursor& at, std::size_t i) {
  return at.is("en") && i > 0 && at.spaced(i) && at.part(DayPart::kNumbered, i - 1) == 1;
}

bool counts_things(const DayCursor& at, std::size_t end) {
  if (!at.is("en") || end >= at.size() || !at.spaced(end)) return false;
  const Word& next = at.word(end);
  if (next.capital || next.digit) return false;
  static constexpr std::string_view kCounted[] = {"people", "men", "women",   "children",
                                                  "km",     "kg",  "percent", "police"};
  static constexpr std::string_view kVerbs[] = {"is",     "was",    "has",   "as",     "his",   "its",
                                                "this",   "us",     "plus",  "marks",  "sees",  "starts",
                                                "begins", "ends",   "comes", "brings", "falls", "remains",
                                                "opens",  "closes", "means", "does",   "always"};
  const std::string_view word = at.scan().folded_word(end);
  if (is_one_of(word, kCounted)) return true;
  return word.size() > 2 && word.ends_with('s') && !is_one_of(word, kVerbs);
}

std::string small_hours(const DayCursor& at, DayWords day) {
  if (!is_night(at, day)) return "";
  std::string time = time_beside(at, day);
  for (std::size_t i = day.end, n = 0;
       time.empty() && i < at.size() && n < kTimeWords && !ends_sentence(at, i); ++i, ++n) {
    if (at.part(DayPart::kAt, i) > 0) time = time_behind(at, i);
  }
  return !time.empty() && time < kEarly ? time : "";
}

}  // namespace copytaster
