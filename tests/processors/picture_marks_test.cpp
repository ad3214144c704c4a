// The luma's short form, marks, and their table.
#include "processors/picture_marks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "processors/picture_luma.h"
#include "processors/picture_mark_table.h"
#include "tests/processors/picture_canvas.h"

namespace copytaster {
namespace {

using testing::Dice;

Luma noise(std::uint64_t seed) {
  const testing::Noise field(seed);
  Luma luma;
  for (std::size_t i = 0; i < luma.size(); ++i) {
    const double value = 128 + 90 * field.at(double(i % kLumaEdge) / 6, double(i / kLumaEdge) / 6, 3);
    luma[i] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
  }
  return luma;
}

TEST(PictureLuma, IsReadOnlyWhole) {
  EXPECT_TRUE(read_luma(std::string(1024, 'x')));
  EXPECT_FALSE(read_luma(std::string(1023, 'x')));
  EXPECT_FALSE(read_luma(""));
}

TEST(PictureLuma, ComesBackFromItsShortForm) {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const Luma luma = noise(seed), back = unpack(pack(luma));
    double mean = 0, off = 0;
    for (const std::uint8_t value : luma) mean += value / double(kLumaBytes);
    for (std::size_t i = 0; i < luma.size(); ++i)
      off += std::abs(luma[i] - mean + 128 - back[i]) / double(kLumaBytes);
    EXPECT_LT(off, 6) << seed;
  }
}

TEST(PictureLuma, AnyLumaHasAShortForm) {
  Luma luma;
  for (const int shade : {0, 255}) {
    luma.fill(static_cast<std::uint8_t>(shade));
    EXPECT_EQ(unpack(pack(luma))[77], 128);
  }
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    for (std::uint8_t& value : luma) value = random() % 2 == 0 ? 0 : 255;
    (void)unpack(pack(luma));
  }
  PackedLuma packed;
  packed.fill(255);
  (void)unpack(packed);
}

TEST(PictureLuma, BarsAndFramesAreTakenOff) {
  const Luma whole = noise(3);
  Luma barred;
  barred.fill(0);
  // The picture in the middle 24 rows.
  for (std::size_t row = 0; row < 24; ++row) {
    for (std::size_t column = 0; column < 32; ++column)
      barred[(row + 4) * 32 + column] = whole[row * 4 / 3 * 32 + column];
  }
  const Luma freed = without_rim(barred);
  EXPECT_NE(freed, barred);
  double off = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) off += std::abs(whole[i] - freed[i]) / 1024.0;
  EXPECT_LT(off, 12);
  EXPECT_EQ(without_rim(whole), whole);
  Luma flat;
  flat.fill(7);
  EXPECT_EQ(without_rim(flat)[500], 7);
}

TEST(PictureMarks, StayWhereTheyAre) {
  const Luma luma = noise(8);
  const auto marks = marks_of(luma, kRememberedScales);
  ASSERT_GE(marks.size(), 5U);
  ASSERT_LE(marks.size(), kMostMarks);
  const auto asked = marks_of(luma, kLookUpScales);
  for (const PictureMark& mark : marks) {
    EXPECT_TRUE(
        std::ranges::any_of(asked, [&](const PictureMark& one) { return marks_meet(one, mark.code); }));
  }
  std::size_t strangers = 0;
  for (const PictureMark& mark : marks_of(noise(9), kRememberedScales))
    strangers += static_cast<std::size_t>(
        std::ranges::count_if(asked, [&](const PictureMark& one) { return marks_meet(one, mark.code); }));
  EXPECT_EQ(strangers, 0U);
}

TEST(PictureMarks, AFlatPictureHasNone) {
  Luma flat;
  flat.fill(128);
  EXPECT_TRUE(marks_of(flat, kLookUpScales).empty());
}

PictureMark mark_of(std::uint64_t code) {
  PictureMark mark{4, 5, 1, code & ((std::uint64_t{1} << kMarkBits) - 1), {}};
  mark.keys.fill(static_cast<std::uint32_t>(code & kMarkKeyMask));
  return mark;
}

bool meets(const MarkTable& table, const PictureMark& mark, std::uint32_t number) {
  std::vector<MetMark> met;
  table.meet({&mark, 1}, &met);
  return std::ranges::any_of(
      met, [&](const MetMark& one) { return one.number == number && one.x == 4 && one.y == 5; });
}

TEST(MarkTable, FindsWhatWasPutInWhileItGrows) {
  Dice dice(4);
  MarkTable table;
  std::vector<PictureMark> all;
  for (std::uint32_t number = 0; number < 30'000; ++number) {
    all.push_back(mark_of(dice.roll()));
    table.insert({&all.back(), 1}, number);
  }
  std::size_t found = 0;
  for (std::uint32_t number = 0; number < all.size(); ++number)
    found += meets(table, all[number], number) ? 1 : 0;
  EXPECT_GE(found, all.size() * 85 / 100)
      << "but for buckets that were full: a picture has 14 marks and needs two";
  // Three of the last signs may differ, four may not.
  PictureMark near = all[77], far = all[77];
  near.code ^= std::uint64_t{7} << 30;
  far.code ^= std::uint64_t{15} << 30;
  EXPECT_EQ(meets(table, near, 77), meets(table, all[77], 77));
  EXPECT_FALSE(meets(table, far, 77));
}

TEST(MarkTable, ForgetsTheOldest) {
  Dice dice(5);
  MarkTable table;
  std::vector<PictureMark> all;
  for (std::uint32_t number = 0; number < 1000; ++number) {
    all.push_back(mark_of(dice.roll()));
    table.insert({&all.back(), 1}, number);
  }
  table.drop_before(400);
  EXPECT_TRUE(meets(table, all[400], 0));
  EXPECT_TRUE(meets(table, all[999], 599));
  std::vector<MetMark> met;
  for (std::size_t i = 0; i < 400; ++i) table.meet({&all[i], 1}, &met);
  for (const MetMark& one : met) EXPECT_LT(one.number, 600U);
}

// A mark that everybody has costs a look-up one bucket, and the others nothing.
TEST(MarkTable, OneMarkOfAMillionPicturesFillsOneBucket) {
  MarkTable table;
  const PictureMark hot = mark_of(12345), other = mark_of(54321);
  for (std::uint32_t number = 0; number < 1'000'000; ++number) table.insert({&hot, 1}, number);
  table.insert({&other, 1}, 1'000'000);
  std::vector<MetMark> met;
  table.meet({&hot, 1}, &met);
  EXPECT_LE(met.size(), kMarkKeys * MarkTable::kSlots);
  EXPECT_TRUE(meets(table, hot, 0));
  EXPECT_TRUE(meets(table, other, 1'000'000));
  EXPECT_LE(table.memory_bytes(), std::size_t{32} << 20);
}

}  // namespace
}  // namespace copytaster
