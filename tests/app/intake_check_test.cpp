// What is refused of an intake, and what is cleaned of it.
#include "app/intake_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/time.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 26, 8, 0, 0), absl::UTCTimeZone());

IntakeRequest text(std::string words) {
  IntakeRequest request;
  request.by = "Mira";
  request.text = std::move(words);
  return request;
}

std::string refusal(IntakeRequest request) { return std::string(clean_intake(&request, kNow).message()); }

TEST(IntakeCheck, ATextThatNobodyCanSeeIsNone) {
  for (const std::string& words :
       {std::string("   "), std::string("\n\t"), std::string("\u200B\u200D\uFEFF"), std::string(1, '\0'),
        std::string("\u00A0\u2800\u3164\u2060"), std::string("\uFE0F")})
    EXPECT_THAT(refusal(text(words)), HasSubstr("the text has no character that can be seen")) << words;
  EXPECT_EQ(refusal(text("\u200B🎉")), "") << "a picture character is a post";
  EXPECT_EQ(refusal(text(".")), "");
}

TEST(IntakeCheck, NamesAndNotesAreOneLineWithoutControlCharacters) {
  IntakeRequest request = text("x");
  request.by = std::string("Mi\0ra\x1b\n B.", 11);
  request.note = std::string("seen\x07 on\r\nair\0", 14);
  ASSERT_TRUE(clean_intake(&request, kNow).ok());
  EXPECT_EQ(request.by, "Mira B.");
  EXPECT_EQ(request.note, "seen on air");
  request.by = std::string("\0\u200B", 4);
  EXPECT_THAT(refusal(request), HasSubstr("who brings it in"));
}

TEST(IntakeCheck, NothingIsCutInSilence) {
  IntakeRequest request = text("x");
  request.note = std::string(1001, 'n');
  EXPECT_THAT(refusal(request), HasSubstr("note is longer than 1000"));
  request.note.clear();
  for (int i = 0; i < 1000; ++i) request.note += "н";
  EXPECT_EQ(refusal(request), "") << "characters are counted, not bytes";
  request.by = std::string(201, 'b');
  EXPECT_THAT(refusal(request), HasSubstr("by is longer than 200"));
}

TEST(IntakeCheck, ADateThatMayBeTwoDaysIsRefused) {
  for (const char* date : {"12/11/2026", "12-11-2026", "1/2/2026", "Thu 12/11/2026 08:30", "10-11-12"})
    EXPECT_THAT(std::string(read_intake_date(date, kNow).status().message()), HasSubstr("two days")) << date;
  EXPECT_THAT(refusal([] {
                IntakeRequest request = text("x");
                request.created_at = "12/11/2026";
                return request;
              }()),
              HasSubstr("2026-11-26T08:30:00Z"));
  for (const char* date : {"2026-11-12", "2026-11-12T08:30:00+01:00", "12 Nov 2026", "25/11/2026",
                           "11/25/2026", "11/11/2026", "12.11.2026", "2026/11/12"})
    EXPECT_TRUE(read_intake_date(date, kNow).ok()) << date;
  EXPECT_EQ(format_rfc3339(read_intake_date("12.11.2026", kNow)->at), "2026-11-12T00:00:00Z");
  EXPECT_TRUE(read_intake_date("12.11.2026", kNow)->day_only);
  EXPECT_FALSE(read_intake_date("2026-11-12T00:00:00Z", kNow)->day_only);
}

TEST(IntakeCheck, NoPostIsFromTomorrow) {
  EXPECT_TRUE(read_intake_date("2026-11-27T07:00:00Z", kNow).ok()) << "a zone may have been forgotten";
  for (const char* date : {"2026-11-27T08:00:01Z", "9999-12-31", "2027-01-01"})
    EXPECT_THAT(std::string(read_intake_date(date, kNow).status().message()), HasSubstr("to come")) << date;
}

TEST(IntakeCheck, APastedTextOfAnotherEncodingKeepsItsWords) {
  EXPECT_EQ(intake_text(std::string("\xFF\xFE<\0a\0", 6)), "<a");
  EXPECT_EQ(intake_text("\xEF\xBB\xBFhello\r\nthere"), "hello\nthere");
}

}  // namespace
}  // namespace copytaster
