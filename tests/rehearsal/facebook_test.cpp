#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rehearsal/facebook_post_json.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using ::testing::HasSubstr;
using testing::on_the_day;
using testing::read_json;
using ::testing::StartsWith;
using testing::Theatre;

constexpr std::string_view kAll =
    "fields=id,message,created_time,updated_time,permalink_url,full_picture,status_type,parent_id,from,"
    "attachments{media_type,type,media,description,title,url,target,subattachments},shares,"
    "reactions.summary(total_count).limit(0)";

std::string id_of(const Theatre& theatre, std::string_view key) {
  return facebook_post_id(*theatre.day.by_key.find(key)->second);
}

std::string posts_of(std::string_view page, std::string_view more = "") {
  return str_cat("/v25.0/", page, "/published_posts?", kAll, more);
}

// Twelve posts of one account, ten minutes apart.
std::string twelve_posts() {
  std::string out;
  for (int i = 0; i < 12; ++i) {
    const absl::Time at = on_the_day(6, 0) + absl::Minutes(10) * i;
    str_append(&out, R"({"key":"p)", i, R"(","account":"https://www.facebook.com/ada","at":")",
               format_rfc3339(at), R"(","language":"en","text":"Post )", i, "\"}\n");
  }
  return out;
}

std::vector<std::string> messages(Json root) {
  std::vector<std::string> out;
  root["data"].each([&](Json post) { out.push_back(post["message"].text()); });
  return out;
}

TEST(PlayedFacebook, WithoutTheTokenNothingIsSaid) {
  Theatre theatre(rehearsal_end());
  for (const std::string& authorization : {std::string(), std::string("Bearer wrong")}) {
    const HttpResponse response = theatre.get(str_cat("https://graph.facebook.com", posts_of("annehidalgo")),
                                              {{"Authorization", authorization}});
    EXPECT_EQ(response.status, 400);
    const auto json = read_json(response.body);
    EXPECT_EQ(json.root()["error"]["code"].count(), 190u);
    EXPECT_EQ(json.root()["error"]["type"].view(), "OAuthException");
    EXPECT_THAT(response.body, ::testing::Not(HasSubstr("Kyiv")));
  }
}

TEST(PlayedFacebook, AnAlbumRepeatsItsFirstPicture) {
  Theatre theatre(on_the_day(12, 0));
  const auto json =
      read_json(theatre.graph(str_cat("/v25.0/", id_of(theatre, "hidalgo-fb-2"), "?", kAll)).body);
  const Json album = json.root()["attachments"]["data"].at(0);
  EXPECT_EQ(album["type"].view(), "album");
  EXPECT_EQ(album["title"].view(), "Photos from Anne Hidalgo's post");
  const Json parts = album["subattachments"]["data"];
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(album["media"]["image"]["src"].view(), parts.at(0)["media"]["image"]["src"].view());
  EXPECT_NE(parts.at(0)["media"]["image"]["src"].view(), parts.at(1)["media"]["image"]["src"].view());
  EXPECT_THAT(parts.at(1)["description"].text(), HasSubstr("4e en partant de la gauche"));
  EXPECT_EQ(json.root()["created_time"].view(), "2022-04-14T10:40:00+0000");
  EXPECT_EQ(json.root()["updated_time"].view(), "2022-04-14T11:55:00+0000");
  EXPECT_THAT(json.root()["full_picture"].text(), StartsWith("https://scontent.rehearsal.example/v/"));
  EXPECT_FALSE(parts.at(0)["alt_text"].exists()) << "only the photo itself has it";
}

TEST(PlayedFacebook, BeforeTheCorrectionTheCaptionIsTheFirstOne) {
  Theatre theatre(on_the_day(11, 54, 59));
  const std::string body = theatre.graph(str_cat("/v25.0/", id_of(theatre, "hidalgo-fb-2"), "?", kAll)).body;
  EXPECT_THAT(body, HasSubstr("Je suis la 4e en partant de la droite"));
}

TEST(PlayedFacebook, OnlyTheFieldsAskedForComeBack) {
  Theatre theatre(rehearsal_end());
  const auto json = read_json(
      theatre.graph(str_cat("/v25.0/", id_of(theatre, "hidalgo-fb-2"), "?fields=created_time")).body);
  EXPECT_TRUE(json.root()["id"].exists());
  EXPECT_TRUE(json.root()["created_time"].exists());
  EXPECT_EQ(json.root().size(), 2u);
}

TEST(PlayedFacebook, PhotosTellTheirAlternativeText) {
  Theatre theatre(on_the_day(12, 0));
  const Post& post = *theatre.day.by_key.find("hidalgo-fb-2")->second;
  const std::string first = facebook_photo_id(post, 0), second = facebook_photo_id(post, 1);
  const auto json = read_json(theatre
                                  .graph(str_cat("/v25.0/?ids=", first, "%2C", second,
                                                 "&fields=alt_text,alt_text_custom,name,images"))
                                  .body);
  const Json photo = json.root()[second];
  EXPECT_EQ(photo["alt_text_custom"].view(),
            "Neuf personnes debout, côte à côte, dans une grande salle aux hautes fenêtres.");
  EXPECT_EQ(photo["images"].at(0)["width"].count(), 1200u);
  EXPECT_EQ(photo["images"].at(1)["width"].count(), 720u);
  EXPECT_TRUE(json.root()[first].is_object());
}

