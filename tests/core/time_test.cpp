// Dates as publishers write them, and never a guess.
#include "core/time.h"

#include <gtest/gtest.h>

#include <random>

#include "core/date_words.h"
#include "core/strings.h"
#include "core/text.h"
#include "tests/core/reference_support.h"

namespace copytaster {
namespace {

std::string read(std::string_view text) {
  const auto when = parse_date(text);
  return when ? format_rfc3339(*when) : "none";
}

struct Case {
  const char* text;
  const char* utc;
};

void expect_read(std::initializer_list<Case> cases) {
  for (const Case& one : cases) EXPECT_EQ(read(one.text), one.utc) << "\"" << one.text << "\"";
}

TEST(ParseDate, Iso8601) {
  expect_read({
      {"2022-04-14T08:12:00Z", "2022-04-14T08:12:00Z"},
      {"2022-04-14T10:12:00+02:00", "2022-04-14T08:12:00Z"},
      {"2022-04-14t10:12:00.25+0200", "2022-04-14T08:12:00.25Z"},
      {"2022-04-14 08:12", "2022-04-14T08:12:00Z"},
      {"2022-04-14T08:12:00.123456789123Z", "2022-04-14T08:12:00.123456789Z"},
      {"2022-04-14T08:12:00.99999999999999999999999Z", "2022-04-14T08:12:00.999999999Z"},
      {"2022-04-14T08:12:00,5Z", "2022-04-14T08:12:00.5Z"},
      {"2022-04-14", "2022-04-14T00:00:00Z"},
      {"2022-04", "2022-04-01T00:00:00Z"},
      {"2022", "2022-01-01T00:00:00Z"},
      {"20220414", "2022-04-14T00:00:00Z"},
      {"20220414T081200Z", "2022-04-14T08:12:00Z"},
      {"20220414081200", "2022-04-14T08:12:00Z"},
      {"2022-104", "2022-04-14T00:00:00Z"},
      {"2022104", "2022-04-14T00:00:00Z"},
      {"2022-W15-4", "2022-04-14T00:00:00Z"},
      {"2022W154", "2022-04-14T00:00:00Z"},
      {"2009-W53-7", "2010-01-03T00:00:00Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"2022-04-14T24:00:00Z", "2022-04-15T00:00:00Z"},
      {"2022-04-14T08:12:00-00:00", "2022-04-14T08:12:00Z"},
      {"2022-04-14T08:12:00+02:00[Europe/Paris]", "2022-04-14T06:12:00Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
  });
}

TEST(ParseDate, Rfc822AndItsFriends) {
  expect_read({
      {"Thu, 14 Apr 2022 08:12:00 GMT", "2022-04-14T08:12:00Z"},
      {"14 Apr 22 10:12 +0200", "2022-04-14T08:12:00Z"},
      {"Thursday, 14-Apr-22 08:12:00 GMT", "2022-04-14T08:12:00Z"},
      {"Thu Apr 14 08:12:00 2022", "2022-04-14T08:12:00Z"},
      {"Thu Apr 14 08:12:00 +0200 2022", "2022-04-14T06:12:00Z"},
      {"Thu, 14 Apr 2022 08:12:00 EST", "2022-04-14T13:12:00Z"},
      {"Thu, 14 Apr 2022 08:12:00 ET", "2022-04-14T12:12:00Z"},
      {"Fri, 14 Jan 2022 08:12:00 ET", "2022-01-14T13:12:00Z"},
      {"Thu, 14 Apr 2022 08:12:00 Etc/GMT", "2022-04-14T08:12:00Z"},
      {"Thu, 14 Apr 2022 08:12:00 Etc/UTC", "2022-04-14T08:12:00Z"},
      {"Thu, 14 Apr 2022 08:12:00 Etc/GMT+5", "2022-04-14T13:12:00Z"},
      {"Thu, 14 Apr 2022 08:12:00 Etc/GMT-3", "2022-04-14T05:12:00Z"},
      {"Thu, 14 Apr 2022 10:12:00 Europe/Paris", "2022-04-14T08:12:00Z"},
      {"14 Jan 2022 10:12 America/Argentina/Buenos_Aires", "2022-01-14T13:12:00Z"},
      {"Thu, 14 Apr 2022 08:12:00 GMT+02:00", "2022-04-14T06:12:00Z"},
  });
}

TEST(ParseDate, WhatPublishersWrite) {
  expect_read({
      {"1er mai 2022", "2022-05-01T00:00:00Z"},
      {"1st May 2022", "2022-05-01T00:00:00Z"},
      {"May 2nd, 2022", "2022-05-02T00:00:00Z"},
      {"1º de maio de 2022", "2022-05-01T00:00:00Z"},
      {"16 novembre 2020 15h54", "2020-11-16T15:54:00Z"},
      {"le 16 novembre 2020 à 15 h 54", "2020-11-16T15:54:00Z"},
      {"16 novembre 2020 à 15h", "2020-11-16T15:00:00Z"},
      {"15h54 - 16 novembre 2020", "2020-11-16T15:54:00Z"},
      {"Lundi, 16. Novembre 2020 - 15:54", "2020-11-16T15:54:00Z"},
      {"Montag, 16. November 2020, 15:54 Uhr", "2020-11-16T15:54:00Z"},
      {"16.11.2020, 15.54 Uhr", "2020-11-16T15:54:00Z"},
      {"16. marraskuuta 2020 klo 15.54", "2020-11-16T15:54:00Z"},
      {"16. november 2020 kl. 15.54", "2020-11-16T15:54:00Z"},
      {"3:09 PM - 14 Apr 2022", "2022-04-14T15:09:00Z"},
      {"3:09 PM · Apr 14, 2022", "none"},
      {"14 de abril de 2022, 3:09 p. m.", "2022-04-14T15:09:00Z"},
      {"Nov. 16, 2020, 10:57 a.m.", "2020-11-16T10:57:00Z"},
      {"Apr 14, 2022 12:05 AM", "2022-04-14T00:05:00Z"},
      {"Apr 14, 2022 00:05 AM", "2022-04-14T00:05:00Z"},
      {"Apr 14, 2022 12:05 pm", "2022-04-14T12:05:00Z"},
      {"Apr 14, 2022 15:05 pm", "2022-04-14T15:05:00Z"},
      {"14 квітня 2022 р. 11:12", "2022-04-14T11:12:00Z"},
      {"14 апреля 2022 г., 11:12", "2022-04-14T11:12:00Z"},
      {"14. dubna 2022", "2022-04-14T00:00:00Z"},
      {"2022년 4월 14일 오후 3시 20분", "2022-04-14T15:20:00Z"},
      {"2022年4月14日 15時20分30秒", "2022-04-14T15:20:30Z"},
      {"2022年4月14日", "2022-04-14T00:00:00Z"},
      {"mar., 05 avril 2022", "2022-04-05T00:00:00Z"},
      {"mar. 05/04/2022", "2022-05-04T00:00:00Z"},
      {"14.04.2022 08:12", "2022-04-14T08:12:00Z"},
      {"04/14/2022", "2022-04-14T00:00:00Z"},
      {"14/04/2022", "2022-04-14T00:00:00Z"},
      {"2022/04/14", "2022-04-14T00:00:00Z"},
      {"15:54 h CET 14.04.2022", "2022-04-14T14:54:00Z"},
  });
}

TEST(ParseDate, TwoDigitsAreAYearWhereOnlyThatIsADate) {
  expect_read({
      {"03-12-31", "2003-12-31T00:00:00Z"},
      {"31-12-03", "2003-12-31T00:00:00Z"},
      {"99-12-31", "1999-12-31T00:00:00Z"},
      {"31-12-99", "1999-12-31T00:00:00Z"},
      {"22-04-22", "2022-04-22T00:00:00Z"},
      {"03-12-31T10:14:55Z", "2003-12-31T10:14:55Z"},
      {"031231", "2003-12-31T00:00:00Z"},
      {"-0312", "2003-12-01T00:00:00Z"},
      {"-03-12", "2003-12-01T00:00:00Z"},
      {"2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z"},
      {"14.04.22", "2022-04-14T00:00:00Z"},
      // Either way a date: there is no telling.
      {"03-04-05", "none"},
      {"22-04-14", "none"},
      {"220414", "none"},
      {"200312", "none"},
      {"22013", "none"},
      {"-1312-", "none"},
      {"-0313", "none"},
  });
}

TEST(ParseDate, NeverAGuess) {
  for (const char* text : {"",
                           " ",
                           "today",
                           "yesterday",
                           "Monday",
                           "May",
                           "12",
                           "123",
                           "12345",
                           "10:00",
                           "10:00 pm",
                           "May 5",
                           "2022-13-01",
                           "2022-00-10",
                           "2022-02-29",
                           "2022-02-30",
                           "31/02/2022",
                           "14 Apr",
                           "2022-04-14T25:00:00Z",
                           "2022-04-14T08:60:00Z",
                           "2022-04-14T08:12:61Z",
                           "2022-04-14T24:00:01Z",
                           "2022-04-14T08:12:00+25:00",
                           "2022-04-14T08:12:00+01:75",
                           "2022-04-14T08:12:00+0175",
                           "2022-04-14T08:12:00+zz:00",
                           "2022-04-14T08:xx:00Z",
                           "2022-xx-14",
                           "0000-01-01",
                           "10000-01-01",
                           "2022-366",
                           "2022-W54",
                           "2022-W53-1",
                           "2009W5361",
                           "2022-W15-8",
                           "Sun, 16 zzz 2012 11:47:32 GMT",
                           "14 jui 2022",
                           "1 2 3 4 5",
                           "1.2.3.4",
                           "2022-04-14T1:2:3:4Z",
                           "Apr 14, 2022 13:05 am",
                           "Apr 14, 2022 0:05 pm",
                           "Apr 14, 2022 3:05 am pm",
                           "14 Apr May 2022",
                           "14 Apr 2022 08:12 Europe/Atlantis",
                           "14 Apr 2022 08:12 Etc/Unknown",
                           "2022-04-14T08:12:00Z; x",
                           "1650000000000000",
                           "99999999999999999999",
                           "v1.2.2022x",
                           "\xFF\xFE",
                           "０４",
                           "2022-04-14 {}",
                           "0001-01-01T00:00:00+01:00",
                           "9999-12-31T23:59:59-01:00"})
    EXPECT_EQ(read(text), "none") << text;
  EXPECT_EQ(read(std::string(121, '1')), "none");
  EXPECT_EQ(read("2022" + std::string(100, ',') + "04"), "none");
}

TEST(ParseDate, WhatItWritesItReads) {
  constexpr std::uint64_t kSeed = 20220417;
  std::mt19937_64 random(kSeed);
  std::uniform_int_distribution<std::int64_t> seconds(-62135596800, 253402300799);
  for (int round = 0; round < 5000; ++round) {
    const absl::Time when =
        absl::FromUnixSeconds(seconds(random)) + absl::Nanoseconds(random() % 1'000'000'000);
    google::protobuf::Timestamp stamp;
    set_timestamp(&stamp, when);
    ASSERT_EQ(to_time(stamp), std::min(when, absl::FromUnixSeconds(253402300799)))
        << "seed " << kSeed << ", round " << round;
    ASSERT_EQ(parse_date(format_rfc3339(to_time(stamp))), to_time(stamp)) << format_rfc3339(to_time(stamp));
  }
}

TEST(ParseDate, AnyCutOfADateIsReadOrRefused) {
  for (const std::string_view text : {"Thu, 14 Apr 2022 08:12:00.5 GMT+02:00", "2022年4月14日 15時20分30秒",
                                      "14 Apr 2022 08:12 Europe/Paris", "le 16 novembre 2020 à 15 h 54",
                                      "2022-04-14T08:12:00+02:00[Europe/Paris]"}) {
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
      for (std::size_t end = begin; end <= text.size(); ++end) {
        const auto when = parse_date(text.substr(begin, end - begin));
        EXPECT_TRUE(!when || (*when >= absl::FromUnixSeconds(-62135596800) &&
                              *when <= absl::FromUnixSeconds(253402300800)));
      }
    }
  }
}

TEST(DateWords, MonthsInTheirLanguages) {
  const std::initializer_list<std::pair<const char*, int>> months = {
      {"jan", 1},        {"Février", 2},     {"févr", 2},   {"mar", 3},       {"März", 3},
      {"avr", 4},        {"abr", 4},         {"mai", 5},    {"mayo", 5},      {"jun", 6},
      {"juin", 6},       {"juil", 7},        {"jul", 7},    {"août", 8},      {"ago", 8},
      {"sept", 9},       {"set", 9},         {"okt", 10},   {"out", 10},      {"ott", 10},
      {"nov", 11},       {"dez", 12},        {"dic", 12},   {"квіт", 4},      {"мая", 5},
      {"сен", 9},        {"гру", 12},        {"μαΐου", 5},  {"ιαν", 1},       {"kesä", 6},
      {"wrz", 9},        {"lis", 11},        {"ağu", 8},    {"prosince", 12}, {"říj", 10},
      {"studenoga", 11}, {"desember", 12},   {"maí", 5},    {"gener", 1},     {"maig", 5},
      {"avgust", 8},     {"септембар", 9},   {"јуни", 6},   {"траўня", 5},    {"снежня", 12},
      {"ġunju", 6},      {"agustus", 8},     {"يناير", 1},  {"أغسطس", 8},     {"اغسطس", 8},
      {"جويلية", 7},     {"غشت", 8},         {"حزيران", 6}, {"באוגוסט", 8},   {"יולי", 7},
      {"ივნისი", 6},     {"հոկտեմբերի", 10}, {"फरवरी", 2}};
  for (const auto& [name, month] : months) EXPECT_EQ(month_of(fold_name(name)), month) << name;
  // An abbreviation of two months is none.
  for (const char* name : {"jui", "čer", "ιου", "lip", "srp", "ma", "m", "", "xyz", "monday"})
    EXPECT_EQ(month_of(fold_name(name)), 0) << name;
}

TEST(ParseDate, InScriptsWithDigitsOfTheirOwn) {
  const auto when = parse_date("2022-04-14T15:09:00Z");
  for (const char* text :
       {"الخميس، 14 أبريل 2022 15:09", "الخميس ١٤ أبريل ٢٠٢٢ ١٥:٠٩", "۲۰۲۲-۰۴-۱۴ ۱۵:۰۹",
        "\u200F14 نيسان 2022 15:09", "יום חמישי, 14 באפריל 2022 15:09", "१४ अप्रैल २०२२ १५:०९",
        "четвртак, 14. април 2022. 15:09", "14 أبريل 2022 3:09 مساءً", "Kamis, 14 April 2022 15:09",
        "dijous, 14 abril 2022 15:09", "чацвер, 14 красавіка 2022, 15:09"}) {
    EXPECT_EQ(parse_date(text), when) << text;
  }
}

TEST(Timestamp, IsClampedToWhatItHolds) {
  google::protobuf::Timestamp stamp;
  set_timestamp(&stamp, absl::InfiniteFuture());
  EXPECT_EQ(stamp.seconds(), 253402300799);
  EXPECT_EQ(stamp.nanos(), 0);
  set_timestamp(&stamp, absl::InfinitePast());
  EXPECT_EQ(stamp.seconds(), -62135596800);
  set_timestamp(&stamp, absl::FromUnixMillis(-1));
  EXPECT_EQ(stamp.seconds(), -1);
  EXPECT_EQ(stamp.nanos(), 999'000'000) << "nanos count forwards";
}

TEST(FormatRfc3339, HasFourDigitsAndAFractionOnlyWhenThereIsOne) {
  EXPECT_EQ(format_rfc3339(absl::UnixEpoch()), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_rfc3339(absl::FromUnixMillis(1650000000500)), "2022-04-15T05:20:00.5Z");
  EXPECT_EQ(format_rfc3339(absl::FromUnixSeconds(-59011459200)), "0100-01-01T00:00:00Z");
  EXPECT_EQ(format_rfc3339(absl::InfiniteFuture()), "9999-12-31T23:59:59Z");
  EXPECT_EQ(format_rfc3339(absl::InfinitePast()), "0001-01-01T00:00:00Z");
}

TEST(TimeReference, ReadsAndRefusesTheDatesOfOtherProjects) {
  const std::vector<JsonObject> cases = reference_cases("dates.jsonl");
  if (cases.empty()) GTEST_SKIP() << "SKIPPED: ../shared/reference/evaluation/dates.jsonl is not present";
  for (const JsonObject& one : cases) {
    const auto when = parse_date(text_of(one, "input"));
    if (has(one, "must_parse")) {
      EXPECT_TRUE(when) << text_of(one, "input");
    } else if (!has(one, "utc")) {
      EXPECT_FALSE(when) << text_of(one, "input");
    } else {
      EXPECT_TRUE(when && absl::AbsDuration(*when - *parse_date(text_of(one, "utc"))) < absl::Seconds(1))
          << text_of(one, "input") << " → " << read(text_of(one, "input"));
    }
  }
  EXPECT_GT(cases.size(), 30U);
}

}  // namespace
}  // namespace copytaster
