// copytaster places import, from outside. The lines are written for this test in the shape GeoNames
// publishes.
#include <gmock/gmock.h>

#include "app/config_folder.h"
#include "processors/gazetteer.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string town(std::string_view id, std::string_view name, std::string_view others,
                 std::string_view country, std::string_view population, std::string_view code = "PPL") {
  return str_cat(id, "\t", name, "\t", name, "\t", others, "\t1.0\t2.0\tP\t", code, "\t", country,
                 "\t\t11\t\t\t\t", population, "\t\t35\tEurope/Paris\t2024-01-01\n");
}

class PlacesCommand : public testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  void have(std::string_view name, std::string_view bytes) const { write_bytes(at(name), bytes); }
  TemporaryFolder folder_;
};

TEST_F(PlacesCommand, MakesATableThatTheConfigurationReads) {
  have("cities.txt",
       str_cat(town("703448", "Kyiv", "IEV,Kiev,Kyjev,Київ,Киев,基輔,kyiw", "UA", "2797553"),
               town("9001", "Villefranche-sur-Mer", "", "FR", "20000"),
               town("9002", "Hameau", "", "FR", "120"), town("9003", "Quartier", "", "FR", "90000", "PPLX")));
  Program program({"places", "import", at("cities.txt"), "--config", folder_.path()});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(program.out(), AllOf(HasSubstr("4 places in "),
                                   HasSubstr(": 2 taken, 1 with fewer than 15000 people, 1 no towns"),
                                   HasSubstr("places.tsv has 2 places, from GeoNames (CC BY 4.0)")));
  const std::string made = bytes_of(at("places.tsv"));
  EXPECT_THAT(
      made, AllOf(HasSubstr("\ngeonames:703448\tUA\t2797553\tKyiv\tКиев|Київ\n"),
                  HasSubstr("\ngeonames:9001\tFR\t20000\tVillefranche-sur-Mer\t\n"), HasSubstr("CC BY 4.0")));
  have("officials.toml",
       "[[official]]\nid = \"a-b\"\nname = \"A B\"\naccounts = [\"https://social.example/@ab\"]\n");
  const auto config = load_config(folder_.path());
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->rules.gazetteer().size(), 2U);

  Program again({"places", "import", at("cities.txt"), "--config", folder_.path()});
  EXPECT_EQ(again.exit_code(), 0);
  EXPECT_THAT(again.out(), HasSubstr("stays as it is"));
  EXPECT_EQ(bytes_of(at("places.tsv")), made);
}

TEST_F(PlacesCommand, NamesOfTheTenLanguagesComeFromTheirOwnTable) {
  have("cities.txt", town("703448", "Kyiv", "Kiova,Kijew", "UA", "2797553"));
  have("names.txt",
       "1\t703448\tuk\tКиїв\t1\t\t\t\t\t\n2\t703448\tpl\tKijów\t\t\t\t\n3\t703448\tfi\tKiova\t\t\t\t\n"
       "4\t703448\ten\tKiyv "
       "Rus\t\t\t\t1\n5\t703448\tde\tKiew\n6\t1\tde\tAnderswo\n7\t703448\tlink\thttps://a.example\n");
  Program program({"places", "import", at("cities.txt"), "--names", at("names.txt"), "--into", at("p.tsv")});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(program.out(), HasSubstr("7 names in "));
  EXPECT_THAT(bytes_of(at("p.tsv")), HasSubstr("\tKyiv\tKiew|Kijów|Київ\n"));
}

TEST_F(PlacesCommand, NamesOfCountriesAndRegionsAreNoTowns) {
  have("cities.txt",
       str_cat(town("1", "Lebanon", "", "US", "40000"), town("2", "Westmark", "", "FR", "50000"),
               town("3", "Nordstadt", "", "DE", "60000"), town("4", "Singapore", "", "SG", "5000000")));
  have("regions.txt", "FR.11\tWestmark\tWestmark\t77\nDE.99\tNordstadt\tNordstadt\t78\n");
  Program program(
      {"places", "import", at("cities.txt"), "--regions", at("regions.txt"), "--into", at("p.tsv")});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(bytes_of(at("p.tsv")), AllOf(HasSubstr("\tWestmark\t"), HasSubstr("\tSingapore\t"),
                                           Not(HasSubstr("Lebanon")), Not(HasSubstr("Nordstadt"))));
}

TEST_F(PlacesCommand, SmallerPlacesByOptionAndDryRun) {
  have("cities.txt",
       str_cat(town("1", "Grandbourg", "", "FR", "900"), town("1", "Grandbourg", "", "FR", "900")));
  Program dry({"places", "import", "-", "--min-population", "500", "--into", at("p.tsv"), "--dry-run"},
              bytes_of(at("cities.txt")));
  EXPECT_EQ(dry.exit_code(), 0) << dry.err();
  EXPECT_THAT(dry.out(), AllOf(HasSubstr("1 taken"), HasSubstr("1 there already"), HasSubstr("dry run")));
  EXPECT_FALSE(std::filesystem::exists(at("p.tsv")));
}

TEST_F(PlacesCommand, AFaultSaysFileAndLineAndNothingIsWritten) {
  have("cities.txt", str_cat(town("1", "Grandbourg", "", "FR", "90000"), "2\tPetitbourg\n"));
  Program program({"places", "import", at("cities.txt"), "--config", folder_.path()});
  EXPECT_EQ(program.exit_code(), 65);
  EXPECT_THAT(program.err(), HasSubstr("cities.txt:2: 2 columns, expected the 19 of a GeoNames table"));
  EXPECT_FALSE(std::filesystem::exists(at("places.tsv")));
  Program missing({"places", "import", at("none.txt"), "--config", folder_.path()});
  EXPECT_EQ(missing.exit_code(), 66);
  Program nothing({"places", "import", "-", "--config", folder_.path()}, "");
  EXPECT_EQ(nothing.exit_code(), 65);
}

TEST_F(PlacesCommand, CheckSaysTheLineOfABadTable) {
  have("officials.toml",
       "[[official]]\nid = \"a-b\"\nname = \"A B\"\naccounts = [\"https://social.example/@ab\"]\n");
  have("places.tsv", "# mine\ngeonames:1\tFrance\t5\tA\t\n");
  Program program({"check", "--config", folder_.path()});
  EXPECT_EQ(program.exit_code(), 78);
  EXPECT_THAT(program.err() + program.out(), HasSubstr("/places.tsv:2: no country"));
}

}  // namespace
}  // namespace copytaster
