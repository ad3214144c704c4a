#include "desk/points_back.h"

#include <gtest/gtest.h>

#include <tuple>

namespace copytaster {
namespace {

using enum PointsBack;

TEST(PointsBackTest, KnowsTheWordsOfTenLanguages) {
  for (const auto& [language, hanging, standing] : {
           std::tuple{"en", "They count the missing.", "The missing are counted tonight."},
           {"en", "One of them, Halyna, teaches again.", "One teacher, Halyna, teaches again."},
           {"en", "It is going the right way.", "It is time to open the bridge."},
           {"fr", "Ils comptent les disparus.", "Les équipes comptent les disparus."},
           {"fr", "J'y ai aussi rencontré les maires.", "J'ai rencontré les maires."},
           {"fr", "C'est pourquoi nous restons.", "Ce soir, la place est fermée."},
           {"de", "Deshalb bleibt die Brücke zu.", "Die Brücke bleibt zu."},
           {"de", "Dort warten die Busse.", "Am Bahnhof warten die Busse."},
           {"es", "Una de ellas, Halyna, era maestra.", "Una maestra, Halyna, llegó ayer."},
           {"it", "Tutte le altre sono aperte.", "Tutte le scuole sono aperte."},
           {"pt", "Por isso a ponte fica fechada.", "A ponte fica fechada esta noite."},
           {"nl", "Niet omdat een dijk het houdt.", "Een dijk houdt het."},
           {"pl", "Połączy ona Węglin z Felinem.", "Linia 12 połączy Węglin z Felinem."},
           {"uk", "Мерка поїхала туди сьогодні.", "Мерка поїхала сьогодні до села."},
           {"el", "Γι' αυτό μένει κλειστή η γέφυρα.", "Μένει κλειστή η γέφυρα."},
           {"el", "Έπειτα έκλεισε η γέφυρα.", "Έπειτα από δεκαετίες άνοιξε η γέφυρα."},
           {"el", "Έτσι έμεινε κλειστή.", "Μετά την πλημμύρα έμεινε κλειστή."},
           {"es", "Después cerró el puente.", "Después de la riada cerró el puente."},
           {"pl", "Jest też ona na liście.", "„Tato, ona mówi jak babcia!” – podsłuchane w szkole."},
           {"el", "Εκεί περιμένουν τα λεωφορεία.", "Τα λεωφορεία περιμένουν."},
       }) {
    EXPECT_EQ(points_back(hanging, language), kHangs) << hanging;
    EXPECT_EQ(points_back(standing, language), kNo) << standing;
  }
}

TEST(PointsBackTest, TellsADemonstrativeWithItsNounFromADay) {
  EXPECT_EQ(points_back("These streets will be built again.", "en"), kThis);
  EXPECT_EQ(points_back("This Friday the streets are closed.", "en"), kNo);
  EXPECT_EQ(points_back("Ces rues seront reconstruites.", "fr"), kThis);
  EXPECT_EQ(points_back("Cet après-midi, les rues sont fermées.", "fr"), kNo);
  EXPECT_EQ(points_back("Diese Straßen bauen wir wieder auf.", "de"), kThis);
  EXPECT_EQ(points_back("Questa mattina le strade sono chiuse.", "it"), kNo);
}

TEST(PointsBackTest, WhoWeAreMayHaveBeenSaidBefore) {
  EXPECT_EQ(points_back("Nous avons parlé de projets.", "fr"), kWe);
  EXPECT_EQ(points_back("We spoke about projects.", "en"), kWe);
}

TEST(PointsBackTest, MarksAndCaseDoNotMatter) {
  EXPECT_EQ(points_back("«DESHALB …»", "de"), kHangs);
  EXPECT_EQ(points_back("— And the river?", "en"), kHangs);
}

TEST(PointsBackTest, OfAnotherLanguageItKnowsNothing) {
  EXPECT_EQ(points_back("Han kom i går.", "sv"), kNo);
  EXPECT_EQ(points_back("", "en"), kNo);
  EXPECT_EQ(points_back("They left.", "en-GB"), kHangs);
}

}  // namespace
}  // namespace copytaster
