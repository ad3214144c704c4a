// The traps of YouTube's feed and of its Data API, one test each.
#include <gtest/gtest.h>

#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/poller_rereading.h"
#include "collectors/youtube_api.h"
#include "collectors/youtube_names.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "tests/collectors/collector_world.h"

namespace copytaster {
namespace {

constexpr std::string_view kChannel = "UCportvent0ville1tele23x";
constexpr std::string_view kAt = "channel=UCportvent0ville1tele23x";

struct Entry {
  std::string_view id = "pvA1b2C3d4E";
  std::string_view title = "Conseil";
  std::string_view description = "Le budget.";
  std::string_view updated = "2022-04-14T06:11:00+00:00";
  std::string_view path = "watch?v=pvA1b2C3d4E";
  std::string_view views = "6619";
};

std::string feed(const Entry& e) {
  return str_cat(
      R"(<?xml version="1.0" encoding="UTF-8"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><yt:channelId>portvent0ville1tele23x</yt:channelId><title>Portvent Télé</title><published>2012-06-03T18:44:30+00:00</published><entry><id>yt:video:)",
      e.id, "</id><yt:videoId>", e.id, "</yt:videoId><yt:channelId>", kChannel, "</yt:channelId><title>",
      e.title, R"(</title><link rel="alternate" href="https://www.youtube.com/)", e.path,
      R"("/><author><name>Portvent Télé</name></author><published>2022-04-13T18:00:00+00:00</published><updated>)",
      e.updated, "</updated><media:group><media:title>Other</media:title>",
      R"(<media:content url="https://www.youtube.com/v/x?version=3" type="application/x-shockwave-flash"/>)",
      R"(<media:thumbnail url="https://i2.ytimg.example/vi/x/hqdefault.jpg"/><media:description>)",
      e.description,
      R"(</media:description><media:community><media:starRating count="254" average="5.00"/><media:statistics views=")",
      e.views, R"("/></media:community></media:group></entry></feed>)");
}

std::string listed(std::string_view more_snippet, std::string_view details,
                   std::string_view title = "Conseil") {
  return str_cat(
      R"({"kind":"youtube#playlistItem","snippet":{"publishedAt":"2022-04-13T18:05:00Z","title":")", title,
      R"(","description":"Le budget.","channelId":"UCportvent0ville1tele23x","channelTitle":"Portvent Télé","thumbnails":{"high":{"url":"https://i.ytimg.example/h.jpg"},"maxres":{"url":"https://i.ytimg.example/m.jpg"}},"resourceId":{"videoId":"pvA1b2C3d4E"})",
      more_snippet, R"(},"contentDetails":)", details, "}");
}
std::string page(std::string_view items, std::string_view token = "") {
  return str_cat(R"({"kind":"youtube#playlistItemListResponse","items":[)", items, "]",
                 token.empty() ? "" : str_cat(R"(,"nextPageToken":")", token, "\""), "}");
}
constexpr std::string_view kPublished =
    R"({"videoId":"pvA1b2C3d4E","videoPublishedAt":"2022-04-13T18:00:00Z"})";

std::string error(int code, std::string_view reason, std::string_view message) {
  return str_cat(R"({"error":{"code":)", code, R"(,"message":")", message, R"(","errors":[{"reason":")",
                 reason, R"("}]}})");
}

class YoutubeTest : public CollectorWorld {
 protected:
  YoutubeTest() : CollectorWorld(make_youtube({}), "https://www.youtube.com/@PortventTele") {}

  Item only_item(const std::string& body) { return only_item_of(answer(body, kAt)); }
  std::unique_ptr<Collector> with_key_ = make_youtube({{"key", "canary/key"}});
};

TEST_F(YoutubeTest, RecognisesChannelsAsPeoplePasteThem) {
  const std::vector<std::pair<const char*, const char*>> kUrls = {
      {"https://www.youtube.com/@PortventTele", "youtube:@portventtele"},
      {"youtube.com/@portventtele/videos", "youtube:@portventtele"},
      {"https://m.youtube.com/@PortventTele?si=x#y", "youtube:@portventtele"},
      {"https://www.youtube.com/channel/UCportvent0ville1tele23x/about", "youtube:UCportvent0ville1tele23x"},
      {"https://www.youtube.com/user/PortventTV", "youtube:user/portventtv"},
      {"https://www.youtube.com/c/PortventTV/featured", "youtube:c/portventtv"},
      {"https://www.youtube.com/@%D0%BB%D0%B0%D0%B3%D0%BE%D0%B4%D0%B8%D0%BD", "youtube:@лагодин"}};
  for (const auto& [url, id] : kUrls) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << ": " << account.status();
    EXPECT_EQ(account->id(), id) << url;
    EXPECT_EQ(collector_->recognise(account->profile_url())->id(), id) << url;
  }
}

