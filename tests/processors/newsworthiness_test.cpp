#include "processors/newsworthiness.h"

#include <gtest/gtest.h>

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

TEST(Newsworthiness, NothingIsWorthNothing) {
  const Newsworthiness weighed = weigh(NewsFacts());
  EXPECT_EQ(weighed.score(), 0);
  EXPECT_EQ(weighed.parts_size(), 0);
}

}  // namespace
}  // namespace copytaster
