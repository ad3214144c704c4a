#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/url.h"
#include "rehearsal/ids.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/meta_day.h"

namespace copytaster::rehearsal {
namespace {

using testing::Harvest;
using ::testing::HasSubstr;
using testing::kAdaOnThreads;
using testing::kBobOnThreads;
using testing::kMetaOfficials;
using testing::meta_post;
using testing::on_the_day;
using testing::read_json;
using testing::SmallDay;
using testing::Theatre;

// Thirty posts of Ada's, ten minutes apart from midnight, and what Bob makes of some.
std::string posts() {
  std::string out;
  for (int i = 0; i < 30; ++i) {
    out += meta_post(str_cat("p", i), kAdaOnThreads, on_the_day(0, 0) + absl::Minutes(10) * i,
                     str_cat(R"(,"text":"Post )", i, "\""));
  }
  out += meta_post(
      "picture", kAdaOnThreads, on_the_day(5, 0),
      R"(,"text":"See","pictures":[{"image":"scene","alt":"Two halves"}],"links":["https://ada.example/plan"])");
  out += meta_post("repost", kBobOnThreads, on_the_day(5, 10), R"(,"reshare_of":"picture")");
  out += meta_post("quote", kBobOnThreads, on_the_day(5, 20), R"(,"text":"Well said","quote_of":"p3")");
  out += meta_post("reply", kBobOnThreads, on_the_day(5, 30), R"(,"text":"Thanks","reply_to":"p4")");
  return out;
}

HttpResponse ask(Theatre& theatre, std::string_view query, std::string_view token = "of-the-rehearsal-only") {
  return theatre.get(str_cat("https://graph.threads.com/v1.0/profile_posts?", query),
                     {{"Authorization", str_cat("Bearer ", token)}});
}

TEST(PlayedThreads, TokensAreLookedAt) {
  const SmallDay day(posts(), kMetaOfficials);
  Theatre theatre(on_the_day(12, 0), false, day.files());
  const auto wrong = read_json(ask(theatre, "username=ada.example&fields=text", "wrong").body);
  EXPECT_EQ(wrong.root()["error"]["code"].count(), 190u);
  EXPECT_EQ(wrong.root()["error"]["type"].view(), "THApiException");
  const HttpResponse standard = ask(theatre, "username=ada.example&fields=text", "of-the-rehearsal-standard");
  EXPECT_EQ(standard.status, 403);
  EXPECT_EQ(read_json(standard.body).root()["error"]["code"].count(), 10u);
}

TEST(PlayedThreads, StandardAccessIsToldWhatIsMissing) {
  const SmallDay day(posts(), kMetaOfficials);
  Theatre theatre(on_the_day(12, 0), false, day.files());
  theatre.collectors = Collectors({{"threads", {{"token", "of-the-rehearsal-standard"}}}});
  Harvest harvest;
  EXPECT_FALSE(theatre.poll(std::string(kAdaOnThreads), &harvest));
  EXPECT_TRUE(absl::IsPermissionDenied(theatre.last_error));
  EXPECT_THAT(std::string(theatre.last_error.message()), HasSubstr("threads_profile_discovery"));
}

TEST(PlayedThreads, APollReadsEveryPageOnceAndALaterOneWhatIsNew) {
  const SmallDay day(posts(), kMetaOfficials);
  Theatre theatre(on_the_day(4, 45), false, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnThreads), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 29U);
  EXPECT_EQ(harvest.versions.size(), 29U);
  harvest.versions.clear();
  theatre.clock.set(on_the_day(6, 0));
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnThreads), &harvest)) << theatre.last_error;
  ASSERT_EQ(harvest.versions.size(), 2U);
  const Item& item = harvest.versions[1];
  EXPECT_EQ(item.text(), "See");
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).alt_text(), "Two halves");
  EXPECT_EQ(theatre.get(item.media(0).url()).status, 200);
  ASSERT_EQ(item.links_size(), 1);
  EXPECT_EQ(item.links(0).url(), "https://ada.example/plan");
}

TEST(PlayedThreads, RepostsAndQuotesHaveTheirOriginalsAndRepliesAreNotListed) {
  const SmallDay day(posts(), kMetaOfficials);
  Theatre theatre(on_the_day(6, 0), false, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kBobOnThreads), &harvest)) << theatre.last_error;
  ASSERT_EQ(harvest.versions.size(), 2U);
  const Related& original = harvest.versions[0].repost_of();
  EXPECT_EQ(original.item_id(),
            str_cat("threads:", meta_media_id(*theatre.day.by_key.find("picture")->second)));
  EXPECT_EQ(original.text(), "See");
  EXPECT_EQ(original.author().handle(), "ada.example");
  ASSERT_EQ(original.media_size(), 1);
  EXPECT_EQ(original.media(0).alt_text(), "Two halves");
  EXPECT_EQ(harvest.versions[1].text(), "Well said");
  EXPECT_EQ(harvest.versions[1].quote_of().text(), "Post 3");
}

TEST(PlayedThreads, WithoutFieldsOfTheirOwnTheOthersAreNumbers) {
  const SmallDay day(posts(), kMetaOfficials);
  Theatre theatre(on_the_day(6, 0), false, day.files());
  const auto json =
      read_json(ask(theatre, "username=bob_example&fields=media_type,reposted_post,quoted_post").body);
  const Json repost = json.root()["data"].at(1);
  EXPECT_EQ(repost["media_type"].view(), "REPOST_FACADE");
  EXPECT_EQ(repost["reposted_post"].size(), 1U);
  EXPECT_EQ(repost["reposted_post"]["id"].text(), meta_media_id(*theatre.day.by_key.find("picture")->second));
}

TEST(PlayedThreads, NextHoldsTheToken) {
  const SmallDay day(posts(), kMetaOfficials);
  Theatre theatre(on_the_day(6, 0), false, day.files());
  const auto json = read_json(ask(theatre, "username=ada.example&fields=id&limit=2").body);
  EXPECT_THAT(json.root()["paging"]["next"].text(), HasSubstr("access_token=of-the-rehearsal-only"));
  EXPECT_TRUE(json.root()["paging"]["cursors"]["after"].exists());
}

TEST(PlayedThreads, ForSomeMinutesTooManyCallsWereMade) {
  const SmallDay day(posts(), kMetaOfficials);
  Theatre theatre(on_the_day(11, 1), true, day.files());
  const HttpResponse limited = ask(theatre, "username=ada.example&fields=id");
  EXPECT_EQ(read_json(limited.body).root()["error"]["code"].count(), 4u);
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnThreads), &harvest)) << "a wait is no failure";
  EXPECT_TRUE(harvest.items.empty());
  theatre.clock.advance(absl::Minutes(4));
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnThreads), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 31U);
}

}  // namespace
}  // namespace copytaster::rehearsal
