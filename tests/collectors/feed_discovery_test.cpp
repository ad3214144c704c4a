// Which feed a page names, and that an account whose address is a page is read through that feed.
#include "collectors/feed_discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/feed.h"
#include "collectors/feed_found.h"
#include "core/strings.h"
#include "core/time.h"
#include "tests/collectors/conformance_support.h"
#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kPage = "https://www.hill.example/en/news/index.html";
constexpr std::string_view kRss = "<link rel=alternate type=application/rss+xml href=/rss.xml>";

std::string named(std::string_view html) { return feed_named_by(html, kPage); }

TEST(FeedDiscovery, KnowsEachTypeOfFeed) {
  for (const char* type : {"application/rss+xml", "application/atom+xml", "application/feed+json",
                           "application/rdf+xml", "Application/RSS+XML; charset=utf-8"}) {
    EXPECT_EQ(named(str_cat("<link rel=\"alternate\" type=\"", type, "\" href=\"f\">")),
              "https://www.hill.example/en/news/f")
        << type;
  }
  for (const char* type : {"application/json", "application/json+oembed", "text/html", "text/xml", ""}) {
    EXPECT_EQ(named(str_cat("<link rel='alternate' type='", type, "' href='f'>")), "") << type;
  }
  EXPECT_EQ(named("<link rel='stylesheet' type='application/rss+xml' href='f'>"), "");
}

TEST(FeedDiscovery, ReadsTagsAsBrowsersDo) {
  for (const char* tag : {"<LINK HREF = 'f'\n TYPE=application/rss+xml rel='Alternate Home'/>",
                          "<link title='a > b' rel=alternate type='application/rss+xml' href=f>",
                          "<link data-href=x href='f' href='g' rel=alternate type=application/rss+xml>",
                          "<link/rel=\"alternate\"/type=\"application/rss+xml\"href=\"f\">"}) {
    EXPECT_EQ(named(tag), "https://www.hill.example/en/news/f") << tag;
  }
  EXPECT_EQ(named("<link title=\" href='g' \" rel=alternate type=application/rss+xml href=f>"),
            "https://www.hill.example/en/news/f");
}

TEST(FeedDiscovery, DecodesReferencesOfAddresses) {
  EXPECT_EQ(named("<link rel=alternate type=application/rss+xml href='?a=1&amp;b=2&section=3&#38;c=4'>"),
            "https://www.hill.example/en/news/index.html?a=1&b=2&section=3&c=4");
}

TEST(FeedDiscovery, HonoursTheBaseOfThePageWhereverItStands) {
  EXPECT_EQ(
      named(
          "<link rel=alternate type=application/rss+xml href=f><base href='//cdn.example/a/'><base href=b>"),
      "https://cdn.example/a/f");
  EXPECT_EQ(named("<base href='../x/'><link rel=alternate type=application/rss+xml href=f>"),
            "https://www.hill.example/en/x/f");
  EXPECT_EQ(named("<base href='javascript:1'><link rel=alternate type=application/rss+xml href=f>"),
            "https://www.hill.example/en/news/f");
}

TEST(FeedDiscovery, TakesTheFirstThatIsNotOfComments) {
  EXPECT_EQ(named("<link rel=alternate type=application/rss+xml href=/comments/feed/>"
                  "<link rel=alternate type=application/rss+xml title='Hill » Comments' href=/all>"
                  "<link rel=alternate type=application/atom+xml href=/feed/atom/>"
                  "<link rel=alternate type=application/rss+xml href=/feed/>"),
            "https://www.hill.example/feed/atom/");
  EXPECT_EQ(named("<link rel=alternate type=application/rss+xml href='/?feed=comments-rss2'>"), "");
}

TEST(FeedDiscovery, TakesOnlyHttpAddresses) {
  for (const char* href : {"javascript:alert(1)", "data:text/xml,x", "ftp://hill.example/f", "", "http://",
                           "https://user:word@hill.example/f", "file:///etc/passwd"}) {
    EXPECT_EQ(named(str_cat("<link rel=alternate type=application/rss+xml href='", href, "'>")), "") << href;
  }
  EXPECT_EQ(named(str_cat("<link rel=alternate type=application/rss+xml href='data:,'>", kRss)),
            "https://www.hill.example/rss.xml");
}

