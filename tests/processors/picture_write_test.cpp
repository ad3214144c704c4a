#include "processors/picture_write.h"

#include <gtest/gtest.h>

#include <exiv2/exiv2.hpp>
#include <random>
#include <thread>

#include "core/text.h"
#include "processors/embedded_metadata.h"
#include "processors/picture_facts.h"
#include "tests/processors/picture_maker.h"
#include "tests/processors/picture_write_support.h"

namespace copytaster::testing {

std::string pixels_of(std::string_view picture) {
  if (picture.starts_with("\xFF\xD8")) return std::string(picture.substr(picture.find("\xFF\xDA")));
  const bool png = picture.starts_with("\x89PNG");
  std::string out;
  for (std::size_t at = png ? 8 : 12; at + 8 <= picture.size();) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto byte = static_cast<unsigned char>(picture[png ? at + i : at + 7 - i]);
      size = size << 8 | byte;
    }
    const std::string_view type = picture.substr(png ? at + 4 : at, 4);
    if (type == "IDAT" || type.starts_with("VP8 ") || type == "VP8L") out += picture.substr(at + 8, size);
    at += 8 + size + (png ? 4 : size % 2);
  }
  return out;
}

}  // namespace copytaster::testing

namespace copytaster {
namespace {

using testing::long_words;
using testing::pixels_of;

std::string written(const std::string& bytes, const PictureWords& words = long_words()) {
  auto out = written_picture(bytes, words);
  EXPECT_TRUE(out.ok()) << out.status();
  return out.ok() ? *std::move(out) : std::string();
}

std::string value_of(const std::string& bytes, const std::string& key) {
  const auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()),
                                               static_cast<long>(bytes.size()));
  image->readMetadata();
  if (key.starts_with("Iptc.")) {
    const auto found = image->iptcData().findKey(Exiv2::IptcKey(key));
    return found == image->iptcData().end() ? "(none)" : found->toString();
  }
  if (key.starts_with("Exif.")) {
    const auto found = image->exifData().findKey(Exiv2::ExifKey(key));
    return found == image->exifData().end() ? "(none)" : found->toString();
  }
  const auto found = image->xmpData().findKey(Exiv2::XmpKey(key));
  return found == image->xmpData().end() ? "(none)" : found->toString();
}

const std::string& jpeg() {
  static const std::string bytes = encoded_scene(1, 96, 64, ".jpg[strip]");
  return bytes;
}

TEST(PictureWrite, OurOwnReaderReadsEveryWord) {
  const PictureWords words = long_words();
  for (const char* suffix : {".jpg[strip]", ".png", ".webp", ".webp[lossless]"}) {
    const std::string before = encoded_scene(1, 96, 64, suffix);
    const std::string after = written(before);
    const EmbeddedMetadata read = embedded_metadata(after);
    EXPECT_EQ(read.caption(), words.caption) << suffix;
    EXPECT_EQ(read.caption_from(), "xmp") << suffix;
    EXPECT_EQ(read.headline(), words.headline) << suffix;
    EXPECT_EQ(read.credit(), words.credit) << suffix;
    EXPECT_EQ(read.source(), words.source) << suffix;
    EXPECT_EQ(read.creator(), words.creator) << suffix;
    EXPECT_EQ(read.copyright(), words.copyright) << suffix;
    EXPECT_EQ(read.alt_text(), words.alt_text) << suffix;
    EXPECT_EQ(read.city(), words.city) << suffix;
    EXPECT_EQ(read.country(), words.country) << suffix;
    EXPECT_TRUE(pixels_of(after) == pixels_of(before)) << suffix;
    EXPECT_FALSE(pixels_of(after).empty()) << suffix;
    EXPECT_TRUE(written(after) == after) << suffix << ": written again it is the same";
  }
}

TEST(PictureWrite, ThePictureIsStillThePicture) {
  for (const char* suffix :
       {".jpg[strip]", ".jpg[interlace]", ".png", ".png[interlace]", ".webp", ".webp[lossless]"}) {
    const std::string before = encoded_scene(1, 96, 64, suffix);
    const auto old_facts = inspect_picture(before);
    const auto new_facts = inspect_picture(written(before));
    ASSERT_TRUE(old_facts.ok() && new_facts.ok()) << suffix << new_facts.status();
    EXPECT_EQ(old_facts->pdq().hash(), new_facts->pdq().hash()) << suffix;
    EXPECT_EQ(new_facts->width(), 96U) << suffix;
  }
  const std::string transparent = encoded_bands("rgba", ".webp[lossless]");
  EXPECT_TRUE(inspect_picture(written(transparent)).ok());
}

