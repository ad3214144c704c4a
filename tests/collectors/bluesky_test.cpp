// The traps of Bluesky's app view, one test each.
#include <gtest/gtest.h>

#include "collectors/bluesky_post.h"
#include "collectors/bluesky_syntax.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/poller_reread.h"
#include "core/strings.h"
#include "core/time.h"
#include "tests/collectors/collector_world.h"

namespace copytaster {
namespace {

constexpr std::string_view kKnown = "at://did:plc:ravenel/app.bsky.feed.post/3l1";
constexpr std::string_view kAuthor =
    R"({"did":"did:plc:ravenel","handle":"ravenel.portvent.example","displayName":"Amélie Ravenel"})";

std::string post(std::string_view rkey, std::string_view text,
                 std::string_view created = "2022-04-14T08:00:00Z", std::string_view in_record = "",
                 std::string_view more = "") {
  return str_cat(R"({"uri":"at://did:plc:ravenel/app.bsky.feed.post/)", rkey, R"(","cid":"bafycid)", rkey,
                 R"(","author":)", kAuthor, R"(,"record":{"$type":"app.bsky.feed.post","text":")", text,
                 R"(","createdAt":")", created, "\"", in_record, R"(},"indexedAt":"2022-04-14T08:30:00Z")",
                 more, "}");
}
std::string entry(std::string_view view) { return str_cat(R"({"post":)", view, "}"); }
std::string feed(std::string_view entries, std::string_view cursor = "") {
  return str_cat(R"({"feed":[)", entries, "]", cursor.empty() ? "" : R"(,"cursor":")", cursor,
                 cursor.empty() ? "" : "\"", "}");
}

Capture reread_answer(std::string_view body) {
  Capture capture = answer(body);
  capture.set_purpose(REREAD);
  capture.set_native_id(std::string(kKnown));
  return capture;
}

class BlueskyTest : public CollectorWorld {
 protected:
  BlueskyTest() : CollectorWorld(make_bluesky({}), "https://bsky.app/profile/ravenel.portvent.example") {}

  Item only_item(std::string_view one) { return only_item_of(answer(feed(one))); }
};

TEST_F(BlueskyTest, AnothersPostInTheFeedIsNotPutIntoTheOfficialsMouth) {
  const std::string other =
      replace_all(replace_all(post("2", "Not hers"), "did:plc:ravenel", "did:plc:other"),
                  "ravenel.portvent.example", "other.example");
  const Parsed parsed = parse(answer(feed(str_cat(entry(post("1", "Hers")), ",", entry(other)))));
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].text(), "Hers");
  ASSERT_EQ(parsed.refused.size(), 1U);
  EXPECT_NE(parsed.refused[0].reason().find("did:plc:other"), std::string::npos)
      << parsed.refused[0].reason();
  const std::string reposted =
      str_cat(R"({"post":)", other, R"(,"reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":)", kAuthor,
              R"(,"indexedAt":"2022-04-14T09:00:00Z"}})");
  EXPECT_TRUE(only_item(reposted).has_repost_of());
  const std::string unresolved =
      replace_all(post("3", "Hers too"), "ravenel.portvent.example", "handle.invalid");
  EXPECT_EQ(only_item(entry(unresolved)).text(), "Hers too");
}

TEST_F(BlueskyTest, RecognisesProfilesAsPeoplePasteThem) {
  for (const char* url :
       {"https://bsky.app/profile/ravenel.portvent.example", "bsky.app/profile/Ravenel.Portvent.Example",
        "https://bsky.app/profile/@ravenel.portvent.example/", "at://ravenel.portvent.example"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << account.status();
    EXPECT_EQ(account->id(), "bluesky:ravenel.portvent.example");
  }
  EXPECT_EQ(collector_->recognise("https://bsky.app/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz")->id(),
            "bluesky:did:plc:ewvi7nxzyoun6zhxrhs64oiz");
  EXPECT_EQ(collector_->recognise("https://bsky.app/profile/did%3Aplc%3Aewvi7nxzyoun6zhxrhs64oiz")->id(),
            "bluesky:did:plc:ewvi7nxzyoun6zhxrhs64oiz");
  EXPECT_EQ(collector_->recognise("@ravenel.bsky.social")->id(), "bluesky:ravenel.bsky.social");
}

TEST_F(BlueskyTest, PostsAndFeedsAreNoProfiles) {
  for (const char* url : {"https://bsky.app/profile/ravenel.portvent.example/post/3l1", "https://bsky.app/",
                          "https://bsky.app/search?q=x", "https://bsky.app/profile/not_a_handle",
                          "at://did:plc:x/app.bsky.feed.post/3"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(collector_->recognise(url).status()))
        << url << collector_->recognise(url).status();
  }
  EXPECT_TRUE(absl::IsNotFound(collector_->recognise("https://www.portvent.example/profile/x").status()));
}

TEST_F(BlueskyTest, FacetsCountUtf8Bytes) {
  // "é" is two bytes: in code points the tag would begin at 5.
  const Item item = only_item(entry(post(
      "3l1", "Été: #vélo", "2022-04-14T08:00:00Z",
      R"(,"facets":[{"index":{"byteStart":7,"byteEnd":13},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"vélo"}]}])")));
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.text().substr(item.facets(0).begin(), item.facets(0).end() - item.facets(0).begin()),
            "#vélo");
  EXPECT_EQ(item.tags(0), "vélo");
}

