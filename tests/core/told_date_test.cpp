// Whether a time of day stands in a date.
#include "core/told_date.h"

#include <gtest/gtest.h>

#include "core/item.h"
#include "core/time.h"

namespace copytaster {
namespace {

std::string shown(std::string_view text) {
  const auto date = parse_told_date(text);
  if (!date) return "none";
  Item item;
  set_created_at(*date, &item);
  EXPECT_EQ(to_time(item.created_at()), parse_date(text)) << text;
  return created_at_text(item);
}

TEST(ToldDate, ADayWithoutATimeIsADay) {
  for (const char* text :
       {"2022-04-14", "20220414", "2022104", "2022-W15-4", "Thu, 14 Apr 2022", "14 avril 2022", "4/14/2022",
        "14.04.2022", "2022-04-14 [Asia/Tokyo]", "14 Apr 2022 America/New_York"})
    EXPECT_EQ(shown(text), "2022-04-14") << text;
}

TEST(ToldDate, ATimeThatIsWrittenIsATimeMidnightToo) {
  for (const char* text : {"2022-04-14T00:00:00Z", "2022-04-14 00:00", "20220414000000", "20220414T0000Z",
                           "20220414T000000", "Thu, 14 Apr 2022 00:00:00 GMT", "14 avril 2022, 0h00"})
    EXPECT_EQ(shown(text), "2022-04-14T00:00:00Z") << text;
  EXPECT_EQ(shown("20220414T101112 Europe/Paris"), "2022-04-14T08:11:12Z");
}

TEST(ToldDate, OfAMonthOrAYearTheFirstDayIsKnown) {
  EXPECT_EQ(shown("2022-04"), "2022-04-01");
  EXPECT_EQ(shown("-2204"), "2022-04-01");
  EXPECT_EQ(shown("2022"), "2022-01-01");
  EXPECT_EQ(shown("some day"), "none");
}

TEST(ToldDate, AnItemsDateIsReplacedAsAWhole) {
  Item item;
  set_created_at(*parse_told_date("2022-04-14"), &item);
  EXPECT_TRUE(item.day_only());
  set_created_at(*parse_told_date("2022-04-14T00:00:00Z"), &item);
  EXPECT_FALSE(item.day_only());
}

TEST(ToldDate, TheDateOfAnEditIsReplacedAsAWholeToo) {
  Item item;
  set_edited_at(*parse_told_date("2022-04-15"), &item);
  EXPECT_TRUE(item.edited_day_only());
  EXPECT_FALSE(item.day_only());
  EXPECT_EQ(format_rfc3339(to_time(item.edited_at())), "2022-04-15T00:00:00Z");
  set_edited_at(*parse_told_date("2022-04-15T00:00:00Z"), &item);
  EXPECT_FALSE(item.edited_day_only());
}

TEST(ToldDate, HowPreciselyADateIsKnownIsNoContent) {
  Item item;
  item.set_text("Le pont rouvre.");
  const std::string hash = content_hash(item);
  set_created_at(*parse_told_date("2022-04-14"), &item);
  set_edited_at(*parse_told_date("2022-04-15"), &item);
  EXPECT_EQ(content_hash(item), hash);
}

}  // namespace
}  // namespace copytaster
