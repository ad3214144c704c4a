// The traps of the Threads API, one test each.
#include <gtest/gtest.h>

#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/url.h"
#include "tests/collectors/meta_world.h"

namespace copytaster {
namespace {

std::string post(int number, std::string_view more = "", std::string_view when = "2022-04-14T08:00:00+0000",
                 std::string_view type = "TEXT_POST") {
  return str_cat(R"({"id":"18)", 900 + number, R"(","media_product_type":"THREADS","media_type":")", type,
                 R"(","username":"ravenel.portvent","timestamp":")", when, R"(","shortcode":"D)", number,
                 "\"", more, "}");
}
std::string text(std::string_view words) { return str_cat(R"(,"text":")", words, "\""); }
std::string of_type(std::string_view type, std::string_view more) {
  return post(1, more, "2022-04-14T08:00:00+0000", type);
}
std::string page(std::string_view posts, std::string_view after = "") {
  const std::string paging =
      after.empty() ? ""
                    : str_cat(R"(,"paging":{"cursors":{"before":"QVFB","after":")", after,
                              R"("},"next":"https://graph.threads.com/x?access_token=SECRET&after=z"})");
  return str_cat(R"({"data":[)", posts, "]", paging, "}");
}

class ThreadsTest : public MetaWorld {
 protected:
  ThreadsTest()
      : MetaWorld(make_threads({{"token", "canary-token"}}), "https://www.threads.net/@ravenel.portvent") {
    error_type_ = "THApiException";
  }

  Item only_item(std::string_view one) { return only_item_of(answer(page(one))); }
};

