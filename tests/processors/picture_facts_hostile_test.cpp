// Pictures made to harm, and pictures that are none.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

#include "core/text.h"
#include "processors/picture_facts.h"
#include "processors/webp_size.h"
#include "tests/processors/picture_maker.h"

namespace copytaster {
namespace {

std::mt19937 seeded() {
  const char* given = std::getenv("COPYTASTER_TEST_SEED");
  const unsigned seed =
      given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
  std::cout << "COPYTASTER_TEST_SEED=" << seed << "\n";
  return std::mt19937(seed);
}

// vips takes the memory of all pixels when it opens one: 34 bytes were enough to take half a gigabyte.
TEST(PictureFacts, AWebpTellsItsSizeBeforeItIsOpened) {
  const auto webp = [](std::string_view chunk, std::string_view data) {
    std::string bytes("RIFF\x16\0\0\0WEBP", 12);
    bytes.append(chunk).append(std::string_view("\x0a\0\0\0", 4)).append(data);
    return bytes;
  };
  const std::string extended = webp("VP8X", std::string_view("\0\0\0\0\xff\x3f\0\xff\x3f\0", 10));
  const std::string lossless = webp("VP8L", std::string_view("\x2f\xff\xff\xff\x0f\0\0\0\0\0", 10));
  const std::string lossy = webp("VP8 ", std::string_view("\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01", 10));
  for (const std::string& bomb : {extended, lossless}) {
    ASSERT_TRUE(webp_size(bomb));
    EXPECT_EQ(webp_size(bomb)->width, 16384U);
    EXPECT_EQ(webp_size(bomb)->height, 16384U);
    const auto media = inspect_picture(bomb);
    EXPECT_TRUE(absl::IsResourceExhausted(media.status())) << media.status();
    EXPECT_TRUE(absl::IsResourceExhausted(thumbnail(bomb, 200).status()));
  }
  ASSERT_TRUE(webp_size(lossy));
  EXPECT_EQ(webp_size(lossy)->width, 640U);
  EXPECT_EQ(webp_size(lossy)->height, 480U);
  for (std::size_t size = 0; size < lossy.size(); ++size) EXPECT_FALSE(webp_size(lossy.substr(0, size)));
}

TEST(PictureFacts, ABombIsRefusedByItsHeader) {
  std::string png = encoded_scene(1, 8, 8, ".png");
  // IHDR: width and height at 16 and 20. The check sum is wrong then, so compare with a limit below the true
  // size too.
  EXPECT_EQ(inspect_picture(png, {.max_pixels = 63}).status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(inspect_picture(png, {.max_pixels = 64}).ok());
  const std::string wide = "P5\n200000 200000\n255\n";
  Media partial;
  const auto refused = inspect_picture(wide, {}, &partial);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted) << refused.status();
  EXPECT_FALSE(thumbnail(wide, 100).ok());
}

TEST(PictureFacts, WhatMustBeHeldWholeIsBounded) {
  const PictureLimits small{.max_bytes_held = 100 * 80 * 3 - 1};
  for (const char* held : {".png[interlace]", ".jpg[interlace]", ".webp"}) {
    EXPECT_EQ(inspect_picture(encoded_scene(1, 100, 80, held), small).status().code(),
              absl::StatusCode::kResourceExhausted)
        << held;
  }
  for (const char* by_lines : {".png", ".jpg"})
    EXPECT_TRUE(inspect_picture(encoded_scene(1, 100, 80, by_lines), small).ok()) << by_lines;
}

TEST(PictureFacts, PixelsThatAreNotThereAreNotReadOneByOne) {
  for (const std::string bytes :
       {"P2 10000 10000 255\n1 1 1", "P5\n10000 10000\n255\nabc", "P6\n9000 9000\n255\n"}) {
    const auto media = inspect_picture(bytes);
    EXPECT_EQ(media.status().code(), absl::StatusCode::kInvalidArgument) << bytes;
    EXPECT_FALSE(thumbnail(bytes, 64).ok());
  }
}

TEST(PictureFacts, ACutPictureIsBroken) {
  for (const char* suffix : {".jpg", ".png", ".tif", ".webp"}) {
    for (const int width : {200, 1600}) {
      const std::string whole = encoded_scene(3, width, 150, suffix);
      const auto cut = inspect_picture(whole.substr(0, whole.size() / 2));
      EXPECT_EQ(cut.status().code(), absl::StatusCode::kInvalidArgument) << suffix << " " << width;
    }
  }
}

TEST(PictureFacts, NoPictureIsInvalid) {
  for (const std::string bytes : {"", "a", "RIFF", "GIF8", "ftyp", "P5", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff",
                                  "II*", "MM", "<svg/>", "<html>no</html>", "%PDF-1.4"}) {
    Media partial;
    const auto media = inspect_picture(bytes, {}, &partial);
    EXPECT_EQ(media.status().code(), absl::StatusCode::kInvalidArgument) << bytes;
    EXPECT_FALSE(std::string(media.status().message()).ends_with(": ")) << bytes;
    EXPECT_EQ(partial.size_bytes(), bytes.size());
    EXPECT_FALSE(thumbnail(bytes, 64).ok()) << bytes;
  }
}

std::string rich(std::string_view suffix) {
  return with_metadata(encoded_scene(4, 48, 40, suffix),
                       {{"Xmp.dc.description", "A caption"}, {"Exif.Image.Artist", "Somebody"}});
}

TEST(PictureFacts, TruncatedAnywhere) {
  for (const char* suffix : {".jpg[strip]", ".png", ".webp", ".tif"}) {
    const std::string whole = rich(suffix);
    for (std::size_t cut = 0; cut < whole.size(); cut += cut < 600 ? 7 : 41) {
      Media partial;
      const auto media = inspect_picture(whole.substr(0, cut), {}, &partial);
      EXPECT_TRUE(media.ok() || !media.status().message().empty());
      EXPECT_TRUE(is_valid_utf8(partial.embedded().caption()));
    }
  }
}

TEST(PictureFacts, ChangedAnywhere) {
  auto random = seeded();
  for (const char* suffix : {".jpg[strip]", ".png", ".webp", ".tif", ".ppm"}) {
    const std::string whole =
        std::string_view(suffix) == ".ppm" ? encoded_scene(4, 48, 40, ".ppm") : rich(suffix);
    for (int round = 0; round < 150; ++round) {
      std::string bytes = whole;
      for (int change = 0; change < 1 + round % 8; ++change)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      Media partial;
      const auto media = inspect_picture(bytes, {.max_pixels = 1'000'000}, &partial);
      for (const std::string& text : {partial.embedded().caption(), partial.embedded().creator()})
        EXPECT_TRUE(is_valid_utf8(text));
      EXPECT_TRUE(!media.ok() || media->pdq().hash().size() == 64);
    }
  }
}

TEST(PictureFacts, ManyThreads) {
  const std::string bytes = rich(".jpg[strip]");
  std::vector<std::string> captions(8);
  std::vector<std::thread> threads;
  threads.reserve(captions.size());
  for (std::string& caption : captions) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const auto media = inspect_picture(bytes);
        caption = media.ok() ? media->embedded().caption() : "";
        if (caption != "A caption") return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& caption : captions) EXPECT_EQ(caption, "A caption");
}

// libvips keeps its words in one place for all threads: they may be another picture's, but no half of them.
TEST(PictureFacts, WhatIsWrongIsToldInWholeWordsOnManyThreads) {
  std::vector<std::string> broken;
  for (const char* suffix : {".jpg", ".png", ".tif", ".webp"}) {
    const std::string whole = encoded_scene(3, 60, 50, suffix);
    broken.push_back(whole.substr(0, whole.size() / 2));
  }
  std::vector<std::string> torn(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < torn.size(); ++i) {
    threads.emplace_back([&, i] {
      for (std::size_t round = 0; round < 1000 && torn[i].empty(); ++round) {
        const std::string words(inspect_picture(broken[(i + round) % broken.size()]).status().message());
        if (words.find('\0') != std::string::npos) torn[i] = words;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& words : torn) EXPECT_EQ(words, "");
}

}  // namespace
}  // namespace copytaster
