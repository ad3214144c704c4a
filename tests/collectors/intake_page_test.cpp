// Pages that editors bring in: their encodings.
#include "collectors/intake_page.h"

#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

// "Мост открыт завтра" in windows-1251.
constexpr char kRussian[] = "\xCC\xEE\xF1\xF2 \xEE\xF2\xEA\xF0\xFB\xF2 \xE7\xE0\xE2\xF2\xF0\xE0";
constexpr char kWords[] = "Мост открыт завтра";

std::string text_of(const std::string& bytes, std::string_view content_type) {
  return read_intake_page(decode_intake_page(bytes, content_type), "").text;
}

std::string page(std::string_view head, std::string_view words) {
  return str_cat("<html><head>", head, "</head><body><article>", words, "</article></body></html>");
}

TEST(IntakePageCharset, TheHeaderTells) {
  EXPECT_EQ(text_of(page("", kRussian), "text/html; charset=windows-1251"), kWords);
  EXPECT_EQ(text_of(page("", kWords), "text/html; charset=iso-8859-1"), kWords) << "its bytes are UTF-8";
}

TEST(IntakePageCharset, AMetaTellsWhereNoHeaderDoes) {
  // Four letters: nothing could be guessed from them. "Łódź" in iso-8859-2.
  const std::string polish = "\xA3\xF3\x64\xBC";
  EXPECT_EQ(text_of(page("<meta charset=\"iso-8859-2\">", polish), ""), "Łódź");
  EXPECT_EQ(text_of(page("<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">", polish),
                    "text/html"),
            "Łódź");
  EXPECT_EQ(text_of(page("<meta charset=iso-8859-2>", polish), "text/html; charset=utf-8"), "Łódź")
      << "bytes that are no UTF-8 are none whatever the server says";
}

TEST(IntakePageCharset, AByteOrderMarkTells) {
  std::string wide = "\xFF\xFE";
  for (const char c : page("<meta charset=windows-1251>", "Ca va")) wide += {c, '\0'};
  EXPECT_EQ(text_of(wide, ""), "Ca va");
}

TEST(IntakePageCharset, WhatIsUtf8StaysWhateverTheMetaSays) {
  EXPECT_EQ(text_of(page("<meta charset=windows-1251>", kWords), ""), kWords);
}

}  // namespace
}  // namespace copytaster
