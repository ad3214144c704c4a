#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rehearsal/telegram_page.h"
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
accounts = ["https://t.me/ada_example"]
[[official]]
id = "bob"
name = "Bob & Söhne"
languages = ["de"]
accounts = ["https://t.me/bob_example"]
)";
constexpr const char* kAda = "https://t.me/ada_example";
constexpr const char* kBob = "https://t.me/bob_example";

std::string post(int number, std::string_view more, std::string_view account = "ada_example") {
  const absl::Time at = on_the_day(6, 0) + absl::Minutes(2) * number;
  return str_cat(R"({"key":"p)", number, R"(","account":"https://t.me/)", account, R"(","at":")",
                 format_rfc3339(at), R"(","language":"en")", more, "}\n");
}
std::string text(std::string_view words) { return str_cat(",\"text\":\"", words, "\""); }

std::string numbered(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += post(i, text(str_cat("Post ", i)));
  return out;
}

class PlayedTelegram : public ::testing::Test {
 protected:
  Theatre& open(std::string posts, absl::Time now, bool faults = false) {
    day_ = std::make_unique<testing::SmallDay>(std::move(posts), kOfficials);
    theatre_ = std::make_unique<Theatre>(now, faults, day_->files());
    return *theatre_;
  }
  std::string id(const std::string& key) { return telegram_post_id(*theatre_->day.by_key.find(key)->second); }

  std::unique_ptr<testing::SmallDay> day_;
  std::unique_ptr<Theatre> theatre_;
};

TEST_F(PlayedTelegram, PagesOfTwentyJoinExactlyAndWhatComesLaterIsCaughtUp) {
  Theatre& theatre = open(numbered(90), on_the_day(7, 28, 30));  // 45 posts
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 45u);
  EXPECT_EQ(harvest.pages, 3);
  theatre.clock.set(rehearsal_end());
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  ASSERT_EQ(harvest.items.size(), 90u);
  EXPECT_EQ(harvest.versions.size(), 90u) << "none twice";
  for (int i = 0; i < 90; ++i) {
    const Item& item = harvest.items[id(str_cat("p", i))];
    EXPECT_EQ(item.text(), str_cat("Post ", i));
    EXPECT_EQ(to_time(item.created_at()), on_the_day(6, 0) + absl::Minutes(2) * i);
  }
  const int pages = harvest.pages;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.pages, pages + 1) << "nothing new is one question";
}

TEST_F(PlayedTelegram, WordsComeAsTheyWereWritten) {
  Theatre& theatre = open(
      post(0,
           text(R"(A & B <c> \"d\"\n\n👍🏽 @bob_example\n#Київ https://ada.example/a?b=1&c=2 ok)")),
      rehearsal_end());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  ASSERT_EQ(harvest.versions.size(), 1u);
  const Item& item = harvest.versions[0];
  EXPECT_EQ(item.text(),
            "A & B <c> \"d\"\n\n👍🏽 @bob_example\n#Київ https://ada.example/a?b=1&c=2 ok");
  ASSERT_EQ(item.facets_size(), 3);
  EXPECT_EQ(item.facets(0).target(), "https://t.me/bob_example");
  EXPECT_EQ(item.facets(1).target(), "Київ");
  EXPECT_EQ(item.facets(2).target(), "https://ada.example/a?b=1&c=2");
}

TEST_F(PlayedTelegram, ViewsGrowAndAreNoEdit) {
  Theatre& theatre = open(post(0, text("Seen")) + post(1, text("After")), on_the_day(6, 10));
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  const Item& before = harvest.items[id("p0")];
  theatre.clock.set(on_the_day(9, 0));
  const auto again = theatre.reread(kAda, id("p0"));
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->items.size(), 1u);
  EXPECT_GT(before.engagement().views(), 0u);
  EXPECT_GT(again->items[0].engagement().views(), 2 * before.engagement().views());
  EXPECT_EQ(again->items[0].content_hash(), before.content_hash());
}

