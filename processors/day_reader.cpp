#include "processors/day_reader.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "processors/day_cursor.h"
#include "processors/day_doubts.h"
#include "processors/day_zone.h"
#include "processors/name_shape.h"

namespace copytaster {
namespace {

using absl::CivilDay;

constexpr int kDoubtfulDays = 30;   // between the distances of two years' days
constexpr int kSentenceWords = 24;  // looked at on either side, for what the sentence is about

struct Span2 {
  CivilDay first, last;
};

int weekday_of(CivilDay day) { return (static_cast<int>(absl::GetWeekday(day)) + 7) % 7; }
CivilDay monday_of(CivilDay day) { return day - weekday_of(day); }

std::optional<CivilDay> civil(int year, int month, int day) {
  const CivilDay out(year, month, day);
  if (out.year() != year || out.month() != month || out.day() != day) return std::nullopt;  // 31 April
  return out;
}

class Reader {
 public:
  Reader(std::string_view text, const WordScan& scan, const DayContext& context, std::size_t most,
         std::vector<FoundDay>* out)
      : at_(text, scan, context), today_(context.today), around_(context.around), most_(most), out_(out) {}

  void run() {
    out_->clear();
    for (std::size_t i = 0; i < at_.size() && out_->size() < most_;) {
      const Word& word = at_.word(i);
      if (word.digit) {
        i = std::max(number(i), i + 1);
      } else {
        i = filter_.may_begin(at_.scan(), word) ? std::max(named(i), i + 1) : i + 1;
      }
    }
  }

 private:
  // Each returns the word behind what it has read; `i` where there is nothing.
  std::size_t number(std::size_t i) {
    if (at_.word(i).hash || at_.word(i).at) return i;
    if (const auto numeric = numeric_day(at_, i, false))
      return is_version(at_, i) ? numeric->end : calendar(i, *numeric, std::nullopt);
    if (const auto match = month_day(at_, i))
      return is_numbered(at_, i) ? match->end : calendar(i, *match, std::nullopt);
    return i;
  }

  std::size_t named(std::size_t i) {
    const Word& word = at_.word(i);
    if (!at_.has_words() || word.hash || word.at) return i;
    const auto found = day_word_at(at_.scan(), i, at_.languages());
    if (!found) return i;
    switch (found->kind) {
      case DayWordKind::kMonth:
        if (const auto match = month_day(at_, i)) return calendar(i, *match, std::nullopt);
        return i;
      case DayWordKind::kWeekday:
        return weekday(i, found->value, i + found->words);
      case DayWordKind::kDay:
        relative(i, found->value, i + found->words);
        return i + found->words;
      case DayWordKind::kWeek:
      case DayWordKind::kWeekend:
        return week(i, found->kind == DayWordKind::kWeekend, i + found->words);
      case DayWordKind::kIdiom:
        break;
    }
    return i + found->words;
  }

  void add(std::size_t begin, std::size_t end, Span2 days, std::string_view rule) {
    if (!out_->empty() && at_.word(begin).begin < out_->back().end) return;
    if (rule != "calendar" && is_title(at_, {begin, end})) return;
    FoundDay found;
    found.begin = at_.word(begin).begin;
    found.end = at_.word(end - 1).end;
    found.first = days.first;
    found.last = days.last;
    found.time = time_beside(at_, {begin, end});
    found.rule = rule;
    out_->push_back(std::move(found));
  }

  // ---- calendar

  // The year in which the day lies nearest to the post, on that weekday where one is told.
  [[nodiscard]] std::optional<CivilDay> nearest(int month, int day, std::optional<int> weekday) const {
    if (!around_) return std::nullopt;
    std::optional<CivilDay> best;
    absl::civil_diff_t best_far = 0, next_far = 0;
    const int now = static_cast<int>(around_->year());  // four digits at most
    for (int year = now - 1; year <= now + 1; ++year) {
      const auto one = civil(year, month, day);
      if (!one || (weekday && weekday_of(*one) != *weekday)) continue;
      const absl::civil_diff_t far = std::abs(*one - *around_);
      if (!best || far < best_far) {
        next_far = best ? best_far : far + 366;
        best = one;
        best_far = far;
      } else {
        next_far = std::min(next_far, far);
      }
    }
    if (best && !weekday && next_far - best_far < kDoubtfulDays) return std::nullopt;
    return best;
  }

