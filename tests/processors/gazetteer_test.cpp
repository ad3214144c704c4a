// The big gazetteer: processors/gazetteer.h, and what the step places believes of it. The places are invented
// or facts anybody knows.
#include "processors/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "core/strings.h"
#include "processors/rules.h"
#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Steps;

constexpr std::string_view kPlaces =
    "# copytaster places 1\n"
    "geonames:703448\tUA\t2797553\tKyiv\tKiev|Київ|Киев|Kijów\n"
    "geonames:706483\tUA\t1421125\tKharkiv\tХарків\n"
    "geonames:691650\tUA\t211645\tTernopil\tТернопіль\n"
    "geonames:3094802\tPL\t755050\tKraków\tCracow|Krakau\n"
    "geonames:760778\tPL\t201500\tRadom\t\n"
    "geonames:264371\tGR\t664046\tAthens\tΑθήνα\n"
    "geonames:2639577\tGB\t318014\tReading\t\n"
    "geonames:5207728\tUS\t87879\tReading\t\n"
    "geonames:3190261\tHR\t149830\tSplit\t\n"
    "geonames:3070291\tCZ\t63474\tMost\t\n"
    "geonames:2643743\tGB\t8961989\tLondon\t\n"
    "geonames:6058560\tCA\t422324\tLondon\t\n"
    "geonames:2636841\tGB\t260419\tStoke-on-Trent\t\n"
    "geonames:2643186\tGB\t22300\tMarch\t\n"
    "geonames:3037656\tFR\t155850\tAngers\tАнже\n"
    "geonames:3002465\tFR\t40126\tMâcon\t\n"
    "geonames:2935022\tDE\t556780\tDresden\t\n"
    "geonames:2954172\tDE\t259196\tAugsburg\t\n"
    "geonames:2849548\tDE\t11389\tRegen\t\n"
    "geonames:706000\tUA\t37321\tBucha\tБуча\n";

class Towns : public Steps {
 protected:
  Towns() {
    std::string_view sections, places, style;
    for (const auto& [path, bytes] : embedded_config()) {
      if (path.ends_with("/sections.toml")) sections = bytes;
      if (path.ends_with("/places.toml")) places = bytes;
      if (path.ends_with("/house_style.toml")) style = bytes;
    }
    auto rules = Rules::from_toml(sections, places, style, kPlaces);
    EXPECT_TRUE(rules.ok()) << rules.status();
    if (rules.ok()) rules_ = *std::move(rules);
    context_.rules = &rules_;
  }
  // "name id = the words of the text"
  std::vector<std::string> found(std::string_view text, std::string_view language,
                                 std::string_view country = "") {
    officials_ = Officials({testing::official("anna", "Anna Nilsen", "Mayor", "Nowhere", country)});
    Item one = item(text, language, country.empty() ? "" : "anna");
    run(&one, *make_mentions_step());
    run(&one, *make_places_step());
    std::vector<std::string> out;
    for (const Mention& place : one.places()) {
      if (place.begin() == place.end()) continue;
      out.push_back(str_cat(place.name(), " ", place.id(), " = ",
                            one.text().substr(place.begin(), place.end() - place.begin())));
    }
    return out;
  }

 private:
  Rules rules_;
};

TEST_F(Towns, AStreetIsNotTheTownItIsCalledAfter) {
  EXPECT_THAT(found("La rue de Mâcon et la gare de Mâcon sont fermées.", "fr", "FR"), IsEmpty());
  EXPECT_THAT(found("Przy ulicy Krakowskiej i na Placu Radomskim", "pl", "PL"), IsEmpty());
  EXPECT_THAT(found("La rue de Mâcon est fermée, on va à Mâcon.", "fr", "FR"),
              ElementsAre("Mâcon geonames:3002465 = Mâcon"));
}

TEST_F(Towns, OneIdUnderEveryNameAndInEveryCase) {
  for (const auto& [language, text, words] : {std::array<std::string_view, 3>{"uk", "Ми в Києві.", "Києві"},
                                              {"uk", "Потяг до Києва", "Києва"},
                                              {"en", "The train to Kiev", "Kiev"},
                                              {"pl", "Pociąg do Kijowa", "Kijowa"}})
    EXPECT_THAT(found(text, language), ElementsAre(str_cat("Kyiv geonames:703448 = ", words))) << text;
  EXPECT_THAT(found("Ми їдемо з Харкова до Тернополя.", "uk", "UA"),
              ElementsAre("Kharkiv geonames:706483 = Харкова", "Ternopil geonames:691650 = Тернополя"));
  EXPECT_THAT(found("Spotkanie w Krakowie i w Radomiu.", "pl", "PL"),
              ElementsAre(HasSubstr("geonames:3094802 = Krakowie"), "Radom geonames:760778 = Radomiu"));
  EXPECT_THAT(found("Ο δήμος της Αθήνας", "el"), ElementsAre(HasSubstr("geonames:264371 = Αθήνας")));
  // A language that does not decline Latin names.
  EXPECT_THAT(found("The group in Radomiu", "en"), IsEmpty());
}