TEST_F(BlueskyTest, FacetsAreNotBelieved) {
  for (const char* index :
       {R"("byteStart":1,"byteEnd":3)", R"("byteStart":0,"byteEnd":1)", R"("byteStart":0,"byteEnd":999)",
        R"("byteStart":4,"byteEnd":4)", R"("byteStart":5,"byteEnd":2)", R"("byteStart":-1,"byteEnd":2)",
        R"("byteEnd":2)", R"("byteStart":1e99,"byteEnd":2e99)"}) {
    const Item item = only_item(
        entry(post("3l1", "Été", "2022-04-14T08:00:00Z",
                   str_cat(R"(,"facets":[{"index":{)", index,
                           R"(},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"x"}]}])"))));
    EXPECT_EQ(item.facets_size(), 0) << index;
    EXPECT_EQ(item.text(), "Été");
  }
}

TEST_F(BlueskyTest, FacetsStandWhereTheTextWasTidied) {
  const Item item = only_item(entry(post(
      "3l1", "a\\r\\nb\\u0000 #c", "2022-04-14T08:00:00Z",
      R"(,"facets":[{"index":{"byteStart":6,"byteEnd":8},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"c"}]}])")));
  EXPECT_EQ(item.text(), "a\nb #c");
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.text().substr(item.facets(0).begin()), "#c");
}

TEST_F(BlueskyTest, CreatedAtOfTheClientIsNotBelieved) {
  EXPECT_EQ(format_rfc3339(to_time(only_item(entry(post("3l1", "x", "2031-01-01T00:00:00Z"))).created_at())),
            "2022-04-14T08:30:00Z");
  EXPECT_EQ(format_rfc3339(to_time(only_item(entry(post("3l1", "x", "2022-04-14T08:00:00Z"))).created_at())),
            "2022-04-14T08:00:00Z");
  EXPECT_EQ(format_rfc3339(to_time(only_item(entry(post("3l1", "x", "gestern"))).created_at())),
            "2022-04-14T08:30:00Z");
}

TEST_F(BlueskyTest, TheKeyHasTheDidForHandlesChange) {
  const std::string by_handle =
      replace_all(post("3l1", "x"), "at://did:plc:ravenel/", "at://ravenel.portvent.example/");
  const Item item = only_item(entry(by_handle));
  EXPECT_EQ(item.id(), "bluesky:at://did:plc:ravenel/app.bsky.feed.post/3l1");
  EXPECT_EQ(item.url(), "https://bsky.app/profile/did:plc:ravenel/post/3l1");
}

TEST_F(BlueskyTest, GalleryHasThumbnailWhereImagesHaveThumb) {
  const std::string embed =
      R"(,"embed":{"$type":"app.bsky.embed.gallery#view","items":[{"$type":"app.bsky.embed.gallery#viewImage","thumbnail":"https://c.example/t/bafkreione@jpeg","fullsize":"https://c.example/f/bafkreione@jpeg","alt":"Un rail","aspectRatio":{"width":4,"height":3}},{"$type":"app.bsky.embed.gallery#viewImage","thumbnail":"https://c.example/t/bafkreitwo@jpeg","fullsize":"https://c.example/f/bafkreitwo@jpeg","alt":""}]})";
  const Item item = only_item(entry(post("3l1", "x", "2022-04-14T08:00:00Z", "", embed)));
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).alt_text(), "Un rail");
  EXPECT_EQ(item.media(0).native_id(), "bafkreione");
  EXPECT_EQ(item.media(0).width(), 0U) << "4:3 is a ratio, not a size";
}

