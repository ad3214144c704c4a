#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::QuoteSteps;

struct Case {
  std::string_view language;
  std::string_view text;
  std::string_view speaker;
  std::string_view cue;
};

class QuoteSpeaker : public QuoteSteps {
 protected:
  void expect_one(const Case& one) const {
    const Item made = quotes_in(one.text, one.language);
    ASSERT_EQ(made.quotes_size(), 1) << one.text;
    EXPECT_EQ(made.quotes(0).speaker().name(), one.speaker) << one.text;
    EXPECT_EQ(made.quotes(0).cue(), one.cue) << one.text;
    EXPECT_EQ(made.quotes(0).basis(), "quotation-marks");
  }
};

TEST_F(QuoteSpeaker, TheVerbFollowsInTenLanguages) {
  constexpr Case kCases[] = {
      {"en", "“We will rebuild every school,” said Odile Marchal.", "Odile Marchal", "said"},
      {"fr", "« Nous rebâtirons chaque école », a déclaré Odile Marchal.", "Odile Marchal", "déclaré"},
      {"uk", "«Ми відбудуємо кожну школу», — сказала Оділь Маршаль.", "Odile Marchal", "сказала"},
      {"de", "„Wir bauen jede Schule wieder auf“, sagte Odile Marchal.", "Odile Marchal", "sagte"},
      {"es", "«Reconstruiremos cada escuela», dijo Odile Marchal.", "Odile Marchal", "dijo"},
      {"it", "«Ricostruiremo ogni scuola», ha detto Odile Marchal.", "Odile Marchal", "detto"},
      {"pl", "„Odbudujemy każdą szkołę”, powiedziała Odile Marchal.", "Odile Marchal", "powiedziała"},
      {"pt", "“Vamos reconstruir cada escola”, disse Odile Marchal.", "Odile Marchal", "disse"},
      {"nl", "‘We bouwen elke school weer op’, zei Odile Marchal.", "Odile Marchal", "zei"},
      {"el", "«Θα ξαναχτίσουμε κάθε σχολείο», είπε η Οντίλ Μαρσάλ.", "Odile Marchal", "είπε"},
  };
  for (const Case& one : kCases) expect_one(one);
}

TEST_F(QuoteSpeaker, TheVerbComesBeforeInTenLanguages) {
  constexpr Case kCases[] = {
      {"en", "Odile Marchal said: “We will rebuild every school.”", "Odile Marchal", "said"},
      {"fr", "Odile Marchal a déclaré : « Nous rebâtirons chaque école. »", "Odile Marchal", "déclaré"},
      {"uk", "Оділь Маршаль заявила: «Ми відбудуємо кожну школу».", "Odile Marchal", "заявила"},
      {"de", "Odile Marchal sagte: „Wir bauen jede Schule wieder auf.“", "Odile Marchal", "sagte"},
      {"es", "Odile Marchal afirmó: «Reconstruiremos cada escuela».", "Odile Marchal", "afirmó"},
      {"it", "Odile Marchal ha dichiarato: «Ricostruiremo ogni scuola».", "Odile Marchal", "dichiarato"},
      {"pl", "Odile Marchal powiedziała: „Odbudujemy każdą szkołę”.", "Odile Marchal", "powiedziała"},
      {"pt", "Odile Marchal afirmou: “Vamos reconstruir cada escola”.", "Odile Marchal", "afirmou"},
      {"nl", "Odile Marchal zei: ‘We bouwen elke school weer op.’", "Odile Marchal", "zei"},
      {"el", "Η Οντίλ Μαρσάλ δήλωσε: «Θα ξαναχτίσουμε κάθε σχολείο».", "Odile Marchal", "δήλωσε"},
  };
  for (const Case& one : kCases) expect_one(one);
}