TEST_F(YoutubeTest, VideosAndPlaylistsAreNoChannels) {
  for (const char* url :
       {"https://www.youtube.com/watch?v=pvA1b2C3d4E", "https://youtu.be/pvA1b2C3d4E",
        "https://www.youtube.com/shorts/pvA1b2C3d4E", "https://www.youtube.com/playlist?list=PLx",
        "https://www.youtube.com/", "https://www.youtube.com/channel/portvent", "https://www.youtube.com/@",
        "https://www.youtube.com/live/pvA1b2C3d4E", "https://www.youtube.com/user/"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << ": " << account.status();
    EXPECT_NE(std::string(account.status().message()).find("https://www.youtube.com/@HANDLE"),
              std::string::npos);
  }
  for (const char* url : {"https://www.youtube.com/feeds/videos.xml?channel_id=UCportvent0ville1tele23x",
                          "https://vimeo.com/@x", "https://notyoutube.com/@x", "@portventtele"}) {
    EXPECT_TRUE(absl::IsNotFound(collector_->recognise(url).status())) << url;
  }
}

TEST_F(YoutubeTest, AHandleIsAskedOnceForItsChannel) {
  EXPECT_EQ(url_for(*collector_, account_, ""), "https://www.youtube.com/@portventtele");
  Capture capture = answer(
      R"(<html><head><link rel="canonical" href="https://www.youtube.com/channel/UCportvent0ville1tele23x"></head></html>)");
  const Parsed parsed = parse(capture);
  EXPECT_TRUE(parsed.more);
  EXPECT_EQ(parsed.next.position(), kAt);
  EXPECT_EQ(url_for(*collector_, account_, parsed.next.position()),
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCportvent0ville1tele23x");
  const Account by_id = *collector_->recognise("https://www.youtube.com/channel/UCportvent0ville1tele23x");
  EXPECT_EQ(url_for(*collector_, by_id, ""),
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCportvent0ville1tele23x");
}

TEST_F(YoutubeTest, TheChannelIdIsFoundInEachOfItsPlacesAndNowhereElse) {
  EXPECT_EQ(channel_id_on_page("<meta itemprop=\"identifier\" content=\"UCportvent0ville1tele23x\">"),
            kChannel);
  EXPECT_EQ(channel_id_on_page(
                "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"RSS\" "
                "href=\"https://www.youtube.com/feeds/videos.xml?channel_id=UCportvent0ville1tele23x\">"),
            kChannel);
  EXPECT_EQ(channel_id_on_page("<a href=\"/channel/UCsomebody0else000000000\">x</a>"), "");
  EXPECT_EQ(channel_id_on_page("<link rel=\"canonical\" href=\"https://www.youtube.com/channel/UCshort\">"),
            "");
  EXPECT_EQ(channel_id_on_page("<link "), "");
}

TEST_F(YoutubeTest, AConsentPageIsNoMissingChannel) {
  Capture capture = answer("<html><title>Before you continue</title></html>");
  capture.set_final_url("https://consent.youtube.com/m?continue=x");
  const absl::Status status = error_of(capture);
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_NE(std::string(status.message()).find("/channel/UC"), std::string::npos);
}

TEST_F(YoutubeTest, TheFeedsChannelIdLacksUC) {
  const Parsed parsed = parse(answer(feed({}), kAt));
  EXPECT_EQ(parsed.profile.url(), "https://www.youtube.com/channel/UCportvent0ville1tele23x");
  EXPECT_EQ(parsed.items[0].author().handle(), kChannel);
}

TEST_F(YoutubeTest, MediaDescriptionIsTheText) {
  const Item item = only_item(feed(
      {.description = "Le budget.\n\n00:00 Début\n « un   choix » &lt;b&gt; #Portvent https://a.example/x"}));
  EXPECT_EQ(item.text(), "Le budget.\n\n00:00 Début\n « un   choix » <b> #Portvent https://a.example/x");
  EXPECT_EQ(item.title(), "Conseil");
  ASSERT_EQ(item.facets_size(), 2);
  EXPECT_EQ(item.text().substr(item.facets(0).begin(), 9), "#Portvent");
}

TEST_F(YoutubeTest, TheThumbnailIsThePreviewAndTheFlashFileIsNoMedia) {
  const Item item = only_item(feed({}));
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).kind(), VIDEO);
  EXPECT_EQ(item.media(0).preview_url(), "https://i2.ytimg.example/vi/x/hqdefault.jpg");
  EXPECT_EQ(item.media(0).url(), "");
}

TEST_F(YoutubeTest, UpdatedMovesWithoutAnEdit) {
  const Parsed first = parse(answer(feed({}), kAt));
  ASSERT_EQ(first.items.size(), 1U);
  EXPECT_FALSE(first.items[0].has_edited_at());
  EXPECT_EQ(format_rfc3339(to_time(first.items[0].created_at())), "2022-04-13T18:00:00Z");
  const Parsed later =
      parse(answer(feed({.updated = "2026-10-01T00:00:00+00:00", .views = "9999"}), first.next.position()));
  EXPECT_TRUE(later.items.empty());
  EXPECT_EQ(later.next.position(), first.next.position());
}

TEST_F(YoutubeTest, AnEditedTitleIsNews) {
  const Parsed first = parse(answer(feed({}), kAt));
  const Parsed later = parse(answer(feed({.title = "Conseil (corrigé)"}), first.next.position()));
  ASSERT_EQ(later.items.size(), 1U);
  EXPECT_EQ(later.items[0].id(), first.items[0].id());
  EXPECT_NE(later.items[0].content_hash(), first.items[0].content_hash());
}

TEST_F(YoutubeTest, ShortsKeepTheirLink) {
  EXPECT_EQ(only_item(feed({.path = "shorts/pvA1b2C3d4E"})).url(),
            "https://www.youtube.com/shorts/pvA1b2C3d4E");
}

TEST_F(YoutubeTest, NotFoundIsIntermittentAndNeverTheEnd) {
  for (const int status : {404, 410, 500, 503}) {
    EXPECT_TRUE(absl::IsUnavailable(error_of(answer("<html>Error</html>", kAt, status)))) << status;
    EXPECT_TRUE(absl::IsUnavailable(error_of(answer("<html>Error</html>", "", status)))) << status;
  }
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("<html>Sign in</html>", kAt))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("<?xml version=\"1.0\"?><html/>", kAt))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("", kAt))));
}

