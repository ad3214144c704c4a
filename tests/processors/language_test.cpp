#include <gtest/gtest.h>

#include <string>

#include "processors/language_detect.h"
#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using testing::Steps;

struct Sample {
  std::string_view code;
  std::string_view text;
};

constexpr Sample kTen[] = {
    {"en", "The council agreed last night that the library will stay open on Sundays, and that is good news for everyone."},
    {"fr", "Le conseil a décidé hier soir que la bibliothèque resterait ouverte le dimanche, et c'est une bonne nouvelle."},
    {"uk", "Міська рада вчора вирішила, що бібліотека працюватиме й у неділю, і це добра новина для всіх."},
    {"de", "Der Rat hat gestern Abend beschlossen, dass die Bibliothek sonntags geöffnet bleibt, und das freut alle."},
    {"es", "El pleno decidió anoche que la biblioteca seguirá abierta los domingos, y es una buena noticia para todos."},
    {"it", "Il consiglio ha deciso ieri sera che la biblioteca resterà aperta la domenica, ed è una buona notizia per tutti."},
    {"pl", "Rada miasta zdecydowała wczoraj, że biblioteka będzie otwarta w niedziele, i to dobra wiadomość dla wszystkich."},
    {"pt", "A câmara decidiu ontem à noite que a biblioteca vai continuar aberta ao domingo, e é uma boa notícia para todos."},
    {"nl", "De raad heeft gisteravond besloten dat de bibliotheek op zondag open blijft, en dat is goed nieuws voor iedereen."},
    {"el", "Το συμβούλιο αποφάσισε χθες το βράδυ ότι η βιβλιοθήκη θα μείνει ανοιχτή τις Κυριακές."},
};

TEST(LanguageDetect, TellsTheTenLanguagesWithAndWithoutDeclaration) {
  for (const Sample& sample : kTen) {
    EXPECT_EQ(detect_language(sample.text, "").code, sample.code) << sample.text;
    EXPECT_EQ(detect_language(sample.text, sample.code).code, sample.code) << sample.text;
  }
}

TEST(LanguageDetect, ALongTextBeatsAWrongDeclaration) {
  for (const Sample& sample : kTen) {
    const std::string_view wrong = sample.code == "en" ? "fr" : "en";
    EXPECT_EQ(detect_language(sample.text, wrong).code, sample.code) << sample.text;
  }
}

TEST(LanguageDetect, UsesCurrentCodes) {
  EXPECT_EQ(primary_language("iw"), "he");
  EXPECT_EQ(primary_language("no"), "nb");
  EXPECT_EQ(primary_language("nn-NO"), "nn");
  EXPECT_EQ(primary_language("fr_FR"), "fr");
  EXPECT_EQ(primary_language("ZH-Hant-TW"), "zh");
  EXPECT_EQ(primary_language("in"), "id");
  for (const char* none : {"und", "mul", "", "e", "english", "12", "x\xff"}) EXPECT_EQ(primary_language(none), "") << none;
  EXPECT_EQ(detect_language("ראש העיר הודיעה היום כי הספרייה תישאר פתוחה", "").code, "he");
  EXPECT_EQ(detect_language("Kommunestyret bestemte i går kveld at biblioteket ikke skal stenge på søndager", "").code, "nb");
}

TEST(LanguageDetect, OneScriptOneLanguage) {
  EXPECT_EQ(detect_language("Καλημέρα Βόλε", "").rule, "script");
  EXPECT_EQ(detect_language("გამარჯობა", "").code, "ka");
  EXPECT_EQ(detect_language("市長は昨日、図書館を日曜日も開くと述べた。", "").code, "ja");
  EXPECT_EQ(detect_language("시장은 도서관을 열겠다고 말했다", "").code, "ko");
  EXPECT_EQ(detect_language("市长昨天表示图书馆周日将继续开放", "").code, "zh");
}

TEST(LanguageDetect, VeryShortIsDeclaredOrNothing) {
  EXPECT_EQ(detect_language("Merci !", "fr").code, "fr");
  EXPECT_EQ(detect_language("Merci !", "fr").rule, "declared");
  EXPECT_EQ(detect_language("Ok", "").code, "");
  EXPECT_EQ(detect_language("🎉🎉 https://example.org/a/very/long/path/of/english/words #Paris @someone", "").code, "");
  EXPECT_EQ(detect_language("Київ 🇺🇦", "").code, "uk");
}

TEST(LanguageDetect, SurvivesAnyBytes) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (int i = 0; i < 12; ++i) all += all.substr(0, 4096);
  EXPECT_LE(detect_language(all, all).code.size(), 3U);
  EXPECT_LE(detect_language(std::string(1 << 20, 'a'), "").code.size(), 3U);
  EXPECT_LE(detect_language(std::string(1 << 20, '\x80'), "fr").code.size(), 3U);
  EXPECT_EQ(detect_language("", "").code, "");
}

TEST_F(Steps, LanguageLooksAtTheTitleOfAShortTeaser) {
  Item one = item("Lire la suite");
  one.set_title("La maire de Lyon présente le budget de la ville pour les écoles et les bibliothèques");
  run(&one, *make_language_step());
  EXPECT_EQ(one.language(), "fr");
  EXPECT_GT(one.language_evidence().confidence(), 0.5F);
  EXPECT_FALSE(one.language_evidence().rule().empty());
}

TEST_F(Steps, LanguageOfARepostIsThatOfItsText) {
  Item one = item("");
  one.set_declared_language("pl");
  one.mutable_repost_of()->set_text(std::string(kTen[2].text));
  run(&one, *make_language_step());
  EXPECT_EQ(one.language(), "uk");
}

}  // namespace
}  // namespace copytaster
