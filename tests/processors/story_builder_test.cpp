#include "processors/story_builder.h"

#include <gtest/gtest.h>

#include <deque>

#include "core/time.h"
#include "core/told_date.h"
#include "fold_support.h"

namespace copytaster {
namespace {

using testing::add_mention;
using testing::make_official;
using testing::make_post;

const Officials& people() {
  static const Officials all(
      {make_official("anna", "Anna Berg", "Mayor", "Lyon", "FR"),
       make_official("bruno", "Bruno Kral", "Mayor", "Brno", "CZ"),
       make_official("hall", "City of Lyon", "City administration", "Lyon", "FR", BODY)});
  return all;
}

void add_picture(Item& item, std::string_view sha, std::string_view caption, std::string_view origin,
                 std::string_view credit) {
  Media* media = item.add_media();
  media->set_kind(PICTURE);
  media->set_state(KEPT);
  media->set_sha256(std::string(sha));
  media->mutable_attribution()->set_credit_line(std::string(credit));
  if (caption.empty()) return;
  media->add_captions()->set_text(std::string(caption));
  media->mutable_captions(0)->set_origin(std::string(origin));
}

// Items that live as long as the test does.
const Item* keep(Item item) {
  static std::deque<Item> items;
  return &items.emplace_back(std::move(item));
}

StoryMaterial visit() {
  StoryMaterial material;
  material.story_id = "story:1";
  Item guest =
      make_post("facebook", "guest", "anna", 0,
                "Bonjour ! À Brno ce matin, à l'invitation de Bruno Kral, pour signer un partenariat.");
  guest.set_language("fr");
  add_mention(guest, "official", "Bruno Kral", "bruno");
  add_mention(guest, "place", "Brno", "geonames:2", "CZ");
  add_picture(guest, "signing", "Au moment de signer", "description", "Source: Anna Berg on Facebook");
  Item second = make_post("facebook", "second", "anna", 60,
                          "Bruno Kral m'a montré les nouvelles écoles de Brno cet après-midi.");
  second.set_language("fr");
  add_mention(second, "place", "Brno", "geonames:2", "CZ");
  Item host = make_post("mastodon", "host", "bruno", 5, "Dnes jsme v Brně přivítali starostku Lyonu.");
  host.set_language("cs");
  add_mention(host, "official", "Anna Berg", "anna");
  add_mention(host, "place", "Lyon", "geonames:1", "FR");
  add_mention(host, "place", "Brno", "geonames:2", "CZ");
  add_picture(host, "signing", "", "", "Source: Bruno Kral on Mastodon");
  host.mutable_media(0)->set_folded_into("facebook:guest#0");
  Item copy = make_post("x", "copy", "anna", 7, "À Brno ce matin…");
  copy.mutable_duplicate_of()->set_item_id("facebook:guest");
  Item boost = make_post("mastodon", "boost", "hall", 9, "");
  boost.mutable_repost_of()->set_item_id("mastodon:host");
  boost.mutable_duplicate_of()->set_item_id("mastodon:host");
  Item gone = make_post("mastodon", "gone", "bruno", 3, "Oops");
  gone.set_state(GONE);
  add_picture(gone, "wrong", "", "", "");
  material.posts = {{keep(guest), true}, {keep(gone), true},   {keep(host), true},
                    {keep(copy), false}, {keep(boost), false}, {keep(second), true}};
  return material;
}

TEST(StoryBuilder, CountsPostsCopiesAndReshares) {
  const Story story = make_story(visit(), people(), Rules());
  EXPECT_EQ(story.posts(), 3U);
  EXPECT_EQ(story.copies(), 1U);
  EXPECT_EQ(story.reshares(), 1U);
  EXPECT_EQ(story.item_ids_size(), 6);
  EXPECT_EQ(story.state(), "suggested");
  EXPECT_EQ(story.languages_size(), 2);
  EXPECT_EQ(story.last_at().seconds() - story.first_at().seconds(), 3600);
}

TEST(StoryBuilder, PostsThatOnlyQuoteOneAreCountedInTheHeadAndToldWhereTheyDoNotCount) {
  StoryMaterial material = visit();
  Item quoting = make_post("bluesky", "quoting", "hall", 30, "Lyon est fière de cette visite.");
  quoting.mutable_quote_of()->set_item_id("facebook:guest");
  material.posts.push_back({keep(quoting), false});
  Item with_section = *material.posts[0].item;
  with_section.add_sections()->set_id("social");
  material.posts[0].item = keep(with_section);
  const Story story = make_story(std::move(material), people(), Rules());
  EXPECT_EQ(story.posts(), 4U);
  ASSERT_EQ(story.sections_size(), 1);
  EXPECT_EQ(story.sections(0).reason(), " (1 of 3 posts; 1 that only quote one not counted)");
  bool told = false;
  for (const auto& reason : story.reasons())
    told |= reason.reason() == "3 posts, copies and 1 that only quote one not counted";
  EXPECT_TRUE(told);
}

// The visit's story with one more post of that date.
Story with_post_of(std::string_view date) {
  StoryMaterial material = visit();
  Item more = make_post("feed", "more", "bruno", 0, "Přivítali jsme starostku Lyonu.");
  set_created_at(*parse_told_date(date), &more);
  material.posts.insert(material.posts.begin(), {keep(more), true});
  return make_story(material, people(), Rules());
}

TEST(StoryBuilder, ADayWithoutATimeIsNoMidnightWhereATimeOfThatDayIsKnown) {
  const auto first_of = [](std::string_view day) { return to_time(with_post_of(day).first_at()); };
  const absl::Time first = to_time(make_story(visit(), people(), Rules()).first_at());
  const absl::CivilDay day = absl::ToCivilDay(first, absl::UTCTimeZone());
  EXPECT_EQ(first_of(absl::FormatCivilTime(day)), first);
  EXPECT_EQ(first_of(absl::FormatCivilTime(day - 1)), absl::FromCivil(day - 1, absl::UTCTimeZone()));
}

TEST(StoryBuilder, AFirstOrLastDayWithoutATimeIsToldAsADay) {
  const auto day_only = [](std::string_view date) {
    const Story story = with_post_of(date);
    return std::pair(story.first_day_only(), story.last_day_only());
  };
  const std::pair neither(false, false), first(true, false), last(false, true);
  // The visit is of 14 April, from 06:00 to 07:00.
  EXPECT_EQ(day_only("2022-04-14"), neither) << "of that day times are known";
  EXPECT_EQ(day_only("2022-04-13"), first);
  EXPECT_EQ(day_only("2022-04-15"), last);
  EXPECT_EQ(day_only("2022-04-13T00:00:00Z"), neither) << "it says so itself";
  EXPECT_EQ(day_only("2022-04-15T00:00:00Z"), neither);
  StoryMaterial bare = visit();
  for (StoryPost& post : bare.posts) {
    Item item = *post.item;
    set_created_at(*parse_told_date("2022-04-14"), &item);
    post.item = keep(item);
  }
  const Story story = make_story(bare, people(), Rules());
  EXPECT_TRUE(story.first_day_only());
  EXPECT_TRUE(story.last_day_only());
  for (StoryPost& post : bare.posts) {
    Item item = *post.item;
    item.set_state(GONE);
    post.item = keep(item);
  }
  EXPECT_FALSE(make_story(bare, people(), Rules()).first_day_only()) << "nothing is left to tell a day of";
  EXPECT_FALSE(make_story(bare, people(), Rules()).last_day_only());
}

TEST(StoryBuilder, OfficialsHaveTheirRolesAndTheLeadIsFirst) {
  const Story story = make_story(visit(), people(), Rules());
  ASSERT_EQ(story.officials_size(), 2) << "who only reshares is not in the story";
  EXPECT_EQ(story.officials(0).name(), "Anna Berg");
  EXPECT_EQ(story.officials(0).role(), "Mayor of Lyon");
  EXPECT_EQ(story.officials(1).role(), "Mayor of Brno");
}

TEST(StoryBuilder, OfficialsHaveTheRegistrysWikidataId) {
  std::vector<Official> known = people().all();
  for (Official& one : known) {
    if (one.id() == "bruno") one.set_wikidata("Q9");
  }
  const Officials officials(known);
  const Story story = make_story(visit(), officials, Rules());
  std::vector<std::string> ids;
  for (const StoryOfficial& one : story.officials()) ids.push_back(one.official_id() + one.wikidata());
  EXPECT_EQ(ids, (std::vector<std::string>{"anna", "brunoQ9"}));
}

TEST(StoryBuilder, PlacesAreCountedOncePerPost) {
  const Story story = make_story(visit(), people(), Rules());
  ASSERT_EQ(story.places_size(), 2);
  EXPECT_EQ(story.places(0).name(), "Brno");
  EXPECT_EQ(story.places(0).mentions(), 3U);
}

TEST(StoryBuilder, APictureIsShownOnceWithTheLeadAuthorsCaptionAndCredit) {
  const Story story = make_story(visit(), people(), Rules());
  ASSERT_EQ(story.pictures_size(), 1) << "and nothing of what is gone";
  EXPECT_EQ(story.pictures(0).item_id(), "facebook:guest");
  EXPECT_EQ(story.pictures(0).caption().text(), "Au moment de signer");
  EXPECT_EQ(story.pictures(0).attribution().credit_line(), "Source: Anna Berg on Facebook");
  ASSERT_EQ(story.pictures(0).also_in_size(), 1);
  EXPECT_EQ(story.pictures(0).also_in(0), "mastodon:host");
}

TEST(StoryBuilder, TitleIsASentenceOfAPostWithItsAuthorAndItsLanguage) {
  EXPECT_EQ(
      make_story(visit(), people(), Rules()).title(),
      "Mayor of Lyon: «À Brno ce matin, à l'invitation de Bruno Kral, pour signer un partenariat» (French)");
}

Story story_of(Item item) {
  StoryMaterial one;
  one.story_id = "story:2";
  one.posts = {{keep(std::move(item)), true}};
  return make_story(std::move(one), people(), Rules());
}

TEST(StoryBuilder, TitleTellsThePlacesThatAnEnglishReaderCannotRead) {
  Item host = make_post("mastodon", "host", "bruno", 5, "Сьогодні в Ліоні підписали угоду про партнерство.");
  host.set_language("uk");
  add_mention(host, "place", "Lyon", "geonames:1", "FR");
  add_mention(host, "place", "Brno", "geonames:2", "CZ");
  host.mutable_places(0)->set_end(3);
  host.mutable_places(1)->set_end(3);
  EXPECT_EQ(story_of(host).title(),
            "Mayor of Brno on Lyon: «Сьогодні в Ліоні підписали угоду про партнерство» (Ukrainian)");
  host.mutable_places(0)->set_end(0);  // only from her role: the post does not name it
  EXPECT_EQ(story_of(host).title(),
            "Mayor of Brno: «Сьогодні в Ліоні підписали угоду про партнерство» (Ukrainian)");
}

TEST(StoryBuilder, AnEnglishTitleStandsAloneAndAnEnglishSentenceHasItsAuthor) {
  Item feed = make_post("feed", "1", "hall", 0, "Details tomorrow.");
  feed.set_language("en");
  feed.set_title("New tram line opens on Monday");
  EXPECT_EQ(story_of(feed).title(), "New tram line opens on Monday");
  feed.set_language("fr");
  feed.set_title("La ligne de tram ouvre lundi");
  EXPECT_EQ(story_of(feed).title(), "City of Lyon: «La ligne de tram ouvre lundi» (French)");
  Item post = make_post("x", "1", "anna", 0, "The new line opens on Monday. Come along!");
  post.set_language("en");
  EXPECT_EQ(story_of(post).title(), "Mayor of Lyon: “The new line opens on Monday”");
}

TEST(StoryBuilder, MarksInsideMarksAreNotTheSame) {
  Item post = make_post("x", "1", "anna", 0, "«Revenez quand vous voulez», m'a dit la gardienne du parc.");
  post.set_language("fr");
  EXPECT_EQ(story_of(post).title(),
            "Mayor of Lyon: “«Revenez quand vous voulez», m'a dit la gardienne du parc” (French)");
}

TEST(StoryBuilder, AWrittenTitleComesBeforeTheLeadersFirstSentence) {
  StoryMaterial both;
  both.story_id = "story:4";
  Item post = make_post("x", "1", "anna", 0, "À 4 h 41 est parti le premier bus, plein de boulangers.");
  Item feed = make_post("feed", "2", "hall", 60, "Depuis ce matin la ligne circule toutes les huit minutes.");
  feed.set_title("La ligne 163 est en service");
  for (Item* item : {&post, &feed}) item->set_language("fr");
  both.posts = {{keep(post), true}, {keep(feed), true}};
  EXPECT_EQ(make_story(std::move(both), people(), Rules()).title(),
            "City of Lyon: «La ligne 163 est en service» (French)");
}

TEST(StoryBuilder, ATextBroughtInByHandIsNoTitleWhereAnythingWasCollectedAndIsMarkedElsewhere) {
  Item pasted =
      make_post("manual", "1", "anna", 0, "Depuis ce matin la ligne circule toutes les huit minutes.");
  pasted.set_title("La ligne 163 est en service");
  pasted.set_language("fr");
  pasted.mutable_intake()->set_by(" Mira\n");
  EXPECT_EQ(story_of(pasted).title(),
            "Mayor of Lyon: «La ligne 163 est en service» (French) (brought in by hand by Mira)");
  StoryMaterial both;
  both.story_id = "story:5";
  Item collected = make_post("x", "2", "bruno", 60, "The line runs every eight minutes since this morning.");
  collected.set_language("en");
  both.posts = {{keep(pasted), true}, {keep(collected), true}};
  EXPECT_EQ(make_story(std::move(both), people(), Rules()).title(),
            "Mayor of Brno: “The line runs every eight minutes since this morning”");
  pasted.mutable_intake()->clear_by();
  EXPECT_TRUE(story_of(pasted).title().ends_with(" (brought in by hand)"));
}

TEST(StoryBuilder, ATitleTellsTheNewestFigure) {
  StoryMaterial material;
  int minutes = 0;
  for (const std::string_view force : {"8", "9", "10"}) {
    Item item = make_post("bluesky", "storm-" + std::string(force), "anna", minutes,
                          "Storm up to force " + std::string(force) + " from 18:00. The pier is closed.");
    item.set_language("en");
    material.posts.push_back({keep(item), true});
    minutes += 60;
  }
  Item other = make_post("bluesky", "bruno-storm", "bruno", 300,
                         "Storm up to force 12 from 18:00. The pier is closed.");
  other.set_language("en");
  material.posts.push_back({keep(other), true});
  EXPECT_EQ(make_story(std::move(material), people(), Rules()).title(),
            "Mayor of Lyon: “Storm up to force 10 from 18:00”")
      << "of one author";
}

TEST(StoryBuilder, ATownIsNotOnItself) {
  StoryMaterial material;
  Item item = make_post("feed", "hall", "hall", 0, "Hier gibt es alles für die Ankommenden.");
  item.set_language("de");
  item.set_title("Ankommen in der Stadt");
  add_mention(item, "place", "Lyon im Breisgau", "geonames:1", "DE");
  material.posts = {{keep(item), true}};
  EXPECT_EQ(make_story(std::move(material), people(), Rules()).title(),
            "City of Lyon: «Ankommen in der Stadt» (German)");
}

TEST(StoryBuilder, APictureIsItsFirstPostersNotTheLeadersNorTheLargest) {
  StoryMaterial material;
  Item first = make_post("facebook", "first", "bruno", 0, "Pakt s Lyonem podepsán.");
  add_picture(first, "hall", "", "", "Source: Bruno Kral on Facebook");
  Item later = make_post("mastodon", "later", "anna", 10, "Pacte signé ce matin à Brno avec Bruno Kral.");
  add_mention(later, "official", "Bruno Kral", "bruno");
  add_picture(later, "hall", "La salle du conseil", "description", "Source: Anna Berg on Mastodon");
  later.mutable_media(0)->set_width(4000);
  later.mutable_media(0)->set_height(3000);
  Item again = make_post("mastodon", "again", "anna", 20, "Encore merci à Brno pour cet accueil.");
  material.posts = {{keep(first), true}, {keep(later), true}, {keep(again), true}};
  const Story story = make_story(std::move(material), people(), Rules());
  ASSERT_EQ(story.officials(0).official_id(), "anna");
  ASSERT_EQ(story.pictures_size(), 1);
  EXPECT_EQ(story.pictures(0).item_id(), "facebook:first");
  EXPECT_EQ(story.pictures(0).attribution().credit_line(), "Source: Bruno Kral on Facebook");
  EXPECT_EQ(story.pictures(0).also_in(0), "mastodon:later");
}

TEST(StoryBuilder, AnEndlessTitleIsCut) {
  std::string endless;
  for (int i = 0; i < 60; ++i) endless += "мерія ";
  const std::string title = story_of(make_post("x", "1", "anna", 0, endless)).title();
  EXPECT_TRUE(title.ends_with("…”")) << title;
  EXPECT_LE(title.size(), 110U * 2 + 3 + 40);
}

TEST(StoryBuilder, ScoreIsTheSumOfItsReasons) {
  const Story story = make_story(visit(), people(), Rules());
  float sum = 0;
  for (const Part& one : story.reasons()) sum += one.value();
  EXPECT_EQ(story.score(), sum);
  EXPECT_GT(story.score(), 0);
}

TEST(StoryBuilder, TheSameMaterialGivesTheSameBytes) {
  EXPECT_EQ(make_story(visit(), people(), Rules()).SerializeAsString(),
            make_story(visit(), people(), Rules()).SerializeAsString());
}

TEST(StoryBuilder, SurvivesEmptyPosts) {
  StoryMaterial material;
  material.story_id = "story:3";
  material.posts = {{keep(Item()), true}};
  const Story story = make_story(material, people(), Rules());
  EXPECT_EQ(story.posts(), 1U);
}

TEST(StoryBuilder, ACopyCountsForNothingThoughItShapedTheStory) {
  StoryMaterial material;
  material.story_id = "story:1";
  Item whole = make_post("facebook", "1", "bruno", 0, "The bridge of Brno is open.");
  add_mention(whole, "place", "Brno", "wikidata:Q14960", "CZ");
  Item copy = make_post("x", "2", "anna", 5, "The bridge of Brno is open.");
  add_mention(copy, "place", "Brno", "wikidata:Q14960", "CZ");
  copy.mutable_duplicate_of()->set_item_id("facebook:1");
  material.posts = {{keep(whole), true}, {keep(copy), true}};
  const Story story = make_story(std::move(material), people(), Rules::defaults());
  ASSERT_EQ(story.places_size(), 1);
  EXPECT_EQ(story.places(0).mentions(), 1);
}

}  // namespace
}  // namespace copytaster
