// UTF-8, whole or damaged, is told from every other encoding by its bytes; labels may be wrong or missing.
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <random>
#include <vector>

#include "collectors/charset.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

std::string encoded(std::string_view text, std::string_view encoding) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 16, '\0');
  const int32_t size =
      ucnv_convert(std::string(encoding).c_str(), "UTF-8", out.data(), static_cast<int32_t>(out.size()),
                   text.data(), static_cast<int32_t>(text.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << encoding << ": " << u_errorName(error);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

struct Words {
  std::vector<std::string_view> encodings;
  std::string_view text;
};

// With what comes nearest to UTF-8 in each: "ß“" and "ё" in KOI8-R are whole characters of it.
const std::vector<Words>& texts() {
  static const std::vector<Words> all = {
      {{"windows-1252"},
       "Le maire a dit : « Ça suffit », là où l’été dernier la fête s’était arrêtée. L’œuvre sera élevée "
       "près de l’Hôtel de Ville, dès "
       "la rentrée… À bientôt ! NOËL, ÉTÉ, où l’on rêve."},
      {{"windows-1252", "iso-8859-1"},
       "Der Bürgermeister sagte: Das macht Spaß, und fügte hinzu, die Große Gasse bleibe gesperrt. Süße "
       "Grüße aus Köln; "
       "Fußgänger müssen außen herum gehen. El alcalde dijo: ¿Mañana? ¡Sí! À demain, señor."},
      {{"windows-1252"},
       "„Das macht Spaß“, sagte der Bürgermeister. „Wir hören zu, wenn Gäste über den Fluß“ reden, und fügte "
       "hinzu: „Schön ist’s für alle.“"},
      {{"windows-1251", "koi8-r"},
       "Мэр города сказал, что всё ещё идёт стройка, её завершат к осени. Он объявил о новом расписании "
       "трамваев, и ёлка на "
       "площади останется до января. Чёрный пёс, жёлтый мёд, лёд и полёт."},
      {{"iso-8859-2", "windows-1250"},
       "Burmistrz Łodzi powiedział, że zażółć gęślą jaźń, a następnie ogłosił nowe święto miasta. Źródła "
       "podają, że będzie też "
       "piękny pokaz świateł nad rzeką. Starosta řekl, že příští týden začne oprava náměstí."},
      {{"iso-8859-7", "windows-1253"},
       "Ο δήμαρχος είπε: «Ναι, θα γίνει». Η πόλη ανοίγει ξανά τη γέφυρα, και οι κάτοικοι χαίρονται. Έργα, "
       "ύδρευση, ώρα ανοιχτή για όλους."},
  };
  return all;
}

std::string feed(std::string_view words, std::string_view declaration = "") {
  return str_cat("<?xml version=\"1.0\"", declaration, "?><rss><channel><title>News</title><item><title>",
                 words, "</title></item></channel></rss>");
}

// `count` words from word number `from` on.
std::string_view some_words(std::string_view text, std::size_t from, std::size_t count) {
  const std::vector<std::string_view> all = split(text, ' ');
  if (from + count > all.size()) return {};
  const char* begin = all[from].data();
  return {begin,
          static_cast<std::size_t>(all[from + count - 1].data() + all[from + count - 1].size() - begin)};
}

TEST(CharsetRule, ARightLabelIsBelievedHoweverShortTheText) {
  for (const Words& words : texts()) {
    for (const std::string_view encoding : words.encodings) {
      for (std::size_t from = 0; from < 40; ++from) {
        const std::string text = feed(some_words(words.text, from, 6));
        EXPECT_EQ(decode_text(encoded(text, encoding), str_cat("text/xml; charset=", encoding)).text(), text)
            << encoding << " " << from;
      }
    }
  }
}

TEST(CharsetRule, NoOtherEncodingIsTakenForUtf8WhateverTheLabelSays) {
  for (const Words& words : texts()) {
    for (const std::string_view encoding : words.encodings) {
      for (std::size_t from = 0; from < 40; ++from) {
        const std::string_view some = some_words(words.text, from, 10);
        if (some.empty()) break;
        const std::string bytes = encoded(some, encoding);
        if (is_valid_utf8(bytes)) continue;  // nothing in it but ASCII
        for (const std::string_view label : {"", " encoding='utf-8'", " encoding='no-such-thing'"}) {
          const std::string body = feed(bytes, label);
          const DecodedText decoded = decode_text(body, "");
          EXPECT_NE(decoded.encoding(), "UTF-8") << encoding << ": " << some;
          EXPECT_EQ(decoded.text().find("\uFFFD"), std::string_view::npos) << encoding << ": " << some;
        }
      }
    }
  }
}

TEST(CharsetRule, EnoughWordsTellTheEncodingWithoutALabel) {
  for (const Words& words : texts()) {
    for (const std::string_view encoding : words.encodings) {
      const std::string text = feed(words.text);
      const std::string body = encoded(text, encoding);
      EXPECT_EQ(decode_text(body, "").text(), text) << encoding;
      EXPECT_EQ(decode_text(body, "text/xml; charset=utf-8").text(), text)
          << encoding << ", labelled wrongly";
    }
  }
}

TEST(CharsetRule, AFewWordsTellCyrillicWithoutALabel) {
  for (const Words& words : texts()) {
    for (const std::string_view encoding : words.encodings) {
      if (encoding != "windows-1251" && !encoding.starts_with("koi8")) continue;
      for (std::size_t from = 0; from < 40; ++from) {
        const std::string_view some = some_words(words.text, from, 6);
        if (some.empty()) break;
        const std::string text = feed(some);
        EXPECT_EQ(decode_text(encoded(text, encoding), "").text(), text) << encoding << " " << from;
      }
    }
  }
}

TEST(CharsetRule, Utf8CutOffAnywhereIsUtf8) {
  for (const Words& words : texts()) {
    const std::string whole = feed(words.text, " encoding='iso-8859-1'");
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const DecodedText decoded =
          decode_text(std::string_view(whole).substr(0, size), "text/xml; charset=windows-1251");
      ASSERT_EQ(decoded.encoding(), "UTF-8") << whole.substr(0, size);
      const std::size_t good = utf8_floor(whole, size);
      ASSERT_EQ(decoded.text().substr(0, good), whole.substr(0, good));
    }
  }
}

// As when a program counts bytes and cuts characters: in the middle, again and again.
TEST(CharsetRule, Utf8WithCharactersCutInTheMiddleIsUtf8) {
  for (const Words& words : texts()) {
    std::string body;
    for (std::size_t cut = 1; cut <= 3; ++cut)
      str_append(&body, words.text, " 🎉", std::string_view("🎉").substr(0, cut), "… ",
                 std::string_view("ї").substr(1), " ");
    const std::string damaged = feed(body, " encoding='iso-8859-1'");
    const DecodedText decoded = decode_text(damaged, "");
    EXPECT_EQ(decoded.encoding(), "UTF-8");
    EXPECT_TRUE(decoded.damaged());
    EXPECT_NE(decoded.text().find(words.text), std::string_view::npos);
  }
}

TEST(CharsetRule, Utf8WithLostAndChangedBytesIsUtf8) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    const Words& words = texts()[random() % texts().size()];
    std::string text = str_cat(words.text, " ", words.text, " ", words.text);
    for (int n = 0; n < 5; ++n) {
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0) {
        text.erase(at, 1);
      } else {
        text[at] = static_cast<char>(0x80 + random() % 0x80);
      }
    }
    EXPECT_EQ(decode_text(feed(text, " encoding='iso-8859-1'"), "").encoding(), "UTF-8") << text;
  }
}

}  // namespace
}  // namespace copytaster