TEST_F(QuoteSpeaker, TheVerbStandsInTheMiddle) {
  EXPECT_THAT(said("“We stay,” said Odile Marchal. “We rebuild every school.”", "en"),
              ElementsAre("Odile Marchal: We stay,", "Odile Marchal: We rebuild every school."));
  EXPECT_THAT(said("« Nous restons », dit Odile Marchal, « et nous rebâtirons. »", "fr"),
              ElementsAre("Odile Marchal: Nous restons", "Odile Marchal: et nous rebâtirons."));
  EXPECT_THAT(said("„Wir bleiben“, sagte Odile Marchal. „Wir bauen alles wieder auf.“", "de"),
              ElementsAre("Odile Marchal: Wir bleiben", "Odile Marchal: Wir bauen alles wieder auf."));
  EXPECT_THAT(said("«Ми лишаємось, — сказав Богдан Кравець. — І відбудуємо все».", "uk"),
              ElementsAre("Bohdan Kravets: Ми лишаємось", "Bohdan Kravets: І відбудуємо все"));
  EXPECT_THAT(said("«Nos quedamos —dijo Odile Marchal— y reconstruiremos todo».", "es"),
              ElementsAre("Odile Marchal: Nos quedamos", "Odile Marchal: y reconstruiremos todo"));
}

TEST_F(QuoteSpeaker, AParagraphThatGoesOnHasTheSpeakerOfTheOneBefore) {
  EXPECT_THAT(
      said("“We stay,” said Odile Marchal.\n\n“And we will rebuild every single school of this town.”", "en"),
      ElementsAre("Odile Marchal: We stay,",
                  "Odile Marchal: And we will rebuild every single school of this town."));
}

TEST_F(QuoteSpeaker, PeopleOutsideTheRegistryWithTheirRoles) {
  constexpr Case kCases[] = {
      {"en", "“It rains in,” said the chair of the housing committee, Declan O'Sheehan-Barry.",
       "Declan O'Sheehan-Barry", "said"},
      {"en", "“It rains in,” said Councillor Declan O’Sheehan-Barry.", "Declan O’Sheehan-Barry", "said"},
      {"en", "“It rains in,” the head of the tenants' union said.", "the head of the tenants' union", "said"},
      {"fr", "« Il pleut dedans », raconte une habitante de la rue.", "une habitante de la rue", "raconte"},
      {"uk", "«Дах тече», — каже директорка школи Оксана Лук'яненко.", "Оксана Лук'яненко", "каже"},
      {"de", "„Es regnet herein“, sagt die Schulleiterin Annegret Vossbeck.", "Annegret Vossbeck", "sagt"},
      {"it", "«Ci piove dentro», dice l'assessore Marcello Dell'Utria.", "Marcello Dell'Utria", "dice"},
      {"pt", "«Chove cá dentro», diz o engenheiro Custódio Ramalhinho.", "Custódio Ramalhinho", "diz"},
      {"en", "Residents said: “It rains in every single night.”", "Residents", "said"},
  };
  for (const Case& one : kCases) expect_one(one);
}

TEST_F(QuoteSpeaker, ARelativePronounIsNotTheSpeaker) {
  constexpr Case kCases[] = {
      {"pt",
       "Passaram dois estafetas e um senhor de 81 anos que me garantiu ter vindo só «ver se era verdade».",
       "um senhor de 81 anos", "garantiu"},
      {"es", "Vino una vecina que me dijo: «Esto era un sueño».", "una vecina", "dijo"},
      {"fr", "J'ai vu un pompier qui m'a dit : « On tient bon. »", "un pompier", "dit"},
      {"it", "Ho visto una maestra che mi ha detto: «Non molliamo».", "una maestra", "detto"},
      {"en", "I met a nurse who told me: “We never closed the door.”", "a nurse", "told"},
      {"de", "Ich traf einen Mann, der mir sagte: „Wir bleiben hier.“", "einen Mann", "sagte"},
      {"uk", "Бачив лікарку Оксану Лук'яненко, яка сказала: «Ми не спали».", "Оксану Лук'яненко", "сказала"},
  };
  for (const Case& one : kCases) expect_one(one);
}

TEST_F(QuoteSpeaker, TheSubjectOfTheSentenceNotTheNearestWords) {
  constexpr Case kCases[] = {
      {"en", "Odile Marchal was late but added: “We stay here with you.”", "Odile Marchal", "added"},
      {"en", "In other words, explained radio host Nancy Whitcombe: “We stay here.”", "Nancy Whitcombe",
       "explained"},
      {"en", "\".@lyon must open its doors,\" Odile Marchal tweeted.", "Odile Marchal", "tweeted"},
      {"fr", "Le maire de Lyon le dit : « Nous restons. »", "Le maire de Lyon", "dit"},
  };
  for (const Case& one : kCases) expect_one(one);
}

