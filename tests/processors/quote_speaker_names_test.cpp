// What the speaker is called: the full name given earlier, whom a pronoun means, a name set beside the words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAreArray;
using testing::QuoteSteps;

struct Case {
  std::string_view language;
  std::string_view text;
  std::vector<std::string> said;
};

class QuoteSpeakerNames : public QuoteSteps {
 protected:
  void expect_said(const std::vector<Case>& cases) const {
    for (const Case& one : cases) {
      EXPECT_THAT(said(one.text, one.language), ElementsAreArray(one.said))
          << one.language << " " << one.text;
    }
  }
};

TEST_F(QuoteSpeakerNames, ASurnameIsTheFullNameGivenEarlier) {
  expect_said({
      {"en",
       "I met Dr Amina Sorrell at the clinic. Dr Sorrell told me: “We need two more nurses here.”",
       {"Amina Sorrell: We need two more nurses here."}},
      {"it",
       "Dalia Roccaforte guida il teatro dal 2021. «Il teatro è di tutti», ha ribadito Roccaforte.",
       {"Dalia Roccaforte: Il teatro è di tutti"}},
      {"pl",
       "Bogna Łaska kieruje zakładem od 2016 roku. „Nigdy się nie spóźniłam” – żartowała Łaska.",
       {"Bogna Łaska: Nigdy się nie spóźniłam"}},
      {"uk",
       "Ярина Гордієвич очолює музей з 2016 року. «Ми відкриті для всіх», — наполягає Гордієвич.",
       {"Ярина Гордієвич: Ми відкриті для всіх"}},
      {"el",
       "Η Θάλεια Βερναρδάκη διευθύνει το θέατρο. «Το θέατρο είναι όλων», επέμεινε η Βερναρδάκη.",
       {"Θάλεια Βερναρδάκη: Το θέατρο είναι όλων"}},
  });
}

TEST_F(QuoteSpeakerNames, ASurnameOfTwoStaysAsItStands) {
  expect_said({
      {"en",
       "Amina Sorrell and Tessa Sorrell run the clinic. “We need two more nurses,” Sorrell said.",
       {"Sorrell: We need two more nurses,"}},
      {"it",
       "Dalia Roccaforte e Marco Roccaforte guidano il teatro. «Il teatro è di tutti», ha ribadito "
       "Roccaforte.",
       {"Roccaforte: Il teatro è di tutti"}},
      {"de",
       "Swantje Petersdorf und Telse Petersdorf führen den Hof. „Der Hof bleibt“, sagte Petersdorf.",
       {"Petersdorf: Der Hof bleibt"}},
  });
}

TEST_F(QuoteSpeakerNames, APronounMeansTheOnlyOneNamed) {
  expect_said({
      {"de",
       "Imkerin Hilke Sandberg hat die Hälfte ihrer Völker verloren. „Wir fangen neu an“, sagt sie.",
       {"Hilke Sandberg: Wir fangen neu an"}},
      {"nl",
       "Imker Tjitske Poelman verloor de helft van haar volken. “We beginnen opnieuw”, zegt ze.",
       {"Tjitske Poelman: We beginnen opnieuw"}},
      {"pt",
       "A apicultora Eulália Bacelante perdeu metade das colmeias. «Na primavera recomeçamos», diz ela.",
       {"Eulália Bacelante: Na primavera recomeçamos"}},
      {"el",
       "Ο μελισσοκόμος Τάσος Μελιγκάκης έχασε τα μισά μελίσσια. «Την άνοιξη αρχίζουμε ξανά», λέει ο ίδιος.",
       {"Τάσος Μελιγκάκης: Την άνοιξη αρχίζουμε ξανά"}},
      {"es",
       "El apicultor Baltasar Urquijo perdió la mitad de las colmenas. «Empezamos de nuevo», dijo él.",
       {"Baltasar Urquijo: Empezamos de nuevo"}},
  });
}

TEST_F(QuoteSpeakerNames, APronounOfSeveralOrOfNobodyStaysAsItStands) {
  expect_said({
      // They.
      {"de",
       "Imkerin Hilke Sandberg hat die Hälfte ihrer Völker verloren. „Wir fangen neu an“, sagten sie.",
       {"sie: Wir fangen neu an"}},
      {"nl",
       "Imker Tjitske Poelman verloor de helft van haar volken. “We beginnen opnieuw”, zeiden ze.",
       {"ze: We beginnen opnieuw"}},
      // Two are named; one is no subject.
      {"pt",
       "A apicultora Eulália Bacelante visitou Dulce Formigal. «Na primavera recomeçamos», diz ela.",
       {"ela: Na primavera recomeçamos"}},
      {"en",
       "The rain came back to Wexley Bottom. “We start again in spring,” she said.",
       {"she: We start again in spring,"}},
  });
}

