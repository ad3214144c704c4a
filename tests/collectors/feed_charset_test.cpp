#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include "collectors/charset.h"
#include "collectors/charset_words.h"
#include "core/strings.h"

namespace copytaster {
namespace {

std::string encoded(std::string_view text, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 16, '\0');
  const int32_t size = ucnv_convert(encoding, "UTF-8", out.data(), static_cast<int32_t>(out.size()),
                                    text.data(), static_cast<int32_t>(text.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << encoding << ": " << u_errorName(error);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

struct Case {
  const char* encoding;
  std::string_view words;
};
constexpr Case kCases[] = {
    {"windows-1252", "Le maire a dit : « ça suffit » – œuvre"},
    {"iso-8859-2", "Zażółć gęślą jaźń"},
    {"windows-1251", "Мэр сказал: «да»"},
    {"koi8-r", "Мэр сказал: да"},
    {"iso-8859-7", "Ο δήμαρχος είπε ναι"},
    {"windows-1255", "ראש העיר אמר כן"},
    {"windows-1256", "قال رئيس البلدية نعم"},
    {"iso-8859-9", "Başkan evet dedi"},
    {"gb18030", "市长说是的"},
    {"Big5", "市長說是的"},
    {"shift_jis", "市長は「はい」と言った"},
    {"euc-jp", "市長は「はい」と言った"},
    {"iso-2022-jp", "市長は「はい」と言った"},
    {"euc-kr", "시장이 그렇다고 말했다"},
    {"UTF-8", "市長 мэр δήμαρχος 🎉"},
};

std::string document(std::string_view words, std::string_view declaration) {
  return str_cat("<?xml version=\"1.0\"", declaration, "?><rss><title>", words, "</title></rss>");
}

TEST(Charset, IsTakenFromTheHttpHeader) {
  for (const Case& one : kCases) {
    const std::string text = document(one.words, "");
    const std::string bytes = encoded(text, one.encoding);
    EXPECT_EQ(decode_text(bytes, str_cat("text/xml; charset=", std::string_view(one.encoding))).text(), text)
        << one.encoding;
  }
}

TEST(Charset, IsTakenFromTheXmlDeclaration) {
  for (const Case& one : kCases) {
    const std::string text = document(one.words, str_cat(" encoding='", std::string_view(one.encoding), "'"));
    const std::string bytes = encoded(text, one.encoding);
    EXPECT_EQ(decode_text(bytes, "text/xml").text(), text) << one.encoding;
  }
}

TEST(Charset, IsToldWithoutAnyLabelByTheBytes) {
  for (const char* encoding : {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-8", "ibm-037"}) {
    const std::string text = document("Mayor: yes", " encoding='ibm-037'");
    EXPECT_EQ(decode_text(encoded(text, encoding), "").text(), text) << encoding;
  }
  for (const std::string_view mark : {"\xEF\xBB\xBF"}) {
    EXPECT_EQ(decode_text(str_cat(mark, "<rss/>"), "text/xml; charset=utf-16").text(), "<rss/>");
  }
  // Enough words for ICU's detector.
  const std::string russian =
      document("Мэр города открыл новую школу и сказал, что строительство продолжалось десять лет", "");
  EXPECT_EQ(decode_text(encoded(russian, "koi8-r"), "").text(), russian);
  EXPECT_EQ(decode_text(encoded(russian, "windows-1251"), "").text(), russian);
}

TEST(Charset, WrongLabelsAreNotBelieved) {
  const std::string polish = document("Wójt Żaneta dziękuje mieszkańcom Łodzi", "");
  for (const char* label :
       {"iso-8859-1", "us-ascii", "windows-1250", "utf-16", "no-such-thing", "", "utf-8"}) {
    EXPECT_EQ(decode_text(polish, str_cat("text/xml;charset=", std::string_view(label))).text(), polish)
        << label;
  }
  // The header says UTF-8, the declaration is right.
  const std::string text = document("Ça va, là-bas ?", " encoding='iso-8859-1'");
  EXPECT_EQ(decode_text(encoded(text, "windows-1252"), "text/xml; charset=utf-8").text(), text);
  // UTF-8 by far the most: one damaged byte does not make it another encoding.
  const std::string damaged =
      replace_all(document(str_cat(polish, polish), " encoding='iso-8859-1'"), "Z", "\xFF");
  const DecodedText decoded = decode_text(str_cat(damaged, "\xFF"), "");
  EXPECT_NE(decoded.text().find("dziękuje"), std::string_view::npos);
  EXPECT_NE(decoded.text().find("\xEF\xBF\xBD"), std::string_view::npos);
  EXPECT_TRUE(decoded.damaged());
}

TEST(Charset, Iso88591MeansWindows1252) {
  EXPECT_EQ(decode_text("<a>\x93yes\x94 \x96 \x80</a>", "text/xml; charset=ISO-8859-1").text(),
            "<a>“yes” – €</a>");
}

TEST(Charset, GoodUtf8IsNotCopied) {
  const std::string text = document("мэр", "");
  EXPECT_EQ(decode_text(text, "").text().data(), text.data());
}

TEST(Charset, ParameterIsReadAsPeopleWriteIt) {
  EXPECT_EQ(charset_parameter("text/xml;charset = \"UTF-8\" ; x=y"), "UTF-8");
  EXPECT_EQ(charset_parameter("application/rss+xml; CHARSET='koi8-r'"), "koi8-r");
  EXPECT_EQ(charset_parameter("text/xml; charset:iso-8859-1"), "");
  EXPECT_EQ(charset_parameter("text/xml"), "");
}

TEST(Charset, OfATitleAloneIsTheOneThatGivesWords) {
  for (const auto& [encoding, words] : {
           std::pair("windows-1251", "Київська міська рада ухвалила рішення"),
           std::pair("windows-1251", "Мэр города открыл новую трамвайную линию"),
           std::pair("koi8-r", "Мэр города открыл новую трамвайную линию"),
           std::pair("windows-1251", "Градоначелник је отворио нову трамвајску линију"),
           std::pair("iso-8859-7", "Ο δήμαρχος εγκαινίασε τη νέα γραμμή"),
           std::pair("iso-8859-2", "Prezydent miasta otworzył nową linię tramwajową"),
           std::pair("windows-1255", "ראש העיר פתח את קו הרכבת הקלה החדש"),
           std::pair("windows-1256", "افتتح رئيس البلدية خط الترام الجديد"),
           std::pair("windows-1252", "Le maire a dit : « ça suffit » – œuvre"),
       }) {
    const std::string text = document(words, "");
    EXPECT_EQ(decode_text(encoded(text, encoding), "").text(), text) << encoding;
  }
}

TEST(CharsetWords, AreToldFromWhatAWrongEncodingMakesOfThem) {
  const auto better = [](std::string_view right, std::string_view wrong) {
    return plausibility_of_words(right) > plausibility_of_words(wrong);
  };
  EXPECT_TRUE(better("Мэр города", "Ìýð ãîðîäà")) << "accented letters alone";
  EXPECT_TRUE(better("Мэр города", "лЩП ЦНПНДЮ")) << "cases upside down";
  EXPECT_TRUE(better("nową linię", "now¹ liniê")) << "signs in words";
  EXPECT_TRUE(better("ça suffit", "зa suffit")) << "two scripts in a word";
  EXPECT_TRUE(better("міська", "מ³ס\uFFFDךא")) << "what is no character";
  EXPECT_EQ(plausibility_of_words("plain ASCII, $5 + 3"), 0);
  EXPECT_GT(plausibility_of_words("«Été», “œuvre” – 5 €"), 0);
}

}  // namespace
}  // namespace copytaster
