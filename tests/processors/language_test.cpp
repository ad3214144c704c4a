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
    {"en",
     "The council agreed last night that the library will stay open on Sundays, and that is good news for "
     "everyone."},
    {"fr",
     "Le conseil a décidé hier soir que la bibliothèque resterait ouverte le dimanche, et c'est une bonne "
     "nouvelle."},
    {"uk", "Міська рада вчора вирішила, що бібліотека працюватиме й у неділю, і це добра новина для всіх."},
    {"de",
     "Der Rat hat gestern Abend beschlossen, dass die Bibliothek sonntags geöffnet bleibt, und das freut "
     "alle."},
    {"es",
     "El pleno decidió anoche que la biblioteca seguirá abierta los domingos, y es una buena noticia para "
     "todos."},
    {"it",
     "Il consiglio ha deciso ieri sera che la biblioteca resterà aperta la domenica, ed è una buona notizia "
     "per tutti."},
    {"pl",
     "Rada miasta zdecydowała wczoraj, że biblioteka będzie otwarta w niedziele, i to dobra wiadomość dla "
     "wszystkich."},
    {"pt",
     "A câmara decidiu ontem à noite que a biblioteca vai continuar aberta ao domingo, e é uma boa notícia "
     "para todos."},
    {"nl",
     "De raad heeft gisteravond besloten dat de bibliotheek op zondag open blijft, en dat is goed nieuws "
     "voor iedereen."},
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
  for (const char* none : {"und", "mul", "", "e", "english", "12", "x\xff"})
    EXPECT_EQ(primary_language(none), "") << none;
  EXPECT_EQ(detect_language("ראש העיר הודיעה היום כי הספרייה תישאר פתוחה", "").code, "he");
  EXPECT_EQ(
      detect_language("Kommunestyret bestemte i går kveld at biblioteket ikke skal stenge på søndager", "")
          .code,
      "nb");
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
  EXPECT_EQ(
      detect_language("🎉🎉 https://example.org/a/very/long/path/of/english/words #Paris @someone", "").code,
      "");
  EXPECT_EQ(detect_language("Київ 🇺🇦", "").code, "uk");
}

struct Declared {
  std::string_view declared, text;
};

// One sentence is heard wrongly more often than it is declared wrongly.
TEST(LanguageDetect, AShortTextLeavesARightDeclarationAlone) {
  for (const Declared& one : {
           Declared{"it", "Tanti auguri alla signora Ines Callegari, che oggi compie 101 anni!"},
           Declared{"fr",
                    "Rue de la Gare : la circulation reprend\nLa rue de la Gare rouvre lundi à 7 heures."},
           Declared{"es", "Silencio en la plaza Mayor. Se oye solo la fuente."},
           Declared{"nl", "Gefeliciteerd aan mevrouw Annie Verstraete, vandaag 100 jaar!"},
           Declared{"pl", "Sto lat dla pani Heleny Wronieckiej, która dziś kończy sto lat!"},
           Declared{"pt", "Parabéns à dona Amélia Sacramento, que faz hoje 100 anos!"},
           Declared{"de", "Herzlichen Glückwunsch an Frau Irmgard Assheuer zum 100. Geburtstag!"},
           Declared{"en", "Happy birthday to Mrs Siobhan Tierney, 100 years old today!"},
           Declared{"uk", "Вітаємо пані Марію Гнатишин зі сторічним ювілеєм!"},
           Declared{"it", "Ponte Nuovo chiuso domani."},
       }) {
    EXPECT_EQ(detect_language(one.text, one.declared).code, one.declared) << one.text;
  }
}

TEST(LanguageDetect, ALanguageIsNotDeclaredInForeignLetters) {
  EXPECT_EQ(detect_language("Thank you all so much for coming!", "uk").code, "en");
  EXPECT_EQ(detect_language("Дякуємо всім, хто прийшов!", "en").code, "uk");
  EXPECT_EQ(detect_language("Дякуємо!", "en").code, "uk");
  EXPECT_EQ(detect_language("Merci !", "el").code, "");
  EXPECT_EQ(detect_language("Merci !", "ja").code, "");
  EXPECT_EQ(detect_language("Hvala svima!", "sr").code, "sr") << "written in both";
}