TEST_F(QuoteSpeakerNames, AVerbWithoutASubjectMeansTheOnlyOneNamed) {
  expect_said({
      {"it",
       "L'apicoltrice Dalia Melgari ha perso metà degli alveari. «In primavera ricominciamo», dice.",
       {"Dalia Melgari: In primavera ricominciamo"}},
      {"es",
       "La apicultora Nerea Mielanda perdió las colmenas. «En primavera empezamos», dijo ayer.",
       {"Nerea Mielanda: En primavera empezamos"}},
      {"el",
       "Η μελισσοκόμος Θάλεια Βερναρδάκη έχασε τα μελίσσια. «Την άνοιξη αρχίζουμε», λέει.",
       {"Θάλεια Βερναρδάκη: Την άνοιξη αρχίζουμε"}},
      // They; it is written.
      {"it",
       "L'apicoltrice Dalia Melgari ha perso metà degli alveari. «In primavera ricominciamo», dicono.",
       {": In primavera ricominciamo"}},
      {"it",
       "L'apicoltrice Dalia Melgari passa. «In primavera ricominciamo», c'è scritto sul muro.",
       {": In primavera ricominciamo"}},
  });
}

TEST_F(QuoteSpeakerNames, TheSpanishArticleIsNoPronoun) {
  expect_said({
      {"es",
       "“El tren llegará en dos años”, dijo el ingeniero Baltasar Urquijo. “Y será puntual”, añadió.",
       {"Baltasar Urquijo: El tren llegará en dos años", "Baltasar Urquijo: Y será puntual"}},
  });
}

TEST_F(QuoteSpeakerNames, TheNounBeforeANameIsNotPartOfIt) {
  expect_said({
      {"de",
       "„Sie hält noch hundert Jahre“, sagt der Statiker Arno Petersdorf.",
       {"Arno Petersdorf: Sie hält noch hundert Jahre"}},
      {"de", "„Wir brauchen das Geld“, fordert Trainerin Lale Aydan.", {"Lale Aydan: Wir brauchen das Geld"}},
      {"nl", "Bakker Wubbo Hemstra zei: ‘We gaan weer open.’", {"Wubbo Hemstra: We gaan weer open."}},
      {"uk",
       "«Води вистачить усім, — запевнив інженер Богдан Середа. — Не хвилюйтеся».",
       {"Богдан Середа: Води вистачить усім", "Богдан Середа: Не хвилюйтеся"}},
      {"nl",
       "“Niemand gaat met lege handen weg”, vertelde de coördinator me.",
       {"de coördinator: Niemand gaat met lege handen weg"}},
  });
}

TEST_F(QuoteSpeakerNames, ASchoolsNameAndAPossessorSpeakNot) {
  expect_said({
      {"it",
       "Una bambina della scuola Cesare Battisti mi ha chiesto: «Ma tu dormi in municipio?»",
       {": Ma tu dormi in municipio?"}},
      {"fr", "Une élève du lycée Victor Hugo m'a dit : « Merci pour ce pont. »", {": Merci pour ce pont."}},
      {"uk",
       "Учениця школи імені Тараса Шевченка сказала: «Дякуємо за цей міст».",
       {": Дякуємо за цей міст"}},
      {"en", "A girl of the Nelson Mandela school asked: “Do you sleep here?”", {": Do you sleep here?"}},
      {"en", "“I am so tired of it,” said Ann Lee's spokesman.", {": I am so tired of it,"}},
      {"en", "“I am so tired of it,” said Ann Lee.", {"Ann Lee: I am so tired of it,"}},
  });
}

