// The traps of Mastodon's API, one test each.
#include <gtest/gtest.h>

#include "collectors/mastodon_status.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "tests/collectors/collector_world.h"

namespace copytaster {
namespace {

constexpr std::string_view kAccount =
    R"({"id":"42","username":"ravenel","acct":"ravenel","display_name":"Amélie Ravenel","url":"https://social.example/@ravenel","emojis":[]})";

std::string status(std::string_view id, std::string_view content, std::string_view more = "") {
  return str_cat(R"({"id":")", id, R"(","uri":"https://social.example/users/ravenel/statuses/)", id,
                 R"(","url":"https://social.example/@ravenel/)", id,
                 R"(","created_at":"2022-04-14T08:00:00.000Z","visibility":"public","content":")", content,
                 R"(","account":)", kAccount, more, "}");
}

class MastodonTest : public CollectorWorld {
 protected:
  MastodonTest() : CollectorWorld(make_mastodon({}), "https://social.example/@ravenel") {}

  Item only_item(std::string_view json) {
    return only_item_of(answer(str_cat("[", json, "]"), "id=42&since=1"));
  }
};

TEST_F(MastodonTest, RecognisesProfilesAsPeoplePasteThem) {
  for (const char* url :
       {"https://social.example/@ravenel", "http://social.example/@ravenel/", "social.example/@ravenel",
        "https://social.example/users/ravenel", "@ravenel@social.example", " @Ravenel@Social.Example ",
        "https://elsewhere.example/@ravenel@social.example", "https://social.example/web/@ravenel",
        "https://social.example/@ravenel/with_replies", "https://social.example/@ravenel?lang=fr#x"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << ": " << account.status();
    EXPECT_EQ(account->id(), "mastodon:ravenel@social.example") << url;
  }
}

TEST_F(MastodonTest, PostsAreNoProfiles) {
  for (const char* url : {"https://social.example/@ravenel/108130000000000009",
                          "https://social.example/users/ravenel/statuses/1",
                          "https://social.example/ap/users/117020565966271181"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << ": " << account.status();
    EXPECT_NE(std::string(account.status().message()).find("https://HOST/@USER"), std::string::npos);
  }
}

TEST_F(MastodonTest, OtherPlatformsWithAtSignsAreNotClaimed) {
  for (const char* url : {"https://www.youtube.com/@villedeportvent", "https://www.threads.net/@ravenel",
                          "https://www.tiktok.com/@ravenel", "https://medium.com/@ravenel",
                          "https://social.example/@ravenel.rss", "https://social.example/about",
                          "https://social.example/", "https://www.portvent.example/users/ravenel/blog"}) {
    EXPECT_TRUE(absl::IsNotFound(collector_->recognise(url).status())) << url;
  }
}

TEST_F(MastodonTest, IdsAreComparedByLengthThenBytes) {
  EXPECT_TRUE(mastodon_id_less("99999999999999999", "108130000000000009"));
  EXPECT_TRUE(mastodon_id_less("108130000000000008", "108130000000000009"));
  EXPECT_TRUE(mastodon_id_less("01FVW7JHQFSFK166WWKR8CBA6L", "01FVW7JHQFSFK166WWKR8CBA6M"));
  EXPECT_FALSE(mastodon_id_less("9007199254740993", "9007199254740992"));  // one number as a double
  const Parsed parsed =
      parse(answer(str_cat("[", status("99", "old"), ",", status("100", "new"), "]"), "id=42&since=98"));
  EXPECT_EQ(Position(parsed.next.position()).get("since"), "100");
}

TEST_F(MastodonTest, CatchesUpWithMinIdNotSinceId) {
  const std::string url = url_for("id=42&since=108130000000000009");
  EXPECT_EQ(url, "https://social.example/api/v1/accounts/42/statuses?limit=40&min_id=108130000000000009");
  EXPECT_EQ(url.find("since_id"), std::string::npos);
}

TEST_F(MastodonTest, WalksForwardUntilAnEmptyPage) {
  const Parsed page =
      parse(answer(str_cat("[", status("12", "b"), ",", status("11", "a"), "]"), "id=42&since=10"));
  EXPECT_TRUE(page.more);
  EXPECT_EQ(page.next.position(), "id=42&since=12");
  const Parsed end = parse(answer("[]", page.next.position()));
  EXPECT_FALSE(end.more);
  EXPECT_EQ(end.next.position(), page.next.position());
}

TEST_F(MastodonTest, AServerThatIgnoresMinIdDoesNotTurnUsInCircles) {
  const Parsed page =
      parse(answer(str_cat("[", status("12", "b"), ",", status("11", "a"), "]"), "id=42&since=12"));
  EXPECT_FALSE(page.more);
}

TEST_F(MastodonTest, RefusedPostsAreStillWalkedPast) {
  const Parsed page =
      parse(answer(str_cat("[", status("13", "x", R"(,"uri":"")"), R"(,{"id":"14"}])"), "id=42&since=10"));
  EXPECT_TRUE(page.more);
  EXPECT_EQ(Position(page.next.position()).get("since"), "14");
}

TEST_F(MastodonTest, FirstContactTakesTwoPagesAtMost) {
  Capture first = answer(str_cat("[", status("12", "b"), "]"), "id=42");
  first.set_url("https://social.example/api/v1/accounts/42/statuses?limit=40");
  Header* link = first.add_headers();
  link->set_name("link");
  link->set_value(
      "<https://social.example/api/v1/accounts/42/statuses?limit=40&max_id=12&extra=1>; rel=\"next\"");
  const Parsed one = parse(first);
  EXPECT_TRUE(one.more);
  EXPECT_EQ(url_for(one.next.position()),
            "https://social.example/api/v1/accounts/42/statuses?limit=40&max_id=12&extra=1");
  Capture second = first;
  *second.mutable_cursor() = one.next;
  second.set_body(str_cat("[", status("11", "a"), "]"));
  const Parsed two = parse(second);
  EXPECT_FALSE(two.more);
  EXPECT_EQ(two.next.position(), "id=42&since=12");
}

TEST_F(MastodonTest, LinksToAnotherServerAreNotFollowed) {
  Capture first = answer(str_cat("[", status("12", "b"), "]"), "id=42");
  first.set_url("https://social.example/api/v1/accounts/42/statuses?limit=40");
  Header* link = first.add_headers();
  link->set_name("link");
  link->set_value("<https://evil.example/steal?max_id=12>; rel=\"next\"");
  const Parsed one = parse(first);
  EXPECT_FALSE(one.more);
  EXPECT_EQ(one.next.position(), "id=42&since=12");
}

TEST_F(MastodonTest, AnEmptyAccountIsAskedFromTheBeginningAgain) {
  const Parsed none = parse(answer("[]", "id=42"));
  EXPECT_FALSE(none.more);
  EXPECT_EQ(none.next.position(), "id=42");
}

TEST_F(MastodonTest, ItemsComeOldestFirst) {
  const std::string older = replace_all(status("11", "a"), "08:00:00", "07:00:00");
  const Parsed page = parse(answer(str_cat("[", status("12", "b"), ",", older, "]"), "id=42&since=10"));
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[0].text(), "a");
}

TEST_F(MastodonTest, TheKeyIsTheUriNotTheServersId) {
  const Item item = only_item(status("12", "a"));
  EXPECT_EQ(item.id(), "mastodon:https://social.example/users/ravenel/statuses/12");
  EXPECT_EQ(item.url(), "https://social.example/@ravenel/12");
}

TEST_F(MastodonTest, HiddenUrlPartsAreNotText) {
  const Item item = only_item(status(
      "12",
      R"(<p>Voir <a href=\"https://www.portvent.example/plan?a=1&amp;b=2\"><span class=\"invisible\">https://www.</span><span class=\"ellipsis\">portvent.example/plan</span><span class=\"invisible\">?a=1&amp;b=2</span></a></p>)"));
  EXPECT_EQ(item.text(), "Voir portvent.example/plan…");
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.facets(0).target(), "https://www.portvent.example/plan?a=1&b=2");
  EXPECT_EQ(item.text().substr(item.facets(0).begin()), "portvent.example/plan…");
}

TEST_F(MastodonTest, AReblogHasNoTextOfItsOwnAndTheAuthorsCredit) {
  const std::string original =
      replace_all(replace_all(status("7", "Hallo"), "ravenel", "hartwig"), "Amélie Ravenel", "Jörg Hartwig");
  const Item item = only_item(status("12", "Hallo", str_cat(R"(,"reblog":)", original)));
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.media_size(), 0);
  EXPECT_EQ(item.author().name(), "Amélie Ravenel");
  EXPECT_EQ(item.repost_of().author().name(), "Jörg Hartwig");
  EXPECT_EQ(item.repost_of().text(), "Hallo");
  EXPECT_EQ(item.repost_of().item_id(), "mastodon:https://social.example/users/hartwig/statuses/7");
}