TEST(FeedDiscovery, DoesNotLookIntoCommentsAndScripts) {
  for (const auto& [open, close] :
       {std::pair("<!--", "-->"), std::pair("<script>", "</SCRIPT>"), std::pair("<style x>", "</style >")}) {
    EXPECT_EQ(named(str_cat(open, kRss, close)), "") << open;
    EXPECT_EQ(named(str_cat(open, kRss)), "") << open;
    EXPECT_EQ(named(str_cat(open, " x ", close, kRss)), "https://www.hill.example/rss.xml") << open;
  }
}

TEST(FeedDiscovery, DoesNotReadATagWhoseEndIsMissing) {
  EXPECT_EQ(named(kRss.substr(0, kRss.size() - 1)), "");
  EXPECT_EQ(named("<link rel=alternate type=application/rss+xml href='/rss"), "");
}

TEST(FeedDiscovery, TakesAnchorsOnlyWhereThereIsNoLinkAndOnlyOfTheSite) {
  EXPECT_EQ(named("<a href='/feed/'>RSS</a>"), "https://www.hill.example/feed/");
  EXPECT_EQ(named("<a href=news.rss>RSS</a>"), "https://www.hill.example/en/news/news.rss");
  EXPECT_EQ(named("<a href='https://press.hill.example/atom.xml'>"), "https://press.hill.example/atom.xml");
  EXPECT_EQ(named(str_cat("<a href='/feed/'>RSS</a>", kRss)), "https://www.hill.example/rss.xml");
  EXPECT_EQ(named("<a href='https://other.example/feed'><a href='https://uphill.example/feed'><a href=/rss>"),
            "https://www.hill.example/rss");
  for (const char* other :
       {"/feedback", "/newsfeed", "/rss-help", "/comments/feed/", "/press?x=/feed", "/"}) {
    EXPECT_EQ(named(str_cat("<a href='", other, "'>RSS</a>")), "") << other;
  }
}

TEST(FeedDiscovery, ReadsPagesInOtherEncodings) {
  const std::string page = str_cat("\xFE\xFF", std::string("\0<\0h\0t\0m\0l\0>", 12));
  EXPECT_EQ(feed_named_in(page, "", kPage), "");
  std::string wide("\xFF\xFE", 2);
  for (const char c : str_cat("<html>", kRss)) wide += {c, '\0'};
  EXPECT_EQ(feed_named_in(wide, "", kPage), "https://www.hill.example/rss.xml");
  EXPECT_EQ(feed_named_in(str_cat("<html><title>\xCC\xDD\xF0</title>", kRss),
                          "text/html; charset=windows-1251", kPage),
            "https://www.hill.example/rss.xml");
  EXPECT_EQ(feed_named_in(kRss, "image/png", kPage), "") << "no page";
}

TEST(FeedDiscovery, IsLinearInHostilePages) {
  for (const char* piece : {"<!--", "<script", "<link href='", "<a href=/feed ", "<base ", "<<"}) {
    std::string page;
    while (page.size() < (std::size_t{1} << 20)) page += piece;
    EXPECT_EQ(named(page), "") << piece;
  }
}

// ---- an account whose address is a page

constexpr std::string_view kHome = "https://www.hill.example/";
constexpr std::string_view kFeed = "https://www.hill.example/rss.xml";
constexpr std::string_view kOnePost =
    "<rss "
    "version='2.0'><channel><title>Hill</title><item><guid>a</guid><title>A</title></item></channel></rss>";

class FeedOfAPage : public ::testing::Test {
 protected:
  FeedOfAPage() : account_(collector_->recognise(kHome).value_or(Account())) {}

  std::string asked() {
    const auto request = collector_->request(account_, cursor_);
    return request.ok() ? request->url : request.status().ToString();
  }

  // The answer to what is asked next.
  absl::StatusOr<Parsed> answered(std::string_view body, int status = 200) {
    Capture capture = answer(body, cursor_.position(), status);
    capture.set_url(asked());
    set_timestamp(capture.mutable_fetched_at(), now_);
    auto parsed = collector_->parse(account_, capture);
    if (parsed.ok()) cursor_ = parsed->next;
    return parsed;
  }

  void find() {
    const auto home = answered(str_cat("<!doctype html>", kRss));
    ASSERT_TRUE(home.ok()) << home.status();
    ASSERT_TRUE(home->more);
    ASSERT_EQ(asked(), kFeed);
  }

  const std::unique_ptr<Collector> collector_ = make_feed({});
  const Account account_;
  Cursor cursor_;
  absl::Time now_ = absl::FromUnixSeconds(1649926800);
};

