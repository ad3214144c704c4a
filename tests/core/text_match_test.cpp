// Forms for comparing. Two ways lead to them, a table and ICU: which one a text takes must not show.
#include <gtest/gtest.h>

#include <random>

#include "core/code_points.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// A Chinese character is in no table: the whole text goes through ICU.
constexpr std::string_view kOther = " 漢";

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

void expect_one_way(const std::string& text) {
  const std::string matched = normalise_for_match(text);
  EXPECT_EQ(normalise_for_match(str_cat(text, kOther)), matched + (matched.empty() ? "漢" : " 漢")) << text;
  EXPECT_EQ(fold_name(str_cat(text, kOther)), str_cat(fold_name(text), kOther)) << text;
}

TEST(NormaliseForMatch, LeavesWordsAlone) {
  EXPECT_EQ(normalise_for_match("Merci, Kyiv! 🇺🇦 https://a.example/x?y"), "merci kyiv");
  EXPECT_EQ(normalise_for_match("  «L’Été» — 2022… "), "l été 2022");
  EXPECT_EQ(normalise_for_match("(www.example.org/x) http://a b"), "b");
  EXPECT_EQ(normalise_for_match("awww.b howhttp://x"), "awww b howhttp x") << "a URL begins a word";
  EXPECT_EQ(normalise_for_match("STRASSE straße ﬁn ＡＢＣ"), "strasse strasse fin abc");
  EXPECT_EQ(normalise_for_match("e\u0301te\u0301 été"), "été été");
  EXPECT_EQ(normalise_for_match("मोदी का"), "मोदी का");
  EXPECT_EQ(normalise_for_match("co\u00ADoperation"), "cooperation");
  EXPECT_EQ(normalise_for_match("می\u200Cخواهم"), "میخواهم");
  EXPECT_EQ(normalise_for_match("❤️ x² ½"), "x2 1 2");
  EXPECT_EQ(normalise_for_match("🇺🇦🔥 … !"), "");
  EXPECT_EQ(normalise_for_match(""), "");
}

TEST(NormaliseForMatch, IsNormalAlready) {
  for (const char* text :
       {"ͺa", "Ŀl", "a¨b", "½", "¨", "x\u0345", "ŉa", "ﷺ x", "①②", "\u0301a", "🄰 b", "İI"}) {
    const std::string once = normalise_for_match(text);
    EXPECT_EQ(normalise_for_match(once), once) << text;
    EXPECT_FALSE(once.starts_with(' ') || once.ends_with(' ')) << text;
    EXPECT_EQ(once.find("  "), std::string::npos) << text;
  }
}

TEST(FoldName, TakesDiacriticsOffWhereNamesAreWrittenWithoutThem) {
  EXPECT_EQ(fold_name("Élysée Łódź ÅSA Nuñez İzmir"), "elysee lodz asa nunez izmir");
  EXPECT_EQ(fold_name("Søren Ærø Œuvre Þór Đorđe ǾY"), "soren aero oeuvre thor dorde oy");
  EXPECT_EQ(fold_name("Άννα ΐ Ὀδυσσεύς"), "αννα ι οδυσσευσ");
  EXPECT_EQ(fold_name("Київ Йосиф Ёлка"), "киів иосиф елка");
  EXPECT_EQ(fold_name("مُحَمَّد آمنة"), "محمد امنة");
  EXPECT_EQ(fold_name("שָׁלוֹם"), "שלום");
  EXPECT_EQ(fold_name("O’Brien O`Brien O´Brien O‘Brien Oʻahu"), "o'brien o'brien o'brien o'brien o'ahu");
  EXPECT_EQ(fold_name("Nguyễn Phú Trọng"), "nguyen phu trong");
}

TEST(FoldName, KeepsMarksThatAreVowelsOrMakeAnotherLetter) {
  EXPECT_EQ(fold_name("नरेन्द्र मोदी"), "नरेन्द्र मोदी");
  EXPECT_NE(fold_name("मोदी"), fold_name("मादा"));
  for (const char* name : {"মমতা বন্দ্যোপাধ্যায়", "மு. க. ஸ்டாலின்", "ประยุทธ์", "ខ្មែរ", "အောင်ဆန်း", "ガザ", "ぎふ",
                           "තරු", "ਮੋਦੀ", "މާލެ"}) {
    EXPECT_EQ(fold_name(name), normalise_for_match(name).size() > 0 ? fold_name(fold_name(name)) : "")
        << name;
    EXPECT_GE(fold_name(name).size(), collapse_space(name).size()) << name << ": a mark is gone";
  }
  EXPECT_EQ(fold_name("ガザ"), "ガザ");
  EXPECT_EQ(fold_name("서울"), "서울") << "composed as it came";
  EXPECT_EQ(fold_name("ｶﾞｻﾞ ＡＢ"), "ガザ ab");
}

TEST(Forms, EachCharacterGoesOneWay) {
  for (char32_t c = 1; c < 0x32000; c = c == 0x3400 ? 0xF900 : c + 1) {
    if (c >= 0xD800 && c < 0xE000) continue;
    if ((c >= 0x3400 && c < 0xF900) || (c > 0x10000 && c < 0x1D000)) continue;
    expect_one_way(str_cat("a", utf8(c), "b"));
    expect_one_way(str_cat(utf8(c), " x ", utf8(c)));
    if (HasFailure()) FAIL() << "U+" << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Forms, WordsInAnyMixtureGoOneWay) {
  constexpr std::uint64_t kSeed = 20220415;
  std::mt19937_64 random(kSeed);
  static constexpr std::string_view kParts[] = {"Kyiv",
                                                " ",
                                                "  ",
                                                "É",
                                                "ß",
                                                "ĳ",
                                                "½",
                                                "´",
                                                "¨",
                                                "…",
                                                "—",
                                                "’",
                                                "\u00A0",
                                                "\u200D",
                                                "\u200B",
                                                "\u00AD",
                                                "🇺🇦",
                                                "👩‍👧",
                                                "❤",
                                                "\uFE0F",
                                                "Ω",
                                                "ς",
                                                "Ж",
                                                "ї",
                                                "ש",
                                                "م",
                                                "ـ",
                                                "٣",
                                                "http://a.example/b",
                                                "www.x",
                                                "(",
                                                ")",
                                                "#",
                                                "@",
                                                "_",
                                                "ŉ",
                                                "Ŀ",
                                                "ͺ",
                                                "©",
                                                "²",
                                                "µ",
                                                "ª",
                                                "🄰",
                                                "1",
                                                "h",
                                                "w",
                                                "\u2028",
                                                "\n",
                                                "\u0301",
                                                "\u064B",
                                                "\u05B0",
                                                "ǆ",
                                                "ﬁ",
                                                "™"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::uint64_t i = random() % 8; i-- > 0;) text += kParts[random() % std::size(kParts)];
    expect_one_way(text);
    ASSERT_FALSE(HasFailure()) << "seed " << kSeed << ", round " << round;
  }
}

TEST(Forms, AnyBytesGiveUtf8) {
  constexpr std::uint64_t kSeed = 20220416;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (std::uint64_t i = random() % 12; i-- > 0;) bytes += static_cast<char>(random());
    ASSERT_TRUE(is_valid_utf8(normalise_for_match(bytes))) << "seed " << kSeed << ", round " << round;
    ASSERT_TRUE(is_valid_utf8(fold_name(bytes))) << "seed " << kSeed << ", round " << round;
    ASSERT_TRUE(is_valid_utf8(collapse_space(to_valid_utf8(bytes))));
  }
}

}  // namespace
}  // namespace copytaster