TEST_F(QuoteSpeaker, WhoOnlyStandsInTheSubjectDoesNotSpeak) {
  constexpr Case kCases[] = {
      {"en", "Odile Marchal's office said: “We stay here with you.”", "Odile Marchal's office", "said"},
      {"en", "“We stay here with you,” the mother of Odile Marchal said.", "the mother of Odile Marchal",
       "said"},
      {"fr", "« Nous restons », a dit la mère d'Odile Marchal.", "la mère d'Odile Marchal", "dit"},
  };
  for (const Case& one : kCases) {
    expect_one(one);
    EXPECT_EQ(quotes_in(one.text, one.language).quotes(0).speaker().official_id(), "") << one.text;
  }
}

TEST_F(QuoteSpeaker, TheLettersOfAVerbInANameOrANounAreNone) {
  EXPECT_THAT(said("In the United States “Nuestra Historia” is shown.", "en"), IsEmpty());
  EXPECT_THAT(said("The mayor's claims “hurt” nobody, his reports “help” nobody.", "en"), IsEmpty());
}

TEST_F(QuoteSpeaker, AccordingTo) {
  constexpr Case kCases[] = {
      {"fr", "« La ville tiendra », selon Odile Marchal.", "Odile Marchal", "selon"},
      {"de", "„Die Stadt hält stand“, so Odile Marchal.", "Odile Marchal", "so"},
      {"nl", "‘De stad houdt stand’, aldus Odile Marchal.", "Odile Marchal", "aldus"},
      {"es", "«La ciudad resistirá», según Odile Marchal.", "Odile Marchal", "según"},
  };
  for (const Case& one : kCases) expect_one(one);
}

TEST_F(QuoteSpeaker, ANameBesideTheMarksIsEnough) {
  constexpr Case kCases[] = {
      {"en", "Bohdan Kravets: “We stay and rebuild.”", "Bohdan Kravets", ""},
      {"uk", "Мер Києва Богдан Кравець: «Місто стоїть».", "Bohdan Kravets", ""},
      {"en", "“We stay and rebuild.” — Bohdan Kravets", "Bohdan Kravets", ""},
      {"fr", "« Nous restons et nous rebâtirons. »\n— Odile Marchal", "Odile Marchal", ""},
      {"de", "„Wir bleiben und bauen auf.“ (Odile Marchal)", "Odile Marchal", ""},
  };
  for (const Case& one : kCases) expect_one(one);
  EXPECT_THAT(said("Motto: „Gemeinsam Stark“", "de"), IsEmpty());
  EXPECT_THAT(said("Our programme: “Children First”", "en"), IsEmpty());
}

TEST_F(QuoteSpeaker, APronounIsResolvedOnlyWhenItIsSafe) {
  EXPECT_THAT(said("Odile Marchal came to the school. “We stay here with you,” she said.", "en"),
              ElementsAre("Odile Marchal: We stay here with you,"));
  EXPECT_THAT(said("Богдан Кравець приїхав до школи. «Ми лишаємось із вами», — сказав він.", "uk"),
              ElementsAre("Bohdan Kravets: Ми лишаємось із вами"));
  EXPECT_THAT(said("Odile Marchal est venue à l'école. « Nous restons avec vous », a-t-elle dit.", "fr"),
              ElementsAre("Odile Marchal: Nous restons avec vous"));
  // Two people: the pronoun stays as it stands.
  EXPECT_THAT(said("Odile Marchal met Marta Kowalska. “We stay here with you,” she said.", "en"),
              ElementsAre("she: We stay here with you,"));
  // Nobody who could be meant; somebody of the other gender only.
  EXPECT_THAT(said("It was late. “We stay here with you,” she said.", "en"),
              ElementsAre("she: We stay here with you,"));
  EXPECT_THAT(said("Odile Marchal came. “We stay here with you,” he said.", "en"),
              ElementsAre("he: We stay here with you,"));
  // Several speak.
  EXPECT_THAT(said("Odile Marchal came. “We stay here with you,” they said.", "en"),
              ElementsAre("they: We stay here with you,"));
}

TEST_F(QuoteSpeaker, FirstPersonInAnOfficialsPostIsTheOfficial) {
  const Item one = quotes_in("“We stay here with you,” I told the teachers.", "en", "odile-marchal");
  ASSERT_GE(one.quotes_size(), 1);
  EXPECT_EQ(one.quotes(0).speaker().name(), "Odile Marchal");
  EXPECT_EQ(one.quotes(0).speaker().official_id(), "odile-marchal");
  EXPECT_EQ(one.quotes(0).speaker().role(), "Mayor of Lyon");
  // Nobody's post: "I" is nobody.
  const Item other = quotes_in("“We stay here with you,” I told the teachers.", "en");
  ASSERT_EQ(other.quotes_size(), 1);
  EXPECT_EQ(other.quotes(0).speaker().official_id(), "");
}