TEST_F(ThreadsTest, RecognisesProfilesOfBothAddresses) {
  for (const char* url :
       {"https://www.threads.net/@ravenel.portvent", "https://www.threads.com/@ravenel.portvent",
        "threads.com/@Ravenel.Portvent/", "https://threads.net/@ravenel.portvent?xmt=AQF0",
        "https://www.threads.com/@ravenel.portvent/replies", "https://m.threads.net/@ravenel.portvent"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << account.status();
    EXPECT_EQ(account->id(), "threads:ravenel.portvent") << url;
    EXPECT_EQ(ascii_lower(account->profile_url()), "https://www.threads.com/@ravenel.portvent");
  }
}

TEST_F(ThreadsTest, PostsAndPagesAreNoProfiles) {
  for (const char* url :
       {"https://www.threads.net/@ravenel.portvent/post/DPort001", "https://www.threads.com/t/DPort001",
        "https://www.threads.com/", "https://www.threads.com/search?q=portvent",
        "https://www.threads.com/ravenel.portvent", "https://about.threads.com/@ravenel",
        "https://www.threads.com/@not%20a%20name"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << account.status();
    EXPECT_TRUE(says(account.status(), "https://www.threads.com/@")) << url;
  }
  EXPECT_TRUE(absl::IsNotFound(collector_->recognise("https://mythreads.net/@ravenel").status()));
  EXPECT_TRUE(absl::IsNotFound(collector_->recognise("https://social.example/@ravenel").status()));
}

TEST_F(ThreadsTest, AsksForProfilePosts) {
  const auto request = collector_->request(account_, {});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_TRUE(request->url.starts_with(
      "https://graph.threads.com/v1.0/profile_posts?username=ravenel.portvent&fields=id%2Cmedia_type"))
      << request->url;
  for (const char* field : {"alt_text", "reposted_post", "quoted_post", "link_attachment_url", "topic_tag",
                            "is_spoiler_media", "children%7B"})
    EXPECT_NE(request->url.find(field), std::string::npos) << field;
  EXPECT_EQ(request->url.find("since"), std::string::npos);
}

TEST_F(ThreadsTest, TheTokenIsNeverInAUrl) {
  expect_token_in_header_only(*collector_, {"", "after=A&pages=1", "top=1649923200"});
}

TEST_F(ThreadsTest, ARepostFacadeIsARepost) {
  const Item item = only_item(of_type(
      "REPOST_FACADE",
      R"(,"reposted_post":{"id":"1790","media_type":"IMAGE","media_url":"https://s.example/1.jpg","alt_text":"Ein Löschzug.","username":"hartwig_j","text":"Unsere Feuerwehr","timestamp":"2022-04-14T07:00:00+0000","shortcode":"DH1"})"));
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.media_size(), 0);
  const Related& original = item.repost_of();
  EXPECT_EQ(original.item_id(), "threads:1790");
  EXPECT_EQ(original.author().handle(), "hartwig_j");
  EXPECT_EQ(original.author().url(), "https://www.threads.com/@hartwig_j");
  EXPECT_EQ(original.text(), "Unsere Feuerwehr");
  EXPECT_EQ(original.url(), "https://www.threads.com/@hartwig_j/post/DH1");
  ASSERT_EQ(original.media_size(), 1);
  EXPECT_EQ(original.media(0).alt_text(), "Ein Löschzug.");
}

TEST_F(ThreadsTest, WhatIsRepostedMayBeANumberOnly) {
  EXPECT_EQ(only_item(of_type("REPOST_FACADE", R"(,"reposted_post":{"id":"1790"})")).repost_of().item_id(),
            "threads:1790");
  EXPECT_EQ(only_item(of_type("REPOST_FACADE", R"(,"reposted_post":"1790")")).repost_of().item_id(),
            "threads:1790");
  const Parsed parsed = parse(answer(page(of_type("REPOST_FACADE", ""))));
  ASSERT_EQ(parsed.refused.size(), 1U);
  EXPECT_EQ(parsed.refused[0].reason(), "a repost that does not tell of which post");
}

TEST_F(ThreadsTest, AQuoteHasWordsOfItsOwn) {
  const Item item = only_item(post(
      1,
      str_cat(text("Merci !"),
              R"(,"is_quote_post":true,"quoted_post":{"id":"1791","username":"hartwig_j","text":"Gern."})")));
  EXPECT_EQ(item.text(), "Merci !");
  EXPECT_FALSE(item.has_repost_of());
  EXPECT_EQ(item.quote_of().item_id(), "threads:1791");
  EXPECT_EQ(item.quote_of().text(), "Gern.");
  EXPECT_FALSE(item.quote_of().has_created_at()) << "it was not told";
}

TEST_F(ThreadsTest, ARepliesParentIsKept) {
  const Item item =
      only_item(post(1, str_cat(text("Suite"), R"(,"is_reply":true,"replied_to":{"id":"1792"})")));
  EXPECT_EQ(item.reply_to().item_id(), "threads:1792");
}

TEST_F(ThreadsTest, AltTextOfPicturesAndOfCarousels) {
  const Item one =
      only_item(of_type("IMAGE", R"(,"media_url":"https://s.example/1.jpg","alt_text":"تلاميذ")"));
  ASSERT_EQ(one.media_size(), 1);
  EXPECT_EQ(one.media(0).alt_text(), "تلاميذ");
  EXPECT_EQ(one.text(), "") << "never part of the body";
  const Item album = only_item(of_type(
      "CAROUSEL_ALBUM",
      R"(,"children":{"data":[{"id":"21","media_type":"IMAGE","media_url":"https://s.example/1.jpg","alt_text":"Un"},{"id":"22","media_type":"VIDEO","media_url":"https://s.example/2.mp4","thumbnail_url":"https://s.example/2.jpg"}]})"));
  ASSERT_EQ(album.media_size(), 2);
  EXPECT_EQ(album.media(0).alt_text(), "Un");
  EXPECT_EQ(album.media(1).kind(), VIDEO);
  EXPECT_EQ(album.media(1).preview_url(), "https://s.example/2.jpg");
}

TEST_F(ThreadsTest, ALinkAttachmentIsALinkAndATopicATag) {
  const Item item = only_item(post(
      1,
      str_cat(
          text("Ordre du jour #Portvent"),
          R"(,"link_attachment_url":"https://l.threads.com/?u=https%3A%2F%2Fwww.portvent.example%2Fa%3Fb%3D1&e=AT","topic_tag":"Vie municipale")")));
  ASSERT_EQ(item.links_size(), 1);
  EXPECT_EQ(item.links(0).url(), "https://www.portvent.example/a?b=1");
  ASSERT_EQ(item.tags_size(), 2);
  EXPECT_EQ(item.tags(1), "Vie municipale");
  EXPECT_EQ(only_item(post(2, R"(,"link_attachment_url":"javascript:1")")).links_size(), 0);
}

TEST_F(ThreadsTest, SpoilersAreWarnedOf) {
  EXPECT_EQ(only_item(post(1, R"(,"is_spoiler_media":true)")).content_warning(), "Spoiler");
  EXPECT_EQ(only_item(post(1, R"(,"is_spoiler_media":false)")).content_warning(), "");
}

TEST_F(ThreadsTest, PermalinkMayBeOmitted) {
  EXPECT_EQ(only_item(post(1)).url(), "https://www.threads.com/@ravenel.portvent/post/D1");
  EXPECT_EQ(only_item(post(1, R"(,"permalink":"https://www.threads.net/@x/post/Z")")).url(),
            "https://www.threads.net/@x/post/Z");
  EXPECT_EQ(only_item(replace_all(post(1), R"("shortcode":"D1")", R"("shortcode":"../x")")).url(), "");
}

TEST_F(ThreadsTest, MentionsHashtagsAndLinksAreMarked) {
  const Item item = only_item(post(1, text("🗳️ @hartwig_j: https://www.portvent.example/a #Київ")));
  ASSERT_EQ(item.facets_size(), 3);
  EXPECT_EQ(item.facets(0).target(), "https://www.threads.com/@hartwig_j");
  EXPECT_EQ(item.facets(1).target(), "https://www.portvent.example/a");
  EXPECT_EQ(item.facets(2).target(), "Київ");
}

TEST_F(ThreadsTest, TimesHaveZonesWithoutColon) {
  EXPECT_EQ(only_item(post(1, "", "2022-04-14T10:00:00+0200")).created_at().seconds(), 1649923200);
}

TEST_F(ThreadsTest, SignedAddressesDoNotChangeTheHash) {
  const std::string picture =
      of_type("IMAGE", R"(,"media_url":"https://s.example/1_n.jpg?oh=1&oe=6256363E","alt_text":"Un")");
  const Item one = only_item(picture);
  const Item two = only_item(replace_all(picture, "1_n.jpg?oh=1&oe=6256363E", "2_n.jpg?oh=2&oe=7"));
  EXPECT_NE(one.media(0).url(), two.media(0).url());
  EXPECT_EQ(one.content_hash(), two.content_hash());
  EXPECT_NE(one.content_hash(), only_item(replace_all(picture, R"("Un")", R"("Deux")")).content_hash());
}

TEST_F(ThreadsTest, TokensAndBudgetsAreWhatThreadsGives) {
  EXPECT_EQ(collector_->spec().token_life, absl::Hours(60 * 24));
  EXPECT_EQ(collector_->spec().budget.requests, 4800 * 10) << "ten impressions are the least";
  EXPECT_EQ(collector_->spec().budget.per, absl::Hours(24));
  EXPECT_TRUE(collector_->spec().budget.by_app);
}

TEST_F(ThreadsTest, OnlyCursorsAfterIsKeptOfPaging) {
  const Parsed parsed = parse(answer(page(post(1), "QVFI=")));
  EXPECT_TRUE(parsed.more);
  EXPECT_EQ(parsed.next.position().find("SECRET"), std::string::npos);
  EXPECT_TRUE(url_for(parsed.next.position()).ends_with("&after=QVFI%3D")) << url_for(parsed.next.position());
}

TEST_F(ThreadsTest, TheNextPollBeginsWithAnOverlapAndRepeatsNothing) {
  const Parsed first = parse(answer(page(post(1, text("Un")))));
  EXPECT_TRUE(url_for(first.next.position()).ends_with("&since=1649901600"))
      << url_for(first.next.position());
  const Parsed again =
      parse(answer(page(str_cat(post(2, text("Deux"), "2022-04-14T08:05:00+0000"), ",", post(1, text("Un")))),
                   first.next.position()));
  ASSERT_EQ(again.items.size(), 1U);
  EXPECT_EQ(again.items[0].text(), "Deux");
  const Parsed edited = parse(answer(page(post(1, text("Un, corrigé"))), first.next.position()));
  ASSERT_EQ(edited.items.size(), 1U) << "edits are possible for some minutes";
  EXPECT_EQ(edited.items[0].text(), "Un, corrigé");
}

TEST_F(ThreadsTest, AnApiThatExpandsLessIsAskedForLess) {
  const std::string refused =
      R"json({"error":{"message":"(#100) Tried accessing nonexisting field (username)","type":"THApiException","code":100}})json";
  const Parsed parsed = parse(answer(refused, "top=1649923200", 400));
  EXPECT_TRUE(parsed.more);
  const std::string url = url_for(parsed.next.position());
  EXPECT_EQ(url.find("%7B"), std::string::npos) << url;
  EXPECT_NE(url.find("%2Cchildren%2Cquoted_post%2Creposted_post%2C"), std::string::npos) << url;
  EXPECT_NE(url.find("&since=1649901600"), std::string::npos) << url;
  EXPECT_TRUE(absl::IsInvalidArgument(error(100, 0, 400, "(#100) nonexisting field"))) << "once";
  EXPECT_TRUE(absl::IsInvalidArgument(
      collector_->parse(account_, answer(R"({"error":{"message":"Invalid username","code":100}})", "", 400))
          .status()))
      << "other faults are not of the fields";
}

TEST_F(ThreadsTest, AlbumsWhosePartsAreNotToldAreKept) {
  const Item item = only_item(of_type("CAROUSEL_ALBUM", R"(,"children":{"data":[{"id":"21"},{"id":"22"}]})"));
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(1).native_id(), "22");
  EXPECT_EQ(item.media(1).problem(), "the platform tells only that this is there");
}

TEST_F(ThreadsTest, StandardAccessNeedsAnApproval) {
  for (const absl::Status& status :
       {error(10, 4279067, 403, "Application does not have permission for this action"), error(200),
        error(100, 33)}) {
    EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
    EXPECT_TRUE(says(status, "threads_profile_discovery")) << status;
    EXPECT_TRUE(says(status, "App Review")) << status;
  }
}

TEST_F(ThreadsTest, ErrorsAreOfTypeThApiException) {
  expect_rate_limits({4, 17, 32, 613, 80001, 80002});
  EXPECT_TRUE(absl::IsUnauthenticated(error(190, 463, 401)));
  EXPECT_TRUE(absl::IsUnavailable(error(2, 0, 500)));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>", "", 502)).status()));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>Log in</html>")).status()));
  Capture limited = answer(R"({"error":{"message":"x","type":"THApiException","code":4}})", "top=1", 400);
  add_header(&limited, "x-app-usage", R"({"call_count":100,"total_time":31,"total_cputime":9})");
  EXPECT_EQ(parse(limited).wait, absl::Hours(1));
  EXPECT_EQ(parse(limited).next.position(), "top=1");
}

TEST_F(ThreadsTest, APostCannotBeAskedForAgain) {
  EXPECT_TRUE(absl::IsUnimplemented(collector_->reread(account_, "18901").status()));
}

}  // namespace
}  // namespace copytaster
