// Who speaks, where the sentence is more than "…, said X": two quotations of one verb, a verb that hangs on
// another, a clause of somebody else, the sentence before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

using testing::QuoteSteps;

struct Case {
  std::string_view language;
  std::string_view text;
  std::vector<std::string> said;
};

class QuoteSpeakerSentence : public QuoteSteps {
 protected:
  void expect_said(const std::vector<Case>& cases) const {
    for (const Case& one : cases) {
      EXPECT_THAT(said(one.text, one.language), ::testing::ElementsAreArray(one.said))
          << one.language << " " << one.text;
    }
  }
};

TEST_F(QuoteSpeakerSentence, OneVerbHasTwoQuotations) {
  expect_said({
      {"en",
       "Odile Marchal called the plan “a new low” and a “strange attempt to look busy.”",
       {"Odile Marchal: a new low", "Odile Marchal: strange attempt to look busy."}},
      {"fr",
       "Odile Marchal a déclaré que le plan était « une honte » et que « personne n'en veut ici ».",
       {"Odile Marchal: une honte", "Odile Marchal: personne n'en veut ici"}},
      {"de",
       "Odile Marchal sagte, der Plan sei „eine Schande“ und „ein Versuch, Zeit zu gewinnen“.",
       {"Odile Marchal: eine Schande", "Odile Marchal: ein Versuch, Zeit zu gewinnen"}},
      {"uk",
       "Богдан Кравець заявив, що план «дуже поганий» і що «його ніхто не хоче».",
       {"Bohdan Kravets: дуже поганий", "Bohdan Kravets: його ніхто не хоче"}},
      {"el",
       "Η Οντίλ Μαρσάλ δήλωσε ότι το σχέδιο είναι «μια ντροπή» και ότι «κανείς δεν το θέλει».",
       {"Odile Marchal: μια ντροπή", "Odile Marchal: κανείς δεν το θέλει"}},
  });
}

TEST_F(QuoteSpeakerSentence, TheSecondOfTwoHasTheVerb) {
  expect_said({
      {"en",
       "“A new low” and “a strange attempt,” said Odile Marchal.",
       {"Odile Marchal: A new low", "Odile Marchal: a strange attempt,"}},
      {"de",
       "„Eine Schande“ und „ein Versuch, Zeit zu gewinnen“, sagte Odile Marchal.",
       {"Odile Marchal: Eine Schande", "Odile Marchal: ein Versuch, Zeit zu gewinnen"}},
      {"pl",
       "„Zła wola” i „próba gry na czas”, powiedziała Odile Marchal.",
       {"Odile Marchal: Zła wola", "Odile Marchal: próba gry na czas"}},
  });
}

TEST_F(QuoteSpeakerSentence, AnotherPersonInBetweenTakesTheWord) {
  expect_said({
      {"en",
       "Odile Marchal called it “a very new low” and Marta Kowalska had her “doubts about it.”",
       {"Odile Marchal: a very new low"}},
      {"en",
       "Odile Marchal accuses him of “leading from behind” and Marta Kowalska says he is “losing the war.”",
       {"Odile Marchal: leading from behind", "Marta Kowalska: losing the war."}},
      {"fr",
       "Odile Marchal a dit que c'était « une honte » et Marta Kowalska affirme que « tout va bien ».",
       {"Odile Marchal: une honte", "Marta Kowalska: tout va bien"}},
      {"de",
       "Odile Marchal sagte, das sei „eine Schande“, und Marta Kowalska sagte, es sei „gut so“.",
       {"Odile Marchal: eine Schande", "Marta Kowalska: gut so"}},
      {"es",
       "Odile Marchal dijo que era «una vergüenza» y Marta Kowalska afirmó que «todo va bien».",
       {"Odile Marchal: una vergüenza", "Marta Kowalska: todo va bien"}},
  });
}

