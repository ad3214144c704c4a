#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/url.h"
#include "rehearsal/graph_fields.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/meta_day.h"

namespace copytaster::rehearsal {
namespace {

using testing::Harvest;
using ::testing::HasSubstr;
using testing::kAdaOnInstagram;
using testing::kMetaOfficials;
using testing::meta_post;
using testing::on_the_day;
using testing::read_json;
using testing::SmallDay;
using ::testing::StartsWith;
using testing::Theatre;

constexpr std::string_view kPicture = R"(,"pictures":[{"image":"scene","alt":"Two halves"}])";

// Sixty posts, ten minutes apart from midnight.
std::string sixty_posts() {
  std::string out;
  for (int i = 0; i < 60; ++i) {
    out += meta_post(str_cat("p", i), kAdaOnInstagram, on_the_day(0, 0) + absl::Minutes(10) * i,
                     str_cat(R"(,"text":"Post )", i, "\"", kPicture));
  }
  return out;
}

std::string discovery(std::string_view name, std::string_view media) {
  return str_cat("/v25.0/17841400000000001?fields=",
                 percent_encode(str_cat("business_discovery.username(", name, "){username,", media, "}")));
}

TEST(GraphFieldsArguments, AreReadInAnyOrder) {
  const GraphFields fields("a.username(x.y_z){b.after(Q=).limit(3){c,d},e.limit(4)},f");
  EXPECT_EQ(fields.argument("a", "username"), "x.y_z");
  EXPECT_EQ(fields.of("a").argument("b", "limit"), "3");
  EXPECT_EQ(fields.of("a").argument("b", "after"), "Q=");
  EXPECT_EQ(fields.of("a").argument("e", "limit"), "4");
  EXPECT_EQ(fields.of("a").argument("e", "after"), "");
  EXPECT_EQ(fields.argument("f", "limit"), "");
  EXPECT_EQ(fields.argument("nosuch", "limit"), "");
  EXPECT_TRUE(fields.of("a").of("b").has("d"));
}

TEST(PlayedInstagram, WithoutTheTokenNothingIsSaid) {
  const SmallDay day(sixty_posts(), kMetaOfficials);
  Theatre theatre(on_the_day(12, 0), false, day.files());
  const HttpResponse response =
      theatre.get(str_cat("https://graph.facebook.com", discovery("ada.example", "media{caption}")));
  EXPECT_EQ(read_json(response.body).root()["error"]["code"].count(), 190u);
  EXPECT_THAT(response.body, ::testing::Not(HasSubstr("Post ")));
}

TEST(PlayedInstagram, OnlyTheFieldsAskedForComeBack) {
  const SmallDay day(sixty_posts(), kMetaOfficials);
  Theatre theatre(on_the_day(12, 0), false, day.files());
  const auto json = read_json(theatre.graph(discovery("ada.example", "media.limit(1){caption}")).body);
  const Json user = json.root()["business_discovery"];
  EXPECT_EQ(user["username"].view(), "ada.example");
  EXPECT_FALSE(user["name"].exists());
  EXPECT_EQ(user["media"]["data"].at(0).size(), 2U) << "caption and id";
  EXPECT_TRUE(user["media"]["paging"]["cursors"]["after"].exists());
  EXPECT_EQ(json.root()["id"].view(), "17841400000000001");
}

TEST(PlayedInstagram, APollReadsEveryPageOnce) {
  const SmallDay day(sixty_posts(), kMetaOfficials);
  Theatre theatre(on_the_day(12, 0), false, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 60U);
  EXPECT_EQ(harvest.versions.size(), 60U);
  EXPECT_EQ(harvest.pages, 3);
  EXPECT_TRUE(harvest.refused.empty());
  const Item& item = harvest.versions.front();
  EXPECT_THAT(item.url(), StartsWith("https://www.instagram.com/p/C"));
  EXPECT_EQ(item.author().name(), "Ada Example");
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).alt_text(), "Two halves");
  EXPECT_EQ(theatre.get(item.media(0).url()).status, 200);
}

TEST(PlayedInstagram, ALaterPollTakesTheNewAndStops) {
  const SmallDay day(sixty_posts(), kMetaOfficials);
  Theatre theatre(on_the_day(8, 0), false, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 49U);
  harvest.versions.clear();
  harvest.pages = 0;
  theatre.clock.set(on_the_day(8, 30));
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.versions.size(), 3U);
  EXPECT_EQ(harvest.pages, 1);
}