// 32 bytes are 16 Cyrillic letters; the full value is in XMP.
TEST(PictureWrite, IimFieldsAreCutBetweenWordsAndNeverWithinACharacter) {
  const std::string after = written(jpeg());
  EXPECT_EQ(value_of(after, "Iptc.Envelope.CharacterSet"), "\x1b%G");
  EXPECT_EQ(value_of(after, "Iptc.Application2.Byline"), "Сергій");
  EXPECT_EQ(value_of(after, "Iptc.Application2.Credit"), "Source: Μαρία");
  EXPECT_EQ(value_of(after, "Iptc.Application2.City"), "Зеленоград");
  EXPECT_EQ(value_of(after, "Iptc.Application2.SpecialInstructions"), "Rights not cleared: ask the holder.");
  const std::string caption = value_of(after, "Iptc.Application2.Caption");
  EXPECT_LE(caption.size(), 2000U);
  EXPECT_GT(caption.size(), 1970U);
  EXPECT_TRUE(is_valid_utf8(caption));
  EXPECT_TRUE(long_words().caption.starts_with(caption));
}

TEST(PictureWrite, AnIimFieldOfOneEndlessWordIsCutBetweenCharacters) {
  PictureWords words;
  words.creator = "Приходько-Ярмоленківський";
  words.credit = "Photo: Jane Roe / City of Rouvray on Facebook";
  const std::string after = written(jpeg(), words);
  EXPECT_EQ(value_of(after, "Iptc.Application2.Byline"), "Приходько-Ярмоле");
  EXPECT_EQ(value_of(after, "Iptc.Application2.Credit"), "Photo: Jane Roe / City of");
  EXPECT_EQ(embedded_metadata(after).credit(), words.credit) << "XMP has all of it";
}

TEST(PictureWrite, TheDigestSaysThatNobodyChangedIt) {
  const std::string after = written(jpeg());
  EXPECT_FALSE(iim_is_newer(after));
  EXPECT_NE(after.find(std::string("8BIM\x04\x25\0\0\0\0\0\x10", 12)), std::string::npos);
  std::string changed = after;  // by a program that knows IIM alone
  const std::size_t at = changed.find("\x1c\x02\x78");
  changed[at + 6] = static_cast<char>(changed[at + 6] ^ 1);
  EXPECT_TRUE(iim_is_newer(changed));
}

// The new digest covers all of the block, so what the IIM-only program wrote before must be in XMP as well.
TEST(PictureWrite, WhatAnIimProgramWroteLastIsTakenOver) {
  const std::string two = with_metadata(jpeg(), {{"Iptc.Application2.Caption", "from IIM"},
                                                 {"Iptc.Application2.City", "Musterau"},
                                                 {"Xmp.dc.description", "from XMP"},
                                                 {"Xmp.photoshop.City", "Altstadt"}});
  PictureWords words;
  words.credit = "Source: Odile Marchal on Facebook";
  const EmbeddedMetadata stale = embedded_metadata(written(with_iptc_digest(two, true), words));
  EXPECT_EQ(stale.caption(), "from IIM");
  EXPECT_EQ(stale.caption_from(), "xmp");
  EXPECT_EQ(stale.city(), "Musterau");
  EXPECT_EQ(embedded_metadata(written(with_iptc_digest(two, false), words)).caption(), "from XMP");
}