TEST_F(QuoteSpeaker, IndirectSpeechIsNoQuote) {
  constexpr Case kCases[] = {
      {"en", "Odile Marchal said that the city would rebuild every school.", "", ""},
      {"fr", "Odile Marchal a déclaré que la ville rebâtirait chaque école.", "", ""},
      {"uk", "Оділь Маршаль заявила, що місто відбудує кожну школу.", "", ""},
      {"de", "Odile Marchal sagte, die Stadt werde jede Schule wieder aufbauen.", "", ""},
      {"es", "Odile Marchal dijo que la ciudad reconstruiría cada escuela.", "", ""},
      {"it", "Odile Marchal ha detto che la città ricostruirà ogni scuola.", "", ""},
      {"pl", "Odile Marchal powiedziała, że miasto odbuduje każdą szkołę.", "", ""},
      {"pt", "Odile Marchal disse que a cidade vai reconstruir cada escola.", "", ""},
      {"nl", "Odile Marchal zei dat de stad elke school weer opbouwt.", "", ""},
      {"el", "Η Οντίλ Μαρσάλ είπε ότι η πόλη θα ξαναχτίσει κάθε σχολείο.", "", ""},
  };
  for (const Case& one : kCases) EXPECT_THAT(said(one.text, one.language), IsEmpty()) << one.text;
}

TEST_F(QuoteSpeaker, TitlesNamesAndScareQuotesAreNoQuotes) {
  constexpr Case kCases[] = {
      {"en", "The film “Gone With the Wind” is shown on Friday at the town hall.", "", ""},
      {"en", "The “temporary” bridge is now forty years old.", "", ""},
      {"fr", "Le pont « provisoire » a quarante ans.", "", ""},
      {"de", "Die „provisorische“ Brücke ist vierzig Jahre alt.", "", ""},
      {"de", "Heute Abend läuft „Die Zauberflöte“ im Stadttheater.", "", ""},
      {"uk", "Виставка «Місто і Люди» відкрита до неділі.", "", ""},
      {"pl", "Kino „Wisła” zaprasza w piątek.", "", ""},
      {"nl", "De ‘tijdelijke’ brug is veertig jaar oud.", "", ""},
      {"it", "Il ponte «provvisorio» ha quarant'anni.", "", ""},
      {"es", "El puente «provisional» tiene cuarenta años.", "", ""},
  };
  for (const Case& one : kCases) EXPECT_THAT(said(one.text, one.language), IsEmpty()) << one.text;
}

TEST_F(QuoteSpeaker, AHeadlineOverTheText) {
  EXPECT_THAT(said("‘We will rebuild’, says mayor of Lyon\n\nThe council met on Monday.", "en"),
              ElementsAre("mayor of Lyon: We will rebuild"));
}

TEST_F(QuoteSpeaker, EastAsianReports) {
  constexpr Case kCases[] = {
      {"ja", "田中市長は「図書館を開く」と述べた。", "田中市長", "述べた"},
      {"zh", "市长张明说：“图书馆将继续开放。”", "市长张明", "说"},
      {"zh", "“图书馆将继续开放。”市长张明表示。", "市长张明", "表示"},
      {"ja", "「図書館を開く」と語った。", "", "語った"},
  };
  for (const Case& one : kCases) expect_one(one);
  const Item korean = quotes_in("시장은 “도서관을 계속 열겠다”고 말했다.", "ko");
  ASSERT_EQ(korean.quotes_size(), 1);
  EXPECT_EQ(korean.quotes(0).text(), "도서관을 계속 열겠다");
}

TEST_F(QuoteSpeaker, AnotherLanguageStillHasItsMarks) {
  const Item swedish = quotes_in("”Vi bygger upp varje skola igen i vår stad i år.”", "sv");
  ASSERT_EQ(swedish.quotes_size(), 1);
  EXPECT_EQ(swedish.quotes(0).text(), "Vi bygger upp varje skola igen i vår stad i år.");
}

}  // namespace
}  // namespace copytaster
