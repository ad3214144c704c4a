#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>

#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::QuoteSteps;

class QuoteDash : public QuoteSteps {};

TEST_F(QuoteDash, DialogueInTheLanguagesThatUseIt) {
  EXPECT_THAT(said("— Ми відбудуємо місто, — сказав Богдан Кравець. — Це обіцянка.", "uk"),
              ElementsAre("Bohdan Kravets: Ми відбудуємо місто", "Bohdan Kravets: Це обіцянка."));
  EXPECT_THAT(said("– Odbudujemy szkołę – mówi Bohdan Kravets. – To obietnica.", "pl"),
              ElementsAre("Bohdan Kravets: Odbudujemy szkołę", "Bohdan Kravets: To obietnica."));
  EXPECT_THAT(said("—Reconstruiremos la escuela —dijo Odile Marchal—. Es una promesa.", "es"),
              ElementsAre("Odile Marchal: Reconstruiremos la escuela", "Odile Marchal: Es una promesa."));
  EXPECT_THAT(said("— Vamos reconstruir a escola — disse Odile Marchal.", "pt"),
              ElementsAre("Odile Marchal: Vamos reconstruir a escola"));
  EXPECT_THAT(said("— Θα ξαναχτίσουμε το σχολείο, — είπε η Οντίλ Μαρσάλ.", "el"),
              ElementsAre("Odile Marchal: Θα ξαναχτίσουμε το σχολείο"));
  EXPECT_THAT(said("— Nous rebâtirons l'école — a dit Odile Marchal.", "fr"),
              ElementsAre("Odile Marchal: Nous rebâtirons l'école"));
}

TEST_F(QuoteDash, FrenchAndItalianPutACommaBeforeWhoSpeaks) {
  EXPECT_THAT(said("— La foire ouvre à huit heures, prévient Odile Marchal. Venez tôt.", "fr"),
              ElementsAre("Odile Marchal: La foire ouvre à huit heures"));
  EXPECT_THAT(said("— Nous restons, dit-elle à Odile Marchal, et nous rebâtirons.", "fr"),
              ElementsAre("elle: Nous restons", "elle: et nous rebâtirons."));
  EXPECT_THAT(said("– La fiera apre alle otto, avverte Odile Marchal.", "it"),
              ElementsAre("Odile Marchal: La fiera apre alle otto"));
  // A list; and what only begins with a hyphen.
  EXPECT_THAT(said("— Budget voté, travaux terminés\n— Piscine ouverte, entrée libre", "fr"), IsEmpty());
  EXPECT_THAT(said("- Travaux terminés, annonce Odile Marchal.", "fr"), IsEmpty());
}

TEST_F(QuoteDash, WhoTheSpeakerIsBelongsToTheReport) {
  const std::string opens = "Odile Marchal: La foire ouvre à huit heures";
  EXPECT_THAT(said("— La foire ouvre à huit heures, prévient Odile Marchal, maire de Lyon.", "fr"),
              ElementsAre(opens));
  EXPECT_THAT(said("— La foire ouvre à huit heures, prévient Odile Marchal, la maire, 42 ans.", "fr"),
              ElementsAre(opens));
  EXPECT_THAT(said("— La fiera apre alle otto, avverte Odile Marchal, sindaca di Lione.", "it"),
              ElementsAre("Odile Marchal: La fiera apre alle otto"));
  EXPECT_THAT(said("« Nous restons, dit Odile Marchal, maire de Lyon, et nous rebâtirons. »", "fr"),
              ElementsAre("Odile Marchal: Nous restons", "Odile Marchal: et nous rebâtirons."));
  EXPECT_THAT(said("«Restiamo qui, dice Odile Marchal, sindaca di Lione, e ricostruiremo.»", "it"),
              ElementsAre("Odile Marchal: Restiamo qui", "Odile Marchal: e ricostruiremo."));
  EXPECT_THAT(said("«Nos quedamos, dice Odile Marchal, alcaldesa de Lyon, y reconstruiremos.»", "es"),
              ElementsAre("Odile Marchal: Nos quedamos", "Odile Marchal: y reconstruiremos."));
  EXPECT_THAT(said("«Ficamos aqui, diz Odile Marchal, presidente de Lyon, e vamos reconstruir.»", "pt"),
              ElementsAre("Odile Marchal: Ficamos aqui", "Odile Marchal: e vamos reconstruir."));
}

TEST_F(QuoteDash, WhatIsToldBehindTheFullStopIsNotSaid) {
  EXPECT_THAT(
      said("— La foire ouvre à huit heures, prévient Odile Marchal. La mairie n'a pas répondu.", "fr"),
      ElementsAre("Odile Marchal: La foire ouvre à huit heures"));
  EXPECT_THAT(said("— Ми лишаємось, — сказав Богдан Кравець. Потім він пішов — і не вернувся.", "uk"),
              ElementsAre("Bohdan Kravets: Ми лишаємось"));
}

TEST_F(QuoteDash, WhoIsToldOfBySomebodyElseIsNotTheSpeaker) {
  for (const auto& [text, language] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"« Hier, disait ma mère, tout était mieux dans notre ville. »", "fr"},
           {"«Ieri, diceva mia madre, tutto era migliore nella città.»", "it"},
           {"«Ayer, decía mi madre, todo era mejor en la ciudad.»", "es"},
           {"«Ontem, dizia minha mãe, tudo era melhor na cidade.»", "pt"}}) {
    for (const std::string& one : said(text, language)) EXPECT_TRUE(one.starts_with(": ")) << one;
  }
}

TEST_F(QuoteDash, TypedWithHyphens) {
  EXPECT_THAT(said("- Ми відбудуємо місто, - сказав Богдан Кравець. - Це обіцянка.", "uk"),
              ElementsAre("Bohdan Kravets: Ми відбудуємо місто", "Bohdan Kravets: Це обіцянка."));
  EXPECT_THAT(said("- Odbudujemy szkołę - mówi Bohdan Kravets.", "pl"),
              ElementsAre("Bohdan Kravets: Odbudujemy szkołę"));
}

TEST_F(QuoteDash, ADashWithinTheSpeechIsPartOfIt) {
  EXPECT_THAT(said("— Ми — це місто, — сказав Богдан Кравець.", "uk"),
              ElementsAre("Bohdan Kravets: Ми — це місто"));
}

TEST_F(QuoteDash, SeveralVerbsInOneLineLeaveNothingOfTheReportInTheQuote) {
  EXPECT_THAT(
      said("— Ми лишаємось, — сказав Богдан Кравець. — Ми відбудуємо, — додав він. — Усе.", "uk"),
      ElementsAre("Bohdan Kravets: Ми лишаємось", "Bohdan Kravets: Ми відбудуємо", "Bohdan Kravets: Усе."));
}

TEST_F(QuoteDash, ListsAreNoDialogue) {
  EXPECT_THAT(said("— Школи — відкриті\n— Лікарні — відкриті\n— Музеї — з десятої", "uk"), IsEmpty());
  EXPECT_THAT(said("- Schools: open - all of them\n- Museums: from ten", "en"), IsEmpty());
  EXPECT_THAT(said("– Linie 1 – jetzt alle fünf Minuten", "de"), IsEmpty());
  EXPECT_THAT(said("Місто стоїть — сказав мер — і стоятиме.", "uk"),
              IsEmpty());  // no dash at the line's head
}

}  // namespace
}  // namespace copytaster
