#include <gtest/gtest.h>

#include "tests/processors/attribution_support.h"

namespace copytaster {
namespace {

using testing::AttributionTest;
using testing::official;

TEST_F(AttributionTest, TheLineNamesThePersonAndThePlatformAndNothingElse) {
  const Item done = credited(post("Bonjour"));
  EXPECT_EQ(done.attribution().credit_line(), "Source: Odile Marchal on Facebook");
  EXPECT_EQ(done.attribution().name(), "Odile Marchal");
  EXPECT_EQ(done.attribution().official_id(), "odile-marchal");
  EXPECT_EQ(done.attribution().role(), "Mayor of Lyon");
  EXPECT_EQ(done.attribution().platform(), "facebook");
  EXPECT_EQ(done.attribution().rule(), "account");
  EXPECT_EQ(done.attribution().url(), done.url());
  EXPECT_EQ(done.attribution().via(), "");
  EXPECT_EQ(done.media(0).attribution().SerializeAsString(), done.attribution().SerializeAsString());
}

TEST_F(AttributionTest, PlatformsAreCalledAsReadersKnowThem) {
  for (const auto& [platform, label] : {std::pair{"bluesky", "Bluesky"},
                                        {"mastodon", "Mastodon"},
                                        {"x", "X"},
                                        {"telegram", "Telegram"},
                                        {"instagram", "Instagram"},
                                        {"youtube", "YouTube"}}) {
    Item one = post();
    one.set_platform(platform);
    EXPECT_EQ(picture_line(one), std::string("Source: Odile Marchal on ") + label);
  }
}

TEST_F(AttributionTest, ASiteIsCreditedWithItsHost) {
  Item one = item("x", "fr", "city-of-lyon");
  one.set_platform("feed");
  one.set_url("https://www.lyon.test/actualites/1?utm_source=rss");
  one.add_media();
  EXPECT_EQ(picture_line(one), "Source: City of Lyon, lyon.test");
  one.set_url("");
  EXPECT_EQ(picture_line(one), "Source: City of Lyon") << "nothing hangs where there is no host";
}

TEST_F(AttributionTest, WhoIsNoOfficialIsCreditedByNameThenByHandle) {
  Item one = item("x", "fr");
  one.mutable_author()->set_name("Paule\n  Verdier");
  one.mutable_author()->set_handle("pverdier");
  EXPECT_EQ(credited(one).attribution().credit_line(), "Source: Paule Verdier on Facebook");
  EXPECT_EQ(credited(one).attribution().official_id(), "");
  one.mutable_author()->set_name(" \n");
  EXPECT_EQ(credited(one).attribution().credit_line(), "Source: pverdier on Facebook");
  one.mutable_author()->clear_handle();
  const Item nobody = credited(one);
  EXPECT_EQ(nobody.attribution().credit_line(), "") << "nobody rather than the wrong one";
  ASSERT_EQ(nobody.problems_size(), 1);
  EXPECT_EQ(nobody.problems(0).step(), "attribution");
}

TEST_F(AttributionTest, AStrangerWithAnOfficialsNameIsNotThatOfficial) {
  Item one = item("x", "fr");
  one.mutable_author()->set_name("Odile Marchal");
  one.mutable_author()->set_handle("odile_fan");
  const Attribution line = credited(one).attribution();
  EXPECT_EQ(line.official_id(), "");
  EXPECT_EQ(line.role(), "");
}

TEST_F(AttributionTest, TwoOfficialsOfOneNameKeepTheirOwnRoles) {
  use({official("ana-lima", "Ana Lima", "Mayor", "Porto", "PT"),
       official("ana-lima-2", "Ana Lima", "Mayor", "Faro", "PT")});
  Item one = item("x", "pt", "ana-lima-2");
  one.mutable_author()->set_name("Ana Lima");
  EXPECT_EQ(credited(one).attribution().official_id(), "ana-lima-2");
  EXPECT_EQ(credited(one).attribution().role(), "Mayor of Faro");
  // One passes the other on: the credit says which of the two it is by.
  one.clear_text();
  one.mutable_repost_of()->mutable_author()->set_name("Ana Lima");
  one.mutable_repost_of()->mutable_author()->set_handle("@Ana-Lima");
  const Attribution passed_on = credited(one).attribution();
  EXPECT_EQ(passed_on.official_id(), "ana-lima");
  EXPECT_EQ(passed_on.role(), "Mayor of Porto");
  EXPECT_EQ(passed_on.via(), "Ana Lima, Mayor of Faro");
  EXPECT_EQ(passed_on.credit_line(), "Source: Ana Lima on Facebook, via Ana Lima, Mayor of Faro");
}

TEST_F(AttributionTest, TheRoleIsThatOfTheDay) {
  const auto role_on = [&](std::string_view when) {
    Item one = post();
    set_timestamp(one.mutable_created_at(), *parse_date(when));
    return credited(one).attribution().role();
  };
  EXPECT_EQ(role_on("2022-06-30T23:59:59Z"), "Mayor of Lyon");
  EXPECT_EQ(role_on("2022-07-01T00:00:00Z"), "Senator");
  EXPECT_EQ(role_on("2022-07-01T01:30:00+02:00"), "Mayor of Lyon")
      << "half past eleven of the day before, UTC";
}

TEST_F(AttributionTest, WithoutADateTheRoleIsThatOfTheDayItCame) {
  Item one = post();
  one.clear_created_at();
  set_timestamp(one.mutable_collected_at(), *parse_date("2023-01-01T00:00:00Z"));
  EXPECT_EQ(credited(one).attribution().role(), "Senator");
}

TEST_F(AttributionTest, NobodyKeepsAnOfficeThatIsOver) {
  use({[] {
    Official one = official("ana-lima", "Ana Lima", "Mayor", "Porto", "PT");
    set_timestamp(one.mutable_roles(0)->mutable_until(), *parse_date("2021-01-01T00:00:00Z"));
    return one;
  }()});
  EXPECT_EQ(credited(item("x", "pt", "ana-lima")).attribution().role(), "");
}

TEST_F(AttributionTest, AReshareIsCreditedToItsAuthorWithVia) {
  Item one = item("", "", "odile-marchal");
  *one.mutable_repost_of() = by_kravets("Сьогодні в Києві.");
  const Item done = credited(one);
  for (const Attribution& line : {done.attribution(), done.repost_of().media(0).attribution()}) {
    EXPECT_EQ(line.credit_line(), "Source: Bohdan Kravets on Facebook, via Odile Marchal");
    EXPECT_EQ(line.official_id(), "bohdan-kravets");
    EXPECT_EQ(line.role(), "Mayor of Kyiv");
    EXPECT_EQ(line.via(), "Odile Marchal");
    EXPECT_EQ(line.rule(), "repost");
    EXPECT_EQ(line.url(), "https://www.facebook.com/posts/77");
  }
}

TEST_F(AttributionTest, WhoSharesHerOwnPostIsNoGoBetween) {
  Item one = item("", "", "bohdan-kravets");
  *one.mutable_repost_of() = by_kravets();
  EXPECT_EQ(credited(one).attribution().credit_line(), "Source: Bohdan Kravets on Facebook");
}

TEST_F(AttributionTest, AnAuthorOfTheSameNameWhoIsNotFollowedIsSomebodyElse) {
  Item one = item("", "", "odile-marchal");
  one.mutable_repost_of()->mutable_author()->set_name("Odile Marchal");
  one.mutable_repost_of()->mutable_author()->set_handle("another_odile");
  const Attribution line = credited(one).attribution();
  EXPECT_EQ(line.official_id(), "");
  EXPECT_EQ(line.via(), "Odile Marchal, Mayor of Lyon");
}

TEST_F(AttributionTest, AReshareOfNobodyKnownCreditsNobody) {
  Item one = item("", "", "odile-marchal");
  one.mutable_repost_of()->set_item_id("facebook:9");
  one.mutable_repost_of()->add_media();
  const Item done = credited(one);
  EXPECT_EQ(done.attribution().credit_line(), "");
  EXPECT_EQ(done.attribution().name(), "");
  EXPECT_EQ(done.repost_of().media(0).attribution().credit_line(), "");
  ASSERT_EQ(done.problems_size(), 1);
}

TEST_F(AttributionTest, ABridgedReshareNamesTheNetworkOfTheOriginal) {
  Item one = item("", "", "odile-marchal");
  *one.mutable_repost_of() = by_kravets();
  one.mutable_repost_of()->set_item_id("mastodon:https://social.test/1");
  EXPECT_EQ(credited(one).attribution().credit_line(),
            "Source: Bohdan Kravets on Mastodon, via Odile Marchal");
}

TEST_F(AttributionTest, AQuoteKeepsTheWordsAndGivesThePicturesBack) {
  Item one = post("Une ville amie !");
  *one.mutable_quote_of() = by_kravets("Наші мости.\n\nФото: Олена Гнатюк");
  one.add_media()->set_url("https://cdn.test/77.jpg");  // the quoted picture, shown again
  const Item done = credited(one);
  EXPECT_EQ(done.attribution().credit_line(), "Source: Odile Marchal on Facebook");
  EXPECT_EQ(done.media(0).attribution().credit_line(), "Source: Odile Marchal on Facebook");
  const std::string theirs = "Photo: Олена Гнатюк. Source: Bohdan Kravets on Facebook, via Odile Marchal";
  EXPECT_EQ(done.quote_of().media(0).attribution().credit_line(), theirs);
  EXPECT_EQ(done.media(1).attribution().credit_line(), theirs);
}

TEST_F(AttributionTest, TheFeedsCreditThenTheTextThenTheFile) {
  Item one = post("Voilà.\n\nPhoto : Maël Kervadec", "fr");
  Media& media = *one.mutable_media(0);
  media.set_credit("© 2022 Inès Bravard / Ville de Lyon.");
  media.mutable_embedded()->set_creator("Jane Roe");
  media.mutable_embedded()->set_credit("Agence Rhône");
  EXPECT_EQ(picture_line(one), "Photo: Inès Bravard / Ville de Lyon. Source: Odile Marchal on Facebook");
  EXPECT_EQ(credited(one).media(0).attribution().rule(), "media-credit");
  one.mutable_media(0)->clear_credit();
  EXPECT_EQ(picture_line(one), "Photo: Maël Kervadec. Source: Odile Marchal on Facebook");
  one.set_text("Voilà.");
  EXPECT_EQ(picture_line(one), "Photo: Jane Roe / Agence Rhône. Source: Odile Marchal on Facebook");
  EXPECT_EQ(credited(one).media(0).attribution().rule(), "embedded-credit");
  one.mutable_media(0)->mutable_embedded()->set_creator("Canon EOS 5D");
  one.mutable_media(0)->mutable_embedded()->set_credit("OLYMPUS DIGITAL CAMERA");
  EXPECT_EQ(picture_line(one), "Source: Odile Marchal on Facebook") << "a camera takes no credit";
}

TEST_F(AttributionTest, ACreditThatNamesTheAccountsOwnerAddsNobody) {
  Item one = item("x", "fr", "city-of-lyon");
  one.set_platform("feed");
  one.set_url("https://lyon.test/1");
  one.add_media()->set_credit("VILLE DE LYON");
  EXPECT_EQ(picture_line(one), "Source: City of Lyon, lyon.test");
  EXPECT_EQ(picture_line(post("Photo : Odile Marchal")), "Source: Odile Marchal on Facebook");
  use({official("citta", "Città di Forlì", "City administration", "Forlì", "IT")});
  Item shouted = item("x", "it", "citta");
  shouted.add_media()->set_credit("© CITTÀ DI FORLÌ");
  EXPECT_EQ(picture_line(shouted), "Source: Città di Forlì on Facebook");
}

TEST_F(AttributionTest, AnOfficialsHandleInACreditIsHerName) {
  Item one = post("Quel soir ! 📷 @Bohdan-Kravets");
  EXPECT_EQ(picture_line(one), "Photo: Bohdan Kravets. Source: Odile Marchal on Facebook");
  one.set_text("Quel soir ! 📷 @unknown.eye");
  EXPECT_EQ(picture_line(one), "Photo: @unknown.eye. Source: Odile Marchal on Facebook");
  one.set_text("Quel soir ! (📷 @unknown.eye.)");
  EXPECT_EQ(picture_line(one), "Photo: @unknown.eye. Source: Odile Marchal on Facebook");
  one.set_text("Quel soir ! 📷 @odile-marchal");
  EXPECT_EQ(picture_line(one), "Source: Odile Marchal on Facebook");
}

TEST_F(AttributionTest, AFilmHasNoPhotographerInTheText) {
  Item one = post("Photo : Maël Kervadec");
  one.mutable_media(0)->set_kind(VIDEO);
  EXPECT_EQ(picture_line(one), "Source: Odile Marchal on Facebook");
}

TEST_F(AttributionTest, NamesAreNeverTakenForPlaceholders) {
  Item one = item("", "", "odile-marchal");
  one.mutable_repost_of()->mutable_author()->set_name("{via} {platform} {name}");
  EXPECT_EQ(credited(one).attribution().credit_line(),
            "Source: {via} {platform} {name} on Facebook, via Odile Marchal");
  Item photographed = post("x");
  photographed.mutable_media(0)->set_credit("Jane {source} Roe");
  EXPECT_EQ(picture_line(photographed), "Photo: Jane {source} Roe. Source: Odile Marchal on Facebook");
}

TEST_F(AttributionTest, EveryHouseLanguageHasItsLine) {
  Rules rules = Rules::defaults();
  context_.rules = &rules;
  for (const auto& [language, line] : {std::pair{"en", "Source: Odile Marchal on Facebook"},
                                       {"fr", "Source : Odile Marchal sur Facebook"},
                                       {"uk", "Джерело: Odile Marchal, Facebook"},
                                       {"de", "Quelle: Odile Marchal auf Facebook"},
                                       {"es", "Fuente: Odile Marchal en Facebook"},
                                       {"it", "Fonte: Odile Marchal su Facebook"},
                                       {"pl", "Źródło: Odile Marchal, Facebook"},
                                       {"pt", "Fonte: Odile Marchal no Facebook"},
                                       {"nl", "Bron: Odile Marchal op Facebook"},
                                       {"el", "Πηγή: Odile Marchal στο Facebook"}}) {
    rules.house_language = language;
    EXPECT_EQ(picture_line(post()), line);
  }
}

TEST_F(AttributionTest, SurvivesHostileText) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "Photo: © (Foto: @";
  Item one = post(text);
  one.mutable_media(0)->set_credit(std::string(300000, '@'));
  one.mutable_media(0)->mutable_embedded()->set_creator("\xE2\x80\xAE\n\n");
  const std::string line = picture_line(one);
  EXPECT_LT(line.size(), 1000U);
}

}  // namespace
}  // namespace copytaster