TEST_F(PlayedTelegram, AnAlbumIsOnePostWithItsWordsOnce) {
  Theatre& theatre =
      open(post(0, text("Two").append(R"(,"pictures":[{"image":"scene"},{"image":"scene","crop":"left"}])")) +
               post(1, text("After")),
           rehearsal_end());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  const Item& album = harvest.items[id("p0")];
  EXPECT_EQ(album.text(), "Two");
  ASSERT_EQ(album.media_size(), 2);
  for (const Media& media : album.media()) EXPECT_EQ(theatre.get(media.url()).status, 200) << media.url();
  EXPECT_EQ(id("p0"), "ada_example/11");
  EXPECT_EQ(id("p1"), "ada_example/13") << "the album takes two ids";
}

TEST_F(PlayedTelegram, ForwardsAndRepliesNameTheirOrigin) {
  Theatre& theatre = open(post(0, text("Mine"), "bob_example") + post(1, R"(,"reshare_of":"p0")") +
                              post(2, text("Yes").append(R"(,"reply_to":"p1")")),
                          rehearsal_end());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  const Item& forward = harvest.items[id("p1")];
  EXPECT_EQ(forward.repost_of().item_id(), str_cat("telegram:", id("p0")));
  EXPECT_EQ(forward.repost_of().author().name(), "Bob & Söhne");
  EXPECT_EQ(forward.repost_of().text(), "Mine");
  EXPECT_EQ(forward.text(), "");
  EXPECT_EQ(harvest.items[id("p2")].reply_to().item_id(), str_cat("telegram:", id("p1")));
  EXPECT_EQ(harvest.items[id("p2")].text(), "Yes");
}

TEST_F(PlayedTelegram, EditsAndDeletionsTakeEffect) {
  Theatre& theatre =
      open(post(0, text("Before")) +
               post(1, text("First").append(R"(,"edits":[{"at":"2022-04-14T07:00:00Z","text":"Second"}],)"
                                            R"("delete_at":"2022-04-14T08:00:00Z")")) +
               post(2, text("After")),
           on_the_day(6, 30));
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items[id("p1")].text(), "First");
  theatre.clock.set(on_the_day(7, 30));
  auto again = theatre.reread(kAda, id("p1"));
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->items.size(), 1u);
  EXPECT_EQ(again->items[0].text(), "Second");
  EXPECT_NE(again->items[0].content_hash(), harvest.items[id("p1")].content_hash());
  theatre.clock.set(on_the_day(8, 30));
  again = theatre.reread(kAda, id("p1"));
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->deletions.size(), 1u);
  EXPECT_EQ(again->deletions[0].state(), GONE);
  EXPECT_EQ(again->deletions[0].proof(), "the channel's page shows 11 and 13 and no 12 between them");
}

TEST_F(PlayedTelegram, TheChannelSaysThatThisIsARehearsal) {
  Theatre& theatre = open(numbered(1), rehearsal_end());
  EXPECT_THAT(theatre.get("https://t.me/s/ada_example").body,
              HasSubstr("<div class=\"tgme_channel_info_description\">A test.</div>"));
}

TEST_F(PlayedTelegram, WhoHasNoPreviewIsNotReadable) {
  Theatre& theatre = open(numbered(1), rehearsal_end());
  Harvest harvest;
  EXPECT_FALSE(theatre.poll("https://t.me/nobody_at_all", &harvest));
  EXPECT_TRUE(absl::IsPermissionDenied(theatre.last_error)) << theatre.last_error;
}

TEST_F(PlayedTelegram, AChannelWithoutPostsIsEmpty) {
  Theatre& theatre = open(numbered(1), rehearsal_end());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(kBob, &harvest)) << theatre.last_error;
  EXPECT_TRUE(harvest.items.empty());
  EXPECT_EQ(harvest.cursor.position(), "");
}

TEST_F(PlayedTelegram, Says429OnceAndRecoversByTheClock) {
  Theatre& theatre = open(numbered(3), on_the_day(7, 40), true);
  Harvest harvest;
  EXPECT_FALSE(theatre.poll(kAda, &harvest));
  EXPECT_TRUE(absl::IsResourceExhausted(theatre.last_error)) << theatre.last_error;
  const HttpResponse refused = theatre.get("https://t.me/s/ada_example");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header_value(refused.headers, "retry-after"), "60");
  theatre.clock.advance(absl::Seconds(60));
  ASSERT_TRUE(theatre.poll(kAda, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 3u);
}

}  // namespace
}  // namespace copytaster::rehearsal
