#include "processors/newsworthiness.h"

#include <gtest/gtest.h>

#include "core/time.h"
#include "fold_support.h"
#include "processors/rules.h"
#include "processors/steps.h"

namespace copytaster {
namespace {

using testing::add_mention;
using testing::make_official;
using testing::make_post;

const Officials& people() {
  static const Officials all(
      {make_official("anna", "Anna Berg", "Mayor", "Lyon", "FR"),
       make_official("bruno", "Bruno Kral", "Mayor", "Brno", "CZ"),
       make_official("vice", "Vera Kral", "Deputy Mayor", "Brno", "CZ"),
       make_official("hall", "City of Lyon", "City administration", "Lyon", "FR", BODY)});
  return all;
}

const Part* part(const Newsworthiness& weighed, std::string_view name) {
  for (const Part& one : weighed.parts()) {
    if (one.name() == name) return &one;
  }
  return nullptr;
}

TEST(Newsworthiness, ScoreIsTheSumOfItsPartsAndEachHasAReason) {
  NewsFacts facts;
  Item item = make_post("facebook", "1", "anna", 0, "À Brno ce matin.");
  item.set_language("fr");
  item.mutable_engagement()->set_likes(1234);
  add_mention(item, "official", "Bruno Kral", "bruno");
  add_mention(item, "place", "Brno", "", "CZ");
  add_mention(item, "place", "Lyon", "", "FR");
  add_facts(item, people(), facts);
  facts.pictures = 2;
  facts.novelty = 0.777;
  const Newsworthiness weighed = weigh(facts);
  float sum = 0;
  for (const Part& one : weighed.parts()) {
    sum += one.value();
    EXPECT_FALSE(one.name().empty());
    EXPECT_FALSE(one.reason().empty());
    EXPECT_NE(one.value(), 0);
  }
  EXPECT_EQ(weighed.score(), sum);
  ASSERT_NE(part(weighed, "people"), nullptr);
  EXPECT_NE(part(weighed, "people")->reason().find("Mayor of Lyon"), std::string::npos);
  ASSERT_NE(part(weighed, "places"), nullptr);
  EXPECT_EQ(part(weighed, "places")->reason(), "about Brno") << "the own town is not news";
  ASSERT_NE(part(weighed, "cross-border"), nullptr);
  EXPECT_EQ(part(weighed, "corroboration"), nullptr) << "one voice corroborates nothing";
}

TEST(Newsworthiness, CorroborationNeedsDifferentOfficials) {
  NewsFacts twice, both;
  add_facts(make_post("facebook", "1", "anna", 0, "a"), people(), twice);
  add_facts(make_post("x", "2", "anna", 0, "b"), people(), twice);
  add_facts(make_post("facebook", "1", "anna", 0, "a"), people(), both);
  add_facts(make_post("x", "2", "bruno", 0, "b"), people(), both);
  EXPECT_EQ(part(weigh(twice), "corroboration"), nullptr);
  ASSERT_NE(part(weigh(both), "corroboration"), nullptr);
  EXPECT_FLOAT_EQ(part(weigh(both), "cross-border")->value(), 2);
}

TEST(Newsworthiness, RolesWeigh) {
  const auto people_part = [](const char* who) {
    NewsFacts facts;
    add_facts(make_post("x", "1", who, 0, "a"), people(), facts);
    return part(weigh(facts), "people")->value();
  };
  EXPECT_GT(people_part("anna"), people_part("vice"));
  EXPECT_GT(people_part("vice"), people_part("hall"));
}

TEST(Newsworthiness, ARoleWeighsByItsWordsNotByItsLetters) {
  const auto weight = [](std::string_view title, OfficialKind kind = PERSON) {
    const Officials one({make_official("one", "One", title, "Brno", "CZ", kind)});
    NewsFacts facts;
    add_facts(make_post("x", "1", "one", 0, "a"), one, facts);
    return part(weigh(facts), "people")->value();
  };
  for (const char* head : {"Mayor", "Lord Mayor", "MAYOR", "Lord Provost", "Prime Minister", "President",
                           "Prosecutor General", "Governor", "Mayor, City of Brno"}) {
    EXPECT_FLOAT_EQ(weight(head), 1.0F) << head;
  }
  for (const char* second : {"Deputy Mayor", "Vice-Mayor", "Vice President", "Deputy", "Former Mayor"})
    EXPECT_FLOAT_EQ(weight(second), 0.6F) << second;
  for (const char* other : {"Head of Social Services", "Mayoral adviser", "Ministerial counsel", "Councillor",
                            "Presidential envoy", ""})
    EXPECT_FLOAT_EQ(weight(other), 0.5F) << other;
  EXPECT_FLOAT_EQ(weight("Office of the Mayor", BODY), 0.5F);
}

TEST(Newsworthiness, WhoChangesOfficeInTheMiddleIsOneVoice) {
  Official climber = make_official("climber", "Cleo Cho", "Councillor", "Brno", "CZ");
  const absl::Time change = absl::FromUnixSeconds(1649916000 + 600);
  set_timestamp(climber.mutable_roles(0)->mutable_until(), change);
  *climber.add_roles() = make_official("", "", "Mayor", "Brno", "CZ").roles(0);
  set_timestamp(climber.mutable_roles(1)->mutable_from(), change);
  const Officials one({climber});
  NewsFacts facts;
  add_facts(make_post("x", "1", "climber", 0, "a"), one, facts);
  add_facts(make_post("x", "2", "climber", 20, "b"), one, facts);
  Item naming = make_post("x", "3", "climber", 30, "c");
  add_mention(naming, "official", "Cleo Cho", "climber");
  add_facts(naming, one, facts);
  EXPECT_EQ(facts.authors.size(), 1U);
  EXPECT_TRUE(facts.named.empty()) << "nobody is news for naming herself";
  EXPECT_EQ(part(weigh(facts), "corroboration"), nullptr);
}

TEST(Newsworthiness, TwoPeopleOfOneNameAreTwoVoices) {
  const Officials two({make_official("a", "Ana Lima", "Mayor", "Porto", "PT"),
                       make_official("b", "Ana Lima", "Mayor", "Porto", "PT")});
  NewsFacts facts;
  add_facts(make_post("x", "1", "a", 0, "a"), two, facts);
  add_facts(make_post("x", "2", "b", 0, "b"), two, facts);
  ASSERT_NE(part(weigh(facts), "corroboration"), nullptr);
  EXPECT_FLOAT_EQ(part(weigh(facts), "corroboration")->value(), 1);
}

TEST(Newsworthiness, WhoIsNamedFirstAndPostsLaterIsAnAuthor) {
  for (const bool named_first : {true, false}) {
    Item naming = make_post("x", "1", "anna", 0, "Bruno Kral");
    add_mention(naming, "official", "Bruno Kral", "bruno");
    const Item own = make_post("x", "2", "bruno", 1, "b");
    NewsFacts facts;
    add_facts(named_first ? naming : own, people(), facts);
    add_facts(named_first ? own : naming, people(), facts);
    EXPECT_EQ(facts.authors.size(), 2U);
    EXPECT_TRUE(facts.named.empty());
  }
}

TEST(Newsworthiness, CrossingABorderIsWorthMoreTheMoreOfItIsThere) {
  const auto borders = [](std::string_view official, std::string_view place_country) {
    Item item = make_post("x", "1", "anna", 0, "a");
    if (!official.empty()) add_mention(item, "official", "", official);
    if (!place_country.empty()) add_mention(item, "place", "There", "", place_country);
    NewsFacts facts;
    add_facts(item, people(), facts);
    const Newsworthiness weighed = weigh(facts);
    const Part* found = part(weighed, "cross-border");
    return found == nullptr ? 0.0F : found->value();
  };
  EXPECT_FLOAT_EQ(borders("", ""), 0);
  EXPECT_FLOAT_EQ(borders("", "FR"), 0);
  EXPECT_FLOAT_EQ(borders("", "CZ"), 0.5F);
  EXPECT_FLOAT_EQ(borders("bruno", "CZ"), 1);
  EXPECT_FLOAT_EQ(borders("hall", "FR"), 0) << "a body of the own city";
}

// No part grows without end: a flood of posts is no better story.
TEST(Newsworthiness, EveryPartHasALimit) {
  NewsFacts facts;
  for (int i = 0; i < 500; ++i) {
    const std::string n = std::to_string(i);
    facts.authors.insert({n, "Author " + n, "Mayor", n, 1.0});
    facts.named.insert({"n" + n, "Named " + n, "Mayor", n, 1.0});
    facts.languages.insert(n);
    facts.platforms.insert(n);
    facts.places.insert("Place " + n);
  }
  facts.posts = facts.pictures = facts.quotes = 100000;
  facts.reactions = std::uint64_t{1} << 62;
  facts.novelty = 1;
  const Newsworthiness weighed = weigh(facts);
  EXPECT_LT(weighed.score(), 20);
  for (const Part& one : weighed.parts()) {
    EXPECT_LE(one.value(), 4.0F) << one.name();
    EXPECT_LT(one.reason().size(), 300U) << one.name();
  }
}

// The step on one post: copies and reshares stand for nothing of their own.
TEST(NewsworthinessStep, AReshareAndACopyAreWorthNothing) {
  Context context;
  context.officials = &people();
  context.rules = &Rules::defaults();
  const auto step = make_newsworthiness_step();
  const auto score = [&](Item item) {
    item.mutable_newsworthiness()->set_score(99);
    EXPECT_TRUE(step->process(item, context).ok());
    return item.newsworthiness().score();
  };
  Item own = make_post("x", "1", "anna", 0, "a");
  own.add_media();
  own.add_media()->set_kind(VIDEO);
  EXPECT_FLOAT_EQ(score(own), 1.4F) << "the mayor and one picture; the film is none";
  Item copy = own;
  copy.mutable_duplicate_of()->set_item_id("x:0");
  EXPECT_EQ(score(copy), 0);
  Item reshare = own;
  reshare.mutable_repost_of()->set_item_id("x:0");
  EXPECT_EQ(score(reshare), 0);
}

TEST(Newsworthiness, NothingIsWorthNothing) {
  const Newsworthiness weighed = weigh(NewsFacts());
  EXPECT_EQ(weighed.score(), 0);
  EXPECT_EQ(weighed.parts_size(), 0);
}

}  // namespace
}  // namespace copytaster
