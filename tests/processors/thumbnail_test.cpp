#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "processors/picture_facts.h"
#include "tests/processors/picture_maker.h"

namespace copytaster {
namespace {

TEST(Thumbnail, FitsItsEdgeIsUprightAndCarriesNothing) {
  const std::string turned =
      with_metadata(encoded_scene(1, 400, 200, ".jpg[strip]"),
                    {{"Exif.Image.Orientation", "6"}, {"Exif.Image.Artist", "Somebody"}});
  const auto small = thumbnail(turned, 100);
  ASSERT_TRUE(small.ok()) << small.status();
  const auto seen = inspect_picture(*small);
  ASSERT_TRUE(seen.ok()) << seen.status();
  const Media& media = *seen;
  EXPECT_EQ(media.mime_type(), "image/jpeg");
  EXPECT_EQ(media.width(), 50U);  // a quarter turn: upright now
  EXPECT_EQ(media.height(), 100U);
  EXPECT_EQ(media.embedded().ByteSizeLong(), 0U);
}

TEST(Thumbnail, NeverEnlarges) {
  const auto same = thumbnail(encoded_scene(1, 40, 30, ".png"), 500);
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(inspect_picture(*same).value().width(), 40U);
}

TEST(Thumbnail, OfTransparentAndDeepPictures) {
  for (const auto& [bands, suffix] : std::vector<std::pair<std::string, std::string>>{
           {"rgba", ".png"}, {"cmyk", ".jpg"}, {"rgb16", ".png"}, {"grey", ".png"}}) {
    const auto small = thumbnail(encoded_bands(bands, suffix), 50);
    ASSERT_TRUE(small.ok()) << bands << small.status();
    EXPECT_EQ(inspect_picture(*small).value().width(), 50U);
  }
}

}  // namespace
}  // namespace copytaster