TEST_F(YoutubeTest, AnEmptyFeedForgetsNothing) {
  const Parsed first = parse(answer(feed({}), kAt));
  const Parsed empty = parse(answer(
      "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>", first.next.position()));
  EXPECT_TRUE(empty.items.empty());
  EXPECT_EQ(empty.next.position(), first.next.position());
}

// ---- the Data API

TEST_F(YoutubeTest, TheKeyStandsWhereItIsHidden) {
  const std::string url = url_for(*with_key_, account_, kAt);
  EXPECT_EQ(url,
            "https://www.googleapis.com/youtube/v3/playlistItems?part=snippet,contentDetails&maxResults=50"
            "&playlistId=UUportvent0ville1tele23x&key=canary%2Fkey");
  EXPECT_EQ(without_secrets(url).find("canary"), std::string::npos) << without_secrets(url);
  for (const std::string_view position : {"", "channel=UCportvent0ville1tele23x&token=a%26b"}) {
    EXPECT_EQ(without_secrets(url_for(*with_key_, account_, position)).find("canary"), std::string::npos);
  }
  const auto again = with_key_->reread(account_, "pvA1b2C3d4E");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(without_secrets(again->url),
            "https://www.googleapis.com/youtube/v3/videos?part=snippet,statistics&id=pvA1b2C3d4E&key=…");
  for (const HttpHeader& header : again->headers) EXPECT_EQ(header.value.find("canary"), std::string::npos);
}

