// Written pictures read by another program: ExifTool, which knows every standard and every byte of them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/strings.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "processors/picture_write.h"
#include "tests/processors/picture_maker.h"
#include "tests/processors/picture_write_support.h"

namespace copytaster {
namespace {

using testing::long_words;
using testing::pixels_of;

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[4096];
  for (std::size_t size = 0; (size = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, size);
  return pclose(pipe) == 0 ? out : std::string();
}

class ExifTool : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!output_of("exiftool -ver 2>/dev/null").empty()) {
      std::filesystem::create_directories(folder_);
      return;
    }
    if (std::getenv("COPYTASTER_CI") != nullptr)
      FAIL() << "exiftool is missing: apt-get install libimage-exiftool-perl";
    GTEST_SKIP()
        << "exiftool is missing (Debian's libimage-exiftool-perl): what other programs read is not tested";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string put(const std::string& bytes, std::string_view extension) {
    const std::string path = str_cat(folder_.string(), "/picture", extension);
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  // What ExifTool changes in the picture.
  std::string changed(const std::string& bytes, std::string_view extension, const std::string& options) {
    const std::string path = put(bytes, extension);
    EXPECT_NE(output_of(str_cat("exiftool -overwrite_original ", options, " '", path, "'")), "");
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // "XMP-dc:Description", "IPTC:By-line", "IFD0:Artist" … as ExifTool names them.
  void read(const std::string& bytes, std::string_view extension) {
    const std::string json = output_of(str_cat("exiftool -j -a -G1 '", put(bytes, extension), "'"));
    std::string_view one = strip_space(json);
    consume_prefix(&one, "[");
    consume_suffix(&one, "]");
    tags_.Clear();
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(std::string(one), &tags_).ok()) << json;
  }
  std::string tag(const std::string& name) {
    const auto found = tags_.fields().find(name);
    if (found == tags_.fields().end()) return "(none)";
    return found->second.has_number_value() ? str_cat(static_cast<int>(found->second.number_value()))
                                            : found->second.string_value();
  }
  void expect_xmp(const PictureWords& words, std::string_view kind) {
    EXPECT_EQ(tag("XMP-dc:Description"), words.caption) << kind;
    EXPECT_EQ(tag("XMP-dc:Description-uk"), words.caption) << kind;
    EXPECT_EQ(tag("XMP-dc:Creator"), words.creator) << kind;
    EXPECT_EQ(tag("XMP-dc:Rights"), words.copyright) << kind;
    EXPECT_EQ(tag("XMP-photoshop:Headline"), words.headline) << kind;
    EXPECT_EQ(tag("XMP-photoshop:Credit"), words.credit) << kind;
    EXPECT_EQ(tag("XMP-photoshop:Source"), words.source) << kind;
    EXPECT_EQ(tag("XMP-photoshop:City"), words.city) << kind;
    EXPECT_EQ(tag("XMP-photoshop:Country"), words.country) << kind;
    EXPECT_EQ(tag("XMP-photoshop:Instructions"), words.usage_terms) << kind;
    EXPECT_EQ(tag("XMP-xmpRights:UsageTerms"), words.usage_terms) << kind;
    EXPECT_EQ(tag("XMP-iptcCore:AltTextAccessibility"), words.alt_text) << kind;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / str_cat("copytaster-exiftool-", getpid());
  google::protobuf::Struct tags_;
};

TEST_F(ExifTool, ReadsEveryWordInEveryFormat) {
  for (const char* kind : {".jpg", ".png", ".webp"}) {
    const std::string picture = encoded_scene(1, 96, 64, kind);
    const auto out = written_picture(picture, long_words());
    ASSERT_TRUE(out.ok()) << out.status();
    read(*out, kind);
    expect_xmp(long_words(), kind);
    EXPECT_EQ(tag("ExifTool:Error"), "(none)") << kind;
    const std::string warning = tag("ExifTool:Warning");
    read(picture, kind);
    EXPECT_EQ(warning, tag("ExifTool:Warning")) << kind << ": none that was not there before";
  }
}

TEST_F(ExifTool, ReadsIimThatEndsBetweenWordsAndItsDigest) {
  const auto out = written_picture(encoded_scene(1, 96, 64, ".jpg[strip]"), long_words());
  ASSERT_TRUE(out.ok()) << out.status();
  read(*out, ".jpg");
  EXPECT_EQ(tag("IPTC:CodedCharacterSet"), "UTF8");
  EXPECT_EQ(tag("IPTC:By-line"), "Сергій");
  EXPECT_EQ(tag("IPTC:Credit"), "Source: Μαρία");
  EXPECT_EQ(tag("IPTC:Source"), "Μαρία");
  EXPECT_EQ(tag("IPTC:City"), "Зеленоград");
  EXPECT_EQ(tag("IPTC:Country-PrimaryLocationName"), "Україна");
  EXPECT_EQ(tag("IPTC:CopyrightNotice"), "© Δήμος Ρουβραί");
  EXPECT_EQ(tag("IPTC:SpecialInstructions"), "Rights not cleared: ask the holder.");
  EXPECT_TRUE(long_words().caption.starts_with(tag("IPTC:Caption-Abstract")));
  EXPECT_GT(tag("IPTC:Caption-Abstract").size(), 1990U);
  EXPECT_NE(tag("Photoshop:IPTCDigest"), "(none)");
  EXPECT_EQ(tag("Photoshop:IPTCDigest"), tag("File:CurrentIPTCDigest"));
}

// The Metadata Working Group's own choice of ExifTool (its module MWG) is ours.
TEST_F(ExifTool, ChoosesTheSameByTheRulesOfTheWorkingGroup) {
  const std::string before =
      with_metadata(encoded_scene(1, 96, 64, ".jpg[strip]"), {{"Exif.Image.ImageDescription", "OLYMPUS"},
                                                              {"Exif.Image.Artist", "old"},
                                                              {"Iptc.Application2.Caption", "old"},
                                                              {"Xmp.dc.description", "old"}});
  const auto out = written_picture(before, long_words());
  ASSERT_TRUE(out.ok()) << out.status();
  const std::string path = put(*out, ".jpg");
  EXPECT_EQ(strip_space(output_of(str_cat("exiftool -use MWG -s3 -MWG:Description '", path, "'"))),
            long_words().caption);
  EXPECT_EQ(strip_space(output_of(str_cat("exiftool -use MWG -s3 -MWG:Creator '", path, "'"))),
            long_words().creator);
}

TEST_F(ExifTool, WhatItWroteBeforeIsStillThere) {
  for (const char* kind : {".jpg", ".png", ".webp"}) {
    const std::string before = changed(
        encoded_scene(1, 96, 64, kind), kind,
        "-Orientation#=6 -GPSLatitude=50.45 -GPSLatitudeRef=N -ImageDescription=old -XMP-dc:Title=Bridge "
        "-XMP-iptcExt:LocationShownCity=Rouvray -XMP-xmpMM:HistoryAction=saved "
        "-XMP-xmpRights:UsageTerms='Editorial only'");
    const auto out = written_picture(before, long_words());
    ASSERT_TRUE(out.ok()) << kind << out.status();
    EXPECT_TRUE(pixels_of(*out) == pixels_of(before)) << kind;
    read(*out, kind);
    EXPECT_EQ(tag("IFD0:Orientation"), "Rotate 90 CW") << kind;
    EXPECT_NE(tag("GPS:GPSLatitude"), "(none)") << kind;
    EXPECT_EQ(tag("IFD0:ImageDescription"), long_words().caption) << kind;
    EXPECT_EQ(tag("XMP-dc:Title"), "Bridge") << kind;
    EXPECT_EQ(tag("XMP-iptcExt:LocationShownCity"), "Rouvray") << kind;
    EXPECT_EQ(tag("XMP-xmpMM:HistoryAction"), "saved") << kind;
    EXPECT_EQ(tag("XMP-xmpRights:UsageTerms"), "Editorial only") << kind;
    EXPECT_EQ(tag("XMP-dc:Description"), long_words().caption) << kind;
    EXPECT_EQ(tag("ExifTool:Error"), "(none)") << kind;
  }
}

// XMP in a PNG may be compressed.
TEST_F(ExifTool, CompressedXmpIsReadAndKept) {
  const std::string before = changed(encoded_scene(1, 96, 64, ".png"), ".png", "-z -XMP-dc:Title=Bridge");
  const auto out = written_picture(before, long_words());
  ASSERT_TRUE(out.ok()) << out.status();
  read(*out, ".png");
  EXPECT_EQ(tag("XMP-dc:Title"), "Bridge");
  expect_xmp(long_words(), "compressed");
}

TEST_F(ExifTool, TheColourProfileStays) {
  for (const char* kind : {".jpg", ".png", ".webp"}) {
    const auto out = written_picture(encoded_scene(1, 96, 64, str_cat(kind, "[profile=srgb]")), long_words());
    ASSERT_TRUE(out.ok()) << out.status();
    read(*out, kind);
    EXPECT_NE(tag("ICC_Profile:ProfileDescription"), "(none)") << kind;
  }
}

}  // namespace
}  // namespace copytaster
