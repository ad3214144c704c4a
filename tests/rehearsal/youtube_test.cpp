#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/platforms.h"
#include "rehearsal/youtube_feed.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using testing::Harvest;
using ::testing::HasSubstr;
using testing::on_the_day;
using testing::Theatre;

constexpr std::string_view kOfficials = R"([[official]]
id = "ada"
name = "Ada Example"
languages = ["en"]
accounts = ["https://www.youtube.com/@ada.example"]
)";
constexpr const char* kAda = "https://www.youtube.com/@ada.example";

std::string video(int number, std::string_view more = "") {
  const absl::Time at = on_the_day(6, 0) + absl::Minutes(2) * number;
  return str_cat(R"({"key":"v)", number, R"(","account":")", kAda, R"(","at":")", format_rfc3339(at),
                 R"(","language":"en","title":"Video )", number, R"( & <more>","text":"Words )", number,
                 R"(\n\n00:00 Début «é» 🎬","pictures":[{"image":"scene"}])", more, "}\n");
}
std::string numbered(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += video(i);
  return out;
}

class PlayedYoutube : public ::testing::Test {
 protected:
  Theatre& open(std::string posts, absl::Time now, bool faults = false) {
    day_ = std::make_unique<testing::SmallDay>(std::move(posts), kOfficials);
    theatre_ = std::make_unique<Theatre>(now, faults, day_->files());
    return *theatre_;
  }
  std::string id(const std::string& key) { return youtube_video_id(*theatre_->day.by_key.find(key)->second); }

  // One question with a key, as the poller asks it.
  absl::StatusOr<Parsed> ask(const Cursor& cursor, std::string_view native_id = "") {
    const Account account = *with_key_->recognise(kAda);
    const auto request =
        native_id.empty() ? with_key_->request(account, cursor) : with_key_->reread(account, native_id);
    if (!request.ok()) return request.status();
    const HttpResponse response = theatre_->fetch(*request);
    Capture capture;
    capture.set_status(response.status);
    capture.set_body(response.body);
    capture.set_final_url(response.final_url);
    set_timestamp(capture.mutable_fetched_at(), theatre_->clock.now());
    *capture.mutable_cursor() = cursor;
    if (!native_id.empty()) capture.set_purpose(REREAD);
    capture.set_native_id(std::string(native_id));
    return with_key_->parse(account, capture);
  }

  std::unique_ptr<testing::SmallDay> day_;
  std::unique_ptr<Theatre> theatre_;
  std::unique_ptr<Collector> with_key_ =
      make_youtube({{"key", "of-the-rehearsal-only"}, {"first_pages", "50"}});
};

TEST_F(PlayedYoutube, AHandleLeadsToTheFeedOfTheNewestFifteen) {
  Theatre& theatre = open(numbered(20), rehearsal_end());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.pages, 2) << "the channel's page, once, and the feed";
  ASSERT_EQ(harvest.items.size(), 15u);
  const Item& item = harvest.items[id("v19")];
  EXPECT_EQ(item.title(), "Video 19 & <more>");
  EXPECT_EQ(item.text(), "Words 19\n\n00:00 Début «é» 🎬");
  EXPECT_EQ(to_time(item.created_at()), on_the_day(6, 38));
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(theatre.get(item.media(0).preview_url()).status, 200);
  EXPECT_THAT(theatre.get(kAda).body, HasSubstr("content=\"A test.\""));
  EXPECT_THAT(theatre.server->hits(),
              ::testing::Contains(::testing::Pair("GET www.youtube.com /{handle} 200", 2)));
}

TEST_F(PlayedYoutube, UpdatedMovesEveryHourAndIsNoNews) {
  Theatre& theatre = open(numbered(3), on_the_day(7, 0));
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  theatre.clock.set(on_the_day(15, 0));
  EXPECT_THAT(theatre
                  .get(str_cat("https://www.youtube.com/feeds/videos.xml?channel_id=",
                               youtube_channel_id(theatre.day.accounts.front())))
                  .body,
              HasSubstr("<updated>2022-04-14T15:00:00+00:00</updated>"));
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.versions.size(), 3u);
}

TEST_F(PlayedYoutube, AnEditIsANewVersion) {
  Theatre& theatre = open(
      video(0,
            R"(,"edits":[{"at":"2022-04-14T07:00:00Z","text":"Corrected","pictures":[{"image":"scene"}]}])"),
      on_the_day(6, 30));
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  theatre.clock.set(on_the_day(7, 30));
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.versions.size(), 2u);
  EXPECT_EQ(harvest.items[id("v0")].text(), "Corrected");
}

TEST_F(PlayedYoutube, NotFoundForAWhileIsNotTheEnd) {
  Theatre& theatre = open(numbered(3), on_the_day(9, 0), true);
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  theatre.clock.set(on_the_day(10, 10));
  EXPECT_FALSE(theatre.poll(kAda, &harvest));
  EXPECT_TRUE(absl::IsUnavailable(theatre.last_error)) << theatre.last_error;
  theatre.clock.set(on_the_day(11, 0));
  EXPECT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.versions.size(), 3u);
}

TEST_F(PlayedYoutube, WithAKeyAllVideosComeAndTheKeyIsAsked) {
  Theatre& theatre = open(numbered(120), rehearsal_end());
  Cursor cursor;
  std::map<std::string, Item> items;
  int pages = 0;
  for (bool more = true; more && pages < 10; ++pages) {
    const auto parsed = ask(cursor);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    for (const Item& item : parsed->items) items[item.native_id()] = item;
    cursor = parsed->next;
    more = parsed->more;
  }
  EXPECT_EQ(pages, 4) << "which channel, and three pages of 50";
  ASSERT_EQ(items.size(), 120u);
  EXPECT_EQ(to_time(items[id("v0")].created_at()), on_the_day(6, 0));
  const auto nothing = ask(cursor);
  ASSERT_TRUE(nothing.ok()) << nothing.status();
  EXPECT_TRUE(nothing->items.empty());
  EXPECT_FALSE(nothing->more);
  // The same video by the feed is the same item.
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items[id("v119")].content_hash(), items[id("v119")].content_hash());
  EXPECT_EQ(theatre.get("https://www.googleapis.com/youtube/v3/videos?part=snippet&id=x&key=wrong").status,
            400);
}

TEST_F(PlayedYoutube, ADeletedVideoIsInDoubt) {
  open(video(0, R"(,"delete_at":"2022-04-14T08:00:00Z")"), on_the_day(7, 0));
  const auto there = ask({}, id("v0"));
  ASSERT_TRUE(there.ok()) << there.status();
  EXPECT_EQ(there->items.size(), 1u);
  theatre_->clock.set(on_the_day(9, 0));
  const auto gone = ask({}, id("v0"));
  ASSERT_TRUE(gone.ok()) << gone.status();
  ASSERT_EQ(gone->deletions.size(), 1u);
  EXPECT_EQ(gone->deletions[0].state(), UNKNOWN);
}

TEST_F(PlayedYoutube, TheQuotaIsSpentOnceAndGivenAnew) {
  Theatre& theatre = open(numbered(1), on_the_day(12, 0), true);
  const auto spent = ask({});
  ASSERT_TRUE(spent.ok()) << spent.status();
  EXPECT_EQ(spent->wait, absl::Hours(20));
  theatre.clock.set(on_the_day(14, 0));
  const auto found = ask({});
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_TRUE(found->more);
}

}  // namespace
}  // namespace copytaster::rehearsal