TEST_F(Towns, ACommonWordIsATownOnlyWithAWitness) {
  EXPECT_THAT(found("Reading is fun. We like Reading Week. Reading and writing.", "en", "GB"), IsEmpty());
  EXPECT_THAT(found("The mayors met in Reading.", "en", "GB"),
              ElementsAre("Reading geonames:2639577 = Reading"));
  EXPECT_THAT(found("Most of us Split the bill.", "en", "GB"), IsEmpty());
  EXPECT_THAT(found("The mayors met in Split.", "en", "GB"), ElementsAre("Split geonames:3190261 = Split"));
  EXPECT_THAT(found("We met in March.", "en", "GB"), IsEmpty());
  EXPECT_THAT(found("in Most of it", "en", "GB"), IsEmpty());  // small, and abroad
  EXPECT_THAT(found("Wir standen in Regen und Wind.", "de", "DE"), IsEmpty());
  EXPECT_THAT(found("COME TO READING", "en", "GB"), IsEmpty());
  EXPECT_THAT(found("Monsieur Charles de Angers", "fr", "FR"), IsEmpty());
  EXPECT_THAT(found("Angers accueille les maires. Rendez-vous à Angers.", "fr", "FR"),
              ElementsAre("Angers geonames:3037656 = Angers", "Angers geonames:3037656 = Angers"));
}

TEST_F(Towns, WhatGoesOnOrIsASurnameIsNoTown) {
  EXPECT_THAT(found("We went to Split-North in the morning.", "en", "HR"), IsEmpty());
  EXPECT_THAT(found("A letter to the editor of Split Tribune", "en", "HR"), IsEmpty());
  EXPECT_THAT(found("Im Raum Augsburg regnet es. Wir treffen uns in Augsburg.", "de", "DE"),
              ElementsAre(HasSubstr("= Augsburg"), HasSubstr("= Augsburg")));
  EXPECT_THAT(found("Zoltar Reading spoke. We listened to Reading.", "en", "GB"), IsEmpty());
}

TEST_F(Towns, TheOfficialsOwnCountryNeedsNoPreposition) {
  EXPECT_THAT(found("Le maire remercie Mâcon pour son aide.", "fr", "FR"),
              ElementsAre(HasSubstr("geonames:3002465 = Mâcon")));
  EXPECT_THAT(found("Le maire remercie Mâcon pour son aide.", "fr", "BE"), IsEmpty());
  EXPECT_THAT(found("Le maire remercie Mâcon Dupont pour son aide.", "fr", "FR"), IsEmpty());
  EXPECT_THAT(found("We thank Stoke-on-Trent for its help.", "en"),
              ElementsAre("Stoke-on-Trent geonames:2636841 = Stoke-on-Trent"));
}

TEST_F(Towns, ASmallTownAbroadIsNotBelievedForAPrepositionAlone) {
  EXPECT_THAT(found("We met in Mâcon.", "en", "FR"), ElementsAre(HasSubstr("geonames:3002465 = Mâcon")));
  EXPECT_THAT(found("We met in Mâcon.", "en", "GB"), IsEmpty());
  EXPECT_THAT(found("We met in Angers.", "en", "GB"), ElementsAre(HasSubstr("geonames:3037656 = Angers")));
}

TEST_F(Towns, OfTownsOfOneNameTheLargestOrTheNearerOne) {
  EXPECT_THAT(found("We met in Reading.", "en", "US"), ElementsAre("Reading geonames:5207728 = Reading"));
  EXPECT_THAT(found("We met in London.", "en", "CA"), ElementsAre(HasSubstr("geonames:2643743 = London")));
}

TEST_F(Towns, ACuratedPlaceKeepsItsNameAndGetsTheIdItLacks) {
  EXPECT_THAT(found("Вчора ми були в Бучі.", "uk"), ElementsAre("Bucha geonames:706000 = Бучі"));
}

TEST(Gazetteer, FaultsSayTheLine) {
  const auto fault = [](std::string_view text) {
    const auto made = Gazetteer::from_tsv(text);
    return made.ok() ? std::string("none") : std::string(from_absl(made.status().message()));
  };
  EXPECT_THAT(fault("# a\ngeonames:1\tFR\t5\tA\n"), HasSubstr("places.tsv:2: 4 columns, expected 5"));
  EXPECT_THAT(fault("paris\tFR\t5\tA\t\n"), HasSubstr("places.tsv:1: no id"));
  EXPECT_THAT(fault("geonames:1\tFrance\t5\tA\t\n"), HasSubstr("places.tsv:1: no country"));
  EXPECT_THAT(fault("geonames:1\tFR\tmany\tA\t\n"), HasSubstr("places.tsv:1: no population"));
  EXPECT_THAT(fault("geonames:1\tFR\t5\t\t\n"), HasSubstr("places.tsv:1: no name"));
  EXPECT_THAT(fault("geonames:1\tFR\t5\tA\t\n\ngeonames:1\tFR\t5\tB\t\n"),
              HasSubstr("places.tsv:3: geonames:1 is there twice"));
  EXPECT_EQ(fault("geonames:1\tFR\t5\tA\t\r\n# end"), "none");
}

}  // namespace
}  // namespace copytaster