TEST_F(YoutubeTest, WithAKeyTheApiIsAskedWhichChannelItIs) {
  EXPECT_EQ(without_secrets(url_for(*with_key_, account_, "")),
            "https://www.googleapis.com/youtube/v3/channels?part=id,snippet&forHandle=%40portventtele&key=…");
  const Account user = *collector_->recognise("https://www.youtube.com/user/PortventTV");
  EXPECT_EQ(without_secrets(url_for(*with_key_, user, "")),
            "https://www.googleapis.com/youtube/v3/channels?part=id,snippet&forUsername=portventtv&key=…");
  const Account custom = *collector_->recognise("https://www.youtube.com/c/PortventTV");
  EXPECT_EQ(url_for(*with_key_, custom, ""), "https://www.youtube.com/c/portventtv")
      << "no method of the API";
  const Parsed parsed = parse(answer(
      R"({"kind":"youtube#channelListResponse","items":[{"id":"UCportvent0ville1tele23x","snippet":{"title":"Portvent Télé"}}]})"));
  EXPECT_EQ(parsed.next.position(), kAt);
  EXPECT_TRUE(parsed.more);
  EXPECT_TRUE(absl::IsNotFound(
      error_of(answer(R"({"kind":"youtube#channelListResponse","pageInfo":{"totalResults":0}})"))));
}

TEST_F(YoutubeTest, PublishedAtIsWhenItWasAddedToTheList) {
  const Item item = only_item(page(listed("", kPublished)));
  EXPECT_EQ(format_rfc3339(to_time(item.created_at())), "2022-04-13T18:00:00Z");
  EXPECT_EQ(item.media(0).preview_url(), "https://i.ytimg.example/m.jpg");
}

TEST_F(YoutubeTest, OneVideoIsTheSameFromFeedAndApi) {
  const Item from_feed = only_item(feed({}));
  const Item from_api = only_item(page(listed("", kPublished)));
  EXPECT_EQ(from_api.id(), from_feed.id());
  EXPECT_EQ(from_api.content_hash(), from_feed.content_hash());
}

TEST_F(YoutubeTest, PlaceholdersOfPrivateAndDeletedVideosAreSkipped) {
  for (const char* title : {"Private video", "Deleted video"}) {
    const Parsed parsed = parse(answer(page(listed("", R"({"videoId":"pvA1b2C3d4E"})", title)), kAt));
    EXPECT_TRUE(parsed.items.empty()) << title;
    EXPECT_TRUE(parsed.refused.empty()) << title;
    EXPECT_EQ(parse(answer(page(listed("", kPublished, title)), kAt)).items.size(), 1U)
        << "a real title: " << title;
  }
}

TEST_F(YoutubeTest, FollowsNextPageTokenUntilAKnownVideo) {
  const Parsed one = parse(answer(page(listed("", kPublished), "TOKEN"), kAt));
  EXPECT_FALSE(one.more) << "first_pages is 1";
  const std::string known(Position(one.next.position()).get("known"));
  ASSERT_FALSE(known.empty());

  std::string other = listed("", kPublished);
  other = replace_all(other, "pvA1b2C3d4E", "pvNew000001");
  const Parsed two = parse(answer(page(other, "TOKEN"), one.next.position()));
  ASSERT_TRUE(two.more) << "none of the page was known";
  EXPECT_NE(url_for(*with_key_, account_, two.next.position()).find("&pageToken=TOKEN&"), std::string::npos);
  const Parsed three = parse(answer(page(listed("", kPublished), "NEXT"), two.next.position()));
  EXPECT_FALSE(three.more) << "a known video";
  EXPECT_TRUE(three.items.empty());
  const KnownPosts now(Position(three.next.position()).get("known"));
  EXPECT_TRUE(now.contains("pvNew000001")) << "the newest page is what is known";
  EXPECT_EQ(Position(three.next.position()).get("token"), "");
}

TEST_F(YoutubeTest, ATokenThatComesAgainEndsTheWalk) {
  const Parsed parsed = parse(
      answer(page(listed("", kPublished), "T"), str_cat(kAt, "&known=00000000000000aa&pages=1&token=T")));
  EXPECT_FALSE(parsed.more);
}

TEST_F(YoutubeTest, AnOldTokenBeginsAgain) {
  const Parsed parsed =
      parse(answer(error(400, "invalidPageToken", "bad"),
                   str_cat(kAt, "&known=00000000000000aa&fresh=00000000000000bb&pages=2&token=OLD"), 400));
  EXPECT_EQ(parsed.next.position(), str_cat(kAt, "&known=00000000000000aa"));
}

TEST_F(YoutubeTest, QuotaExceededWaitsForMidnightPacific) {
  const Parsed parsed = parse(answer(error(403, "quotaExceeded", "You have exceeded your quota."), kAt, 403));
  EXPECT_EQ(parsed.wait, absl::Hours(23)) << "09:00 to 08:00 UTC";
  EXPECT_EQ(parsed.next.position(), kAt);
  EXPECT_FALSE(parsed.more);
  const auto at = [](std::string_view when) { return until_quota_reset(*parse_date(when)); };
  EXPECT_EQ(at("2022-04-14T07:59:59Z"), absl::Seconds(1));
  EXPECT_EQ(at("2022-04-14T08:00:00Z"), absl::Hours(24));
  EXPECT_EQ(at("1969-01-01T00:00:00Z"), absl::Seconds(1));
}

TEST_F(YoutubeTest, OtherRefusalsOfTheApi) {
  EXPECT_TRUE(absl::IsResourceExhausted(error_of(answer(error(403, "rateLimitExceeded", "Slow"), kAt, 403))));
  EXPECT_TRUE(absl::IsUnauthenticated(error_of(
      answer(error(400, "badRequest", "API key not valid. Please pass a valid API key."), kAt, 400))));
  EXPECT_TRUE(absl::IsPermissionDenied(error_of(answer(error(403, "accessNotConfigured", "Off"), kAt, 403))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer(error(404, "playlistNotFound", "None"), kAt, 404))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer(error(500, "backendError", "Oops"), kAt, 500))));
}

// ---- a video asked again

TEST_F(YoutubeTest, WithoutAKeyNoSingleVideoCanBeAskedFor) {
  EXPECT_TRUE(absl::IsUnimplemented(collector_->reread(account_, "pvA1b2C3d4E").status()));
}

Capture asked_again(std::string_view body) {
  Capture capture = answer(body, kAt);
  capture.set_purpose(REREAD);
  capture.set_native_id("pvA1b2C3d4E");
  return capture;
}

TEST_F(YoutubeTest, AVideoThatTheApiDoesNotKnowMayBePrivate) {
  const Parsed parsed = parse(asked_again(
      R"({"kind":"youtube#videoListResponse","items":[],"pageInfo":{"totalResults":0,"resultsPerPage":0}})"));
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].state(), UNKNOWN);
  EXPECT_EQ(parsed.deletions[0].item_id(), "youtube:pvA1b2C3d4E");
  EXPECT_NE(parsed.deletions[0].proof().find("made private"), std::string::npos);
}

// Another video that is read the same way says that the key works, which was never in doubt.
TEST_F(YoutubeTest, APrivateVideoIsNotGoneWhateverOthersAreRead) {
  EXPECT_FALSE(a_witness_may_prove(with_key_->spec()));
  EXPECT_FALSE(a_witness_may_prove(telegram_spec())) << "a page that lags shows the older posts all the same";
  EXPECT_TRUE(a_witness_may_prove(facebook_spec())) << "whose token may lack a permission";
}

TEST_F(YoutubeTest, OnlyTheApisOwnAnswerSpeaksOfAMissingVideo) {
  for (const char* body :
       {R"({"kind":"youtube#videoListResponse"})", R"({"kind":"youtube#videoListResponse","items":[]})",
        R"({"kind":"youtube#videoListResponse","items":[],"pageInfo":{"totalResults":1}})"}) {
    EXPECT_TRUE(parse(asked_again(body)).deletions.empty()) << body;
  }
  Capture page = asked_again("<html>Error 404</html>");
  page.set_status(404);
  EXPECT_TRUE(absl::IsUnavailable(error_of(page)));
}

TEST_F(YoutubeTest, ARereadTellsTheNewWordsAndCounts) {
  const Parsed parsed = parse(asked_again(
      R"({"kind":"youtube#videoListResponse","items":[{"kind":"youtube#video","id":"pvA1b2C3d4E","snippet":{"publishedAt":"2022-04-13T18:00:00Z","title":"Conseil, bis","description":"Le budget.","channelId":"UCportvent0ville1tele23x","channelTitle":"Portvent Télé"},"statistics":{"viewCount":"7021","likeCount":"260"}}],"pageInfo":{"totalResults":1}})"));
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].title(), "Conseil, bis");
  EXPECT_EQ(parsed.items[0].engagement().views(), 7021U);
  EXPECT_EQ(parsed.items[0].engagement().likes(), 260U);
}

}  // namespace
}  // namespace copytaster