TEST_F(QuoteSpeakerNames, WhatWasNotSaidIsNoQuotation) {
  expect_said({
      {"en", "Mayor Tom Haverstock never said “I resign today”.", {}},
      {"en", "Tom Haverstock didn't say “I resign today”.", {}},
      {"de", "Franka Ohlmann sagte nicht: „Ich trete heute zurück“.", {}},
      {"fr", "Solène Garvier n'a pas dit « je démissionne ce soir ».", {}},
      {"es", "Ainhoa Berlanga no dijo «dimito hoy mismo».", {}},
      {"it", "Odile Marchal non ha detto «mi dimetto oggi».", {}},
      {"uk", "Оксана Левченя не сказала: «Я йду сьогодні».", {}},
      {"en", "Tom Haverstock did not only say “I resign today”.", {"Tom Haverstock: I resign today"}},
      {"fr",
       "Odile Marchal est venue. « Nous restons avec vous », a-t-elle dit.",
       {"Odile Marchal: Nous restons avec vous"}},
  });
}

TEST_F(QuoteSpeakerNames, ANameWithItsRoleBeforeAColon) {
  expect_said({
      {"fr", "Solène Garvier, maire : « Ce pont est à tous. »", {"Solène Garvier: Ce pont est à tous."}},
      {"es",
       "Ainhoa Berlanga, alcaldesa: «Este puente es de todos».",
       {"Ainhoa Berlanga: Este puente es de todos"}},
      {"de",
       "Franka Ohlmann, Oberbürgermeisterin: „Diese Brücke gehört allen.“",
       {"Franka Ohlmann: Diese Brücke gehört allen."}},
      {"uk",
       "Оксана Левченя, міська голова: «Цей міст належить усім».",
       {"Оксана Левченя: Цей міст належить усім"}},
      {"en", "Old Town, new plans: “Children First”", {}},
      {"en",
       "Odile Marchal's answer was: “Nobody is a stranger here.”",
       {"Odile Marchal: Nobody is a stranger here."}},
      {"it",
       "La risposta di Odile Marchal: «Nessuno è straniero qui».",
       {"Odile Marchal: Nessuno è straniero qui"}},
  });
}

TEST_F(QuoteSpeakerNames, ANameOnALineOfItsOwnBelowTheWords) {
  expect_said({
      {"en",
       "Words I keep on my desk:\n\n“Build the road before you sell the cart.”\n— Ada Corriston",
       {"Ada Corriston: Build the road before you sell the cart."}},
      {"fr",
       "« On ne vend pas la charrue avant la route. »\n— Solène Garvier",
       {"Solène Garvier: On ne vend pas la charrue avant la route."}},
      {"el",
       "«Πρώτα ο δρόμος και μετά το κάρο.»\n— Θάλεια Βερναρδάκη",
       {"Θάλεια Βερναρδάκη: Πρώτα ο δρόμος και μετά το κάρο."}},
  });
}

TEST_F(QuoteSpeakerNames, WordsWithoutAnAuthorHaveNone) {
  expect_said({
      {"it",
       "Scritto su un muro a Pietrafosca: «Il treno passa, la gente resta».",
       {": Il treno passa, la gente resta"}},
      {"pl",
       "Napis na przystanku: „Tu czekał mój dziadek i nadal czeka”.",
       {": Tu czekał mój dziadek i nadal czeka"}},
      {"uk",
       "Напис на стіні біля вокзалу: «Тут був найкращий тролейбус у світі».",
       {": Тут був найкращий тролейбус у світі"}},
      {"en", "The so-called \"express\" bus took 94 minutes today.", {}},
      {"fr",
       "La maire a annoncé que la piscine ouvrira cet été. Le roman « Les Eaux lentes » sera lu samedi.",
       {}},
  });
}

TEST_F(QuoteSpeakerNames, PromisesAndDemandsAreWordsOfSayingToo) {
  expect_said({
      {"de",
       "Bauleiter Kemal Odabay hat mir versprochen: \"Am 12. Mai sind wir fertig.\"",
       {"Kemal Odabay: Am 12. Mai sind wir fertig."}},
      {"it",
       "Il capocantiere Moreno Castaldi mi ha promesso: \"Finiamo il 12 maggio\".",
       {"Moreno Castaldi: Finiamo il 12 maggio"}},
      {"pl",
       "Kierownik budowy Hubert Cisek obiecał mi: \"Skończymy dwunastego maja\".",
       {"Hubert Cisek: Skończymy dwunastego maja"}},
      {"el",
       "«Χρειαζόμαστε τα χρήματα τώρα», επέμεινε η προπονήτρια Ελπίδα Μαρκάκη.",
       {"Ελπίδα Μαρκάκη: Χρειαζόμαστε τα χρήματα τώρα"}},
      {"en",
       "Bohdan Kravets said,“We stay here with you all.”",
       {"Bohdan Kravets: We stay here with you all."}},
  });
}