TEST_F(FeedOfAPage, IsAskedAtOnceAndFromThenOn) {
  EXPECT_EQ(asked(), kHome);
  find();
  const auto feed = answered(kOnePost);
  ASSERT_TRUE(feed.ok()) << feed.status();
  EXPECT_EQ(feed->items.size(), 1U);
  EXPECT_FALSE(feed->more);
  EXPECT_EQ(asked(), kFeed);
  const auto again = answered(kOnePost);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->items.empty()) << "shown before";
  EXPECT_EQ(asked(), kFeed);
}

TEST_F(FeedOfAPage, GoesBeforeTheAddressThatThePageHasMovedTo) {
  Account moved = account_;
  (*moved.mutable_details())["moved_to"] = "https://hill.example/";
  EXPECT_EQ(collector_->request(moved, cursor_)->url, "https://hill.example/");
  find();
  EXPECT_EQ(collector_->request(moved, cursor_)->url, kFeed);
}

TEST_F(FeedOfAPage, IsTheOneThatMovesAndNotThePage) {
  find();
  Account moved = account_;
  (*moved.mutable_details())["moved_to"] = "https://www.hill.example/moved.xml";
  Capture capture = answer(kOnePost, cursor_.position());
  capture.set_url(std::string(kFeed));
  capture.set_final_url("https://www.hill.example/moved.xml");
  set_timestamp(capture.mutable_fetched_at(), now_);
  const auto read = collector_->parse(moved, capture);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(collector_->request(moved, read->next)->url, "https://www.hill.example/moved.xml");
  // It is gone from there: the page is asked, and at its own address.
  capture = answer("", read->next.position(), 410);
  set_timestamp(capture.mutable_fetched_at(), now_ + absl::Hours(30));
  const auto gone = collector_->parse(moved, capture);
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_EQ(collector_->request(moved, gone->next)->url, kHome);
}

TEST_F(FeedOfAPage, ThatNamesNoneSaysWhatWouldBeRight) {
  const auto page = answered("<!doctype html><p>Welcome");
  EXPECT_EQ(page.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(page.status().message()), HasSubstr("give the address of the feed itself"));
  EXPECT_EQ(asked(), kHome);
}

TEST_F(FeedOfAPage, IsNotLookedForInAnErrorPage) {
  for (const int status : {403, 404, 500}) EXPECT_FALSE(answered(str_cat("<html>", kRss), status).ok());
  EXPECT_EQ(asked(), kHome);
}

TEST_F(FeedOfAPage, MayBeNamedByAPageThatThePageNames) {
  ASSERT_TRUE(answered("<html><a href=/rss>RSS</a>").ok());
  EXPECT_EQ(asked(), "https://www.hill.example/rss");
  ASSERT_TRUE(answered("<html><link rel=alternate type=application/rss+xml href=/rss/all>").ok());
  EXPECT_EQ(asked(), "https://www.hill.example/rss/all");
  EXPECT_TRUE(answered(kOnePost).ok());
}

TEST_F(FeedOfAPage, EndsInALoopOfPages) {
  int asked_times = 0;
  for (int i = 0; i < 20; ++i) {
    const auto page =
        answered(str_cat("<html><link rel=alternate type=application/rss+xml href=/", i % 2, ">"));
    if (!page.ok()) break;
    ++asked_times;
  }
  EXPECT_EQ(asked_times, FoundFeed::kMostPages);
  EXPECT_FALSE(answered("<html><link rel=alternate type=application/rss+xml href=/x>").ok());
}

TEST_F(FeedOfAPage, ThatNamesItselfIsRefused) {
  EXPECT_FALSE(answered("<html><link rel=alternate type=application/rss+xml href=/>").ok());
  find();
  EXPECT_FALSE(answered(str_cat("<html>", kRss)).ok());
}

TEST_F(FeedOfAPage, ThatAnswers404ForDaysIsLookedForAgain) {
  find();
  ASSERT_TRUE(answered(kOnePost).ok());
  now_ += absl::Hours(71);
  const auto missing = answered("", 404);
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr(std::string(kFeed)));
  now_ += absl::Hours(2);
  const auto lost = answered("", 404);
  ASSERT_TRUE(lost.ok()) << lost.status();
  EXPECT_TRUE(lost->more);
  EXPECT_TRUE(lost->deletions.empty()) << "no proof of anything";
  EXPECT_EQ(asked(), kHome);
  ASSERT_TRUE(answered("<html><link rel=alternate type=application/rss+xml href=/new.xml>").ok());
  EXPECT_EQ(asked(), "https://www.hill.example/new.xml");
  const auto feed = answered(kOnePost);
  ASSERT_TRUE(feed.ok());
  EXPECT_TRUE(feed->items.empty()) << "what was shown before the move is not shown again";
}

