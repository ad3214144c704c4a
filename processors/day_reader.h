// Days in running text. Rules, as they are kept:
//
//   calendar  A day and its month: "15 avril", "April 15th", "15.04.", "15/04/2022", "3 to 5 May"; a month
//   and
//             its year. Without a year it is that year's in which it lies nearest to the post; where the two
//             nearest are alike (within 30 days) it is not told, nor where another year stands by itself in
//             its sentence or the one before ("In 1912 …"). A weekday beside it must agree, so it may
//             choose another year. Two numbers that could both be the month are told by the order of the
//             country or language, in English only where the country is known.
//   weekday   "next Tuesday", "vendredi dernier": the nearest one in that direction, at most seven days away.
//             "Next" and "last" are not told while another one lies between, in the same week. "This" is the
//             coming one or the post's own day; the past one where the sentence is about what was. A weekday
//             alone is told by the sentence: what will be, or what was; else not at all.
//   relative  "yesterday", "this weekend", "next week" (Monday to Sunday). "Tonight at 3:40" is the next day.
//
// What could be anything else (a score, a price, a version, a telephone number, Mars) is no day; nor is a day
// of every week ("la domenica", "every first Tuesday"), what a street is called after, or a title between
// marks (day_doubts.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "processors/word_lists.h"

namespace copytaster {

struct DayContext {
  // The post's day where it was written; nullopt: unknown, and nothing is told from it ("tomorrow").
  std::optional<absl::CivilDay> today = std::nullopt;
  // Within a day of it, for the year of "15 April"; nullopt: unknown, and only whole dates are told. Both in
  // the years 2 to 9998.
  std::optional<absl::CivilDay> around = std::nullopt;
  std::string_view language;  // one of the ten; any other: no words, and no order of numbers
  std::string_view country;   // where the post is from; may be empty
  // When it was written, where a time of day is known: what is written between midnight and five there says
  // "tonight at three" of two nights.
  std::optional<absl::Time> when = std::nullopt;
};

struct FoundDay {
  std::uint32_t begin = 0, end = 0;  // bytes
  absl::CivilDay first, last;
  std::string time;  // "18:30" or empty
  std::string_view rule;
};

// At most `most`, in their order, none within another. Linear; any text. `out` is overwritten.
void find_days(std::string_view text, const WordScan& scan, const DayContext& context, std::size_t most,
               std::vector<FoundDay>* out);

}  // namespace copytaster