// The default of an account that is bilingual: long enough, and sure.
TEST(LanguageDetect, ASentenceInAnotherLanguageStillBeatsAWrongDeclaration) {
  for (const Declared& one : {
           Declared{"en", "Le conseil municipal a voté hier soir le budget de la ville pour les écoles."},
           Declared{"fr", "The city council voted on the budget for our schools and libraries last night."},
           Declared{"en", "Der Stadtrat hat gestern Abend den Haushalt für die Schulen beschlossen."},
       }) {
    EXPECT_NE(detect_language(one.text, one.declared).code, one.declared) << one.text;
  }
  EXPECT_EQ(
      detect_language(
          "Kommunfullmäktige beslutade i går kväll att biblioteket ska vara öppet även på söndagar.", "en")
          .code,
      "sv");
}

TEST(LanguageDetect, WhatTheAccountUsuallyWritesDecidesOnlyWhereNothingElseDoes) {
  EXPECT_EQ(detect_language("Merci !", "", "fr").code, "fr");
  EXPECT_EQ(detect_language("Merci !", "", "fr").rule, "account");
  EXPECT_EQ(detect_language("Merci !", "de", "fr").code, "de");
  EXPECT_EQ(detect_language("Merci !", "", "uk").code, "");
  EXPECT_EQ(detect_language("Silencio en la plaza Mayor. Se oye solo la fuente.", "", "es").code, "es");
  for (const Sample& sample : kTen) {
    for (const Sample& other : kTen)
      EXPECT_EQ(detect_language(sample.text, "", other.code).code, sample.code);
  }
}

// Eight letters are enough where few languages share the script; Latin takes twelve.
TEST(LanguageDetect, FewWordsAreInTheUsualLanguageWhereTheCallIsClose) {
  constexpr std::pair<std::string_view, std::string_view> kCaptions[] = {
      {"es", "Parque renovado"},         {"es", "Foto de familia"},    {"pl", "Przekazanie kluczy"},
      {"nl", "De nieuwe brug"},          {"nl", "Sneeuw op de markt"}, {"uk", "Нова школа"},
      {"it", "Panchine nuove al parco"},
  };
  for (const auto& [usual, text] : kCaptions) EXPECT_EQ(detect_language(text, "", usual).code, usual) << text;
  // Small words, letters of the other alphabet, or more of a text: then it is the other language.
  EXPECT_EQ(detect_language("As crianças da escola", "", "es").code, "pt");
  EXPECT_EQ(detect_language("Os alunos em visita à ponte nova com os pais e os professores", "", "es").code,
            "pt");
  EXPECT_EQ(detect_language("Signing of the agreement", "", "fr").code, "en");
  EXPECT_EQ(detect_language("Opening ceremony", "", "fr").code, detect_language("Opening ceremony", "").code);
}

TEST(LanguageDetect, AShortTextIsHeardWhereItsScriptHasFewLanguages) {
  EXPECT_EQ(detect_language("Что там было?", "").code, "ru");
  EXPECT_EQ(detect_language("Что там было?", "bg").code, "bg") << "what is declared of a short text stands";
  EXPECT_EQ(detect_language("Утро доброе", "", "bg").code, "bg") << "and what the author writes";
  EXPECT_EQ(detect_language("Merci beau", "").code, "");
  EXPECT_EQ(detect_language("Che cos'era?", "").rule, "words") << "CLD2 is not asked";
}

TEST(LanguageDetect, LettersThatOnlyUkrainianHasSettleIt) {
  EXPECT_EQ(detect_language("Комендантська година з 22:00 до 5:00. Бережіть себе.", "").code, "uk");
  EXPECT_EQ(detect_language("Кметът обяви нов автобус за квартала от понеделник.", "").code, "bg");
  EXPECT_EQ(detect_language("Мэр объявил о новом автобусе для района с понедельника.", "").code, "ru");
}

TEST_F(Steps, LanguageKnowsWhatTheAuthorWrites) {
  std::vector<Official> all = testing::two_mayors();
  all[0].add_languages("fr");
  all[1].add_languages("uk");
  all[1].add_languages("en");
  officials_ = Officials(all);
  Item one = item("Merci !", "", "odile-marchal");
  run(&one, *make_language_step());
  EXPECT_EQ(one.language(), "fr");
  EXPECT_EQ(one.language_evidence().rule(), "account");
  Item two = item("Ok, go!", "", "bohdan-kravets");
  run(&two, *make_language_step());
  EXPECT_EQ(two.language(), "") << "two languages tell nothing";
  Item passed_on = item("", "", "odile-marchal");
  passed_on.mutable_repost_of()->set_text("Danke!");
  run(&passed_on, *make_language_step());
  EXPECT_EQ(passed_on.language(), "") << "others' words are not in her language";
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
