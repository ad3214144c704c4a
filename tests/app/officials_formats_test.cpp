// Every format exports and imports to the same officials, as far as it can hold them.
#include "app/officials_formats.h"

#include <gmock/gmock.h>

#include "app/officials_merge.h"
#include "tests/app/officials_support.h"

namespace copytaster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

OfficialsInput through(OfficialsFormat format, const std::vector<OfficialEntry>& entries,
                       std::map<std::string, std::size_t>* left_out) {
  return read_officials_as(format, officials_as(format, entries, left_out), "file", Collectors());
}

TEST(OfficialsFormats, AreSeenFromTheName) {
  EXPECT_EQ(officials_format_of("a/b.CSV"), OfficialsFormat::kCsv);
  EXPECT_EQ(officials_format_of("b.jsonl"), OfficialsFormat::kJsonl);
  EXPECT_EQ(officials_format_of("b.opml"), OfficialsFormat::kOpml);
  EXPECT_EQ(officials_format_of("officials.toml"), OfficialsFormat::kToml);
  EXPECT_EQ(officials_format_of("b.d/officials"), std::nullopt);
  EXPECT_EQ(officials_format_of("-"), std::nullopt);
  EXPECT_EQ(officials_format_of("b.xlsx"), std::nullopt);
}

TEST(OfficialsFormats, ThoseThatHoldAllGiveBackAll) {
  const OfficialsInput there = toml_of(kThreeOfficials);
  ASSERT_THAT(texts_of(there.problems), IsEmpty());
  ASSERT_EQ(there.entries.size(), 3U);
  for (const OfficialsFormat format :
       {OfficialsFormat::kToml, OfficialsFormat::kCsv, OfficialsFormat::kJsonl}) {
    std::map<std::string, std::size_t> left_out;
    const OfficialsInput again = through(format, there.entries, &left_out);
    EXPECT_THAT(texts_of(again.problems), IsEmpty());
    EXPECT_EQ(shown(again.entries), shown(there.entries)) << static_cast<int>(format);
    EXPECT_THAT(left_out, IsEmpty());
    EXPECT_THAT(again.left_out, IsEmpty());
    EXPECT_EQ(again.refused, 0U);
  }
}

TEST(OfficialsFormats, AWikidataIdIsQAndANumber) {
  for (const std::string_view id :
       {"Q", "Q0", "Q012", "q7", "Q7a", "7", "P31", "Q-7", "Q123456789012345678901"}) {
    const OfficialsInput there =
        toml_of(str_cat("[[official]]\nid = \"a\"\nname = \"A\"\nwikidata = \"", id, "\"\n"));
    EXPECT_THAT(texts_of(there.problems), ElementsAre(::testing::HasSubstr("officials.toml:4: "))) << id;
  }
  EXPECT_THAT(texts_of(toml_of("[[official]]\nid = \"a\"\nname = \"A\"\nwikidata = \"Q7\"\n").problems),
              IsEmpty());
}

TEST(OfficialsFormats, OpmlHoldsTheFeedsAndSaysWhatItLeavesOut) {
  const OfficialsInput there = toml_of(kThreeOfficials);
  std::map<std::string, std::size_t> left_out;
  const OfficialsInput again = through(OfficialsFormat::kOpml, there.entries, &left_out);
  EXPECT_THAT(texts_of(again.problems), IsEmpty());
  ASSERT_EQ(again.entries.size(), 2U);
  const OfficialEntry& mayor = again.entries[0];
  EXPECT_EQ(mayor.official.id(), "odile-ravenel");
  EXPECT_EQ(mayor.official.name(), "Odile \"Odi\" Ravenel; la maire");
  EXPECT_EQ(mayor.official.wikidata(), "Q900000001");
  EXPECT_THAT(urls_of(mayor.official), ElementsAre("https://ravenel.example/news.xml?a=1&b=2"));
  EXPECT_THAT(mayor.websites, ElementsAre("https://ravenel.example/"));
  EXPECT_EQ(again.entries[1].official.kind(), BODY);
  EXPECT_THAT(left_out_text(left_out),
              testing::AllOf(HasSubstr("accounts on facebook (1)"), HasSubstr("accounts on x (1)"),
                             HasSubstr("roles (3)"), HasSubstr("aliases (4)"),
                             HasSubstr("officials without a feed (1)")));
}

TEST(OfficialsFormats, ImportingWhatWasExportedChangesNothing) {
  const OfficialsInput there = toml_of(kThreeOfficials);
  for (const OfficialsFormat format :
       {OfficialsFormat::kToml, OfficialsFormat::kCsv, OfficialsFormat::kJsonl, OfficialsFormat::kOpml}) {
    OfficialsBook book(there.entries, "officials.toml");
    std::map<std::string, std::size_t> left_out;
    OfficialsInput again = through(format, there.entries, &left_out);
    const std::size_t all = again.entries.size();
    const MergeReport report = book.take(std::move(again), "file");
    EXPECT_EQ(report.unchanged, all) << static_cast<int>(format);
    EXPECT_EQ(report.added + report.changed + report.refused, 0U);
    EXPECT_EQ(shown(book.entries()), shown(there.entries));
  }
}

TEST(OfficialsFormats, WhatIsLeftOutIsBounded) {
  std::map<std::string, std::size_t> left_out;
  for (int i = 0; i < 25; ++i) left_out[str_cat("f", i)] = 1;
  EXPECT_THAT(left_out_text(left_out), HasSubstr(", and 5 more"));
  EXPECT_EQ(left_out_text({{"gender", 2}, {"party", 1}}), "gender (2), party (1)");
}

}  // namespace
}  // namespace copytaster
