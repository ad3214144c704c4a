#include "rehearsal/pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vips/vips.h>

#include <exiv2/exiv2.hpp>

#include "rehearsal/picture_paths.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using testing::Theatre;

struct Metadata {
  std::map<std::string, std::string> iptc, xmp;
  bool exif = false;
};

Metadata metadata_of(const std::string& jpeg) {
  const auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(jpeg.data()),
                                               static_cast<long>(jpeg.size()));
  image->readMetadata();
  Metadata out;
  for (const auto& datum : image->iptcData()) out.iptc[datum.key()] = datum.toString();
  for (const auto& datum : image->xmpData()) out.xmp[datum.key()] = datum.toString();
  out.exif = !image->exifData().empty();
  return out;
}

// Decodes the whole picture; zero where it does not.
Size decoded_size(const std::string& jpeg) {
  VipsImage* image = nullptr;
  if (vips_jpegload_buffer(const_cast<char*>(jpeg.data()), jpeg.size(), &image, "fail_on",
                           VIPS_FAIL_ON_WARNING, nullptr) != 0)
    return {};
  std::size_t size = 0;
  void* pixels = vips_image_write_to_memory(image, &size);
  const Size out = pixels == nullptr ? Size{} : Size{image->Xsize, image->Ysize};
  g_free(pixels);
  g_object_unref(image);
  return out;
}

std::string url_of(const Theatre& theatre, std::string_view key) {
  const Post& post = *theatre.day.by_key.find(key)->second;
  const PostPicture& picture = post.versions.front().pictures.front();
  return post.account->platform == Platform::kFeed
             ? str_cat("https://", post.account->host, feed_picture_path(post, picture, 0))
             : str_cat("https://", kBlueskyPictureHost, bluesky_picture_path(post, picture, false));
}

TEST(PlayedPictures, EachOneDecodesInItsSize) {
  const auto day = read_day(embedded_day_files());
  ASSERT_TRUE(day.ok());
  Pictures pictures(*day);
  std::map<std::string, int> seen;
  for (const Post& post : day->posts) {
    for (const PostVersion& version : post.versions) {
      for (const PostPicture& picture : version.pictures) {
        const bool words = post.account->platform == Platform::kFeed;
        const Rendition rendition{picture.image, picture.crop, picture.quality, false, words};
        if (seen[rendition.name()]++ > 0) continue;
        const auto jpeg = pictures.jpeg(rendition);
        ASSERT_TRUE(jpeg.ok()) << jpeg.status();
        const Size size = decoded_size(**jpeg);
        EXPECT_EQ(size.width, size_of(rendition).width) << rendition.name();
        EXPECT_EQ(size.height, size_of(rendition).height) << rendition.name();
        EXPECT_GT((*jpeg)->size(), 15'000u) << rendition.name();
        EXPECT_LT((*jpeg)->size(), 600'000u) << rendition.name();
      }
    }
  }
  EXPECT_LE(seen.size(), 51u);
}

TEST(PlayedPictures, FeedsCarryIptcAndXmp) {
  Theatre theatre(rehearsal_end());
  const HttpResponse response = theatre.get(url_of(theatre, "paris-feed-2"));
  ASSERT_EQ(response.status, 200);
  Metadata metadata = metadata_of(response.body);
  EXPECT_EQ(metadata.iptc["Iptc.Application2.Byline"], "Inès Brémontier");
  EXPECT_EQ(metadata.iptc["Iptc.Application2.Credit"], "Ville de Paris");
  EXPECT_EQ(metadata.iptc["Iptc.Application2.Copyright"], "© 2022 Inès Brémontier / Ville de Paris");
  EXPECT_EQ(metadata.iptc["Iptc.Application2.City"], "Kyiv");
  EXPECT_EQ(metadata.iptc["Iptc.Envelope.CharacterSet"], "\x1b%G");
  EXPECT_EQ(metadata.xmp["Xmp.dc.creator"], "Inès Brémontier");
  EXPECT_EQ(metadata.xmp["Xmp.photoshop.Headline"], "Paris and Kyiv sign a partnership");
  EXPECT_THAT(metadata.xmp["Xmp.dc.description"],
              ::testing::HasSubstr("copies of the partnership agreement"));
  EXPECT_THAT(metadata.xmp["Xmp.iptc.AltTextAccessibility"], ::testing::HasSubstr("Two open folders"));
}

TEST(PlayedPictures, PlatformsStripThem) {
  Theatre theatre(rehearsal_end());
  const HttpResponse bluesky = theatre.get(url_of(theatre, "hidalgo-bsky-2"));
  ASSERT_EQ(bluesky.status, 200);
  const Metadata metadata = metadata_of(bluesky.body);
  EXPECT_TRUE(metadata.iptc.empty());
  EXPECT_TRUE(metadata.xmp.empty());
  EXPECT_FALSE(metadata.exif);
}

TEST(PlayedPictures, CropsOfOneSceneDiffer) {
  const testing::SmallDay files("");
  const auto day = read_day(files.files());
  ASSERT_TRUE(day.ok()) << day.status();
  Pictures pictures(*day);
  std::set<std::string> seen;
  for (const Crop crop : {Crop::kFull, Crop::kLeft, Crop::kRight, Crop::kTight, Crop::kTop}) {
    const auto jpeg = pictures.jpeg({"scene", crop, 80, false, false});
    ASSERT_TRUE(jpeg.ok()) << jpeg.status();
    EXPECT_TRUE(seen.insert(**jpeg).second);
    const Box box = crop_box(crop);
    EXPECT_LE(box.left + box.width, kFullWidth);
    EXPECT_LE(box.top + box.height, kFullHeight);
  }
  const auto small = pictures.jpeg({"scene", Crop::kLeft, 80, true, false});
  ASSERT_TRUE(small.ok());
  EXPECT_EQ(decoded_size(**small).width, kSmallWidth);
  EXPECT_TRUE(absl::IsNotFound(pictures.jpeg({"nothing", Crop::kFull, 80, false, false}).status()));
}

TEST(PlayedPictures, AnUnreadableSceneIsAnErrorNotAnEnd) {
  const std::vector<std::pair<std::string_view, std::string_view>> files = {
      {"t/officials.toml", testing::SmallDay::kOfficials}, {"t/pictures/bad.svg", "<svg"}};
  const auto day = read_day(files);
  ASSERT_TRUE(day.ok()) << day.status();
  Pictures pictures(*day);
  EXPECT_TRUE(absl::IsInternal(pictures.jpeg({"bad", Crop::kFull, 80, false, false}).status()));
}

TEST(PlayedPictures, ThereWhileTheirPostIs) {
  Theatre theatre(testing::on_the_day(11, 0));
  const Post& post = *theatre.day.by_key.find("klitschko-masto-2")->second;
  const std::string url = str_cat(
      "https://social.example",
      mastodon_picture_path(post, post.versions.front().pictures.front(), 0, "social.example", false));
  EXPECT_EQ(theatre.get(url).status, 404);
  theatre.clock.set(testing::on_the_day(11, 2));
  EXPECT_EQ(theatre.get(url).status, 200);
  theatre.clock.set(testing::on_the_day(11, 7));
  EXPECT_EQ(theatre.get(url).status, 404);
}

}  // namespace
}  // namespace copytaster::rehearsal