TEST(PlayedInstagram, AlbumsHaveTheirPicturesAsChildren) {
  const SmallDay day(
      meta_post(
          "a", kAdaOnInstagram, on_the_day(6, 0),
          R"(,"text":"Two","pictures":[{"image":"scene","alt":"Left","crop":"left"},{"image":"scene","alt":"Right","crop":"right"}])"),
      kMetaOfficials);
  Theatre theatre(on_the_day(7, 0), false, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  ASSERT_EQ(harvest.versions.size(), 1U);
  const Item& item = harvest.versions[0];
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).alt_text(), "Left");
  EXPECT_EQ(item.media(1).alt_text(), "Right");
  EXPECT_NE(item.media(0).native_id(), item.media(1).native_id());
}

TEST(PlayedInstagram, AnEditedCaptionComesWithoutATime) {
  const SmallDay day(
      meta_post(
          "e", kAdaOnInstagram, on_the_day(6, 0),
          str_cat(
              R"(,"text":"Monday")", kPicture,
              R"(,"edits":[{"at":"2022-04-14T06:30:00Z","text":"Tuesday","pictures":[{"image":"scene"}]}])")),
      kMetaOfficials);
  Theatre theatre(on_the_day(6, 10), false, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  theatre.clock.set(on_the_day(7, 0));
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  ASSERT_EQ(harvest.versions.size(), 2U);
  EXPECT_EQ(harvest.versions[1].text(), "Tuesday");
  EXPECT_EQ(harvest.versions[1].id(), harvest.versions[0].id());
}

TEST(PlayedInstagram, APersonalAccountAndNoneAreTheSame) {
  const SmallDay day(sixty_posts(), kMetaOfficials);
  Theatre theatre(on_the_day(7, 0), false, day.files());
  const auto json = read_json(theatre.graph(discovery("nobody", "media{id}")).body);
  EXPECT_EQ(json.root()["error"]["code"].count(), 110u);
  EXPECT_EQ(json.root()["error"]["error_subcode"].count(), 2207013u);
  Harvest harvest;
  EXPECT_FALSE(theatre.poll("https://www.instagram.com/nobody/", &harvest));
  EXPECT_TRUE(absl::IsPermissionDenied(theatre.last_error)) << theatre.last_error;
}

TEST(PlayedInstagram, OnADayWithFaultsAltTextIsNotKnown) {
  const SmallDay day(sixty_posts(), kMetaOfficials);
  Theatre theatre(on_the_day(7, 0), true, day.files());
  const auto json = read_json(theatre.graph(discovery("ada.example", "media{id,alt_text}")).body);
  EXPECT_EQ(json.root()["error"]["code"].count(), 100u);
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 43U);
  EXPECT_EQ(harvest.versions[0].media(0).alt_text(), "");
  EXPECT_EQ(harvest.pages, 3) << "one refused, two read";
}

TEST(PlayedInstagram, ForSomeMinutesTooManyCallsWereMade) {
  const SmallDay day(sixty_posts(), kMetaOfficials);
  Theatre theatre(on_the_day(9, 55), true, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 60U);
  const std::string position = harvest.cursor.position();
  theatre.clock.set(on_the_day(10, 1));
  const HttpResponse limited = theatre.graph(discovery("ada.example", "media{id}"));
  EXPECT_EQ(read_json(limited.body).root()["error"]["code"].count(), 80002u);
  const auto usage = read_json(std::string(header_value(limited.headers, "x-business-use-case-usage")));
  EXPECT_EQ(usage.root()["17841400000000001"].at(0)["estimated_time_to_regain_access"].count(), 4U);
  ASSERT_TRUE(theatre.poll(std::string(kAdaOnInstagram), &harvest)) << "a wait is no failure";
  EXPECT_EQ(harvest.cursor.position(), position) << "the place is kept";
  theatre.clock.advance(absl::Minutes(4));
  EXPECT_EQ(theatre.graph(discovery("ada.example", "media{id}")).status, 200);
}

TEST(PlayedInstagram, OnlyPicturesArePosted) {
  const SmallDay words(meta_post("w", kAdaOnInstagram, on_the_day(6, 0), R"(,"text":"Words")"),
                       kMetaOfficials);
  EXPECT_THAT(std::string(read_day(words.files()).status().message()),
              HasSubstr("a post on Instagram has a picture"));
}

}  // namespace
}  // namespace copytaster::rehearsal
