#include "processors/quote_first_person.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::QuoteSteps;

class FirstPerson : public QuoteSteps {
 protected:
  std::vector<std::string> proposed(std::string_view text, std::string_view language,
                                    std::string_view official = "odile-marchal") const {
    std::vector<std::string> out;
    const Item made = quotes_in(text, language, official);
    for (const Quote& quote : made.quotes()) {
      if (quote.basis() != "first-person") continue;
      out.push_back(quote.text());
      EXPECT_EQ(quote.speaker().official_id(), official);
      EXPECT_EQ(quote.cue(), "");
    }
    return out;
  }
};

struct Sample {
  std::string_view language;
  std::string_view notice;  // says nothing worth a quotation
  std::string_view quote;
};

TEST_F(FirstPerson, ProposesWhatIsSaidAndNotTheNoticeInTenLanguages) {
  constexpr Sample kSamples[] = {
      {"en", "The library is open from 9 to 18 on Monday.",
       "We must stand with those who lost their homes, and we will."},
      {"fr", "La bibliothèque est ouverte de 9 h à 18 h lundi.",
       "Nous devons être aux côtés de celles et ceux qui ont tout perdu."},
      {"uk", "Бібліотека відкрита з 9 до 18 години в понеділок.",
       "Ми ніколи не забудемо тих, хто був поруч із нами в цій війні."},
      {"de", "Die Bibliothek ist am Montag von 9 bis 18 Uhr geöffnet.",
       "Wir müssen denen zur Seite stehen, die in diesem Krieg alles verloren haben."},
      {"es", "La biblioteca abre el lunes de 9 a 18 horas.",
       "Debemos estar juntos al lado de quienes lo han perdido todo."},
      {"it", "La biblioteca è aperta lunedì dalle 9 alle 18.",
       "Dobbiamo stare insieme accanto a chi in questa guerra ha perso tutto."},
      {"pl", "Biblioteka otwarta w poniedziałek w godz. 9-18.",
       "Musimy być razem z tymi, którzy w tej wojnie stracili wszystko."},
      {"pt", "A biblioteca abre na segunda-feira das 9 às 18 horas.",
       "Devemos estar juntos ao lado de quem perdeu tudo nesta guerra."},
      {"nl", "De bibliotheek is maandag open van 9 tot 18 uur.",
       "Wij moeten samen naast de mensen staan die in deze oorlog alles verloren."},
      {"el", "Η βιβλιοθήκη είναι ανοιχτή τη Δευτέρα 9 με 18.",
       "Πρέπει να είμαστε μαζί στο πλευρό όσων έχασαν τα πάντα σε αυτόν τον πόλεμο."},
  };
  for (const Sample& sample : kSamples) {
    const std::string text = std::string(sample.notice) + " " + std::string(sample.quote);
    EXPECT_THAT(proposed(text, sample.language), ElementsAre(sample.quote)) << text;
  }
}

TEST_F(FirstPerson, APromiseThatWasMadeIsAStand) {
  constexpr Sample kSamples[] = {
      {"en", "It opens today.", "I promised that the dyke would be ready before the winter."},
      {"fr", "Elle ouvre ce matin.", "Nous avons promis que la digue serait prête avant les pluies."},
      {"de", "Er öffnet heute.", "Ich habe versprochen, dass der Deich vor dem Winter fertig ist."},
      {"es", "Abre hoy.", "Prometí que el dique estaría listo antes del invierno."},
      {"it", "Apre oggi.", "Ho promesso che la diga era pronta prima dell'inverno."},
      {"pl", "Dziś otwarcie.", "Obiecałem, że wał będzie gotowy przed zimą."},
      {"pt", "Abre hoje.", "Prometi que o dique estaria pronto antes do inverno."},
      {"nl", "Hij gaat open.", "Ik heb beloofd dat de dijk voor de winter klaar zou zijn."},
      {"el", "Ανοίγει σήμερα.", "Σας υποσχέθηκα ότι το φράγμα είναι έτοιμο πριν τον χειμώνα."},
  };
  for (const Sample& sample : kSamples) {
    const std::string text = std::string(sample.quote) + " " + std::string(sample.notice);
    EXPECT_THAT(proposed(text, sample.language), ElementsAre(sample.quote)) << text;
  }
}