TEST(PictureWrite, NothingElseIsLost) {
  for (const char* suffix : {".jpg[strip]", ".png", ".webp"}) {
    const bool is_jpeg = std::string_view(suffix).starts_with(".jpg");
    Tags tags = {{"Exif.Image.Orientation", "6"},
                 {"Exif.Image.ImageDescription", "OLYMPUS DIGITAL CAMERA"},
                 {"Exif.Image.Model", "E-M1"},
                 {"Exif.GPSInfo.GPSLatitude", "50/1 27/1 0/1"},
                 {"Xmp.dc.subject", "bridge"},
                 {"Xmp.xmp.Rating", "4"},
                 {"Xmp.dc.description", "old"},
                 {"Xmp.photoshop.Instructions", "Mandatory credit"},
                 {"Xmp.xmpRights.UsageTerms", "Editorial use only"}};
    if (is_jpeg) {
      tags.emplace_back("Iptc.Application2.Keywords",
                        "Br\xfc"
                        "cke");
      tags.emplace_back("Iptc.Application2.Caption", "old");
    }
    const std::string before = with_metadata(encoded_scene(1, 96, 64, suffix), tags);
    const std::string after = written(before);
    EXPECT_TRUE(pixels_of(after) == pixels_of(before)) << suffix;
    EXPECT_EQ(value_of(after, "Exif.Image.Orientation"), "6") << suffix;
    EXPECT_EQ(value_of(after, "Exif.Image.Model"), "E-M1") << suffix;
    EXPECT_EQ(value_of(after, "Exif.GPSInfo.GPSLatitude"), "50/1 27/1 0/1") << suffix;
    EXPECT_EQ(value_of(after, "Xmp.dc.subject"), "bridge") << suffix;
    EXPECT_EQ(value_of(after, "Xmp.xmp.Rating"), "4") << suffix;
    EXPECT_EQ(value_of(after, "Xmp.xmpRights.UsageTerms"), "lang=\"x-default\" Editorial use only") << suffix;
    EXPECT_EQ(value_of(after, "Xmp.photoshop.Instructions"),
              "Rights not cleared: ask the holder.\nMandatory credit")
        << suffix;
    // Readers that follow the Metadata Working Group believe EXIF first. (Exiv2 puts it into a PNG its own
    // way.)
    if (std::string_view(suffix) != ".png") {
      EXPECT_EQ(value_of(after, "Exif.Image.ImageDescription"), long_words().caption) << suffix;
    }
    EXPECT_EQ(value_of(after, "Exif.Image.Artist"), "(none)") << suffix;
    if (is_jpeg) {
      EXPECT_EQ(value_of(after, "Iptc.Application2.Keywords"), "Brücke");
    }
  }
}

TEST(PictureWrite, WordsThatAreEmptyLeaveTheFilesOwn) {
  const std::string before = with_metadata(jpeg(), {{"Xmp.dc.description", "The bridge"},
                                                    {"Iptc.Application2.Byline", "Ada Beispiel"},
                                                    {"Exif.Image.Artist", "Ada Beispiel"}});
  const EmbeddedMetadata read = embedded_metadata(written(before, {}));
  EXPECT_EQ(read.caption(), "The bridge");
  EXPECT_EQ(read.creator(), "Ada Beispiel");
  EXPECT_EQ(read.credit(), "");
}

// As it is written in two other ways: attributes for elements, UTF-16.
TEST(PictureWrite, EveryFormOfXmpIsUnderstood) {
  const std::string packet =
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
      "<rdf:Description rdf:about='uuid:1' xmlns:p='http://ns.adobe.com/photoshop/1.0/' p:Credit='old' "
      "p:Urgency='4'/></rdf:RDF></x:xmpmeta>";
  std::string wide("\xFE\xFF", 2);
  for (const char c : packet) wide += std::string("\0", 1) + c;
  for (const std::string& form : {packet, wide}) {
    const std::string after = written(with_xmp_packet(jpeg(), form));
    EXPECT_EQ(value_of(after, "Xmp.photoshop.Urgency"), "4");
    EXPECT_EQ(embedded_metadata(after).credit(), long_words().credit);
    EXPECT_EQ(embedded_metadata(after).caption(), long_words().caption);
  }
}

TEST(PictureWrite, XmpThatIsNoneOrCostlyIsMadeAnew) {
  std::string deep = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>", many = "<r ";
  for (int i = 0; i < 9000; ++i) deep += "<a>";
  for (int i = 0; i < 5000; ++i) many += "a" + std::to_string(i) + "='' ";
  for (const std::string& packet :
       {std::string("<x:xmpmeta"), std::string(""), deep, many + "/>", std::string("<a xmlns='b'/>"),
        std::string("<r:RDF/>"), std::string("<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>")}) {
    const EmbeddedMetadata read = embedded_metadata(written(with_xmp_packet(jpeg(), packet)));
    EXPECT_EQ(read.caption(), long_words().caption) << packet.substr(0, 40);
  }
}