TEST_F(MastodonTest, OnlyAcceptedQuotesCount) {
  for (const char* state : {"pending", "rejected", "revoked", "deleted", "unauthorized", ""}) {
    const Item item = only_item(status(
        "12", "x", str_cat(R"(,"quote":{"state":")", state, R"(","quoted_status":)", status("7", "y"), "}")));
    EXPECT_FALSE(item.has_quote_of()) << state;
  }
  const Item item = only_item(
      status("12", "x", str_cat(R"(,"quote":{"state":"accepted","quoted_status":)", status("7", "y"), "}")));
  EXPECT_EQ(item.quote_of().text(), "y");
}

TEST_F(MastodonTest, AQuoteMayBeTheQuotedStatusItself) {
  const Item item = only_item(status("12", "x", str_cat(R"(,"quote":)", status("7", "<p>y</p>"))));
  EXPECT_EQ(item.quote_of().text(), "y");
  EXPECT_EQ(item.quote_of().item_id(), "mastodon:https://social.example/users/ravenel/statuses/7");
  EXPECT_FALSE(only_item(status("12", "x", R"(,"quote":{"id":"7"})")).has_quote_of());
}

TEST_F(MastodonTest, TheLineThatOnlyRepeatsAQuoteIsNotTheAuthors) {
  const std::string content =
      R"(<p class=\"quote-inline\">RE: <a href=\"https://social.example/@x/7\">social.example/@x/7</a></p><p>Ja.</p>)";
  EXPECT_EQ(
      only_item(status("12", content,
                       str_cat(R"(,"quote":{"state":"accepted","quoted_status":)", status("7", "y"), "}")))
          .text(),
      "Ja.");
}