TEST_F(QuoteSpeakerSentence, AVerbThatHangsOnAnotherHasItsSubject) {
  expect_said({
      {"en",
       "Speaking in Salem, New Hampshire, Odile Marchal went after the council, saying: “This must end.”",
       {"Odile Marchal: This must end."}},
      {"en",
       "The president noted that she taught law for years, and added: “I know a little about this.”",
       {"The president: I know a little about this."}},
      {"en",
       "The angry crowd marched to the hall and chanted: “We stay here.”",
       {"The angry crowd: We stay here."}},
      {"fr",
       "Odile Marchal est venue à l'école de Lyon, ajoutant : « Nous restons avec vous. »",
       {"Odile Marchal: Nous restons avec vous."}},
      {"es",
       "Hablando en Madrid, Odile Marchal criticó el plan, diciendo: «Esto debe acabar ya».",
       {"Odile Marchal: Esto debe acabar ya"}},
      {"it",
       "Odile Marchal è arrivata a Roma in mattinata, aggiungendo: «Restiamo con voi».",
       {"Odile Marchal: Restiamo con voi"}},
      {"uk",
       "Виступаючи в Одесі, Богдан Кравець розкритикував план, додавши: «Ми лишаємось із вами».",
       {"Bohdan Kravets: Ми лишаємось із вами"}},
      {"pl",
       "Przemawiając w Warszawie, Odile Marchal skrytykowała plan, mówiąc: „To musi się skończyć”.",
       {"Odile Marchal: To musi się skończyć"}},
      {"de",
       "Odile Marchal kam am Abend zur Schule und sagte: „Wir bleiben bei euch.“",
       {"Odile Marchal: Wir bleiben bei euch."}},
      {"nl",
       "Odile Marchal kwam 's avonds naar de school en zei: ‘We blijven bij jullie.’",
       {"Odile Marchal: We blijven bij jullie."}},
  });
}

TEST_F(QuoteSpeakerSentence, AParticipleBehindTheMarksHangsOnWhatComesBefore) {
  expect_said({
      {"en",
       "Odile Marchal described the move as a “breach of trust,” adding: “I will not forget it.”",
       {"Odile Marchal: breach of trust,", "Odile Marchal: I will not forget it."}},
      {"es",
       "Odile Marchal dijo que era una «falta de respeto», añadiendo: «No lo voy a olvidar».",
       {"Odile Marchal: falta de respeto", "Odile Marchal: No lo voy a olvidar"}},
      {"fr",
       "Odile Marchal a parlé d'une « rupture de confiance », ajoutant : « Je ne l'oublierai pas. »",
       {"Odile Marchal: rupture de confiance", "Odile Marchal: Je ne l'oublierai pas."}},
  });
}

TEST_F(QuoteSpeakerSentence, WordsBehindTheMarksEndTheSentenceThatIsQuoted) {
  expect_said({
      {"en",
       "“We are very happy” about the decision, said Odile Marchal.",
       {"Odile Marchal: We are very happy"}},
      {"fr",
       "« Nous sommes heureux » de la décision, a déclaré Odile Marchal.",
       {"Odile Marchal: Nous sommes heureux"}},
      {"es",
       "«Estamos muy contentos» con la decisión, dijo Odile Marchal.",
       {"Odile Marchal: Estamos muy contentos"}},
      {"de",
       "„Wir sind sehr froh“ über die Entscheidung, sagte Odile Marchal.",
       {"Odile Marchal: Wir sind sehr froh"}},
      {"pl",
       "„Bardzo się cieszymy” z tej decyzji, powiedziała Odile Marchal.",
       {"Odile Marchal: Bardzo się cieszymy"}},
  });
}

TEST_F(QuoteSpeakerSentence, BetweenDashesTheVerbBeforeThemCounts) {
  expect_said({
      {"en",
       "Odile Marchal boasted of her team – “the best in the state” – and stressed the role of the town.",
       {"Odile Marchal: the best in the state"}},
      {"de",
       "Odile Marchal lobte ihre Leute – „die besten im ganzen Land“ – und betonte die Rolle der Stadt.",
       {"Odile Marchal: die besten im ganzen Land"}},
      {"fr",
       "Odile Marchal a salué son équipe – « la meilleure du pays » – et souligné le rôle de la ville.",
       {"Odile Marchal: la meilleure du pays"}},
  });
}

TEST_F(QuoteSpeakerSentence, TheSentenceBeforeSaysWhoSpeaks) {
  expect_said({
      {"en",
       "Marta Kowalska recalled her first night in the town. “I thought: where is everybody?”",
       {"Marta Kowalska: I thought: where is everybody?"}},
      {"en",
       "Odile Marchal announced the works on Monday.\n\n“We are asking everybody for a little patience.”",
       {"Odile Marchal: We are asking everybody for a little patience."}},
      {"fr",
       "Odile Marchal a raconté sa première nuit en ville. « Je me suis demandé où tout le monde était. »",
       {"Odile Marchal: Je me suis demandé où tout le monde était."}},
      {"uk",
       "Богдан Кравець розповів про першу ніч у місті. «Я думав, що вже ніхто не прийде.»",
       {"Bohdan Kravets: Я думав, що вже ніхто не прийде."}},
      {"de",
       "Odile Marchal erzählte von der ersten Nacht. „Ich dachte, dass niemand mehr kommt.“",
       {"Odile Marchal: Ich dachte, dass niemand mehr kommt."}},
      {"it",
       "Odile Marchal ha raccontato la prima notte in città. «Pensavo che non venisse più nessuno.»",
       {"Odile Marchal: Pensavo che non venisse più nessuno."}},
  });
}

