#include "app/officials_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

TEST(OfficialsWords, CountriesByCodeAndByNameInManyLanguages) {
  for (const auto& [text, code] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"FR", "FR"},
                                                                            {"fr", "FR"},
                                                                            {"FRA", "FR"},
                                                                            {"UK", "GB"},
                                                                            {"United Kingdom", "GB"},
                                                                            {"Германия", "DE"},
                                                                            {"Україна", "UA"},
                                                                            {"Ελλάδα", "GR"},
                                                                            {"Czech Republic", "CZ"},
                                                                            {"Česko", "CZ"},
                                                                            {"España", "ES"},
                                                                            {"Vereinigtes Königreich", "GB"},
                                                                            {" Italy ", "IT"},
                                                                            {"Türkei", "TR"},
                                                                            {"Turkey", "TR"},
                                                                            {"XK", "XK"},
                                                                            {"日本", "JP"},
                                                                            {"فرنسا", "FR"}}) {
    EXPECT_EQ(country_code(text).value_or("none"), code) << text;
  }
  for (const std::string_view text : {"", "ZZ", "Atlantis", "F", "FRANC"})
    EXPECT_FALSE(country_code(text).has_value()) << text;
}

TEST(OfficialsWords, ACountryIsWrittenAsTheStandardDoes) {
  for (const std::string_view code : {"FR", "GB", "UA", "XK", "EU"}) EXPECT_TRUE(is_country(code)) << code;
  for (const std::string_view code : {"fr", "UK", "EL", "FRA", "ZZ", "", "France"})
    EXPECT_FALSE(is_country(code)) << code;
}

TEST(OfficialsWords, LanguagesAreTagsOfKnownLanguages) {
  for (const std::string_view tag : {"fr", "uk", "pt-BR", "zh-Hant", "sr-Latn-RS", "yue"})
    EXPECT_TRUE(is_language(tag)) << tag;
  for (const std::string_view tag : {"", "xx", "english", "fr_FR!", "fr-", "-fr", "q"})
    EXPECT_FALSE(is_language(tag)) << tag;
  EXPECT_EQ(spoken_language_tag("French").value_or(""), "fr");
  EXPECT_EQ(spoken_language_tag("français").value_or(""), "fr");
  EXPECT_EQ(spoken_language_tag("українська").value_or(""), "uk");
  EXPECT_EQ(spoken_language_tag("PT-br").value_or(""), "pt-BR");
  EXPECT_EQ(spoken_language_tag("fra").value_or(""), "fr");
  EXPECT_FALSE(spoken_language_tag("klingonish").has_value());
}

TEST(OfficialsWords, ADayIsReadOneWayOrNotAtAll) {
  EXPECT_EQ(day_from("2014-04-05"), absl::CivilDay(2014, 4, 5));
  EXPECT_EQ(day_from("2014-04-05T00:00:00Z"), absl::CivilDay(2014, 4, 5));
  EXPECT_EQ(day_from("5.4.2014"), absl::CivilDay(2014, 4, 5));
  EXPECT_EQ(day_from("25/4/2014"), absl::CivilDay(2014, 4, 25));
  EXPECT_EQ(day_from("4/25/2014"), absl::CivilDay(2014, 4, 25));
  EXPECT_EQ(day_from("5/5/2014"), absl::CivilDay(2014, 5, 5));
  EXPECT_EQ(day_from("2014"), absl::CivilDay(2014, 1, 1));
  EXPECT_EQ(day_from("2014", true), absl::CivilDay(2014, 12, 31));
  EXPECT_EQ(day_from("2016-02", true), absl::CivilDay(2016, 2, 29));
  for (const std::string_view text : {"", "4/5/2014", "2014-02-30", "2014-13-01", "13/13/2014", "yesterday",
                                      "0", "99999", "5.4.14", "2014-04-05x", "-2014-04-05"})
    EXPECT_FALSE(day_from(text).has_value()) << text;
}

TEST(OfficialsWords, IdsAreMadeFromNamesInAnyScript) {
  EXPECT_EQ(id_from_name("Anne Hidalgo"), "anne-hidalgo");
  EXPECT_EQ(id_from_name("  Mícheál Mac-Donncha, Jr. "), "micheal-mac-donncha-jr");
  EXPECT_EQ(id_from_name("Αν Ινταλγκό"), "an-intalnko");
  EXPECT_FALSE(id_from_name("Віталій Кличко").empty());
  EXPECT_FALSE(id_from_name("市长").empty());
  EXPECT_EQ(id_from_name("🙂 —"), "");
}

TEST(OfficialsWords, NamesOfOnePersonAgree) {
  EXPECT_TRUE(names_agree("Anne Hidalgo", "HIDALGO Anne"));
  EXPECT_TRUE(names_agree("Ana María Hidalgo Aleu", "Ana Hidalgo"));
  EXPECT_TRUE(names_agree("Vitali Klitschko", "Віталій Кличко"));
  EXPECT_FALSE(names_agree("Philippe François", "Jean-François Rapin"));
  EXPECT_FALSE(names_agree("Roger Marshall", "Tommy Tuberville"));
}

}  // namespace
}  // namespace copytaster
