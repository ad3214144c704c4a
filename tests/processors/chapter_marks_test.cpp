// Chapters of videos are headings: nothing in them is quoted.
#include "processors/chapter_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> chapters(std::string_view text) {
  std::vector<Span> spans;
  find_chapter_marks(text, &spans);
  std::vector<std::string> out;
  for (const Span& span : spans) out.emplace_back(text.substr(span.begin, span.end - span.begin));
  return out;
}

TEST(ChapterMarks, AreLinesWithTimesOfTheVideo) {
  EXPECT_THAT(chapters("Our city.\n\n0:00 Intro\n1:05 The bridge\n1:02:03 Thanks\n\nSubscribe!"),
              ElementsAre("0:00 Intro", "1:05 The bridge", "1:02:03 Thanks"));
  EXPECT_THAT(chapters("(00:00) Intro\n[02:10] – Bridge"), ElementsAre("(00:00) Intro", "[02:10] – Bridge"));
  EXPECT_THAT(chapters("▶ 0:00 Вступ\n• 03:40 – Міст"), ElementsAre("▶ 0:00 Вступ", "• 03:40 – Міст"));
  EXPECT_THAT(chapters("Intro 0:00\nThe bridge (2:30)"), ElementsAre("Intro 0:00", "The bridge (2:30)"));
  EXPECT_THAT(chapters("00:00:00 A\n\nPart two\n\n00:10:00 B"), ElementsAre("00:00:00 A", "00:10:00 B"));
}

TEST(ChapterMarks, ClockTimesAreNone) {
  for (const char* text : {"18:30 We meet at the town hall\n19:00 The concert", "At 0:00 the year ends.",
                           "0:00 Fireworks", "Doors 17:00\nStart 18:00", "0:00am\n1:00am", "2:1 Tor\n3:1 Tor",
                           "10:00:00:00\n0:0", "", "0:00 A\n0:00 B", "The score was 0:00 as ever"})
    EXPECT_THAT(chapters(text), IsEmpty()) << text;
  EXPECT_THAT(chapters("0:00 A\n2:00 B\n1:00 of another day"), ElementsAre("0:00 A", "2:00 B"));
}

class ChaptersInPosts : public testing::QuoteSteps {};

TEST_F(ChaptersInPosts, AreNeitherQuotesNorQuotable) {
  const std::string_view quotable = "We must stand with those who lost their homes, and we will.";
  const std::string list = str_cat("0:00 Intro\n0:40 ", quotable,
                                   "\n2:15 “We will rebuild every school in this city,” said Odile Marchal\n",
                                   "- 4:10 - Thank you all – says Odile Marchal – and see you soon\n6:00 Why "
                                   "we will never give up our town");
  const Item one = quotes_in(str_cat("The talk at the town hall.\n\n", list), "en", "odile-marchal");
  EXPECT_EQ(one.quotes_size(), 0) << (one.quotes_size() > 0 ? one.quotes(0).text() : "");
}

TEST_F(ChaptersInPosts, WhatStandsAroundThemIsQuotedAsEver) {
  const std::string_view quotable = "We must stand with those who lost their homes, and we will.";
  const std::string_view list = "0:00 Intro\n1:10 The bridge\n3:00 We will never give up our beloved town";
  const Item one = quotes_in(
      str_cat(quotable, "\n\n", list, "\n\n“We will rebuild every school in this city,” said Odile Marchal."),
      "en", "odile-marchal");
  ASSERT_EQ(one.quotes_size(), 2);
  EXPECT_EQ(one.quotes(0).text(), "We will rebuild every school in this city,");
  EXPECT_EQ(one.quotes(1).text(), quotable);
}

}  // namespace
}  // namespace copytaster
