// Text helpers: bytes to characters, white space, words, sentences, hashes.
#include "core/text.h"

#include <gtest/gtest.h>

#include <random>

#include "core/strings.h"

namespace copytaster {
namespace {

std::vector<std::string> cut(std::string_view text, const std::vector<Span>& spans) {
  std::vector<std::string> out;
  for (const Span& span : spans) {
    EXPECT_LT(span.begin, span.end);
    out.emplace_back(text.substr(span.begin, span.end - span.begin));
  }
  return out;
}
using Strings = std::vector<std::string>;

Strings sentences_of(std::string_view text, std::string_view language = "") {
  return cut(text, sentences(text, language));
}
Strings words_of(std::string_view text) { return cut(text, words(text)); }

TEST(Utf8, KnowsWellFormedBytes) {
  for (const char* good :
       {"", "a", "\x7F", "é", "\u0800", "\uFFFF", "😀", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80"})
    EXPECT_TRUE(is_valid_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x80\x80", "\xE0\x9F\xBF",
                          "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
                          "abcdefgh\xFF", "aaaaaaaaaaaaaaa\xE2\x82"})
    EXPECT_FALSE(is_valid_utf8(bad));
  EXPECT_TRUE(is_valid_utf8(std::string_view("a\0b", 3)));
}

// The examples of the Unicode Standard §3.9, tables 3-8 to 3-11, and the Encoding Standard's decoder.
TEST(Utf8, ReplacesEachMaximalSubpartOnce) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(to_valid_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
                          "A"),
            r + r + r + r + r + r + r + r + "A");
  EXPECT_EQ(to_valid_utf8("\xED\xA0\x80\xED\xBF\xBF\xED\xAF"
                          "A"),
            r + r + r + r + r + r + r + r + "A");
  EXPECT_EQ(to_valid_utf8("\xF4\x91\x92\x93\xFF"
                          "A\x80\xBF"
                          "B"),
            r + r + r + r + r + "A" + r + r + "B");
  EXPECT_EQ(to_valid_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
                          "A"),
            r + r + r + r + "A");
  EXPECT_EQ(to_valid_utf8("caf\xC3"), "caf" + r);
  EXPECT_EQ(to_valid_utf8("Київ 🇺🇦"), "Київ 🇺🇦");
}