TEST(PlayedFacebook, AShareHasItsOriginal) {
  Theatre theatre(rehearsal_end());
  const auto json =
      read_json(theatre.graph(str_cat("/v25.0/", id_of(theatre, "zahorudko-fb-share-1"), "?", kAll)).body);
  EXPECT_EQ(json.root()["parent_id"].text(), id_of(theatre, "klitschko-fb-1"));
  EXPECT_EQ(json.root()["status_type"].view(), "shared_story");
  const Json original = json.root()["attachments"]["data"].at(0);
  EXPECT_EQ(original["title"].view(), "Vitali Klitschko");
  EXPECT_THAT(original["description"].text(), HasSubstr("Київ стоїть"));
  EXPECT_THAT(original["url"].text(), StartsWith("https://www.facebook.com/vitaliy.klychko/"));
}

TEST(PlayedFacebook, LinksLeaveThroughItsRedirector) {
  const testing::SmallDay day(
      R"({"key":"l","account":"https://www.facebook.com/ada","at":"2022-04-14T06:00:00Z","language":"en",)"
      R"("text":"Read this","links":["https://ada.example/a?b=1&c=2"]})");
  Theatre theatre(on_the_day(7, 0), false, day.files());
  const auto json = read_json(theatre.graph(posts_of("ada")).body);
  const Json link = json.root()["data"].at(0)["attachments"]["data"].at(0);
  EXPECT_THAT(link["url"].text(),
              StartsWith("https://l.facebook.com/l.php?u=https%3A%2F%2Fada.example%2Fa%3Fb%3D1%26c%3D2&h="));
  EXPECT_FALSE(link["unshimmed_url"].exists()) << "not asked for";
}

TEST(PlayedFacebook, PagesJoinExactlyAlsoWhilePostsAppear) {
  const testing::SmallDay day(twelve_posts());
  Theatre theatre(on_the_day(7, 0), false, day.files());  // seven posts, 0 to 6
  std::vector<std::string> seen;
  std::string after;
  for (int pages = 0; pages < 20; ++pages) {
    const auto json = read_json(theatre.graph(posts_of("ada", str_cat("&limit=2", after))).body);
    for (std::string& message : messages(json.root())) seen.push_back(std::move(message));
    theatre.clock.advance(absl::Minutes(10));
    if (!json.root()["paging"]["next"].exists()) break;
    after = str_cat("&after=", json.root()["paging"]["cursors"]["after"].view());
    EXPECT_THAT(json.root()["paging"]["next"].text(), HasSubstr("access_token="));
  }
  EXPECT_THAT(seen,
              ::testing::ElementsAre("Post 6", "Post 5", "Post 4", "Post 3", "Post 2", "Post 1", "Post 0"));
}

TEST(PlayedFacebook, SinceKeepsWhatIsYounger) {
  const testing::SmallDay day(twelve_posts());
  Theatre theatre(on_the_day(9, 0), false, day.files());
  const auto json = read_json(
      theatre.graph(posts_of("ada", str_cat("&since=", absl::ToUnixSeconds(on_the_day(7, 40))))).body);
  EXPECT_THAT(messages(json.root()), ::testing::ElementsAre("Post 11", "Post 10"));
}

TEST(PlayedFacebook, ADeletedPostIsOneThatDoesNotExist) {
  const testing::SmallDay day(
      R"({"key":"d","account":"https://www.facebook.com/ada","at":"2022-04-14T06:00:00Z","language":"en",)"
      R"("text":"Oops","delete_at":"2022-04-14T06:05:00Z"})");
  Theatre theatre(on_the_day(6, 4, 59), false, day.files());
  const std::string id = id_of(theatre, "d");
  EXPECT_EQ(theatre.graph(str_cat("/v25.0/", id)).status, 200);
  theatre.clock.set(on_the_day(6, 5));
  const HttpResponse gone = theatre.graph(str_cat("/v25.0/", id));
  EXPECT_EQ(gone.status, 400);
  const auto json = read_json(gone.body);
  EXPECT_EQ(json.root()["error"]["code"].count(), 100u);
  EXPECT_EQ(json.root()["error"]["error_subcode"].count(), 33u);
  const auto parsed = theatre.reread("https://www.facebook.com/ada", id);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  ASSERT_EQ(parsed->deletions.size(), 1u);
  EXPECT_EQ(parsed->deletions[0].item_id(), str_cat("facebook:", id));
}

TEST(PlayedFacebook, SaysHowMuchOfTheQuotaIsUsed) {
  Theatre theatre(rehearsal_end());
  const HttpResponse response = theatre.graph(posts_of("annehidalgo"));
  const auto usage = read_json(std::string(header_value(response.headers, "x-app-usage")));
  EXPECT_TRUE(usage.root()["call_count"].exists());
  EXPECT_EQ(theatre.graph("/v25.0/nobody/published_posts").status, 404);
}

TEST(PlayedFacebook, PictureAddressesAreSignedAndExpire) {
  Theatre theatre(on_the_day(12, 0), true);
  const auto json =
      read_json(theatre.graph(str_cat("/v25.0/", id_of(theatre, "hidalgo-fb-2"), "?", kAll)).body);
  const std::string url = json.root()["full_picture"].text();
  EXPECT_EQ(theatre.get(url).status, 200);
  EXPECT_EQ(theatre.get(replace_all(url, "&oe=6", "&oe=7")).status, 403);
  theatre.clock.advance(absl::Hours(2) - absl::Seconds(1));
  EXPECT_EQ(theatre.get(url).status, 200);
  theatre.clock.advance(absl::Seconds(1));
  const HttpResponse expired = theatre.get(url);
  EXPECT_EQ(expired.status, 403);
  EXPECT_EQ(expired.body, "URL signature expired\n");
}

}  // namespace
}  // namespace copytaster::rehearsal
