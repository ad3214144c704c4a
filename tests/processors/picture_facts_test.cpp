#include "processors/picture_facts.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

#include "core/text.h"
#include "processors/jpeg_segments.h"
#include "processors/webp_size.h"
#include "tests/processors/picture_maker.h"

namespace copytaster {
namespace {

class Started : public testing::Environment {
 public:
  void SetUp() override { ASSERT_TRUE(start_pictures("processors_test").ok()); }
};
const auto* const kStarted = testing::AddGlobalTestEnvironment(new Started);

Media facts(const std::string& bytes) {
  auto media = inspect_picture(bytes);
  EXPECT_TRUE(media.ok()) << media.status();
  return media.ok() ? *std::move(media) : Media();
}

std::mt19937 seeded() {
  const char* given = std::getenv("COPYTASTER_TEST_SEED");
  const unsigned seed =
      given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
  std::cout << "COPYTASTER_TEST_SEED=" << seed << "\n";
  return std::mt19937(seed);
}

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

// ---- caption and credit

const std::string& jpeg() {
  static const std::string bytes = encoded_scene(1, 96, 64, ".jpg[strip]");
  return bytes;
}

TEST(EmbeddedMetadata, EachStandardAlone) {
  const EmbeddedMetadata xmp =
      facts(with_metadata(jpeg(), {{"Xmp.dc.description", "Brücke am Morgen"},
                                   {"Xmp.photoshop.Headline", "Brücke"},
                                   {"Xmp.photoshop.Credit", "Stadt Musterau"},
                                   {"Xmp.photoshop.Source", "Presseamt"},
                                   {"Xmp.dc.creator", "Ada Beispiel"},
                                   {"Xmp.dc.rights", "© Stadt Musterau"},
                                   {"Xmp.photoshop.City", "Musterau"},
                                   {"Xmp.photoshop.Country", "Deutschland"},
                                   {"Xmp.iptc.AltTextAccessibility", "Eine Brücke über einen Fluss"}}))
          .embedded();
  EXPECT_EQ(xmp.caption(), "Brücke am Morgen");
  EXPECT_EQ(xmp.headline(), "Brücke");
  EXPECT_EQ(xmp.credit(), "Stadt Musterau");
  EXPECT_EQ(xmp.source(), "Presseamt");
  EXPECT_EQ(xmp.creator(), "Ada Beispiel");
  EXPECT_EQ(xmp.copyright(), "© Stadt Musterau");
  EXPECT_EQ(xmp.city(), "Musterau");
  EXPECT_EQ(xmp.country(), "Deutschland");
  EXPECT_EQ(xmp.alt_text(), "Eine Brücke über einen Fluss");

  const EmbeddedMetadata iim =
      facts(with_metadata(jpeg(), {{"Iptc.Envelope.CharacterSet", "\x1b%G"},
                                   {"Iptc.Application2.Caption", "Pont, à l'aube"},
                                   {"Iptc.Application2.Headline", "Le pont"},
                                   {"Iptc.Application2.Byline", "Bruno Exemple"},
                                   {"Iptc.Application2.Credit", "Ville d'Exempleville"},
                                   {"Iptc.Application2.CountryName", "France"}}))
          .embedded();
  EXPECT_EQ(iim.caption(), "Pont, à l'aube");
  EXPECT_EQ(iim.headline(), "Le pont");
  EXPECT_EQ(iim.creator(), "Bruno Exemple");
  EXPECT_EQ(iim.credit(), "Ville d'Exempleville");
  EXPECT_EQ(iim.country(), "France");

  const EmbeddedMetadata exif =
      facts(with_metadata(jpeg(), {{"Exif.Image.ImageDescription", "Bridge at dawn"},
                                   {"Exif.Image.Artist", "Cleo Sample"},
                                   {"Exif.Image.Copyright", "Cleo Sample 2022"}}))
          .embedded();
  EXPECT_EQ(exif.caption(), "Bridge at dawn");
  EXPECT_EQ(exif.creator(), "Cleo Sample");
  EXPECT_EQ(exif.copyright(), "Cleo Sample 2022");
}

// As other programs write it: the prefix of the IPTC's own documents, a list of languages.
TEST(EmbeddedMetadata, AltTextUnderTheIptcsOwnPrefix) {
  const std::string packet =
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
      "<rdf:Description rdf:about='' xmlns:Iptc4xmpCore='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'>"
      "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>A bridge</rdf:li>"
      "<rdf:li xml:lang='de'>Eine Brücke</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
      "</rdf:Description></rdf:RDF></x:xmpmeta>";
  EXPECT_EQ(facts(with_xmp_packet(jpeg(), packet)).embedded().alt_text(), "A bridge");
}

TEST(EmbeddedMetadata, ExifSpeaksOnlyWhereNobodyElseDoes) {
  const EmbeddedMetadata both =
      facts(with_metadata(jpeg(), {{"Exif.Image.ImageDescription", "OLYMPUS DIGITAL CAMERA"},
                                   {"Xmp.dc.description", "The square"}}))
          .embedded();
  EXPECT_EQ(both.caption(), "The square");
}

// Metadata Working Group 2.0 §"IPTC-IIM and XMP": the digest tells whether an IIM-only program changed the
// file.
TEST(EmbeddedMetadata, TheDigestDecidesBetweenIimAndXmp) {
  const std::string two =
      with_metadata(jpeg(), {{"Iptc.Application2.Caption", "from IIM"}, {"Xmp.dc.description", "from XMP"}});
  EXPECT_EQ(facts(two).embedded().caption(), "from XMP");
  EXPECT_EQ(facts(with_iptc_digest(two, false)).embedded().caption(), "from XMP");
  EXPECT_EQ(facts(with_iptc_digest(two, true)).embedded().caption(), "from IIM");
}

TEST(EmbeddedMetadata, TellsWhichStandardsCaptionItIs) {
  const std::string iim = with_metadata(jpeg(), {{"Iptc.Application2.Caption", "from IIM"}});
  const std::string exif = with_metadata(jpeg(), {{"Exif.Image.ImageDescription", "from EXIF"}});
  const std::string all =
      with_metadata(iim, {{"Xmp.dc.description", "from XMP"}, {"Exif.Image.ImageDescription", "x"}});
  EXPECT_EQ(facts(iim).embedded().caption_from(), "iptc");
  EXPECT_EQ(facts(exif).embedded().caption_from(), "exif");
  EXPECT_EQ(facts(all).embedded().caption_from(), "xmp");
  EXPECT_EQ(facts(with_iptc_digest(all, true)).embedded().caption_from(), "iptc");
  EXPECT_EQ(facts(jpeg()).embedded().caption_from(), "");
}

// A text that only ends because its dataset is full is no change: the whole of it stands in XMP.
TEST(EmbeddedMetadata, AnIimTextThatIsCutIsNotTheNewerOne) {
  const std::string credit = "City of Rouvray, Department of Parks and Gardens";
  const auto read = [&](const std::string& in_iim) {
    return facts(with_iptc_digest(with_metadata(jpeg(), {{"Iptc.Application2.Credit", in_iim},
                                                         {"Xmp.photoshop.Credit", credit}}),
                                  true))
        .embedded()
        .credit();
  };
  EXPECT_EQ(read(credit.substr(0, 32)), credit);
  EXPECT_EQ(read(credit.substr(0, 31)), credit);
  EXPECT_EQ(read(credit.substr(0, 15)), "City of Rouvray") << "somebody has shortened it";
  EXPECT_EQ(read("Town of Rouvray, Department of P"), "Town of Rouvray, Department of P");
}

TEST(EmbeddedMetadata, OldCodePagesAndSeveralAuthors) {
  EXPECT_EQ(
      facts(with_metadata(jpeg(), {{"Iptc.Application2.Caption", "Th\xe9\xe2tre"}})).embedded().caption(),
      "Théâtre");
  EXPECT_EQ(
      facts(with_metadata(jpeg(), {{"Iptc.Application2.Byline", "Ada"}, {"Iptc.Application2.Byline", "Bo"}}))
          .embedded()
          .creator(),
      "Ada, Bo");
}

TEST(EmbeddedMetadata, NothingEmbeddedIsNothing) { EXPECT_EQ(facts(jpeg()).embedded().ByteSizeLong(), 0U); }

TEST(PictureFacts, AFormatThatIsNotDecodedStillTellsItsCaption) {
  Media partial;
  const auto media = inspect_picture(photoshop_file("The mayor at the bridge"), {}, &partial);
  EXPECT_EQ(media.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(media.status().message().empty());
  EXPECT_EQ(partial.embedded().caption(), "The mayor at the bridge");
  EXPECT_EQ(partial.sha256().size(), 64U);
}

// ---- hostile bytes

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
