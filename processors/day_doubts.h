// What makes words that could name a day name none: a street's name, a film's title, a habit, a version.
// Internal to processors/day_*.cpp. Ten languages; word lists in day_parts.cpp. Any thread.
#pragma once

#include "processors/day_cursor.h"

namespace copytaster {

// "Rue du 8 mai 1945", "Площа 8 Березня", "4 mei-plein", "Escola 25 de Abril".
[[nodiscard]] bool is_called_after_day(const DayCursor& at, DayWords day);

// The film "Tomorrow": the words are all that stands between the marks, or what begins there has a title
// before it.
[[nodiscard]] bool is_title(const DayCursor& at, DayWords day);

// "Every first Tuesday", "le lundi", "à sexta-feira", "usually on a Friday": a day of every week. `day`
// begins with the weekday and holds nothing else.
[[nodiscard]] bool is_habit(const DayCursor& at, DayWords day);

// "Friday the 13th", "vendredi 15": whether a day of the month stands behind the weekday, without its month,
// and it is not `told`.
[[nodiscard]] bool is_another_of_month(const DayCursor& at, std::size_t end, int told);

// "Version 1.5.2024", of figures that begin at word `i`.
[[nodiscard]] bool is_version(const DayCursor& at, std::size_t i);
// "Chapter 5 May be read", of the number at word `i`; English, where months are words.
[[nodiscard]] bool is_numbered(const DayCursor& at, std::size_t i);
// "May 7 people died", "March 5 miles": English; the number ends before word `end`.
[[nodiscard]] bool counts_things(const DayCursor& at, std::size_t end);

// "Tonight at 3:40": the time that is told, where the words are about a night and it is before five in the
// morning: then it is the next day's. Empty: it is not so.
[[nodiscard]] std::string small_hours(const DayCursor& at, DayWords day);

}  // namespace copytaster
