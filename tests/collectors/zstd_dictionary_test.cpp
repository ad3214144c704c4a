// What Jetstream compresses: read whole, or refused.
#include "collectors/zstd_dictionary.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>

#include "core/strings.h"
#include "tests/collectors/conformance_support.h"
#include "tests/collectors/stream_support.h"

namespace copytaster {
namespace {

constexpr std::string_view kText = R"({"did":"did:plc:x","kind":"commit","text":"Трамвай 🚋 їде"})";

TEST(ZstdDictionary, ReadsWhatWasCompressedWithIt) {
  const std::string bytes = train_dictionary();
  const auto dictionary = ZstdDictionary::make(bytes);
  ASSERT_TRUE(dictionary.ok()) << dictionary.status();
  for (const bool with_size : {true, false}) {
    const std::string frame = compress_with(bytes, kText, with_size);
    EXPECT_TRUE(is_zstd_frame(frame));
    EXPECT_EQ(dictionary->decompress(frame, 1000).value_or("refused"), kText) << with_size;
  }
  EXPECT_EQ(dictionary->decompress(compress_with(bytes, ""), 10).value_or("refused"), "");
}

TEST(ZstdDictionary, AFrameLargerThanTheFirstGuessIsReadToo) {
  const std::string bytes = train_dictionary();
  const std::string large(300'000, 'x');
  EXPECT_EQ(ZstdDictionary::make(bytes)->decompress(compress_with(bytes, large, false), 300'000).value_or(""),
            large);
}

TEST(ZstdDictionary, ABombIsRefused) {
  const std::string bytes = train_dictionary();
  const auto dictionary = ZstdDictionary::make(bytes);
  const std::string content((std::size_t{64} << 20), '\0');
  for (const bool with_size : {true, false}) {
    const std::string bomb = compress_with(bytes, content, with_size);
    ASSERT_LT(bomb.size(), 20'000U);
    const auto text = dictionary->decompress(bomb, std::size_t{1} << 20);
    EXPECT_TRUE(absl::IsResourceExhausted(text.status())) << with_size << text.status();
  }
  EXPECT_TRUE(absl::IsResourceExhausted(dictionary->decompress(compress_with(bytes, "four"), 3).status()));
}

TEST(ZstdDictionary, AnothersFramesAreRefused) {
  const auto ours = ZstdDictionary::make(train_dictionary(1));
  const auto theirs = ZstdDictionary::make(train_dictionary(2));
  ASSERT_NE(ours->id(), theirs->id());
  const auto text = ours->decompress(compress_with(train_dictionary(2), kText), 1000);
  EXPECT_TRUE(absl::IsInvalidArgument(text.status())) << text.status();
  EXPECT_NE(text.status().message().find(str_cat(theirs->id())), absl::string_view::npos) << text.status();
}

TEST(ZstdDictionary, DamagedFramesAreRefused) {
  const std::string bytes = train_dictionary();
  const auto dictionary = ZstdDictionary::make(bytes);
  const std::string frame = compress_with(bytes, kText);
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_TRUE(absl::IsInvalidArgument(dictionary->decompress(frame.substr(0, size), 1000).status()))
        << size;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(dictionary->decompress(frame + frame, 1000).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(dictionary->decompress(frame + "x", 1000).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(dictionary->decompress(kText, 1000).status()));
}

TEST(ZstdDictionary, WhatIsNoDictionaryIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("words that would do as raw content"),
        std::string("\x37\xa4\x30\xec\x01\0\0\0", 8), std::string(2U << 20, 'x')}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ZstdDictionary::make(bytes).status())) << bytes.size();
  }
  const auto missing = ZstdDictionary::read("/nowhere/at/all.zdict");
  EXPECT_TRUE(absl::IsNotFound(missing.status()));
  EXPECT_NE(missing.status().message().find("/nowhere/at/all.zdict"), absl::string_view::npos);
  EXPECT_TRUE(absl::IsNotFound(ZstdDictionary::read("/").status()));
}

// The dictionaries that Bluesky publishes (see the README's "Reference data").
TEST(ZstdDictionary, ReadsThePublishedOnes) {
  const std::string folder = source_path("../shared/reference/samples/bluesky/");
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "SKIPPED: " << folder << " not present";
  const std::pair<const char*, std::uint32_t> files[] = {{"legacy_subscribe.zdict", 1612007021U},
                                                         {"subscribe_events_20260811.zdict", 0}};
  for (const auto& [name, id] : files) {
    const std::string bytes = read_file(folder + name);
    const auto dictionary = ZstdDictionary::read(folder + name);
    ASSERT_TRUE(dictionary.ok()) << dictionary.status();
    EXPECT_GT(dictionary->id(), 0U);
    if (id != 0) {
      EXPECT_EQ(dictionary->id(), id);
    }
    const std::string frame = compress_with(bytes, kText);
    EXPECT_EQ(dictionary->decompress(frame, 1000).value_or("refused"), kText) << name;
    std::cout << name << ": id " << dictionary->id() << ", " << kText.size() << " bytes in " << frame.size()
              << "\n";
  }
}

}  // namespace
}  // namespace copytaster
