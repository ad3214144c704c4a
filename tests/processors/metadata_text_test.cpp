#include "processors/metadata_text.h"

#include <gtest/gtest.h>

#include "core/text.h"
#include "processors/embedded_metadata.h"
#include "processors/iim_words.h"
#include "processors/photoshop_resources.h"
#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

TEST(CutToBytes, NeverSplitsWhatAReaderSeesAsOneCharacter) {
  EXPECT_EQ(cut_to_bytes("short", 32), "short");
  EXPECT_EQ(cut_to_bytes("Зеленоград", 7), "Зел");
  EXPECT_EQ(cut_to_bytes("ab🇺🇦", 9), "ab") << "half a flag is another sign";
  EXPECT_EQ(cut_to_bytes("ab🇺🇦c", 10), "ab🇺🇦");
  EXPECT_EQ(cut_to_bytes("cafe\u0301!", 5), "caf") << "the accent belongs to its letter";
  EXPECT_EQ(cut_to_bytes("cafe\u0301!", 6), "cafe\u0301");
  EXPECT_EQ(cut_to_bytes("a👩‍👩‍👧b", 10), "a");
  EXPECT_EQ(cut_to_bytes("one two", 4), "one");
  EXPECT_EQ(cut_to_bytes("", 4), "");
  EXPECT_EQ(cut_to_bytes("é", 1), "");
  std::string endless = "a";
  for (int i = 0; i < 100; ++i) endless += "\u0301";
  EXPECT_EQ(cut_to_bytes(endless, 32).size(), 31U) << "one cluster that is longer than the field";
}

TEST(PrintableText, NothingThatTurnsTheOrderOfWordsRound) {
  for (const std::string_view sign :
       {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF",
        "\u0085", "\u009B", "\x01", "\x1B", "\x7F"}) {
    EXPECT_EQ(printable_text(std::string("a").append(sign).append("b")), "ab");
    EXPECT_EQ(metadata_text(std::string("a").append(sign).append("b")), "ab");
  }
  EXPECT_EQ(printable_text("\u200Fשלום\u200E می\u200Cخواهم\n👩\u200D👧"),
            "\u200Fשלום\u200E می\u200Cخواهم\n👩\u200D👧");
  EXPECT_EQ(metadata_text("Br\xfc"
                          "cke\x85\0 rest"),
            "Brücke…")
      << "that byte is a sign in Windows' code page";
}

using testing::Steps;

TEST_F(Steps, WhatTurnsWordsRoundReachesNoCaptionAndNoCredit) {
  Item one = item("Good morning.", "en");
  one.mutable_author()->set_name("Eve\u202Elle");
  Media* media = one.add_media();
  media->set_caption("The \u202Enew\u2069 bridge");
  media->set_credit("Bob\u202E Reed");
  media->mutable_embedded()->set_headline("Bridge\u2067s");
  run(&one, *make_captions_step());
  run(&one, *make_attribution_step());
  ASSERT_EQ(one.media(0).captions_size(), 2);
  EXPECT_EQ(one.media(0).captions(0).text(), "The new bridge");
  EXPECT_EQ(one.media(0).captions(1).text(), "Bridges");
  EXPECT_EQ(one.media(0).attribution().credit_line(), "Photo: Bob Reed. Source: Evelle on Facebook");
  EXPECT_EQ(one.media(0).caption(), "The \u202Enew\u2069 bridge")
      << "what the platform gave stays as it came";
}

TEST(IimWords, OldTextsBecomeUtf8AndOthersStay) {
  const std::string block(
      "\x1c\x02\x00\x00\x02\x00\x02"
      "\x1c\x02\x19\x00\x06"
      "Br\xfc"
      "cke"
      "\x1c\x02\x50\x00\x03"
      "old"
      "\x1c\x02\x28\x00\x05"
      "terms"
      "\x1c\x02\x7d\x00\x02\xff\xfe",
      43);
  PictureWords words;
  words.creator = "Ada";
  words.usage_terms = "Ask.";
  const std::string out = iim_with_words(block, words);
  EXPECT_TRUE(out.starts_with(std::string("\x1c\x01\x5a\x00\x03\x1b%G", 8)));
  EXPECT_NE(out.find(std::string("\x1c\x02\x19\x00\x07"
                                 "Brücke",
                                 12)),
            std::string::npos);
  EXPECT_EQ(iim_value(out, 80), "Ada");
  EXPECT_EQ(iim_value(out, kIimInstructions), "Ask.\nterms");
  EXPECT_EQ(iim_value(out, 125), "\xff\xfe") << "a raster is no text";
  EXPECT_EQ(iim_value(out, 90), "");
  EXPECT_EQ(iim_with_words(out, words), out);
  EXPECT_EQ(iim_value(iim_with_words("\x1c\x02\x50\xff\xff", words), 80), "Ada");
}

TEST(PhotoshopResources, OthersStayAsTheyAre) {
  const std::string path(
      "8BIM\x03\xf3\x05name!\x00\x00\x00\x03"
      "abc\0",
      20);
  const std::string out = resources_with_iim(path, "iim");
  EXPECT_EQ(photoshop_resource(out, kIimResource), "iim");
  EXPECT_EQ(photoshop_resource(out, 0x0425).size(), 16U);
  EXPECT_TRUE(out.ends_with(path));
  EXPECT_EQ(resources_with_iim(out, "iim"), out);
  EXPECT_EQ(photoshop_resource(resources_with_iim("8BIM\x04", "iim"), kIimResource), "iim");
}

}  // namespace
}  // namespace copytaster