TEST_F(BlueskyTest, RawRecordsHaveTheirPicturesToo) {
  const Item item = only_item(entry(post(
      "3l1", "x", "2022-04-14T08:00:00Z",
      R"(,"embed":{"$type":"app.bsky.embed.images","images":[{"alt":"Un rail","image":{"$type":"blob","ref":{"$link":"bafkreione"},"mimeType":"image/png","size":3}}]})")));
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).url(),
            "https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:ravenel/bafkreione@jpeg");
  EXPECT_EQ(item.media(0).mime_type(), "image/png");
}

TEST_F(BlueskyTest, ARepostIsAnItemOfItsOwnAndCreditsTheAuthor) {
  const std::string theirs =
      replace_all(replace_all(post("3l9", "Hallo"), "did:plc:ravenel", "did:plc:hartwig"), "Amélie Ravenel",
                  "Jörg Hartwig");
  const std::string with_uri = str_cat(
      R"({"post":)", theirs, R"(,"reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":)", kAuthor,
      R"(,"uri":"at://did:plc:ravenel/app.bsky.feed.repost/3lr","indexedAt":"2022-04-14T09:00:00Z"}})");
  const Item item = only_item(with_uri);
  EXPECT_EQ(item.id(), "bluesky:at://did:plc:ravenel/app.bsky.feed.repost/3lr");
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.repost_of().author().name(), "Jörg Hartwig");
  EXPECT_EQ(item.repost_of().item_id(), "bluesky:at://did:plc:hartwig/app.bsky.feed.post/3l9");
  EXPECT_EQ(format_rfc3339(to_time(item.created_at())), "2022-04-14T09:00:00Z");
  const std::string without =
      replace_all(with_uri, R"("uri":"at://did:plc:ravenel/app.bsky.feed.repost/3lr",)", "");
  EXPECT_EQ(only_item(without).id(), only_item(without).id());
  EXPECT_NE(only_item(without).id(), "bluesky:at://did:plc:hartwig/app.bsky.feed.post/3l9");
}

TEST_F(BlueskyTest, WhatIsNotThereAnyMoreIsQuotedByAddressOnly) {
  for (const char* view :
       {R"("$type":"app.bsky.embed.record#viewNotFound","notFound":true)",
        R"("$type":"app.bsky.embed.record#viewBlocked","blocked":true,"author":{"did":"did:plc:x"})",
        R"("$type":"app.bsky.embed.record#viewDetached","detached":true)"}) {
    const Item item = only_item(entry(post(
        "3l1", "x", "2022-04-14T08:00:00Z", "",
        str_cat(
            R"(,"embed":{"$type":"app.bsky.embed.record#view","record":{"uri":"at://did:plc:hartwig/app.bsky.feed.post/3l9",)",
            view, "}}"))));
    EXPECT_EQ(item.quote_of().item_id(), "bluesky:at://did:plc:hartwig/app.bsky.feed.post/3l9") << view;
    EXPECT_EQ(item.quote_of().text(), "");
    EXPECT_EQ(item.text(), "x");
  }
}

TEST_F(BlueskyTest, APinnedPostDoesNotEndThePoll) {
  const Parsed first = parse(answer(
      feed(str_cat(entry(post("3l2", "b", "2022-04-14T08:20:00Z")), ",", entry(post("3l1", "a")))), ""));
  const std::string pin = str_cat(R"({"post":)", post("3l0", "old", "2021-01-01T00:00:00Z"),
                                  R"(,"reason":{"$type":"app.bsky.feed.defs#reasonPin"}})");
  const std::string news = entry(post("3l3", "c", "2022-04-14T08:25:00Z"));
  const Parsed page = parse(answer(feed(str_cat(pin, ",", news), "next-page"), first.next.position()));
  EXPECT_EQ(page.items.size(), 2U);
  EXPECT_TRUE(page.more) << "the pinned post is old, but says nothing about how far we are";
  const Parsed rest =
      parse(answer(feed(entry(post("3l2", "b", "2022-04-14T08:20:00Z")), "more"), page.next.position()));
  EXPECT_TRUE(rest.items.empty());
  EXPECT_FALSE(rest.more);
}

TEST_F(BlueskyTest, PagesUntilSomethingKnown) {
  const Parsed first = parse(answer(feed(entry(post("3l1", "a"))), ""));
  ASSERT_FALSE(first.more);
  const Parsed one =
      parse(answer(feed(entry(post("3l3", "c", "2022-04-14T08:25:00Z")), "p2"), first.next.position()));
  EXPECT_TRUE(one.more);
  const auto request = collector_->request(account_, one.next);
  EXPECT_NE(request->url.find("&cursor=p2"), std::string::npos);
  const Parsed two = parse(answer(
      feed(str_cat(entry(post("3l2", "b", "2022-04-14T08:20:00Z")), ",", entry(post("3l1", "a"))), "p3"),
      one.next.position()));
  EXPECT_FALSE(two.more);
  ASSERT_EQ(two.items.size(), 1U);
  EXPECT_EQ(two.items[0].text(), "b");
  // Nothing new: nothing handed on, and the cursor stays as it is.
  const Parsed quiet = parse(answer(feed(str_cat(entry(post("3l3", "c", "2022-04-14T08:25:00Z")), ",",
                                                 entry(post("3l2", "b", "2022-04-14T08:20:00Z")))),
                                    two.next.position()));
  EXPECT_TRUE(quiet.items.empty());
  EXPECT_EQ(quiet.next.position(), two.next.position());
}

TEST_F(BlueskyTest, AnAccountThatChangesItsHandleIsStillFollowed) {
  const Parsed first = parse(answer(feed(entry(post("3l1", "a"))), ""));
  const std::string url = collector_->request(account_, first.next)->url;
  EXPECT_NE(url.find("actor=did%3Aplc%3Aravenel&"), std::string::npos) << url;
  const std::string renamed =
      replace_all(post("3l2", "b", "2022-04-14T08:10:00Z"), "ravenel.portvent.example", "ravenel.eu.example");
  const Parsed second = parse(answer(feed(entry(renamed)), first.next.position()));
  EXPECT_EQ(second.profile.handle(), "ravenel.eu.example");
  EXPECT_NE(collector_->request(account_, second.next)->url.find("actor=did%3Aplc%3Aravenel&"),
            std::string::npos);
}

TEST_F(BlueskyTest, ManyPicturesAndTagsAreBounded) {
  std::string images, tags;
  for (int i = 0; i < 30'000; ++i) {
    str_append(&images, i == 0 ? "" : ",", R"({"fullsize":"https://c.example/f/)", i, R"(","alt":"x"})");
    str_append(&tags, i == 0 ? "\"" : ",\"", "t", i, "\"");
  }
  const Item item = only_item(
      entry(post("3l1", "x", "2022-04-14T08:00:00Z", str_cat(R"(,"tags":[)", tags, "]"),
                 str_cat(R"(,"embed":{"$type":"app.bsky.embed.images#view","images":[)", images, "]}"))));
  EXPECT_EQ(item.media_size(), 100);
  EXPECT_EQ(item.tags_size(), 100);
}

TEST_F(BlueskyTest, DeletedNeighboursDoNotSendUsThroughTheWholeFeed) {
  const Parsed first = parse(answer(feed(entry(post("3l5", "a", "2022-04-14T08:20:00Z"))), ""));
  const Parsed page = parse(answer(
      feed(entry(post("3l4", "older, never seen", "2022-04-14T07:00:00Z")), "p2"), first.next.position()));
  EXPECT_FALSE(page.more);
  EXPECT_EQ(page.items.size(), 1U);
}

TEST_F(BlueskyTest, AChangedRecordIsReadAgain) {
  const Parsed first = parse(answer(feed(entry(post("3l1", "a"))), ""));
  const Parsed again = parse(answer(
      feed(entry(replace_all(post("3l1", "a, corrected"), "bafycid", "bafynew"))), first.next.position()));
  ASSERT_EQ(again.items.size(), 1U);
  EXPECT_EQ(again.items[0].id(), first.items[0].id());
  EXPECT_NE(again.items[0].content_hash(), first.items[0].content_hash());
}

TEST_F(BlueskyTest, ARefusedPostIsRefusedOnce) {
  const std::string bad = replace_all(post("3l1", "a"), R"("text":"a")", R"("text":7)");
  const Parsed first = parse(answer(feed(entry(bad)), ""));
  EXPECT_EQ(first.refused.size(), 1U);
  EXPECT_TRUE(parse(answer(feed(entry(bad)), first.next.position())).refused.empty());
}

TEST_F(BlueskyTest, FirstContactTakesTwoPagesAtMost) {
  const Parsed one = parse(answer(feed(entry(post("3l3", "c")), "p2"), ""));
  EXPECT_TRUE(one.more);
  EXPECT_FALSE(parse(answer(feed(entry(post("3l2", "b")), "p3"), one.next.position())).more);
}

TEST_F(BlueskyTest, APostIsAskedAgainBesideOthersOfItsAccount) {
  const std::string asked =
      "https://public.api.bsky.app/xrpc/"
      "app.bsky.feed.getPosts?uris=at%3A%2F%2Fdid%3Aplc%3Aravenel%2Fapp.bsky.feed.post%2F3l1";
  EXPECT_EQ(collector_->reread(account_, kKnown)->url, asked);
  Account account = account_;
  (*account.mutable_details())[kWitnesses] =
      "at://did:plc:ravenel/app.bsky.feed.post/3l2\nat://did:plc:ravenel/app.bsky.feed.repost/3l3\n"
      "at://did:plc:other/app.bsky.feed.post/3l4\nnonsense";
  EXPECT_EQ(collector_->reread(account, kKnown)->url,
            asked + "&uris=at%3A%2F%2Fdid%3Aplc%3Aravenel%2Fapp.bsky.feed.post%2F3l2");
  EXPECT_TRUE(absl::IsUnimplemented(
      collector_->reread(account_, "at://did:plc:ravenel/app.bsky.feed.repost/3l1").status()));
}

// An account that is deactivated or taken down is answered in the same words as a post that was deleted.
TEST_F(BlueskyTest, OnlyAnotherPostOfTheAccountProvesADeletion) {
  const auto deletions = [&](std::string_view posts) {
    return parse(reread_answer(str_cat(R"({"posts":[)", posts, "]}"))).deletions;
  };
  const auto gone = deletions(post("3l2", "Still there"));
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone[0].item_id(), str_cat("bluesky:", kKnown));
  EXPECT_EQ(gone[0].state(), GONE);
  EXPECT_NE(gone[0].proof().find("at://did:plc:ravenel/app.bsky.feed.post/3l2"), std::string::npos);
  const std::string others = replace_all(post("3l2", "Not hers"), "did:plc:ravenel", "did:plc:other");
  for (const std::string& none : {std::string(), others}) {
    const auto unknown = deletions(none);
    ASSERT_EQ(unknown.size(), 1U);
    EXPECT_EQ(unknown[0].item_id(), str_cat("bluesky:", kKnown));
    EXPECT_EQ(unknown[0].state(), UNKNOWN);
  }
  EXPECT_TRUE(deletions(str_cat(post("3l2", "Still there"), ",", post("3l1", "So is this"))).empty());
}

TEST_F(BlueskyTest, WhatIsNoAnswerProvesNoDeletion) {
  for (const char* no_proof : {"{}", R"({"posts":null})", "<html>", ""}) {
    EXPECT_FALSE(collector_->parse(account_, reread_answer(no_proof)).ok()) << no_proof;
  }
  Capture failed = reread_answer("");
  failed.set_status(502);
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, failed).status()));
}

TEST_F(BlueskyTest, ErrorsMeanWhatTheContractSays) {
  const auto code = [&](std::string_view json, int status) {
    return collector_->parse(account_, answer(json, "", status)).status().code();
  };
  EXPECT_EQ(code(R"({"error":"InvalidRequest","message":"Profile not found"})", 400),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(code(R"({"error":"AccountDeactivated","message":"x"})", 400),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(code(R"({"error":"BlockedActor","message":"x"})", 400), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(code(R"({"error":"UpstreamFailure","message":"x"})", 502), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code(R"({"error":"RateLimitExceeded","message":"x"})", 429),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(code(R"({"error":"InvalidRequest","message":"actor"})", 400), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("[]", 200), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("<html>", 200), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code("<html>", 404), absl::StatusCode::kUnavailable);
}

TEST_F(BlueskyTest, ResetIsInUnixSeconds) {
  Capture limited = answer(R"({"error":"RateLimitExceeded","message":"x"})", "", 429);
  add_header(&limited, "ratelimit-reset", "1649926890");
  EXPECT_EQ(parse(limited).wait, absl::Seconds(90));
}

TEST_F(BlueskyTest, ThreadsAndRepliesAreAskedFor) {
  EXPECT_NE(collector_->request(account_, {})->url.find("filter=posts_with_replies"), std::string::npos);
}

TEST(BlueskySyntax, AtUrisAreStrict) {
  EXPECT_TRUE(parse_at_uri("at://did:plc:asdf123/app.bsky.feed.post/3l1"));
  EXPECT_TRUE(parse_at_uri("at://user.bsky.social"));
  for (const char* bad :
       {"at://", "at://did:plc:asdf123/", "at:/did:plc:a", "at://did:plc:a/app.bsky.feed.post/3/4",
        "at://did:plc:a/app.bsky.feed.post/..", "at://did:plc:a/app.bsky.feed.post/%30", "at://DID:plc:a",
        " at://did:plc:a", "at://did:plc:a#x", "record(0)"}) {
    EXPECT_FALSE(parse_at_uri(bad)) << bad;
  }
}

}  // namespace
}  // namespace copytaster