  [[nodiscard]] std::optional<Span2> resolved(const CalendarMatch& match, std::optional<int> weekday) const {
    const WrittenDay& a = match.first;
    if (a.day == 0) {
      const CivilDay first(a.year, a.month, 1);
      return Span2{first, CivilDay(absl::CivilMonth(first) + 1) - 1};
    }
    const int year = a.year != 0 ? a.year : match.last.year;
    const auto first = year != 0 ? civil(year, a.month, a.day) : nearest(a.month, a.day, weekday);
    if (!first) return std::nullopt;
    const WrittenDay& b = match.last;
    auto last = civil(b.year != 0 ? b.year : static_cast<int>(first->year()), b.month, b.day);
    if (last && *last < *first && b.year == 0)
      last = civil(static_cast<int>(first->year()) + 1, b.month, b.day);
    if (!last || *last < *first || *last - *first > 366) return std::nullopt;
    return Span2{*first, *last};
  }

  // "6 mai 2021", "6 de mayo de 2021": the year of a date of its own.
  [[nodiscard]] bool follows_month(std::size_t k) const {
    for (std::size_t i = k; i > 0 && k - i < 2 && at_.spaced(i); --i) {
      const auto word = day_word_at(at_.scan(), i - 1, at_.languages());
      if (at_.word(i - 1).digit || (word && word->kind == DayWordKind::kMonth)) return true;
    }
    return false;
  }