TEST_F(QuoteSpeakerSentence, WhoAsksOrIsNotAloneIsNotTheOneWhoAnswers) {
  expect_said({
      {"en",
       "Marta Kowalska asked where the money had gone. “It is in the school, all of it, to the last cent.”",
       {": It is in the school, all of it, to the last cent."}},
      {"fr",
       "Marta Kowalska a demandé où était l'argent. « Il est dans l'école, tout, jusqu'au dernier centime. »",
       {": Il est dans l'école, tout, jusqu'au dernier centime."}},
      {"de",
       "Marta Kowalska fragte nach dem Geld. „Es steckt in der Schule, alles, bis auf den letzten Cent.“",
       {": Es steckt in der Schule, alles, bis auf den letzten Cent."}},
      {"en",
       "Odile Marchal said that Marta Kowalska told her so. “It is in the school, all of it, to the last "
       "cent.”",
       {": It is in the school, all of it, to the last cent."}},
  });
}

TEST_F(QuoteSpeakerSentence, WhoIsToldOrRefusesToSayDoesNotSpeak) {
  const Item told = quotes_in("In the end Odile Marchal was told: “You are not welcome here.”", "en");
  ASSERT_EQ(told.quotes_size(), 1);
  EXPECT_EQ(told.quotes(0).speaker().name(), "");
  expect_said({
      {"en",
       "Odile Marchal said that by refusing to say the words “we were wrong” the council made it worse.",
       {"Odile Marchal: we were wrong"}},
  });
}

TEST_F(QuoteSpeakerSentence, AnInfinitiveHasTheSubjectOfItsVerb) {
  expect_said({
      {"en",
       "A paper from the Lakeside Institute had this to say about it: “Families gain more from it.”",
       {"A paper from the Lakeside Institute: Families gain more from it."}},
      {"en",
       "Odile Marchal went on to say: “Families gain more from it.”",
       {"Odile Marchal: Families gain more from it."}},
  });
}

TEST_F(QuoteSpeakerSentence, WhoSpeaksForSomebodyIsNotThatOne) {
  expect_said({
      {"en",
       "A spokesman for Odile Marchal said: “We stay here with you.”",
       {"A spokesman for Odile Marchal: We stay here with you."}},
      {"en", "“We stay here,” said a lawyer for Odile Marchal.", {"a lawyer: We stay here,"}},
      {"fr", "« Nous restons ici », a dit un avocat pour Odile Marchal.", {"un avocat: Nous restons ici"}},
      {"de",
       "„Wir bleiben hier“, sagte eine Lehrerin bei Odile Marchal.",
       {"eine Lehrerin: Wir bleiben hier"}},
      {"es",
       "Un abogado para Odile Marchal dijo: «Nos quedamos aquí».",
       {"Un abogado para Odile Marchal: Nos quedamos aquí"}},
      {"pt",
       "Uma advogada para Odile Marchal disse: «Ficamos aqui».",
       {"Uma advogada para Odile Marchal: Ficamos aqui"}},
      {"nl", "‘We blijven hier’, zei een vrouw bij Odile Marchal.", {"een vrouw: We blijven hier"}},
  });
}

TEST_F(QuoteSpeakerSentence, ANounThatLooksLikeAVerbIsNone) {
  expect_said({
      {"en",
       "“We have the people for it” there and in states that vote in March, the memo stated.",
       {"the memo: We have the people for it"}},
  });
}

TEST_F(QuoteSpeakerSentence, TheBearerOfARoleNotWhomItIsFor) {
  expect_said({
      {"en",
       "“Debate over,” tweeted Marchal spokesman Robert Lindqvist.",
       {"Robert Lindqvist: Debate over,"}},
      {"en",
       "The Gazette's Robert Lindqvist gave another reason for the list, saying: “We must know their names.”",
       {"Robert Lindqvist: We must know their names."}},
      {"de",
       "„Es ist vorbei“, sagte Marchal-Sprecher Robert Lindqvist.",
       {"Robert Lindqvist: Es ist vorbei"}},
      {"fr",
       "« C'est fini », a dit le porte-parole de la maire, Robert Lindqvist.",
       {"Robert Lindqvist: C'est fini"}},
  });
}

TEST_F(QuoteSpeakerSentence, APronounMeansTheSubjectOfItsSentence) {
  expect_said({
      {"en",
       "Marta Kowalska left early. Odile Marchal said it best when she wrote: “Nobody is a stranger here.”",
       {"Odile Marchal: Nobody is a stranger here."}},
      {"de",
       "Marta Kowalska ging früh. Bohdan Kravets war müde, als er sagte: „Niemand ist hier fremd.“",
       {"Bohdan Kravets: Niemand ist hier fremd."}},
      {"uk",
       "Марта Ковальська пішла рано. Богдан Кравець був стомлений, коли він сказав: «Тут немає чужих».",
       {"Bohdan Kravets: Тут немає чужих"}},
      {"en",
       "In her talk to the Lyon Forum, Odile Marchal assured the town she would tell them: “Nobody is a "
       "stranger here.”",
       {"Odile Marchal: Nobody is a stranger here."}},
      // He is not whom he speaks with.
      {"en",
       "Marta Kowalska left. In a talk with Bohdan Kravets last week, he said: “Nobody is a stranger here.”",
       {"he: Nobody is a stranger here."}},
  });
}