TEST_F(MastodonTest, NotPublicIsNotCollectedAndNotKept) {
  const Parsed parsed = parse(answer(
      str_cat("[", replace_all(status("12", "geheim"), "\"public\"", "\"private\""), "]"), "id=42&since=1"));
  EXPECT_TRUE(parsed.items.empty());
  ASSERT_EQ(parsed.refused.size(), 1U);
  EXPECT_EQ(parsed.refused[0].payload(), "");
}

TEST_F(MastodonTest, CustomEmojiAreNotPartOfAName) {
  const std::string json =
      replace_all(replace_all(status("12", "x"), "Amélie Ravenel", "Amélie\u200b Ravenel :tram:"),
                  R"("emojis":[])", R"("emojis":[{"shortcode":"tram"}])");
  EXPECT_EQ(only_item(json).author().name(), "Amélie Ravenel");
}

TEST_F(MastodonTest, AltTextIsNotText) {
  const Item item = only_item(status(
      "12", "<p>Corps</p>",
      R"(,"media_attachments":[{"id":"5","type":"image","url":"https://f.example/a.jpg","description":"Un rail","meta":{"original":{"width":10,"height":20}}},{"id":"6","type":"image","url":"https://f.example/b.jpg","description":"Deux rails"}])"));
  EXPECT_EQ(item.text(), "Corps");
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).alt_text(), "Un rail");
  EXPECT_EQ(item.media(0).height(), 20U);
  EXPECT_EQ(item.media(1).alt_text(), "Deux rails");
}

TEST_F(MastodonTest, AThreadNamesItsParentByUri) {
  const Item item = only_item(status("12", "2/2", R"(,"in_reply_to_id":"11","in_reply_to_account_id":"42")"));
  EXPECT_EQ(item.reply_to().item_id(), "mastodon:https://social.example/users/ravenel/statuses/11");
  EXPECT_EQ(item.reply_to().url(), "https://social.example/@ravenel/11");
}

TEST_F(MastodonTest, BridgedPostsNameTheirOriginal) {
  const Item item = only_item(status("12", "x", R"(,"uri":"x")"));  // the first of two keys counts
  EXPECT_EQ(item.links_size(), 0);
  const std::string bridged =
      replace_all(status("12", "x"), "https://social.example/users/ravenel/statuses/12",
                  "https://bridge.example/convert/ap/at://did:plc:abc234/app.bsky.feed.post/3l6oveex3ii2l");
  const Item other = only_item(bridged);
  ASSERT_EQ(other.links_size(), 1);
  EXPECT_EQ(other.links(0).url(), "https://bsky.app/profile/did:plc:abc234/post/3l6oveex3ii2l");
}

TEST_F(MastodonTest, ATokenGoesToItsOneServerOnly) {
  const auto collector = make_mastodon({{"token", "canary"}, {"token_host", "social.example"}});
  EXPECT_EQ(collector->request(account_, {})->authorization, "Bearer canary");
  EXPECT_EQ(collector->request(*collector->recognise("@a@other.example"), {})->authorization, "");
  EXPECT_EQ(collector->reread(account_, "https://evil.social.example/users/a/statuses/1")->authorization, "");
  const auto homeless = make_mastodon({{"token", "canary"}});
  EXPECT_TRUE(absl::IsFailedPrecondition(homeless->request(account_, {}).status()));
}

