// What Tesseract's table says, down to words. The rows are written here, in its form.
#include "app/read_words.h"

#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// block, paragraph, line, how sure, text
std::string word(std::string_view numbers, std::string_view sure, std::string_view text) {
  return str_cat("5\t1\t", numbers, "\t1\t40\t40\t80\t30\t", sure, "\t", text, "\n");
}
constexpr std::string_view kHead =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "1\t1\t0\t0\t0\t0\t0\t0\t638\t168\t-1\t\n";

TEST(ReadWords, LinesAndParagraphsAsTheyStandInThePicture) {
  const std::string table = str_cat(kHead, word("1\t1\t1", "96.6", "The"), word("1\t1\t1", "91", "market"),
                                    word("1\t1\t2", "88.01", "opens"), word("2\t1\t1", "95", "Free"),
                                    word("2\t1\t1", "95", "entry"));
  EXPECT_EQ(words_of_table(table, 1000), "The market\nopens\n\nFree entry");
}

TEST(ReadWords, OnlyWhatItIsSureOf) {
  const std::string table = str_cat(kHead, word("1\t1\t1", "96", "The"), word("1\t1\t1", "59.9", "rnarket"),
                                    word("1\t1\t1", "60", "opens"), word("1\t1\t1", "-1", "never"),
                                    word("1\t1\t1", "sure", "never"), word("1\t1\t1", "95", " "));
  EXPECT_EQ(words_of_table(table, 1000), "The opens");
}

TEST(ReadWords, SpecksAndEdgesAreNoLines) {
  const std::string table =
      str_cat(kHead, word("1\t1\t1", "96", "|"), word("1\t1\t2", "96", "a"), word("1\t1\t2", "96", "—"),
              word("1\t1\t3", "96", "Ринок"), word("1\t1\t4", "96", "«"), word("1\t1\t5", "96", "15"));
  EXPECT_EQ(words_of_table(table, 1000), "Ринок\n15");
}

TEST(ReadWords, AtMostSoManyBytesCutBetweenWords) {
  std::string table(kHead);
  for (int i = 0; i < 10000; ++i) table += word(str_cat("1\t1\t", i / 5), "96", "Ринок");
  for (std::size_t most : {0, 1, 9, 10, 11, 21, 100, 4000}) {
    const std::string text = words_of_table(table, most);
    EXPECT_LE(text.size(), most);
    EXPECT_TRUE(is_valid_utf8(text));
    EXPECT_TRUE(text.empty() || text.ends_with("Ринок")) << most << text;
    EXPECT_EQ(text.empty(), most < 10) << most;
  }
}

TEST(ReadWords, WhatIsNoTableSaysNothing) {
  for (const std::string_view table :
       {"", "\n", "5", "5\t\t\t\t\t\t\t\t\t\t99\t", "5\t1\t1\t1\t1\t1\t1\t1\t1\t99\tword", "<html>no</html>",
        "4\t1\t1\t1\t1\t1\t1\t1\t1\t1\t99\tline"})
    EXPECT_EQ(words_of_table(table, 100), "") << table;
  EXPECT_EQ(words_of_table(word("1\t1\t1", "99",
                                "a\xff\x01"
                                "bc"),
                           100)
                .find('\x01'),
            std::string::npos);
}

}  // namespace
}  // namespace copytaster