TEST(Utf8, CutsBetweenCharacters) {
  const std::string text = "aé€😀";  // 1 + 2 + 3 + 4 bytes
  const std::size_t floors[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
  for (std::size_t n = 0; n <= text.size(); ++n) {
    EXPECT_EQ(utf8_floor(text, n), floors[n]) << n;
    EXPECT_TRUE(is_valid_utf8(std::string_view(text).substr(0, utf8_floor(text, n))));
  }
  EXPECT_EQ(utf8_floor(text, 99), text.size());
  EXPECT_EQ(utf8_floor("", 0), 0U);
  // A run of stray bytes is no character: whoever cuts pieces of it comes to its end.
  EXPECT_EQ(utf8_floor(std::string(100, '\x80'), 50), 50U);
  EXPECT_EQ(utf8_floor("a\x80\x80\x80", 2), 2U);
}

TEST(Utf8, CountsCodePoints) {
  const std::string text = "aé€😀z";
  const std::size_t bytes[] = {0, 1, 3, 6, 10, 11, 11};
  for (std::size_t i = 0; i < std::size(bytes); ++i) EXPECT_EQ(byte_of_code_point(text, i), bytes[i]) << i;
  EXPECT_EQ(byte_of_code_point("", 0), 0U);
  EXPECT_EQ(byte_of_code_point("é", 1), 2U);
}

TEST(Space, Collapses) {
  EXPECT_EQ(collapse_space("  a \t\r\n b\u00A0\u2003\u3000c\u202F\u2028"), "a b c");
  EXPECT_EQ(collapse_space(" \n "), "");
  EXPECT_EQ(collapse_space("a b"), "a b");
  EXPECT_EQ(collapse_space("👩‍👧"), "👩‍👧") << "a joiner is no space";
}

TEST(Space, TidiesLines) {
  EXPECT_EQ(tidy_lines(" a  b \n c \r\n d\re\n\n\n\nf \n "), "a b\nc\nd\ne\n\nf");
  EXPECT_EQ(tidy_lines("a\r\n\r\nb"), "a\n\nb");
  EXPECT_EQ(tidy_lines("a\u2029b\u2028c"), "a\nb\nc");
  EXPECT_EQ(tidy_lines("\n\n"), "");
  EXPECT_EQ(tidy_lines(tidy_lines("x \n \n \n y  z")), "x\n\ny z");
}

TEST(Sentences, InManyLanguages) {
  EXPECT_EQ(sentences_of("We stand with Kyiv. Do you? Yes!", "en"),
            (Strings{"We stand with Kyiv.", "Do you?", "Yes!"}));
  EXPECT_EQ(sentences_of("Paris est là. Merci ! Et vous ?", "fr"),
            (Strings{"Paris est là.", "Merci !", "Et vous ?"}));
  EXPECT_EQ(sentences_of("Київ стоїть. Дякуємо!", "uk"), (Strings{"Київ стоїть.", "Дякуємо!"}));
  EXPECT_EQ(sentences_of("市長は述べた。「感謝する。」　以上！", "ja"),
            (Strings{"市長は述べた。", "「感謝する。」", "以上！"}))
      << "what opens belongs to what follows";
  EXPECT_EQ(sentences_of("वह बोले। धन्यवाद।", "hi"), (Strings{"वह बोले।", "धन्यवाद।"}));
  EXPECT_EQ(sentences_of("قال العمدة. هل أنتم معنا؟ نعم.", "ar"),
            (Strings{"قال العمدة.", "هل أنتم معنا؟", "نعم."}));
  EXPECT_EQ(sentences_of("Τι λέτε; Ναι.", "el"), (Strings{"Τι λέτε;", "Ναι."})) << "the Greek question mark";
  EXPECT_EQ(sentences_of("It costs 3.5 million, e.g. today. It does.", "en"),
            (Strings{"It costs 3.5 million, e.g. today.", "It does."}));
}

TEST(Sentences, LineBreaksEndThemAndSpaceIsTrimmed) {
  EXPECT_EQ(sentences_of("one\ntwo\n\n three \u3000\n\u00A0four.\u2003Five."),
            (Strings{"one", "two", "three", "four.", "Five."}));
  EXPECT_EQ(sentences_of("\n \n\u3000"), Strings{});
  EXPECT_EQ(sentences_of("a\r\nb"), (Strings{"a", "b"}));
  const std::string text = "Élu. 🇺🇦 Ça va.";
  EXPECT_EQ(sentences(text, "fr")[0], (Span{0, 5}));
}

TEST(Sentences, AnyLanguageAndAnyBytesWillDo) {
  const Strings two = {"One.", "Two."};
  for (const std::string& language :
       {std::string("xx"), std::string("zh-Hant-TW"), std::string(5000, 'q'), std::string("../../etc"),
        std::string("en\0fr", 5), std::string("\xFF")})
    EXPECT_EQ(sentences_of("One. Two.", language), two) << language.substr(0, 20);
  EXPECT_EQ(sentences_of("a\xFF. B\x80.").size(), 2U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(sentences_of("One. Two.", str_cat("q", i)), two);
}

TEST(Words, AreLettersMarksAndDigits) {
  EXPECT_EQ(words_of("L'été, c'est 2022-ok! x_y"), (Strings{"L", "été", "c", "est", "2022", "ok", "x", "y"}));
  EXPECT_EQ(words_of("नरेन्द्र मोदी"), (Strings{"नरेन्द्र", "मोदी"}));
  EXPECT_EQ(words_of("e\u0301te \u0301x"), (Strings{"e\u0301te", "x"})) << "a mark alone begins no word";
  EXPECT_EQ(words_of(" … 🇺🇦 "), Strings{});
  EXPECT_EQ(words_of("a\xFF"
                     "b"),
            (Strings{"a", "b"}));
}

TEST(Hash, Sha256IsTheStandards) {  // FIPS 180-4 examples
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// Stored in indexes: a change of these values is a change of format.
TEST(Hash, StableHashKeepsItsValues) {
  EXPECT_EQ(stable_hash(""), 18367117842956642829U);
  EXPECT_EQ(stable_hash("a"), 1187103485610655567U);
  EXPECT_EQ(stable_hash("copytaster"), 16150094162406673618U);
  EXPECT_EQ(stable_hash("Київ 🇺🇦 twenty-four bytes!"), 11956689993123415565U);
  EXPECT_NE(stable_hash(std::string_view("\0", 1)), stable_hash(""));
  EXPECT_NE(stable_hash(std::string_view("a\0", 2)), stable_hash("a"));
}

// The definition, a byte at a time; what is stored was hashed by it.
std::uint64_t hash_byte_by_byte(std::string_view bytes) {
  const auto mix = [](std::uint64_t a, std::uint64_t b) {
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const std::uint64_t one = 0x9E3779B97F4A7C15ULL, two = 0xD1B54A32D192ED03ULL;
  std::uint64_t hash = mix(bytes.size() + two, one);
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    const std::string_view part = bytes.substr(at, 8);
    std::uint64_t word = 0;
    for (std::size_t i = part.size(); i-- > 0;) word = (word << 8) | static_cast<unsigned char>(part[i]);
    hash = mix(hash ^ word, part.size() == 8 ? one : two);
  }
  return mix(hash ^ (hash >> 29), two);
}

TEST(Text, TheFastHashIsThatOfItsDefinition) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (std::size_t size = 0; size < 600; ++size) {
    std::string bytes(size % 60, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    ASSERT_EQ(stable_hash(bytes), hash_byte_by_byte(bytes)) << bytes.size();
  }
}

TEST(Strings, SmallHelpers) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(join({"a", "", "b"}, "/"), "a//b");
  EXPECT_EQ(join({"", "a"}, "/"), "/a");
  EXPECT_EQ(replace_all("aaaa", "aa", "b"), "bb");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
  EXPECT_EQ(strip_space(" \t a b\r\n"), "a b");
  EXPECT_TRUE(contains_ignore_case("Photo CREDIT", "credit") && contains_ignore_case("x", "") &&
              !contains_ignore_case("credi", "credit"));
  EXPECT_TRUE(equals_ignore_case("ETag", "etag") && !equals_ignore_case("É", "é")) << "ASCII only";
  EXPECT_EQ(parse_number<int>("-12"), -12);
  for (const char* bad : {"", "+1", " 1", "1 ", "1.0", "0x1", "99999999999"})
    EXPECT_EQ(parse_number<int>(bad), std::nullopt) << bad;
  EXPECT_EQ(parse_number<unsigned>("-1"), std::nullopt);
}

}  // namespace
}  // namespace copytaster
