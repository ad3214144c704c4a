// The traps of Telegram's preview pages, one test each: channels, pages, faults, and posts asked again. What
// a post is: telegram_post_test.cpp.
#include <gtest/gtest.h>

#include "tests/collectors/telegram_world.h"

namespace copytaster {
namespace {

using namespace telegram_world;  // NOLINT: the words of its pages

class TelegramTest : public TelegramWorld {};

TEST_F(TelegramTest, RecognisesChannelsAsPeoplePasteThem) {
  for (const char* url : {"https://t.me/lahodyn_rada", "http://t.me/Lahodyn_Rada/", "t.me/lahodyn_rada",
                          "https://t.me/s/lahodyn_rada", "https://telegram.me/lahodyn_rada",
                          " https://www.t.me/lahodyn_rada?x=1#y ", "https://telegram.dog/s/lahodyn_rada",
                          "https://lahodyn_rada.t.me/"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << ": " << account.status();
    EXPECT_EQ(account->id(), "telegram:lahodyn_rada") << url;
    EXPECT_EQ(account->profile_url(), "https://t.me/lahodyn_rada") << url;
  }
}

TEST_F(TelegramTest, PostsInvitationsAndPrivateChatsAreNoChannels) {
  for (const char* url :
       {"https://t.me/lahodyn_rada/123", "https://t.me/s/lahodyn_rada/123", "https://t.me/joinchat/AAAAAE",
        "https://t.me/+AbCdEf", "https://t.me/c/1234567/89", "https://t.me/", "https://t.me/addstickers/Mist",
        "https://t.me/share/url?url=x", "https://t.me/1city", "https://t.me/abc"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << ": " << account.status();
    EXPECT_NE(std::string(account.status().message()).find("https://t.me/CHANNEL"), std::string::npos) << url;
  }
}

TEST_F(TelegramTest, OtherSitesAreNotClaimed) {
  for (const char* url : {"https://telegram.org/blog", "https://t.me.example/lahodyn_rada", "@lahodyn_rada",
                          "https://not.me/lahodyn_rada", "https://social.example/@lahodyn_rada"}) {
    EXPECT_TRUE(absl::IsNotFound(collector_->recognise(url).status())) << url;
  }
}

TEST_F(TelegramTest, FirstContactGoesBackWithBeforeUpToFirstPages) {
  EXPECT_EQ(url_for(""), "https://t.me/s/lahodyn_rada");
  const Parsed one = parse(answer(page(message("41", text("a")) + message("42", text("b")), "41")));
  EXPECT_TRUE(one.more);
  EXPECT_EQ(url_for(one.next.position()), "https://t.me/s/lahodyn_rada?before=41");
  const Parsed two = parse(answer(page(message("40", text("c")), "40"), one.next.position()));
  EXPECT_FALSE(two.more) << "two pages are the default";
  EXPECT_EQ(two.next.position(), "since=42");
}

TEST_F(TelegramTest, AChannelWhoseFirstPageIsAllIsNotAskedForOlder) {
  const Parsed one = parse(answer(page(message("2", text("a")))));
  EXPECT_FALSE(one.more);
  EXPECT_EQ(one.next.position(), "since=2");
}

TEST_F(TelegramTest, CatchesUpWithAfterUntilNothingNewerComes) {
  EXPECT_EQ(url_for("since=42"), "https://t.me/s/lahodyn_rada?after=42");
  const Parsed some = parse(answer(page(message("43", text("a")) + message("44", text("b"))), "since=42"));
  EXPECT_TRUE(some.more);
  EXPECT_EQ(some.next.position(), "since=44");
  const Parsed end =
      parse(answer(page(R"~(<div class="tme_no_messages_found">No posts found</div>)~"), "since=44"));
  EXPECT_FALSE(end.more);
  EXPECT_EQ(end.next.position(), "since=44");
}

TEST_F(TelegramTest, APageThatDoesNotHeedAfterDoesNotTurnUsInCircles) {
  EXPECT_FALSE(parse(answer(page(message("42", text("a"))), "since=42")).more);
  EXPECT_FALSE(parse(answer(page(message("50", text("a")), "50"), "top=60&before=50&pages=1")).more);
}

TEST_F(TelegramTest, ServiceMessagesAreSkippedButWalkedPast) {
  const Parsed parsed = parse(answer(
      page(message("43", text("a")) + message("44", text("Channel photo updated"), "", "service_message")),
      "since=42"));
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].native_id(), "lahodyn_rada/43");
  EXPECT_EQ(parsed.next.position(), "since=44");
}

TEST_F(TelegramTest, AnEmptyChannelIsReadAndEmpty) {
  const Parsed parsed = parse(answer(page(R"~(<div class="tme_no_messages_found">No posts found</div>)~")));
  EXPECT_TRUE(parsed.items.empty());
  EXPECT_FALSE(parsed.more);
  EXPECT_EQ(parsed.next.position(), "");
}

TEST_F(TelegramTest, NoPreviewIsNotReadableNeitherEmptyNorGone) {
  Capture capture = answer(
      R"~(<html><body><div class="tgme_page_wrap"><div class="tgme_page"><div class="tgme_page_extra">4 120 subscribers</div></div></div></body></html>)~");
  capture.set_final_url("https://t.me/lahodyn_rada");
  const absl::Status status = error_of(capture);
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_NE(std::string(status.message()).find("no preview"), std::string::npos);
  capture.set_purpose(REREAD);
  capture.set_native_id("lahodyn_rada/5");
  EXPECT_TRUE(absl::IsPermissionDenied(error_of(capture))) << "no deletion of a post";
  EXPECT_TRUE(absl::IsPermissionDenied(error_of(answer("", "", 302))));
}

TEST_F(TelegramTest, FaultsOnTheWayAreNeitherEmptyNorGone) {
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("<html><body>Hotel sign in</body></html>"))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer(""))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("x", "", 404))));
  EXPECT_TRUE(absl::IsUnavailable(error_of(answer("x", "", 503))));
  EXPECT_TRUE(absl::IsResourceExhausted(error_of(answer("x", "", 429))));
}

