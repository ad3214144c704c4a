// Numbers as bytes, and code points as bytes.
#include "core/bytes.h"

#include <gtest/gtest.h>

#include <random>

#include "core/code_points.h"
#include "core/text.h"

namespace copytaster {
namespace {

TEST(Bytes, BigEndianSortsAsNumbersDo) {
  EXPECT_EQ(big_endian<std::uint32_t>(0x01020304), std::string("\1\2\3\4"));
  EXPECT_EQ(big_endian<std::uint8_t>(0xff), "\xff");
  EXPECT_EQ(big_endian<std::uint64_t>(1).size(), 8U);
  constexpr std::uint64_t kSeed = 20220419;
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t a = random() >> (random() % 64);
    const std::uint64_t b = random() >> (random() % 64);
    ASSERT_EQ(from_big_endian(big_endian(a)), a) << "seed " << kSeed;
    ASSERT_EQ(from_little_endian64(little_endian64(a)), a) << "seed " << kSeed;
    ASSERT_EQ(big_endian(a) < big_endian(b), a < b) << "seed " << kSeed;
  }
  EXPECT_EQ(little_endian64(0x0102), std::string("\2\1\0\0\0\0\0\0", 8));
}

TEST(Bytes, OfAnotherSizeAreNothingWorse) {
  EXPECT_EQ(from_big_endian(""), 0U);
  EXPECT_EQ(from_big_endian("\1\2"), 0x0102U);
  EXPECT_EQ(from_big_endian("123456789"), 0U);
  EXPECT_EQ(from_little_endian64("\2\1"), 0x0102U);
  EXPECT_EQ(from_little_endian64(std::string("\1\0\0\0\0\0\0\0\7", 9)), 1U);
  EXPECT_EQ(from_little_endian64(""), 0U);
}

TEST(CodePoints, ComeBack) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x1000 ? 1 : 7) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string bytes;
    append_utf8(bytes, c);
    std::size_t at = 0;
    ASSERT_TRUE(is_valid_utf8(bytes)) << static_cast<std::uint32_t>(c);
    ASSERT_EQ(next_code_point(bytes, &at), c);
    ASSERT_EQ(at, bytes.size());
  }
}

TEST(CodePoints, IllFormedBytesAreOneReplacementEach) {
  constexpr std::uint64_t kSeed = 20220420;
  std::mt19937_64 random(kSeed);
  for (const char* bad : {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xF8\x88\x80\x80\x80", "\xC3", "\xE2\x82", "\xFF"}) {
    std::size_t at = 0;
    EXPECT_EQ(next_code_point(bad, &at), U'\uFFFD');
    EXPECT_EQ(at, 1U);
  }
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes;
    for (int i = 0; i < 5; ++i) bytes += static_cast<char>(random());
    bool all_good = true;
    std::string back;
    for (std::size_t at = 0; at < bytes.size();) {
      const char32_t c = next_code_point(bytes, &at);
      all_good = all_good && c != U'\uFFFD';
      append_utf8(back, c);
    }
    ASSERT_EQ(all_good, is_valid_utf8(bytes)) << "seed " << kSeed << ", round " << round;
    ASSERT_TRUE(is_valid_utf8(back));
  }
}

}  // namespace
}  // namespace copytaster
