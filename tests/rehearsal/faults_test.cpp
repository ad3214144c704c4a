#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using testing::Harvest;
using testing::on_the_day;
using testing::Theatre;

TEST(PlannedFaults, OneInstanceSays429AndRecoversByTheClock) {
  Theatre theatre(on_the_day(6, 0), true);
  const std::string url = "https://mastodon.example/api/v1/accounts/lookup?acct=lesiavasylenko";
  EXPECT_EQ(theatre.get(url).status, 200);
  theatre.clock.set(on_the_day(7, 0));
  const HttpResponse refused = theatre.get(url);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header_value(refused.headers, "retry-after"), "90");
  EXPECT_EQ(refused.body, R"({"error":"Too many requests"})");
  EXPECT_EQ(retry_after(refused, theatre.clock.now()), absl::Seconds(90));
  Harvest harvest;
  EXPECT_FALSE(theatre.poll("https://mastodon.example/@lesiavasylenko", &harvest));
  EXPECT_TRUE(absl::IsResourceExhausted(theatre.last_error)) << theatre.last_error;
  theatre.clock.advance(absl::Seconds(90));
  EXPECT_TRUE(theatre.poll("https://mastodon.example/@lesiavasylenko", &harvest)) << theatre.last_error;
  theatre.clock.set(on_the_day(20, 0));
  EXPECT_EQ(theatre.get(url).status, 200) << "once a day";
}

TEST(PlannedFaults, WhereTheClockStandsStillTheyEndToo) {
  Theatre theatre(on_the_day(12, 0), true);
  int refused = 0, down = 0;
  for (int i = 0; i < 10; ++i) {
    refused +=
        theatre.get("https://mastodon.example/api/v1/accounts/lookup?acct=klosinska").status == 429 ? 1 : 0;
    down += theatre.get("https://rennes.example/feed.xml").status == 503 ? 1 : 0;
  }
  EXPECT_EQ(refused, 5);
  EXPECT_EQ(down, 4);
}

TEST(PlannedFaults, OneFeedIsDownUntilItsDate) {
  Theatre theatre(on_the_day(9, 30), true);
  const HttpResponse down = theatre.get("https://rennes.example/feed.xml");
  EXPECT_EQ(down.status, 503);
  EXPECT_EQ(header_value(down.headers, "retry-after"), "Thu, 14 Apr 2022 09:32:00 GMT");
  EXPECT_EQ(retry_after(down, theatre.clock.now()), absl::Minutes(2));
  theatre.clock.advance(absl::Minutes(2));
  EXPECT_EQ(theatre.get("https://rennes.example/feed.xml").status, 200);
}

TEST(PlannedFaults, OneFeedsETagLiesUntilTheEvening) {
  Theatre theatre(on_the_day(6, 1), true);
  const std::string url = "https://kavala.example/feed.xml";
  const PlayedAccount* kavala = nullptr;
  for (const PlayedAccount& account : theatre.day.accounts) {
    if (account.url == url) kavala = &account;
  }
  ASSERT_NE(kavala, nullptr);
  bool lied = false;
  for (const Post* post : kavala->posts) {
    theatre.clock.set(post->at - absl::Seconds(1));
    const HttpResponse before = theatre.get(url);
    theatre.clock.set(post->at);
    const HttpResponse after = theatre.get(url);
    EXPECT_NE(before.body, after.body) << post->key;
    const std::string etag(header_value(before.headers, "etag"));
    lied = lied || theatre.get(url, {{"If-None-Match", etag}}).status == 304;
  }
  EXPECT_TRUE(lied);
  theatre.clock.set(on_the_day(19, 59));
  const std::string etag(header_value(theatre.get(url).headers, "etag"));
  theatre.clock.set(on_the_day(20, 0));
  const HttpResponse evening = theatre.get(url);
  EXPECT_EQ(theatre.get(url, {{"If-None-Match", std::string(header_value(evening.headers, "etag"))}}).status,
            304);
  theatre.clock.set(rehearsal_end());
  EXPECT_EQ(live_posts(*kavala, rehearsal_end()).size(), kavala->posts.size());
}

TEST(PlannedFaults, WithoutThemAllIsWell) {
  Theatre theatre(on_the_day(12, 0), false);
  EXPECT_EQ(theatre.get("https://mastodon.example/api/v1/accounts/lookup?acct=klosinska").status, 200);
  EXPECT_EQ(theatre.get("https://rennes.example/feed.xml").status, 200);
}

}  // namespace
}  // namespace copytaster::rehearsal
