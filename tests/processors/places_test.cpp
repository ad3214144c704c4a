#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.h"
#include "processors/rules.h"
#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Steps;

class Places : public Steps {
 protected:
  Item places_in(std::string_view text, std::string_view language, std::string_view official_id = "") const {
    Item one = item(text, language, official_id);
    run(&one, *make_mentions_step());
    run(&one, *make_places_step());
    return one;
  }
  // "name = the words of the text", or "name (rule)" where it has none.
  static std::vector<std::string> list(const Item& item) {
    std::vector<std::string> out;
    for (const Mention& one : item.places()) {
      EXPECT_EQ(one.kind(), "place");
      out.push_back(one.begin() < one.end()
                        ? one.name() + " = " + item.text().substr(one.begin(), one.end() - one.begin())
                        : one.name() + " (" + one.rule() + ")");
    }
    return out;
  }
  std::vector<std::string> found(std::string_view text, std::string_view language) const {
    return list(places_in(text, language));
  }
};

struct Named {
  std::string_view language;
  std::string_view text;
  std::string_view words;
};

TEST_F(Places, OneCityUnderItsNamesInTenLanguages) {
  constexpr Named kCases[] = {
      {"en", "The train to Kyiv leaves at six.", "Kyiv"},
      {"en", "The train to Kiev leaves at six.", "Kiev"},
      {"fr", "Le train pour Kyiv part à six heures.", "Kyiv"},
      {"uk", "Потяг до Києва рушає о шостій.", "Києва"},
      {"uk", "Ми в Києві.", "Києві"},
      {"de", "Der Zug nach Kiew fährt um sechs.", "Kiew"},
      {"es", "El tren a Kiev sale a las seis.", "Kiev"},
      {"it", "Il treno per Kiev parte alle sei.", "Kiev"},
      {"pl", "Pociąg do Kijowa rusza o szóstej.", "Kijowa"},
      {"pt", "O comboio para Kiev parte às seis.", "Kiev"},
      {"nl", "De trein naar Kiev vertrekt om zes.", "Kiev"},
      {"el", "Το τρένο για το Κίεβο φεύγει στις έξι.", "Κίεβο"},
  };
  for (const Named& one : kCases) {
    const Item made = places_in(one.text, one.language);
    EXPECT_THAT(list(made), ElementsAre("Kyiv = " + std::string(one.words))) << one.text;
    ASSERT_EQ(made.places_size(), 1);
    EXPECT_EQ(made.places(0).id(), "geonames:703448");
    EXPECT_EQ(made.places(0).country(), "UA");
    EXPECT_EQ(made.places(0).rule(), "gazetteer");
  }
}

TEST_F(Places, ASmallLetterIsNoPlaceExceptInFrontOfACapital) {
  EXPECT_THAT(found("paris is a word here", "en"), IsEmpty());
  EXPECT_THAT(found("Les gens du Mans arrivent", "fr"), ElementsAre("Le Mans = du Mans"));
}

TEST_F(Places, APersonCalledLikeAPlaceIsNone) {
  EXPECT_THAT(found("We met Councillor Paris Whitcombe yesterday.", "en"), IsEmpty());
  EXPECT_THAT(found("We read Jack London yesterday.", "en"), IsEmpty());
  EXPECT_THAT(found("We met Florence Nightingale in London.", "en"), ElementsAre("London = London"));
}

TEST_F(Places, AHomonymNeedsAWitness) {
  EXPECT_THAT(found("Nice weather today!", "en"), IsEmpty());
  EXPECT_THAT(found("The mayors met in Nice yesterday.", "en"), ElementsAre("Nice = Nice"));
  EXPECT_THAT(found("Les maires étaient à Tours hier.", "fr"), ElementsAre("Tours = Tours"));
  // Named again where it is sure.
  EXPECT_THAT(found("Tours accueille les maires. Rendez-vous à Tours lundi.", "fr"),
              ElementsAre("Tours = Tours", "Tours = Tours"));
  // Beside another place of its country.
  EXPECT_THAT(found("Nantes, Tours et Dijon reçoivent les enfants.", "fr"),
              ElementsAre("Nantes = Nantes", "Tours = Tours", "Dijon = Dijon"));
  EXPECT_THAT(found("Dijon. Nice weather today!", "en"), ElementsAre("Dijon = Dijon"));
  EXPECT_THAT(found("Madrid, Tours, tourism", "en"), ElementsAre("Madrid = Madrid"));  // another country's
}