TEST_F(FeedOfAPage, ThatIsGoneIsLookedForAgainOnceADay) {
  find();
  ASSERT_TRUE(answered(kOnePost).ok());
  now_ += absl::Hours(25);
  ASSERT_TRUE(answered("", 410).ok());
  EXPECT_EQ(asked(), kHome);
  find();
  const auto gone = answered("", 410);
  EXPECT_EQ(gone.status().code(), absl::StatusCode::kUnavailable) << "the feed is gone, not the account";
  EXPECT_EQ(asked(), kFeed);
  now_ += absl::Hours(25);
  EXPECT_TRUE(answered("", 410).ok());
}

TEST_F(FeedOfAPage, IsNotReplacedByWhatAPageInItsPlaceNames) {
  const std::string lapsed =
      "<html><link rel=alternate type=application/rss+xml href=//parking.example/blog>";
  find();
  ASSERT_TRUE(answered(kOnePost).ok());
  EXPECT_FALSE(answered(lapsed).ok());
  EXPECT_EQ(asked(), kFeed);
  // Nor is a feed that was pasted itself.
  cursor_.Clear();
  ASSERT_TRUE(answered(kOnePost).ok());
  EXPECT_FALSE(answered(lapsed).ok());
  EXPECT_EQ(asked(), kHome);
}

TEST_F(FeedOfAPage, IgnoresAPositionThatHoldsNoWebAddress) {
  for (const char* text :
       {"feed=file%3A%2F%2F%2Fetc%2Fpasswd", "feed=x&pages=-5", "feed=https%3A%2F%2Fa%3Ab@c.example"}) {
    cursor_.set_position(text);
    EXPECT_EQ(asked(), kHome) << text;
  }
}

// ---- in the poller

class PolledPage : public ::testing::Test {
 protected:
  PolledPage() {
    world_.web[std::string(kHome)].body = str_cat("<!doctype html>", kRss);
    world_.web[std::string(kFeed)] = {200, std::string(kOnePost), {{"ETag", "\"1\""}}};
    PollerDependencies d{nullptr, &world_.fetcher, &world_.bus, &world_.store, &world_.media, &world_.clock};
    d.find = [this](std::string_view) { return collector_.get(); };
    poller_ = Poller::make(d, world_.options, {*collector_->recognise(kHome)});
  }

  void poll() {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(poller_->turn(absl::ZeroDuration()).ok());
  }
  void poll_until(absl::Time end) {
    while (poller_->next_due() < end) {
      world_.clock.set(std::max(poller_->next_due(), world_.clock.now()));
      poll();
    }
  }
  int hits(std::string_view url) { return world_.fetcher.hits(std::string(url)); }

  testing::World world_;
  const std::unique_ptr<Collector> collector_ = make_feed({});
  std::unique_ptr<Poller> poller_;
};

TEST_F(PolledPage, IsReadInOnePollAndThenItsFeedAlone) {
  poll();
  EXPECT_EQ(world_.items().size(), 1U);
  EXPECT_EQ(hits(kHome), 1);
  EXPECT_EQ(hits(kFeed), 1);
  poll_until(world_.clock.now() + absl::Hours(20));
  EXPECT_EQ(world_.items().size(), 1U);
  EXPECT_EQ(hits(kHome), 1);
  EXPECT_GT(hits(kFeed), 2);
}

TEST_F(PolledPage, IsLookedAtAgainWhenItsFeedHasBeenAwayForDays) {
  poll();
  world_.web.erase(std::string(kFeed));
  poll_until(world_.clock.now() + absl::Hours(48));
  EXPECT_EQ(hits(kHome), 1);
  const std::string moved = "https://www.hill.example/new.xml";
  world_.web[std::string(kHome)].body = "<html><link rel=alternate type=application/rss+xml href=/new.xml>";
  world_.web[moved].body =
      replace_all(kOnePost, "<item>", "<item><guid>b</guid><title>B</title></item><item>");
  poll_until(world_.clock.now() + absl::Hours(72));
  EXPECT_EQ(hits(kHome), 2);
  EXPECT_GT(hits(moved), 1);
  EXPECT_EQ(world_.items().size(), 2U) << "the post that was read before the move is not handed on again";
}

}  // namespace
}  // namespace copytaster
