// Character recognition through programs that stand in for Tesseract, and through itself where it is
// installed.
#include "app/text_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vips/vips.h>

#include <cstdlib>
#include <memory>

#include "core/metrics.h"
#include "processors/picture_facts.h"
#include "tests/app/program.h"

// Fontconfig keeps what it has read of the machine's fonts until the process ends, and frees it nowhere; only
// what is drawn for these tests uses it. (The name is the sanitizer's.)
extern "C" const char*
__lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" const char*
__lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
  return "leak:libfontconfig\n";
}

namespace copytaster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Black words on white, as a poster has them.
std::string picture_of(const std::string& words, const char* format) {
  VipsImage *text = nullptr, *framed = nullptr, *white = nullptr;
  void* bytes = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(vips_text(&text, words.c_str(), "font", "DejaVu Sans 40", nullptr), 0);
  EXPECT_EQ(vips_embed(text, &framed, 40, 40, text->Xsize + 80, text->Ysize + 80, nullptr), 0);
  EXPECT_EQ(vips_invert(framed, &white, nullptr), 0);
  EXPECT_EQ(vips_image_write_to_buffer(white, format, &bytes, &size, nullptr), 0);
  std::string out(static_cast<const char*>(bytes), size);
  g_free(bytes);
  for (VipsImage* image : {text, framed, white}) g_object_unref(image);
  return out;
}

class TextReaderTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(start_pictures("test").ok()); }
  // A program that is this script.
  TextReader reader(const std::string& script) {
    TextReaderOptions options = options_;
    options.program = folder_.path() + "/tesseract";
    write_bytes(options.program, "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(options.program, std::filesystem::perms::owner_all);
    return TextReader(options);
  }
  std::vector<std::string> missing(const std::string& script) {
    (void)reader(script);
    TextReaderOptions options = options_;
    options.program = folder_.path() + "/tesseract";
    return missing_for_reading(options);
  }

  TemporaryFolder folder_;
  TextReaderOptions options_;
  const std::string picture_ = "P5\n4 4\n255\n0123456789abcdef";
};

TEST_F(TextReaderTest, TheProgramIsAskedForATableInTheseLanguages) {
  options_.languages = {"eng", "chi_sim"};
  const auto text =
      reader(R"(cat >/dev/null; printf '5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\t%s\n' "$*")").read(picture_);
  EXPECT_EQ(text.value(), "stdin stdout -l eng+chi_sim tsv");
}

// Of text Tesseract takes each line for the name of a file, and opens it.
TEST_F(TextReaderTest, NoByteOfThePictureReachesTheProgram) {
  TextReader never = reader("cat; exit 0");
  for (const char* no_picture : {"/etc/passwd\n", "https://example.org/\n", "", "%PDF-1.4", "<svg/>"})
    EXPECT_TRUE(absl::IsInvalidArgument(never.read(no_picture).status())) << no_picture;
  const char* script = R"sh(printf '5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\t%s\n' "$(head -c 3 | od -An -tx1)")sh";
  EXPECT_EQ(reader(script).read(picture_).value(), "ff d8 ff") << "a JPEG, whatever came";
}

TEST_F(TextReaderTest, WhateverGoesWrongIsAnErrorAndNothingElse) {
  options_.most_time = absl::Milliseconds(300);
  EXPECT_TRUE(absl::IsDeadlineExceeded(reader("sleep 1000").read(picture_).status()));
  options_.most_time = absl::Seconds(20);
  EXPECT_TRUE(absl::IsResourceExhausted(reader("while :; do echo more; done").read(picture_).status()));
  const auto failed = reader("echo \"Failed loading language 'fra'\" >&2; exit 1").read(picture_).status();
  EXPECT_TRUE(absl::IsUnavailable(failed));
  EXPECT_THAT(std::string(failed.message()), HasSubstr("exit code 1: Failed loading language 'fra'"));
  EXPECT_TRUE(absl::IsUnavailable(reader("kill -9 $$").read(picture_).status()));
  EXPECT_EQ(reader("head -c 100000 /dev/urandom; exit 0").read(picture_).value(), "");
  options_.program = folder_.path() + "/nothing";
  EXPECT_TRUE(absl::IsNotFound(TextReader(options_).read(picture_).status()));
}