TEST_F(Places, TheCityOfTheOfficialIsBelievedAndAddedWeakly) {
  Item one = places_in("The council met on Monday.", "en", "odile-marchal");
  EXPECT_THAT(list(one), ElementsAre("Lyon (role)"));
  EXPECT_EQ(one.places(0).id(), "geonames:2996944");
  EXPECT_EQ(one.places(0).country(), "FR");
  // Named in the text: not twice.
  EXPECT_THAT(list(places_in("The council of Lyon met.", "en", "odile-marchal")), ElementsAre("Lyon = Lyon"));
  // By the account where the official is not told.
  Item by_account = item("The council met.", "en");
  by_account.set_account_id("facebook:odile-marchal");
  run(&by_account, *make_places_step());
  EXPECT_THAT(list(by_account), ElementsAre("Lyon (role)"));
  // After the day the role ended there is none.
  set_timestamp(one.mutable_created_at(), *parse_date("2024-01-01T00:00:00Z"));
  run(&one, *make_places_step());
  EXPECT_THAT(list(one), IsEmpty());
}

TEST_F(Places, APlaceOfAnOfficialThatTheGazetteerLacks) {
  officials_ = Officials({testing::official("marie", "Marie Rouvray", "Mayor", "Rouvray-sur-Loing", "FR")});
  EXPECT_THAT(found("La fête a lieu à Rouvray-sur-Loing dimanche.", "fr"),
              ElementsAre("Rouvray-sur-Loing = Rouvray-sur-Loing"));
  Item own = places_in("Rouvray-sur-Loing gagne !", "fr", "marie");
  EXPECT_THAT(list(own), ElementsAre("Rouvray-sur-Loing = Rouvray-sur-Loing"));
  EXPECT_EQ(own.places(0).rule(), "registry");
}

TEST_F(Places, TitlesAndCaptionsCountOnceAndWithoutOffsets) {
  Item one = item("The train to Kyiv leaves.", "en");
  one.set_title("Kyiv and Berlin");
  one.add_media()->set_caption("A street in Warsaw and one in Berlin");
  run(&one, *make_places_step());
  EXPECT_THAT(list(one), Contains("Kyiv = Kyiv"));
  EXPECT_THAT(list(one), Contains("Berlin (gazetteer in title)"));
  EXPECT_THAT(list(one), Contains("Warsaw (gazetteer in caption)"));
  EXPECT_EQ(one.places_size(), 3);
}

TEST_F(Places, HyphensJoinNamesThatAreOne) {
  EXPECT_THAT(found("Ivano-Frankivsk is in the west.", "en"),
              ElementsAre("Ivano-Frankivsk = Ivano-Frankivsk"));
  EXPECT_THAT(found("The Kyiv-Warsaw train is late.", "en"), ElementsAre("Kyiv = Kyiv", "Warsaw = Warsaw"));
  EXPECT_THAT(found("Das Haus der Familie Meyer-Berlin", "de"), Not(Contains("Berlin = Berlin")));
}

TEST_F(Places, AtMostAHundredAndAnyBytes) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "to Kyiv, Nantes, Tours et Dijon. ";
  EXPECT_EQ(places_in(text, "fr").places_size(), 100);
  std::string all;
  for (int i = 1; i < 256; ++i) all += static_cast<char>(i);
  Item one = item("", "en");
  one.set_title(to_valid_utf8(all));
  run(&one, *make_places_step());
  EXPECT_EQ(one.places_size(), 0);
}

}  // namespace
}  // namespace copytaster