TEST_F(MastodonTest, RereadAsksTheHomeServerByItsOwnId) {
  EXPECT_EQ(collector_->reread(account_, "https://social.example/users/ravenel/statuses/12")->url,
            "https://social.example/api/v1/statuses/12");
  EXPECT_EQ(collector_->reread(account_, "https://social.example/users/ravenel/statuses/12/activity")->url,
            "https://social.example/api/v1/statuses/12");
  EXPECT_EQ(collector_->reread(account_, "https://social.example/ap/users/42/statuses/12")->url,
            "https://social.example/api/v1/statuses/12");
  for (const char* uri : {"https://other.example/users/x/statuses/12", "https://social.example/notes/12",
                          "tag:social.example,2022:1",
                          "https://bridge.example/convert/ap/at://did:plc:x/app.bsky.feed.post/3"}) {
    EXPECT_TRUE(absl::IsUnimplemented(collector_->reread(account_, uri).status())) << uri;
  }
}

TEST_F(MastodonTest, OnlyTheApisOwnWordsProveADeletion) {
  Capture gone = answer(R"({"error":"Record not found"})", "", 404);
  gone.set_purpose(REREAD);
  gone.set_native_id("https://social.example/users/ravenel/statuses/12");
  Parsed parsed = parse(gone);
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].item_id(), "mastodon:https://social.example/users/ravenel/statuses/12");
  EXPECT_EQ(parsed.deletions[0].state(), GONE);
  gone.set_status(410);
  EXPECT_EQ(parse(gone).deletions.size(), 1U);
  for (const int login_wall : {401, 403, 422}) {
    gone.set_status(login_wall);
    EXPECT_TRUE(parse(gone).deletions.empty()) << login_wall;
  }
  gone.set_status(404);
  gone.set_body("<html>404</html>");
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, gone).status()));
}

TEST_F(MastodonTest, AnotherPostThanAskedForIsNotTaken) {
  Capture reread = answer(status("13", "x"));
  reread.set_purpose(REREAD);
  reread.set_native_id("https://social.example/users/ravenel/statuses/12");
  EXPECT_TRUE(absl::IsInvalidArgument(collector_->parse(account_, reread).status()));
}

TEST_F(MastodonTest, StatusesMeanWhatTheContractSays) {
  const std::string error = R"({"error":"x"})";
  EXPECT_TRUE(absl::IsUnauthenticated(collector_->parse(account_, answer(error, "", 401)).status()));
  EXPECT_TRUE(absl::IsUnauthenticated(collector_->parse(account_, answer(error, "", 422)).status()));
  EXPECT_TRUE(absl::IsPermissionDenied(collector_->parse(account_, answer(error, "", 403)).status()));
  EXPECT_TRUE(absl::IsPermissionDenied(collector_->parse(account_, answer("I'm a teapot", "", 418))
                                           .status()));  // GoToSocial without User-Agent
  EXPECT_TRUE(absl::IsNotFound(collector_->parse(account_, answer(error, "", 404)).status()));
  EXPECT_TRUE(absl::IsResourceExhausted(collector_->parse(account_, answer(error, "", 429)).status()));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>", "", 503)).status()));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>", "", 200)).status()));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer(error, "", 200)).status()));
  EXPECT_TRUE(
      absl::IsInvalidArgument(collector_->parse(account_, answer(R"({"version":1})", "", 200)).status()));
}

TEST_F(MastodonTest, ResetIsADateWithMicroseconds) {
  Capture limited = answer(R"({"error":"Too many requests"})", "id=42", 429);
  add_header(&limited, "x-ratelimit-reset", "2022-04-14T09:04:30.500000Z");
  const Parsed parsed = parse(limited);
  EXPECT_EQ(parsed.wait, absl::Milliseconds(270500));
  EXPECT_EQ(parsed.next.position(), "id=42");
  EXPECT_FALSE(parsed.more);
}

TEST_F(MastodonTest, TheServerBehindAnAddressIsRemembered) {
  Capture lookup = answer(kAccount);
  lookup.set_url("https://social.example/api/v1/accounts/lookup?acct=ravenel");
  lookup.set_final_url("https://web.social.example/api/v1/accounts/lookup?acct=ravenel");
  const Parsed parsed = parse(lookup);
  EXPECT_TRUE(parsed.more);
  EXPECT_EQ(url_for(parsed.next.position()),
            "https://web.social.example/api/v1/accounts/42/statuses?limit=40");
  EXPECT_EQ(parsed.profile.handle(), "ravenel@social.example");
}

}  // namespace
}  // namespace copytaster
