// The city of an office, and role and city in the house's credit lines.
#include "processors/attribution_city.h"

#include <gtest/gtest.h>

#include "processors/attribution_line.h"
#include "tests/processors/attribution_support.h"

namespace copytaster {
namespace {

using testing::AttributionTest;

Role role(std::string_view title, std::string_view place) {
  Role out;
  out.set_title(std::string(title));
  out.set_place(std::string(place));
  return out;
}

std::string city(std::string_view title, std::string_view place) {
  const Role held = role(title, place);
  return city_of(&held);
}

TEST(City, IsThePlaceOfAnOfficeOfACity) {
  for (const std::string_view title :
       {"Mayor", "Deputy Mayor", "Lord Provost", "City administration", "Member of the City Council", "Maire",
        "Oberbürgermeisterin", "Міський голова", "Alcaldesa", "Sindaca", "Prezydent Miasta", "Burgemeester",
        "Presidente da Câmara", "Δήμαρχος"})
    EXPECT_EQ(city(title, "Lyon"), "Lyon") << title;
}

TEST(City, IsNotTheCountryOrRegionOfOthers) {
  for (const std::string_view title :
       {"Minister", "Deputy", "Governor", "President", "Prime Minister", "Member of Parliament", "Президент"})
    EXPECT_EQ(city(title, "Ukraine"), "") << title;
  EXPECT_EQ(city("Mayor", ""), "");
  EXPECT_EQ(city_of(nullptr), "");
}

TEST_F(AttributionTest, TheCityIsThatOfTheRoleOnTheDayOfThePost) {
  const Item done = credited(post("Bonjour"));
  EXPECT_EQ(done.attribution().city(), "Lyon");
  EXPECT_EQ(done.media(0).attribution().city(), "Lyon");
  Item stranger = item("x", "fr");
  stranger.mutable_author()->set_name("Paule Verdier");
  EXPECT_EQ(credited(stranger).attribution().city(), "");
  Item photographed = post("Photo : Jane Roe");
  EXPECT_EQ(credited(photographed).media(0).attribution().city(), "") << "nobody knows where she is from";
}

Rules house(std::string_view account) {
  Rules rules = Rules::defaults();
  rules.credit_templates["en"] = std::string(account);
  return rules;
}

TEST(CreditLine, RoleAndCityStandWhereTheHouseWantsThem) {
  CreditSource source;
  source.name = "Odile Marchal";
  source.platform = "facebook";
  source.role = "Mayor of Lyon";
  source.city = "Lyon";
  EXPECT_EQ(source_line(source, house("Source: {name}, {role} on {platform}")),
            "Source: Odile Marchal, Mayor of Lyon on Facebook");
  EXPECT_EQ(source_line(source, house("{city}: {name} on {platform}")), "Lyon: Odile Marchal on Facebook");
  EXPECT_EQ(source_line(source, Rules::defaults()), "Source: Odile Marchal on Facebook");
}

TEST(CreditLine, WhatIsNotKnownLeavesNoTrace) {
  CreditSource source;
  source.name = "Paule Verdier";
  source.platform = "facebook";
  for (const std::string_view pattern :
       {"Source: {name}, {role} on {platform}", "Source: {name} ({role}) on {platform}",
        "Source: {name}, {role}, {city} on {platform}", "Source: {name} on {platform} ({city})"})
    EXPECT_EQ(source_line(source, house(pattern)), "Source: Paule Verdier on Facebook") << pattern;
  EXPECT_EQ(source_line(source, house("{role}, {name} on {platform}")), "Paule Verdier on Facebook");
}

TEST(CreditLine, ATextThatStandsOnNoPlatformNamesNone) {
  CreditSource source;
  source.name = "Odile Marchal";
  source.platform = "manual";
  source.role = "Mayor of Lyon";
  EXPECT_EQ(source_line(source, Rules::defaults()), "Source: Odile Marchal");
  EXPECT_EQ(source_line(source, house("Source: {name} ({role}) on {platform}")),
            "Source: Odile Marchal (Mayor of Lyon)");
}

}  // namespace
}  // namespace copytaster