TEST_F(TextReaderTest, APictureGoesItsWayWithoutWordsAndTheFailureIsCounted) {
  Counter& failed = counter("copytaster_process_picture_text_errors_total", "", {{"type", "UNAVAILABLE"}});
  const std::uint64_t before = failed.value();
  TextReader broken = reader("exit 1");
  Media media;
  media.set_sha256("a");
  broken.read_into(picture_, &media);
  broken.read_into(picture_, &media);
  EXPECT_EQ(failed.value(), before + 2);
  EXPECT_EQ(media.read_text(), "");
  EXPECT_EQ(media.problem(), "") << "nothing is wrong with the picture";
}

TEST_F(TextReaderTest, StopsAtOnce) {
  TextReader slow = reader("sleep 1000");
  slow.stop();
  EXPECT_TRUE(absl::IsCancelled(slow.read(picture_).status()));
}

TEST_F(TextReaderTest, TellsWhatHasToBeInstalled) {
  options_.languages = {"eng", "fra", "chi_sim"};
  EXPECT_THAT(missing("echo 'List of available languages (2):'; echo eng; echo fra; echo chi_sim"),
              IsEmpty());
  EXPECT_THAT(missing("echo 'List of available languages (1):' >&2; echo eng >&2"),
              ElementsAre(HasSubstr("fra: apt-get install tesseract-ocr-fra"),
                          HasSubstr("chi_sim: apt-get install tesseract-ocr-chi-sim")));
  EXPECT_THAT(missing("exit 2"), ElementsAre(HasSubstr("does not work: exit code 2")));
  options_.program = "no-such-program-here";
  EXPECT_THAT(missing_for_reading(options_), ElementsAre(HasSubstr("apt-get install tesseract-ocr")));
}

TEST_F(TextReaderTest, CheckSaysWhetherItCanBeDone) {
  const std::string config = folder_.path() + "/config";
  write_bytes(config + "/officials.toml", "[[official]]\nid = \"a\"\nname = \"Ada\"\n");
  write_bytes(config + "/settings.toml",
              "[pictures]\nread_text = true\nread_text_languages = [\"eng\", \"fra\"]\n");
  (void)reader("echo eng");
  Program with({"check", "--config", config}, "", {{"PATH", folder_.path() + ":/usr/bin:/bin"}});
  EXPECT_EQ(with.exit_code(), 0) << with.err();
  EXPECT_THAT(with.err(),
              HasSubstr("settings.toml: warning: pictures.read_text is on, but Tesseract does not know "
                        "the language fra: apt-get install tesseract-ocr-fra"));
  Program without({"check", "--config", config}, "", {{"PATH", folder_.path() + "/nothing"}});
  EXPECT_EQ(without.exit_code(), 0);
  EXPECT_THAT(without.err(),
              HasSubstr("the program tesseract is not installed: apt-get install tesseract-ocr"));
  (void)reader("echo eng; echo fra");
  Program all({"check", "--config", config}, "", {{"PATH", folder_.path() + ":/usr/bin:/bin"}});
  EXPECT_EQ(all.exit_code(), 0);
  EXPECT_THAT(all.err(), Not(HasSubstr("read_text")));
  EXPECT_THAT(all.out(), HasSubstr("the words in pictures are read: eng, fra"));
  for (const char* wrong : {"\"eng\"", "[]", "[\"--help\"]", "[\"../../eng\"]", "[\"en\"]", "[7]"}) {
    write_bytes(config + "/settings.toml", str_cat("[pictures]\nread_text_languages = ", wrong, "\n"));
    Program refused({"check", "--config", config});
    EXPECT_EQ(refused.exit_code(), 78) << wrong;
    EXPECT_THAT(refused.err(), HasSubstr("a list of one to ten of Tesseract's languages")) << wrong;
  }
}

TEST_F(TextReaderTest, TesseractItselfReadsAPoster) {
  const auto missing = missing_for_reading(options_);
  if (!missing.empty() && std::getenv("COPYTASTER_CI") != nullptr) FAIL() << missing[0];
  if (!missing.empty())
    GTEST_SKIP() << missing[0] << " tesseract-ocr-eng: character recognition itself is not tested";
  for (const char* format : {".png", ".jpg", ".webp", ".tif"}) {
    const auto text =
        TextReader(options_).read(picture_of("The harbour market opens\nFree of charge", format));
    ASSERT_TRUE(text.ok()) << text.status();
    EXPECT_EQ(*text, "The harbour market opens\nFree of charge") << format;
  }
  const auto nothing = TextReader(options_).read("P5\n300 300\n255\n" + std::string(90000, '\x7f'));
  EXPECT_EQ(nothing.value(), "");
  options_.languages = {"no_such"};
  EXPECT_TRUE(absl::IsUnavailable(TextReader(options_).read(picture_).status()));
}

}  // namespace
}  // namespace copytaster
