// Size, type and hash of every kind of picture.
#include "processors/picture_facts.h"

#include <gtest/gtest.h>

#include "core/text.h"
#include "processors/jpeg_segments.h"
#include "tests/processors/picture_facts_support.h"
#include "tests/processors/picture_maker.h"

namespace copytaster {
namespace {

using testing::facts;

class Started : public ::testing::Environment {
 public:
  void SetUp() override { ASSERT_TRUE(start_pictures("processors_test").ok()); }
};
const auto* const kStarted = ::testing::AddGlobalTestEnvironment(new Started);

TEST(PictureFacts, SizeTypeAndHashOfEveryFormat) {
  const std::string reference = facts(encoded_scene(1, 320, 200, ".png")).pdq().hash();
  const std::vector<std::pair<std::string, std::string>> kinds = {{".jpg[Q=90]", "image/jpeg"},
                                                                  {".png", "image/png"},
                                                                  {".webp[Q=90]", "image/webp"},
                                                                  {".tif", "image/tiff"},
                                                                  {".ppm", "image/x-portable-anymap"}};
  for (const auto& [suffix, type] : kinds) {
    const std::string bytes = encoded_scene(1, 320, 200, suffix);
    const Media media = facts(bytes);
    EXPECT_EQ(media.mime_type(), type);
    EXPECT_EQ(media.width(), 320U) << suffix;
    EXPECT_EQ(media.height(), 200U) << suffix;
    EXPECT_EQ(media.size_bytes(), bytes.size());
    EXPECT_EQ(media.sha256(), sha256_hex(bytes));
    EXPECT_LE(bits_between(media.pdq().hash(), reference), 8) << suffix;
  }
}

// A JPEG with `count` segments more, right behind its beginning.
std::string with_segments(std::string_view segment, std::size_t count) {
  std::string bytes = encoded_scene(1, 320, 200, ".jpg[Q=90]");
  std::string more;
  for (std::size_t i = 0; i < count; ++i) more += segment;
  return bytes.insert(2, more);
}

TEST(PictureFacts, AJpegOfThousandsOfSegmentsIsRefusedBeforeADecoderListsThem) {
  const std::string_view empty("\xFF\xE1\x00\x02", 4);
  const std::string_view comment(
      "\xFF\xFE\x00\x05"
      "abc",
      7);
  EXPECT_EQ(facts(with_segments(empty, 1000)).width(), 320U);
  for (const std::string_view segment : {empty, comment}) {
    const std::string bytes = with_segments(segment, 250'000);
    EXPECT_TRUE(absl::IsResourceExhausted(inspect_picture(bytes).status()));
    EXPECT_TRUE(absl::IsResourceExhausted(thumbnail(bytes, 160).status()));
  }
}

TEST(PictureFacts, SegmentsAreCountedAsLibjpegFindsThem) {
  const std::string scene = encoded_scene(1, 320, 200, ".jpg[Q=90]");
  const std::size_t usual = count_jpeg_segments(scene, 100);
  EXPECT_LT(usual, 10U);
  EXPECT_EQ(count_jpeg_segments(with_segments(std::string_view("\xFF\xFF\xFF\xE1\x00\x04"
                                                               "ab",
                                                               8),
                                              7),
                                100),
            usual + 7);
  EXPECT_EQ(count_jpeg_segments(with_segments(std::string_view("junk\xFF\xE1\x00\x02", 8), 7), 100),
            usual + 7);
  EXPECT_EQ(count_jpeg_segments(scene + with_segments(std::string_view("\xFF\xE1\x00\x02", 4), 7), 100),
            2 * usual + 7)
      << "behind picture data too";
  EXPECT_EQ(count_jpeg_segments(with_segments(std::string_view("\xFF\xE1\x00\x02", 4), 70), 20), 20U);
  for (std::size_t cut = 0; cut < 200; ++cut)
    (void)count_jpeg_segments(std::string_view(scene).substr(0, cut), 9);
}

TEST(PictureFacts, APictureThatIsALineIsRefused) {
  EXPECT_TRUE(absl::IsResourceExhausted(inspect_picture(encoded_scene(1, 1, 70'000, ".png")).status()));
}

TEST(PictureFacts, LargePicturesAreHashedSmallAndStillMatch) {
  const std::string small = facts(encoded_scene(2, 480, 300, ".png")).pdq().hash();
  const Media large = facts(encoded_scene(2, 2400, 1500, ".jpg[Q=85]"));
  EXPECT_EQ(large.width(), 2400U);
  EXPECT_LE(bits_between(large.pdq().hash(), small), 16);
}

TEST(PictureFacts, EveryKindOfPixel) {
  for (const auto& [bands, suffix] : std::vector<std::pair<std::string, std::string>>{{"rgba", ".png"},
                                                                                      {"grey", ".png"},
                                                                                      {"grey", ".jpg"},
                                                                                      {"cmyk", ".jpg"},
                                                                                      {"rgb16", ".png"},
                                                                                      {"rgba", ".webp"},
                                                                                      {"rgb16", ".tif"}}) {
    const Media media = facts(encoded_bands(bands, suffix));
    EXPECT_EQ(media.width(), 120U) << bands << suffix;
    EXPECT_EQ(media.pdq().hash().size(), 64U) << bands << suffix;
    EXPECT_GE(media.pdq().quality(), 50U) << bands << suffix;
  }
}

}  // namespace
}  // namespace copytaster