TEST_F(QuoteSpeakerSentence, ADashInsideEnglishMarksIsTheSpeakersOwn) {
  expect_said({
      {"en",
       "“If you mean the others — what I'd say there is that they are right — I agree,” Odile Marchal said.",
       {"Odile Marchal: If you mean the others — what I'd say there is that they are right — I agree,"}},
      {"de",
       "„Wenn Sie die anderen meinen – ich sage nur, sie haben recht –, dann ja“, sagte Odile Marchal.",
       {"Odile Marchal: Wenn Sie die anderen meinen – ich sage nur, sie haben recht –, dann ja"}},
      {"nl",
       "‘Als u de anderen bedoelt – ik zeg alleen dat ze gelijk hebben – dan ja’, zei Odile Marchal.",
       {"Odile Marchal: Als u de anderen bedoelt – ik zeg alleen dat ze gelijk hebben – dan ja"}},
  });
}

TEST_F(QuoteSpeakerSentence, WhoSpeaksIsPutInBetweenCommasInsideTheMarks) {
  expect_said({
      {"fr",
       "« Le pont, explique Odile Marchal, sera prêt en mai. »",
       {"Odile Marchal: Le pont", "Odile Marchal: sera prêt en mai."}},
      {"fr",
       "« Nous restons ici, a déclaré la maire Odile Marchal. Et nous rebâtirons tout. »",
       {"Odile Marchal: Nous restons ici", "Odile Marchal: Et nous rebâtirons tout."}},
      {"fr",
       "Odile Marchal est venue. « Le pont, ajoute-t-elle, sera prêt en mai. »",
       {"Odile Marchal: Le pont", "Odile Marchal: sera prêt en mai."}},
      {"it",
       "«Il ponte, spiega Odile Marchal, sarà pronto a maggio».",
       {"Odile Marchal: Il ponte", "Odile Marchal: sarà pronto a maggio"}},
      {"pt",
       "«A ponte, disse Odile Marchal, fica pronta em maio».",
       {"Odile Marchal: A ponte", "Odile Marchal: fica pronta em maio"}},
      {"es",
       "«El puente, explicó Odile Marchal, estará listo en mayo».",
       {"Odile Marchal: El puente", "Odile Marchal: estará listo en mayo"}},
      // Somebody outside the marks says it all.
      {"fr",
       "« Le pont, dit Marta Kowalska, est trop vieux », a déclaré Odile Marchal.",
       {"Odile Marchal: Le pont, dit Marta Kowalska, est trop vieux"}},
      // English closes the marks.
      {"en",
       "“The bridge, said Marta Kowalska, is too old,” Odile Marchal wrote.",
       {"Odile Marchal: The bridge, said Marta Kowalska, is too old,"}},
  });
}

TEST_F(QuoteSpeakerSentence, OneWhoSpeaksGoesOnInTheSameParagraph) {
  expect_said({
      {"en",
       "“He will always be the measure,” said Odile Marchal, whose gym opened its doors in the old market "
       "hall in the year after the flood and has trained half of the town since then, girls and boys, old "
       "and "
       "young. “Some loved him and some did not.”",
       {"Odile Marchal: He will always be the measure,", "Odile Marchal: Some loved him and some did not."}},
      {"fr",
       "« Il restera la mesure », dit Odile Marchal, dont la salle a ouvert ses portes dans l'ancienne halle "
       "l'année d'après la crue et qui a entraîné depuis la moitié de la ville, filles et garçons, jeunes et "
       "vieux. « Certains l'aimaient, d'autres non. »",
       {"Odile Marchal: Il restera la mesure", "Odile Marchal: Certains l'aimaient, d'autres non."}},
      {"uk",
       "«Він завжди буде мірою», — сказала Оділь Маршаль, зала якої відкрила двері на старому ринку "
       "наступного "
       "року після повені й відтоді навчила половину міста, дівчат і хлопців, старих і молодих, усіх, хто "
       "приходив увечері після роботи. «Хтось любив його, а хтось ні.»",
       {"Odile Marchal: Він завжди буде мірою", "Odile Marchal: Хтось любив його, а хтось ні."}},
  });
}

}  // namespace
}  // namespace copytaster