  // "1912", by itself.
  [[nodiscard]] bool is_other_year(std::size_t k, absl::civil_year_t year) const {
    const Word& word = at_.word(k);
    const std::string_view digits = at_.scan().folded_word(k);
    if (!word.digit || word.hash || word.at || digits.size() != 4 || digits < "1000" || digits > "2999" ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
      return false;
    if (k > 0 && ((!at_.spaced(k) && !ends_sentence(k)) || follows_month(k))) return false;
    int told = 0;
    for (const char c : digits) told = told * 10 + (c - '0');
    return told != year;
  }

  // "In 1912 hit it an iceberg. On 15 April it sank."
  [[nodiscard]] bool is_of_another_year(std::size_t begin, std::size_t end, absl::civil_year_t year) const {
    int sentences = 0;
    for (std::size_t k = begin, n = 0; k > 0 && n < 2 * kSentenceWords; --k, ++n) {
      if (ends_sentence(k) && ++sentences == 2) break;
      if (is_other_year(k - 1, year)) return true;
    }
    for (std::size_t k = end, n = 0; k < at_.size() && n < kSentenceWords && !ends_sentence(k); ++k, ++n) {
      if (is_other_year(k, year)) return true;
    }
    return false;
  }

  std::size_t calendar(std::size_t begin, const CalendarMatch& match, std::optional<int> weekday) {
    const auto days = resolved(match, weekday);
    const bool has_year = match.first.year != 0 || match.last.year != 0;
    const bool called = !weekday && is_called_after_day(at_, {begin, match.end});
    if (days && !called && (has_year || !is_of_another_year(begin, match.end, days->first.year())))
      add(begin, match.end, *days, "calendar");
    return match.end;
  }

  // ---- weekdays

  // "Friday, 15 April", "vendredi 15/04": the date behind a weekday.
  [[nodiscard]] std::optional<CalendarMatch> date_behind(std::size_t i) const {
    for (std::size_t k = i; k < std::min(i + 2, at_.size()); ++k) {
      const std::string_view gap = at_.between(k);
      if (gap != " " && gap != ", " && gap != ". " && gap != "., " && gap != " (" && gap != "\xC2\xA0")
        return std::nullopt;
      if (const auto match = month_day(at_, k); match && match->first.day != 0) return match;
      if (at_.word(k).digit) return numeric_day(at_, k, true);
      if (at_.part(DayPart::kArticle, k) != 1) return std::nullopt;
    }
    return std::nullopt;
  }

  // What the words around say: a word of what comes without one of what was, or the other way round.
  [[nodiscard]] int direction(std::size_t begin, std::size_t end) const {
    bool will = false, was = false;
    const auto look = [&](std::size_t k) {
      const int tense = tense_at(at_.scan(), k, at_.languages());
      will = will || tense > 0;
      was = was || tense < 0;
    };
    for (std::size_t k = begin, n = 0; k > 0 && n < kSentenceWords; --k, ++n) {
      if (ends_sentence(k)) break;
      look(k - 1);
    }
    for (std::size_t k = end, n = 0; k < at_.size() && n < kSentenceWords && !ends_sentence(k); ++k, ++n)
      look(k);
    return will == was ? 0 : will ? 1 : -1;
  }
  [[nodiscard]] bool ends_sentence(std::size_t k) const {
    return at_.word(k).gap == Gap::kStop || at_.word(k).gap == Gap::kLine ||
           at_.between(k).find_first_of("!?") != std::string_view::npos;
  }

  [[nodiscard]] CivilDay on_or_after(CivilDay day, int weekday) const {
    return day + (weekday - weekday_of(day) + 7) % 7;
  }

  [[nodiscard]] std::optional<CivilDay> which_day(WhichDay which, int weekday, int direction) const {
    const CivilDay coming = on_or_after(*today_ + 1, weekday), past = on_or_after(*today_ - 7, weekday);
    switch (which) {
      case WhichDay::kComing:
        return coming;
      case WhichDay::kPast:
        return past;
      case WhichDay::kNext:
        if (monday_of(coming) == monday_of(*today_)) return std::nullopt;
        return coming;
      case WhichDay::kLast:
        if (monday_of(past) == monday_of(*today_)) return std::nullopt;
        return past;
      case WhichDay::kThis:
        if (weekday_of(*today_) == weekday) return today_;
        return direction < 0 ? past : coming;
      case WhichDay::kNone:
        break;
    }
    if (direction == 0 || weekday_of(*today_) == weekday) return std::nullopt;
    return direction > 0 ? coming : past;
  }

  // A surname, a town, an ordinal number that looks like the day.
  [[nodiscard]] bool is_something_else(std::size_t begin, std::size_t i, std::size_t end) const {
    const Word& word = at_.word(i);
    if (at_.follows(DayPart::kEvery, begin)) return true;
    if (i > 0 && word.gap == Gap::kHyphen) return true;
    if (end < at_.size() && at_.word(end).gap == Gap::kHyphen) return true;
    if ((at_.is("pl") || at_.is("uk")) && word.capital && !at_.begins_sentence(i)) return true;
    if (at_.is("el") && !word.capital) return true;  // "δεύτερη" and "Δευτέρα" are close
    if (!word.capital) return false;
    const bool capitals_are_names = !at_.is("en") && !at_.is("de");
    if (i > 0 && i == begin && at_.spaced(i) && at_.word(i - 1).capital &&
        (is_given_name(at_.scan(), i - 1) || (capitals_are_names && !is_never_name(at_.scan(), i - 1))))
      return true;  // "Plácido Domingo"
    return capitals_are_names && end < at_.size() && at_.spaced(end) && at_.word(end).capital;
  }

  std::size_t weekday(std::size_t i, int weekday, std::size_t end) {
    Which before = which_before(at_.scan(), i, at_.languages());
    const std::size_t begin = i - before.words;
    if (const auto match = date_behind(end)) return calendar(begin, *match, weekday);
    if (!today_ || is_something_else(begin, i, end)) return end;
    if (before.which != WhichDay::kNone) {
      if (is_of_a_month(before.which, begin, end)) return end;
    } else {
      const Which after = which_after(at_.scan(), end, at_.languages());
      before.which = after.which;
      if (after.words == 0 && is_habit(at_, {begin, end})) return end;
      end += after.words;
    }
    const bool open = before.which == WhichDay::kNone || before.which == WhichDay::kThis;
    const auto day = which_day(before.which, weekday, open ? direction(begin, end) : 0);
    if (day && !is_another_of_month(at_, end, static_cast<int>(day->day())))
      add(begin, end, {*day, *day}, "weekday");
    return end;
  }

  // "the last Friday of the month", "the next Friday": counted from elsewhere.
  [[nodiscard]] bool is_of_a_month(WhichDay which, std::size_t begin, std::size_t end) const {
    if (which == WhichDay::kThis) return false;
    if (at_.is("en") && begin > 0 && at_.spaced(begin) && at_.scan().folded_word(begin - 1) == "the" &&
        which != WhichDay::kComing && which != WhichDay::kPast)
      return true;
    return at_.spaced(end) && at_.part(DayPart::kOfThe, end) > 0;
  }

  // ---- relative

  [[nodiscard]] bool is_morning(std::size_t i, int days, std::size_t end) const {
    if (days != 1 || end != i + 1) return false;
    if (at_.follows(DayPart::kMorning, i)) return true;
    if (!at_.is("de") || !at_.word(i).capital) return false;
    // "Morgen" is a noun, but where a sentence begins.
    return !at_.begins_sentence(i) || (direction(i, end) <= 0 && time_beside(at_, {i, end}).empty());
  }
  [[nodiscard]] bool is_figurative(std::size_t i, int days) const {
    if (days < 0 || days > 1 || !at_.follows(DayPart::kFigurative, i)) return false;
    // "à partir de demain", "a partir de hoy"
    return i < 2 || !at_.scan().folded_word(i - 2).starts_with("parti");
  }
  [[nodiscard]] bool is_possessive(std::size_t i, int days, std::size_t end) const {  // "tomorrow's leaders"
    return at_.is("en") && days >= 0 && end < at_.size() && at_.word(end).gap == Gap::kApostrophe &&
           at_.scan().folded_word(end) == "s" && at_.word(i).begin < at_.word(end).begin;
  }

  [[nodiscard]] bool is_written_at_night() const {
    const DayContext& context = at_.context();
    return context.when && civil_day_in(context.country, *context.when - absl::Hours(5)) != today_;
  }
  [[nodiscard]] bool is_noun(std::size_t i) const {  // "im Hier und Heute"
    return at_.is("de") && at_.word(i).capital && !at_.word(i).all_upper && !at_.begins_sentence(i);
  }

  void relative(std::size_t i, int days, std::size_t end) {
    if (!today_ || is_morning(i, days, end) || is_figurative(i, days) || is_possessive(i, days, end)) return;
    if (i > 0 && at_.word(i).gap == Gap::kHyphen) return;
    if (at_.follows(DayPart::kEvery, i) || is_noun(i)) return;
    const std::string early = small_hours(at_, {i, end});
    if (!early.empty() && is_written_at_night()) return;  // that night's, or the next
    const CivilDay day = *today_ + days + (early.empty() ? 0 : 1);
    add(i, end, {day, day}, "relative");
  }

  std::size_t week(std::size_t i, bool weekend, std::size_t end) {
    if (!today_) return end;
    Which which = which_before(at_.scan(), i, at_.languages());
    const std::size_t begin = i - which.words;
    if (which.which == WhichDay::kNone) {
      which = which_after(at_.scan(), end, at_.languages());
      end += which.words;
    }
    if (at_.spaced(begin) && at_.is("en") && at_.scan().folded_word(begin - 1) == "the") return end;
    const auto weeks = week_of(which.which, weekend);
    if (!weeks || (at_.spaced(end) && at_.is("en") && at_.part(DayPart::kOfThe, end) > 0 &&
                   at_.scan().folded_word(end) == "of"))
      return end;
    const CivilDay monday = monday_of(*today_) + 7 * *weeks;
    add(begin, end, {weekend ? monday + 5 : monday, monday + 6}, "relative");
    return end;
  }

  [[nodiscard]] std::optional<int> week_of(WhichDay which, bool weekend) const {
    const bool in_weekend = weekday_of(*today_) >= 5;
    switch (which) {
      case WhichDay::kThis:
        return 0;
      case WhichDay::kNext:
        if (weekend && !in_weekend) return std::nullopt;  // this week's, or the one after
        return 1;
      case WhichDay::kComing:
        if (weekend) return in_weekend ? 1 : 0;
        // There people mean the seven days from now on.
        if (at_.is("en") || at_.is("nl") || at_.is("pl") || at_.is("uk")) return std::nullopt;
        return 1;
      case WhichDay::kLast:
        return -1;
      case WhichDay::kPast:
        if (!weekend && (at_.is("en") || at_.is("nl"))) return std::nullopt;
        return -1;
      case WhichDay::kNone:
        break;
    }
    return std::nullopt;
  }

  const DayCursor at_;
  const DayWordFilter filter_;
  const std::optional<CivilDay> today_, around_;
  const std::size_t most_;
  std::vector<FoundDay>* out_;
};

}  // namespace

void find_days(std::string_view text, const WordScan& scan, const DayContext& context, std::size_t most,
               std::vector<FoundDay>* out) {
  Reader(text, scan, context, most, out).run();
}

}  // namespace copytaster