TEST(PictureWrite, WordsThatNoFileHoldsAreMadeSo) {
  PictureWords words;
  words.caption = std::string("one\0two\x01\x1b three\n\xff four ", 23) + "\xEF\xBF\xBF";
  words.caption_language = "fr\" onload=\"";
  words.credit = "  a\nb\t c ";
  const EmbeddedMetadata read = embedded_metadata(written(jpeg(), words));
  EXPECT_EQ(read.caption(), "onetwo three\n\xEF\xBF\xBD four");
  EXPECT_EQ(read.credit(), "a b c");
}

TEST(PictureWrite, OtherFilesSayWhatToDo) {
  for (const char* suffix : {".gif", ".tif", ".ppm"}) {
    const auto out = written_picture(encoded_scene(1, 32, 32, suffix), long_words());
    EXPECT_TRUE(absl::IsUnimplemented(out.status())) << suffix;
    EXPECT_NE(out.status().message().find("JPEG, PNG and WebP"), absl::string_view::npos);
  }
  EXPECT_TRUE(absl::IsUnimplemented(written_picture("", long_words()).status()));
  PictureWords endless;
  endless.caption = std::string(1 << 20, 'a');
  EXPECT_TRUE(absl::IsResourceExhausted(written_picture(jpeg(), endless).status()));
}

TEST(PictureWrite, XmpThatLeavesNoRoomIsSaid) {
  const std::string packet =
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
      "<rdf:Description rdf:about='' xmlns:a='urn:a'><a:b>" +
      std::string(64'000, 'x') + "</a:b></rdf:Description></rdf:RDF></x:xmpmeta>";
  const auto out = written_picture(with_xmp_packet(jpeg(), packet), long_words());
  EXPECT_TRUE(absl::IsResourceExhausted(out.status())) << out.status();
}

// Little-endian TIFF with one field, ImageDescription: "old".
std::string small_exif() {
  return std::string("II*\0\x08\0\0\0\x01\0\x0E\x01\x02\0\x04\0\0\0old\0\0\0\0\0", 26);
}

TEST(PictureWrite, ManyExifBlocksDoNotGrowTheFile) {
  const std::string segment = std::string(
                                  "\xFF\xE1\0\x22"
                                  "Exif\0\0",
                                  10) +
                              small_exif();
  std::string many;
  for (int i = 0; i < 200; ++i) many += segment;
  const std::string picture = jpeg().substr(0, 2) + many + jpeg().substr(2);
  const std::string out = written(picture);
  EXPECT_EQ(value_of(out, "Exif.Image.ImageDescription"), long_words().caption) << "the first is written";
  EXPECT_LT(out.size(), picture.size() + 100'000);

  constexpr std::size_t kBehindHead = 8 + 25;  // signature and IHDR
  const std::string chunk = std::string(
                                "\0\0\0\x1A"
                                "eXIf",
                                8) +
                            small_exif() + "crc?";
  std::string chunks;
  for (int i = 0; i < 20'000; ++i) chunks += chunk;
  std::string png = encoded_scene(1, 96, 64, ".png");
  png.insert(kBehindHead, chunks);
  EXPECT_LT(written(png).size(), png.size() + 100'000);
}

TEST(PictureWrite, TruncatedAndChangedAnywhere) {
  std::mt19937 random(7);
  for (const char* suffix : {".jpg[strip]", ".png", ".webp"}) {
    const std::string whole =
        written(with_metadata(encoded_scene(4, 48, 40, suffix), {{"Exif.Image.Artist", "Somebody"}}));
    for (std::size_t cut = 0; cut < whole.size(); cut += 13)
      (void)written_picture(std::string_view(whole).substr(0, cut), long_words()).ok();
    for (int round = 0; round < 300; ++round) {
      std::string bytes = whole;
      for (int change = 0; change < 1 + round % 8; ++change)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      const auto out = written_picture(bytes, long_words());
      if (!out.ok()) continue;
      EXPECT_LT(out->size(), bytes.size() + 200'000) << suffix;
    }
  }
}

TEST(PictureWrite, ManyThreads) {
  const std::string picture = with_metadata(jpeg(), {{"Xmp.xmp.Rating", "4"}});
  const std::string expected = written(picture);
  std::vector<int> wrong(4);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const auto out = written_picture(picture, long_words());
        if (!out.ok() || *out != expected) ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4));
}

}  // namespace
}  // namespace copytaster