TEST_F(FirstPerson, TheEndingOfAVerbTellsWhoSpeaks) {
  EXPECT_THAT(proposed("Oggi consegniamo la diga alla città. Non aumenteremo il canone di nessuno.", "it"),
              ElementsAre("Oggi consegniamo la diga alla città. Non aumenteremo il canone di nessuno."));
  EXPECT_THAT(proposed("La presa está lista. Tampoco subiremos este año la tasa del agua.", "es"),
              ElementsAre("Tampoco subiremos este año la tasa del agua."));
  EXPECT_THAT(proposed("A barragem está pronta. Este ano não aumentaremos a taxa da água.", "pt"),
              ElementsAre("Este ano não aumentaremos a taxa da água."));
}

TEST_F(FirstPerson, IsRankedAndSaysWhy) {
  const Item made = quotes_in(
      "We visited the school today. I hope the roof will hold another winter for our children.\n\n"
      "The tram runs every 5 minutes.\n\n"
      "We will never abandon our friends, and together we will rebuild their schools in peace.",
      "en", "odile-marchal");
  ASSERT_GE(made.quotes_size(), 1);
  EXPECT_THAT(made.quotes(0).text(), HasSubstr("never abandon our friends"));
  EXPECT_THAT(made.quotes(0).reason(), HasSubstr("first person"));
  EXPECT_THAT(made.quotes(0).reason(), HasSubstr("takes a stand"));
  EXPECT_THAT(made.quotes(0).reason(), HasSubstr("closes the post"));
  for (int i = 1; i < made.quotes_size(); ++i) EXPECT_LE(made.quotes(i).score(), made.quotes(i - 1).score());
}

TEST_F(FirstPerson, OnlyForAPersonsOwnPost) {
  const std::string text = "We must stand with those who lost their homes in this war, and we will.";
  EXPECT_THAT(proposed(text, "en"), ElementsAre(text));
  EXPECT_EQ(quotes_in(text, "en").quotes_size(), 0);                  // nobody's
  EXPECT_EQ(quotes_in(text, "en", "city-of-lyon").quotes_size(), 0);  // a body's
  Item repost = item(text, "en", "odile-marchal");
  repost.mutable_repost_of()->set_url("https://example.org/1");
  run(&repost, *make_quotes_step());
  EXPECT_EQ(repost.quotes_size(), 0);
}

TEST_F(FirstPerson, TheWordsOfOthersAreNotTheOfficials) {
  const std::string text =
      "“We must never give up our homes to anybody,” a teacher told me. We must keep our promise to her.";
  EXPECT_THAT(proposed(text, "en"), ElementsAre("We must keep our promise to her."));
}

TEST_F(FirstPerson, HashtagsLinksAndEmojiStayOutside) {
  EXPECT_THAT(
      proposed(
          "We must stand with those who lost their homes in this war. 🇺🇦 #Kyiv @kyiv https://example.org/x",
          "en"),
      ElementsAre("We must stand with those who lost their homes in this war."));
}

TEST_F(FirstPerson, AnAbbreviationEndsNoSentence) {
  EXPECT_THAT(
      proposed("We must thank Dr. Martin and St. Mary's hospital for their courage in this war.", "en"),
      ElementsAre("We must thank Dr. Martin and St. Mary's hospital for their courage in this war."));
}

TEST_F(FirstPerson, AtMostFive) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "We must never forget the courage of our friends in this war.\n\n";
  EXPECT_LE(proposed(text, "en").size(), 5U);
}

TEST(QuotableSentences, NoneOverlapsWhatIsTaken) {
  const std::string text =
      "We must stand with our friends in this war. We will rebuild their schools in peace.";
  std::vector<QuotableSentence> found;
  find_quotable(text, scan_words(text), language_bit("en"), {}, &found);
  ASSERT_FALSE(found.empty());
  find_quotable(text, scan_words(text), language_bit("en"), {{0, text.size()}}, &found);
  EXPECT_THAT(found, IsEmpty());
  const std::vector<Span> taken = {{3, 10}};
  find_quotable(text, scan_words(text), language_bit("en"), taken, &found);
  for (const QuotableSentence& one : found) EXPECT_GE(one.span.begin, 43U);
  find_quotable("", scan_words(""), language_bit("en"), {}, &found);
  EXPECT_THAT(found, IsEmpty());
}

}  // namespace
}  // namespace copytaster
