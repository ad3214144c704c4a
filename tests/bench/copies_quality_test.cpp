// The quality of folding on the project's own labelled set: every language and platform, all kinds of copies
// and of what only looks like one. Prints a report; the thresholds are those the project promises.
#include "bench/copies_quality.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <random>
#include <string>

#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

LabelledSet own_set() {
  auto set = read_labelled_copies(std::string(COPYTASTER_SOURCE_DIR) + "/tests/processors/copies");
  EXPECT_TRUE(set.ok()) << set.status();
  return set.ok() ? *std::move(set) : LabelledSet();
}

// The first line is collected for CI's quality report.
void print(std::string_view order, const CopiesQuality& quality) {
  std::printf("quality: %s\n%s", headline(order, quality).c_str(), details(quality).c_str());
}

TEST(CopiesQuality, InOrderOfTime) {
  const LabelledSet set = own_set();
  ASSERT_GE(set.labels.size(), 700U);
  const auto quality = measure_copies_quality(set, set.items);
  ASSERT_TRUE(quality.ok()) << quality.status();
  print("in the order of time", *quality);
  EXPECT_GE(quality->recall(), 0.97);
  EXPECT_GE(quality->precision(), 0.995);
}

TEST(CopiesQuality, InTheOrderInWhichPollingBringsThem) {
  const LabelledSet set = own_set();
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  const auto quality = measure_copies_quality(set, as_polling_brings_them(set, seed));
  ASSERT_TRUE(quality.ok()) << quality.status();
  print("as polling brings them (seed " + std::to_string(seed) + ")", *quality);
  EXPECT_GE(quality->recall(), 0.96);
  EXPECT_GE(quality->precision(), 0.99);
}

constexpr const char* kTwo =
    R"("items":[{"platform":"x","person":"anna","handle":"anna","at":"2026-04-07T05:59:16Z","text":"ONE"},)"
    R"({"platform":"facebook","person":"anna","handle":"anna","at":"2026-04-07T06:59:16Z","text":"TWO"}]})";

std::string two(std::string head, const std::string& first, const std::string& second) {
  head += kTwo;
  head.replace(head.find("ONE"), 3, first);
  head.replace(head.find("TWO"), 3, second);
  return head + "\n";
}

// Of what it counts, one of each.
TEST(CopiesQuality, CountsWhatIsFoundMissedAndWrong) {
  const TemporaryFolder folder;
  const std::string bridge =
      "The new bridge over the river opens on Friday at ten with music and free rides.";
  const std::string school =
      "The old school on the hill is closed until the roof has been looked at by somebody.";
  std::ofstream(folder.path() + "/en.jsonl")
      << two(R"({"group":"en-1","kind":"found",)", bridge, bridge)
      << two(R"({"group":"en-2","kind":"missed",)", school,
             "Quite another matter is what this text tells about.")
      << two(R"({"apart":"en-3","kind":"wrong",)",
             "Cats and dogs of the town may ride on all trams for nothing.",
             "Cats and dogs of the town may ride on all trams for nothing.");
  const auto set = read_labelled_copies(folder.path());
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->items.size(), 6U);
  const auto quality = measure_copies_quality(*set, set->items);
  ASSERT_TRUE(quality.ok()) << quality.status();
  EXPECT_EQ(quality->found, 1U);
  EXPECT_EQ(quality->missed, 1U);
  EXPECT_EQ(quality->wrong, 1U);
  EXPECT_EQ(quality->recall(), 0.5);
  EXPECT_EQ(quality->precision(), 0.5);
  EXPECT_EQ(quality->misses.count("en-2 missed"), 1U);
  EXPECT_EQ(quality->misses.count("en-3 wrong"), 1U);
}

TEST(CopiesQuality, AFaultyFileIsToldWithItsLine) {
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/bad.jsonl";
  std::ofstream(file) << two(R"({"group":"en-1","kind":"found",)", "a", "b") << "{\"items\":[]}\n";
  const auto set = read_labelled_copies(file);
  EXPECT_NE(std::string(set.status().message()).find("bad.jsonl:2"), std::string::npos) << set.status();
  EXPECT_FALSE(read_labelled_copies(folder.path() + "/none").ok());
}

}  // namespace
}  // namespace copytaster