TEST_F(QuoteSpeakerNames, ASubjectLeftOutIsNotFilledInWhereItMayBeTheAuthor) {
  expect_said({
      {"pt",
       "A presidente Ana Costa recebeu-me hoje. «Não vamos desistir», disse-lhe.",
       {": Não vamos desistir"}},
      {"pt",
       "A presidente Ana Costa recebeu-me hoje. «Não vamos desistir», disse.",
       {": Não vamos desistir"}},
      {"pt",
       "A presidente Ana Costa abriu a ponte. «Não vamos desistir», disse-lhe.",
       {": Não vamos desistir"}},
      {"es",
       "La presidenta Ana Costa abrió el puente. «No vamos a rendirnos», le dijo.",
       {": No vamos a rendirnos"}},
      {"es",
       "La presidenta Ana Costa abrió mi puente. «No vamos a rendirnos», decía.",
       {": No vamos a rendirnos"}},
      {"it",
       "La presidente Ana Costa ha aperto il ponte. «Non ci arrendiamo», gli dice.",
       {": Non ci arrendiamo"}},
      {"el",
       "Η Έλενα Βερνάρδου άνοιξε τη γέφυρα. «Δεν θα τα παρατήσουμε», της είπε.",
       {": Δεν θα τα παρατήσουμε"}},
      {"pt",
       "A presidente Ana Costa abriu a ponte. «Não vamos desistir», disse.",
       {"Ana Costa: Não vamos desistir"}},
  });
  // On an official's own account "disse" may be the official.
  const Item own =
      quotes_in("A presidente Ana Costa abriu a ponte. «Não vamos desistir», disse.", "pt", "marchal");
  for (const Quote& one : own.quotes()) EXPECT_NE(one.speaker().name(), "Ana Costa");
}

TEST_F(QuoteSpeakerNames, TheSentenceBehindMayTellAnotherSource) {
  expect_said({
      {"en",
       "Odile Marchal said the school will close. “This is the end of our street.” Residents had written it "
       "on a banner.",
       {}},
      {"en",
       "Odile Marchal said the school will close. “This is the end of our street.” Residents shouted it all "
       "night.",
       {}},
      {"fr",
       "Odile Marchal a annoncé que l'école fermera. « C'est la fin de notre rue. » Des habitants l'avaient "
       "écrit.",
       {}},
      {"en",
       "Odile Marchal said the school will close. “This is the end of our street.” She added that it hurts.",
       {"Odile Marchal: This is the end of our street."}},
  });
}

TEST_F(QuoteSpeakerNames, WhatWasNotSaidIsNoQuote) {
  expect_said({
      {"en", "Peter Hall did not say “we are going to raise the taxes”.", {}},
      {"en", "Peter Hall didn't say: “We are going to raise the taxes.”", {}},
      {"en", "Ann Lee never said: “I will resign tomorrow morning.”", {}},
      {"fr", "Paul Petit n'a jamais dit : « nous allons fermer cette école ».", {}},
      {"de", "Peter Huber sagte nicht: „Wir gewinnen diesen langen Kampf.“", {}},
      {"es", "Pablo Ruiz no dijo: «vamos a cerrar esta escuela».", {}},
      {"it", "Paolo Rossi non ha detto: «chiuderemo questa scuola».", {}},
      {"pl", "Piotr Nowak nie powiedział: „zamkniemy tę szkołę jutro”.", {}},
      {"pt", "Pedro Reis não disse: «vamos fechar esta escola».", {}},
      {"nl", "Piet Bos zei niet: “Wij sluiten deze school morgen.”", {}},
      {"en", "Ann Lee said: “I will resign tomorrow morning.”", {"Ann Lee: I will resign tomorrow morning."}},
  });
}

TEST_F(QuoteSpeakerNames, WhoTellsThatSomebodySaidItIsNotTheSpeaker) {
  expect_said({
      {"de",
       "Laut Anna Klein sagte Peter Huber: „Wir bauen die Brücke neu.“",
       {"Peter Huber: Wir bauen die Brücke neu."}},
      {"nl",
       "Volgens Anna Kok zei Piet Bos: “Wij bouwen de brug opnieuw.”",
       {"Piet Bos: Wij bouwen de brug opnieuw."}},
  });
}

}  // namespace
}  // namespace copytaster