TEST_F(TelegramTest, APageThatIsCutOffIsAskedForAgain) {
  const std::string whole = page(message("5", text("a")) + message("6", text("b")));
  for (const std::size_t size : {whole.size() - 1, whole.size() - 20, whole.size() / 2}) {
    EXPECT_TRUE(absl::IsUnavailable(error_of(answer(whole.substr(0, size), "since=4")))) << size;
  }
}

TEST_F(TelegramTest, APostOfOtherBytesThanUtf8IsRefusedAndItsNeighboursAreNot) {
  const Parsed parsed = parse(answer(
      page(message("5", text("a")) + message("6", text("\xd0\xff")) + message("7", text("c"))), "since=4"));
  EXPECT_EQ(parsed.items.size(), 2U);
  ASSERT_EQ(parsed.refused.size(), 1U);
  EXPECT_EQ(parsed.refused[0].reason(), "its bytes are not UTF-8");
}

// ---- a post asked again

TEST_F(TelegramTest, AsksForAPageThatShowsBothNeighbours) {
  const auto request = collector_->reread(account_, "lahodyn_rada/100");
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->url, "https://t.me/s/lahodyn_rada?before=116");
  EXPECT_TRUE(absl::IsInvalidArgument(collector_->reread(account_, "lahodyn_rada").status()));
}

TEST_F(TelegramTest, ARereadGivesThatPostAlone) {
  const Parsed parsed = reread(
      message("99", text("a")) + message("100", text("b")) + message("101", text("c")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].text(), "b");
  EXPECT_TRUE(parsed.deletions.empty());
}

TEST_F(TelegramTest, AnIdGapBetweenNeighboursIsADeletion) {
  const Parsed parsed = reread(message("98", text("a")) + message("101", text("c")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].state(), GONE);
  EXPECT_EQ(parsed.deletions[0].item_id(), "telegram:lahodyn_rada/100");
  EXPECT_EQ(parsed.deletions[0].proof(), "the channel's page shows 98 and 101 and no 100 between them");
}

TEST_F(TelegramTest, WithoutANewerNeighbourItIsNotProven) {
  const Parsed parsed = reread(message("98", text("a")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].state(), UNKNOWN);
}

TEST_F(TelegramTest, APageOfOtherPostsProvesNothing) {
  EXPECT_TRUE(
      reread(message("300", text("a")) + message("301", text("b")), "lahodyn_rada/100").deletions.empty());
  EXPECT_TRUE(reread("", "lahodyn_rada/100").deletions.empty());
}

TEST_F(TelegramTest, APictureOfAnAlbumIsNotGone) {
  const std::string album = message("99", photo("99?single", "a") + photo("100?single", "b") + text("x"));
  EXPECT_TRUE(reread(album + message("103", text("c")), "lahodyn_rada/100").deletions.empty());
}

TEST_F(TelegramTest, AServiceMessageIsANeighbour) {
  const Parsed parsed =
      reread(message("99", text("x"), "", "service_message") + message("101", text("c")), "lahodyn_rada/100");
  ASSERT_EQ(parsed.deletions.size(), 1U);
  EXPECT_EQ(parsed.deletions[0].state(), GONE);
}

}  // namespace
}  // namespace copytaster
