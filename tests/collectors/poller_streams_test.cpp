// Streams: reconnect, take up where we stood, know what comes twice, fall back to polling and say so
// (features.md A5).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "collectors/poller.h"
#include "core/stream_refusal.h"
#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::World;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kUrl[] = "https://a.example";

// A world whose accounts have been read once and whose stream is open.
class PollerStreamsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    world_.collector.has_stream = true;
    world_.web[kUrl].body = "post 1 x";
    ASSERT_TRUE(world_.settle().ok());
    ASSERT_THAT(world_.streams.opened(), SizeIs(1));
  }
  void send(const std::string& frame) {
    world_.streams.send(frame);
    ASSERT_TRUE(world_.settle().ok());
  }
  // Nothing is due but time goes on.
  void pass(absl::Duration time) {
    world_.clock.advance(time);
    ASSERT_TRUE(world_.settle().ok());
  }
  [[nodiscard]] std::string position() const {
    return world_.store.account_state("words:stream/all").value_or(AccountState()).cursor().position();
  }
  World world_;
};

TEST_F(PollerStreamsTest, AFrameIsAPostWithItsCaptureAndThePositionInOneBatch) {
  send("for a\npost 2 hello\nnext 1001");
  ASSERT_THAT(world_.items(), SizeIs(2));
  const Item item = world_.items().back();
  EXPECT_EQ(item.native_id(), "2");
  EXPECT_EQ(item.account_id(), "words:a");
  EXPECT_EQ(item.official_id(), "official-a");
  EXPECT_EQ(world_.store.capture(item.capture_sha256())->body(), "for a\npost 2 hello\nnext 1001");
  EXPECT_EQ(position(), "1001");
  EXPECT_EQ(world_.store.counters().collected(), 2U);
}

TEST_F(PollerStreamsTest, WhatPollingAndStreamBothBringIsHandedOnOnce) {
  send("for a\npost 1 x\nnext 1");
  send("for a\npost 2 y\nnext 2");
  send("for a\npost 2 y\nnext 3");
  world_.web[kUrl].body = "post 2 y\npost 3 z";
  pass(absl::Hours(1));
  EXPECT_THAT(world_.items(), SizeIs(3));
}

TEST_F(PollerStreamsTest, AnEditAndADeletionComeThrough) {
  send("for a\npost 1 corrected\nnext 5");
  ASSERT_THAT(world_.items(), SizeIs(2));
  world_.process();
  send("for a\ngone 1\nnext 6");
  const Parcel last = world_.bus.parcels().back();
  ASSERT_EQ(last.deletions_size(), 1);
  EXPECT_EQ(last.deletions(0).state(), GONE);
}

TEST_F(PollerStreamsTest, AFrameThatComesAgainAfterARewindMakesNoVersion) {
  send("for a\npost 2 first\nkey 2-a\nnext 5");
  send("for a\npost 2 second\nkey 2-b\nnext 6");
  world_.process();
  send("for a\npost 2 first\nkey 2-a\nnext 5");
  send("for a\npost 2 second\nkey 2-b\nnext 6");
  world_.restart();
  ASSERT_TRUE(world_.settle().ok());
  send("for a\npost 2 first\nkey 2-a\nnext 5");
  EXPECT_THAT(world_.items(), SizeIs(3)) << "post 1, and both of post 2 once";
  send("for a\npost 2 first\nkey 2-c\nnext 7");
  EXPECT_THAT(world_.items(), SizeIs(4)) << "changed back is a change";
}

TEST_F(PollerStreamsTest, ADeletionBehindItsReplayedPostIsNotLost) {
  send("for a\npost 2 y\nnext 5");
  send("for a\ngone 2\nnext 6");
  world_.process();
  ASSERT_EQ(world_.store.item("words:2")->state(), GONE);
  send("for a\npost 2 y\nnext 5");  // rewound; the processing has not seen it yet when the next frame comes
  send("for a\ngone 2\nnext 6");
  world_.process();
  EXPECT_EQ(world_.store.item("words:2")->state(), GONE);
}

TEST_F(PollerStreamsTest, ADeletionWithoutAnAuthorIsOfThePostThatWeKnow) {
  send("for a\npost a/9 y\nnext 5");
  send("deleted /8");
  EXPECT_EQ(world_.bus.parcels().back().deletions_size(), 0) << "we know no such post";
  send("deleted /9");  // on the bus, not in the store yet
  const Parcel last = world_.bus.parcels().back();
  ASSERT_EQ(last.deletions_size(), 1);
  EXPECT_EQ(last.deletions(0).item_id(), "words:a/9");
  EXPECT_EQ(last.deletions(0).state(), GONE);
  EXPECT_EQ(last.deletions(0).proof(), "the stream says so");
  EXPECT_EQ(world_.store.capture(last.capture_sha256())->body(), "deleted /9");
}

TEST_F(PollerStreamsTest, AnOldPostThatOnlyTheStoreKnowsIsDeletedToo) {
  send("for a\nold a/9 y\nnext 5");
  world_.process();
  world_.restart();
  ASSERT_TRUE(world_.settle().ok());
  send("deleted /9");
  ASSERT_EQ(world_.bus.parcels().back().deletions_size(), 1);
  world_.process();
  const std::size_t before = world_.bus.parcels().size();
  send("deleted /9");
  EXPECT_EQ(world_.bus.parcels().size(), before) << "said once";
}

TEST_F(PollerStreamsTest, ItIsTakenUpWhereItStoodAlsoAfterACrash) {
  send("for a\npost 2 y\nnext 77");
  world_.streams.end(absl::UnavailableError("reset"));
  pass(absl::Seconds(2));
  pass(absl::Seconds(2));
  ASSERT_THAT(world_.streams.opened(), SizeIs(2));
  EXPECT_EQ(world_.streams.opened().back(), "wss://stream.example/?cursor=77");
  world_.restart();
  ASSERT_TRUE(world_.settle().ok());
  EXPECT_EQ(world_.streams.opened().back(), "wss://stream.example/?cursor=77");
}

TEST_F(PollerStreamsTest, APositionWithoutNewsIsStoredEveryFewSeconds) {
  send("for nobody\nnext 500");
  pass(absl::Seconds(6));
  EXPECT_EQ(position(), "500");
}

TEST_F(PollerStreamsTest, TellsSinceWhenItIsOpenAndWhatItBroughtLast) {
  const absl::Time opened = world_.clock.now();
  pass(absl::Seconds(30));
  send("for nobody\nnext 500");
  pass(absl::Seconds(20));
  ASSERT_THAT(world_.poller().streams(), SizeIs(1));
  const StreamHealth health = world_.poller().streams().front();
  EXPECT_EQ(health.name, "words:stream/all");
  EXPECT_EQ(stream_state_name(health), "open");
  EXPECT_EQ(health.accounts, 1U);
  EXPECT_EQ(health.open_since, opened);
  EXPECT_EQ(health.last_frame, opened + absl::Seconds(30));
  EXPECT_EQ(health.position_at, opened + absl::Seconds(30));
  EXPECT_EQ(health.reconnects, 0U);
  EXPECT_FALSE(is_alarm(health));
  EXPECT_THAT(stream_words(health, world_.clock.now()),
              HasSubstr("last message 20 s ago, position 20 s old"));
}

TEST_F(PollerStreamsTest, AMessageWithoutAPositionIsALifeSignToo) {
  send("for nobody");
  const StreamHealth health = world_.poller().streams().front();
  EXPECT_EQ(health.last_frame, world_.clock.now());
  EXPECT_EQ(health.position_at, std::nullopt);
}

TEST_F(PollerStreamsTest, TellsThatItIsPolledInsteadAndWhyUntilItOpensAgain) {
  world_.streams.refuse(absl::UnavailableError("no such host"));
  world_.streams.end(absl::UnavailableError("reset"));
  for (int i = 0; i < 90; ++i) pass(absl::Seconds(1));
  StreamHealth health = world_.poller().streams().front();
  EXPECT_TRUE(is_alarm(health));
  EXPECT_EQ(stream_state_name(health), "polling");
  EXPECT_THAT(health.polling_why, HasSubstr("no such host"));
  EXPECT_THAT(stream_words(health, world_.clock.now()), HasSubstr("its accounts are polled since"));
  // As `copytaster status` reads it.
  EXPECT_EQ(stream_health(*world_.store.account_state(health.name)).polling_why, health.polling_why);
  world_.streams.refuse(absl::OkStatus());
  for (int i = 0; i < 600; ++i) pass(absl::Seconds(1));
  health = world_.poller().streams().front();
  EXPECT_EQ(stream_state_name(health), "open");
  EXPECT_EQ(health.reconnects, 1U) << "attempts that failed are none";
  EXPECT_THAT(health.polling_why, "");
  EXPECT_THAT(health.last_error, "");
}

TEST_F(PollerStreamsTest, AGapIsTold) {
  send("gap clamped to an hour ago");
  const StreamHealth health = world_.poller().streams().front();
  EXPECT_EQ(health.gap_at, world_.clock.now());
  EXPECT_EQ(health.gap_why, "clamped to an hour ago");
  EXPECT_EQ(stream_state_name(health), "open");
}

TEST_F(PollerStreamsTest, ItIsOpenedAgainWithBackOffNotAtOnce) {
  world_.streams.refuse(absl::UnavailableError("refused"));
  world_.streams.end(absl::UnavailableError("reset"));
  const absl::Time end = world_.clock.now() + absl::Minutes(10);
  while (world_.clock.now() < end) pass(absl::Seconds(1));
  EXPECT_GE(world_.streams.opened().size(), 5U);
  EXPECT_LE(world_.streams.opened().size(), 20U);
}

TEST_F(PollerStreamsTest, AClockSetBackDoesNotKeepItClosed) {
  world_.clock.advance(absl::Hours(30 * 24));
  ASSERT_TRUE(world_.settle().ok());
  send("for nobody\nnext 500");
  pass(absl::Seconds(6));
  world_.streams.end(absl::UnavailableError("reset"));
  ASSERT_TRUE(world_.settle().ok());
  const std::size_t before = world_.streams.opened().size();
  world_.clock.advance(-absl::Hours(29 * 24));
  for (int i = 0; i < 6; ++i) pass(absl::Minutes(1));
  EXPECT_EQ(world_.streams.opened().size(), before + 1);
  send("for nobody\nnext 600");
  pass(absl::Seconds(6));
  EXPECT_EQ(position(), "600");
}

TEST_F(PollerStreamsTest, WhatIsDueNextKnowsOfAClosedStream) {
  world_.streams.refuse(absl::UnavailableError("refused"));
  world_.streams.end(absl::UnavailableError("reset"));
  ASSERT_TRUE(world_.settle().ok());
  EXPECT_LE(world_.poller().next_due(), world_.clock.now() + absl::Seconds(1));
  const std::size_t before = world_.streams.opened().size();
  world_.next();
  world_.next();
  EXPECT_GT(world_.streams.opened().size(), before);
}

TEST_F(PollerStreamsTest, WhileItIsOpenItsAccountsArePolledRarelyAndWhenItIsNotAsUsual) {
  const absl::Time half_day = world_.clock.now() + absl::Hours(6);
  while (world_.clock.now() < half_day) world_.next();
  const int streamed = world_.fetcher.hits(kUrl);
  EXPECT_LE(streamed, 14);
  EXPECT_GE(streamed, 2) << "a stream may drop what a page shows";
}

TEST_F(PollerStreamsTest, WhenItCannotBeOpenedItsAccountsArePolledAtOnce) {
  pass(absl::Minutes(5));
  const int before = world_.fetcher.hits(kUrl);
  world_.streams.refuse(absl::UnavailableError("refused"));
  world_.streams.end(absl::UnavailableError("reset"));
  for (int i = 0; i < 90; ++i) pass(absl::Seconds(1));
  EXPECT_GT(world_.fetcher.hits(kUrl), before);
}

TEST_F(PollerStreamsTest, ACursorThatIsTooOldFallsBackToPollingAndBeginsAnew) {
  send("for a\npost 2 y\nnext 77");
  const int before = world_.fetcher.hits(kUrl);
  world_.web[kUrl].body = "post 3 missed by the stream";
  send("old");
  for (int i = 0; i < 90; ++i) pass(absl::Seconds(1));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1) << "polled once";
  EXPECT_EQ(world_.items().back().native_id(), "3");
  EXPECT_EQ(world_.streams.opened().back(), "wss://stream.example/?cursor=");
}

// The server's words are the collector's to read: net/ only knows the HTTP status.
TEST_F(PollerStreamsTest, ARefusalMeansWhatTheCollectorReadsInIt) {
  send("for a\npost 2 y\nnext 77");
  world_.streams.refuse(with_refusal(absl::InvalidArgumentError("HTTP 400"), {400, "old"}));
  world_.streams.end(absl::UnavailableError("reset"));
  for (int i = 0; i < 10; ++i) pass(absl::Seconds(1));
  EXPECT_EQ(world_.streams.opened().back(), "wss://stream.example/?cursor=");
  EXPECT_EQ(position(), "");
}

TEST_F(PollerStreamsTest, APlaceThatIsRefusedForWhateverReasonIsNotAskedForForEver) {
  send("for a\npost 2 y\nnext 77");
  const int before = world_.fetcher.hits(kUrl);
  world_.streams.refuse(with_refusal(absl::InvalidArgumentError("HTTP 400"), {400, "what?"}));
  world_.streams.end(absl::UnavailableError("reset"));
  for (int i = 0; i < 90; ++i) pass(absl::Seconds(1));
  EXPECT_EQ(world_.streams.opened().back(), "wss://stream.example/?cursor=");
  EXPECT_GT(world_.fetcher.hits(kUrl), before);
}

TEST_F(PollerStreamsTest, ARefusalThatRepeatsTheTokenIsKeptWithoutIt) {
  world_.streams.refuse(
      with_refusal(absl::InvalidArgumentError("HTTP 403"), {403, "who is canary-token-1?"}));
  world_.streams.end(absl::UnavailableError("reset"));
  for (int i = 0; i < 10; ++i) pass(absl::Seconds(1));
  const auto state = world_.store.account_state("words:stream/all");
  ASSERT_TRUE(state.ok());
  EXPECT_THAT(state->last_error(), HasSubstr("who is xxx"));
  EXPECT_TRUE(state->paused()) << "somebody has to do something";
}

TEST_F(PollerStreamsTest, AGapIsPolledOver) {
  const int before = world_.fetcher.hits(kUrl);
  send("gap clamped to an hour ago");
  for (int i = 0; i < 70; ++i) pass(absl::Seconds(1));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1);
  EXPECT_THAT(world_.streams.opened(), SizeIs(1)) << "the stream itself goes on";
}

TEST_F(PollerStreamsTest, NonsenseInAStreamStopsNothing) {
  send("<html>502</html>");
  send("for a\npost 9 z\nnext 9");
  EXPECT_EQ(world_.items().back().native_id(), "9");
}

// Each frame changes the account's state: one read while another waits would undo it.
TEST_F(PollerStreamsTest, WhatWaitsForRoomIsStoredBeforeTheNextFrameIsRead) {
  world_.bus.set_full(true);
  world_.streams.send("for a\ntitle New name\npost 2 y\nnext 2");
  world_.streams.send("for a\npost 3 z\nnext 3");
  world_.streams.send("for a\npost 4 z\nnext 4");
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(world_.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_EQ(world_.poller().busy(), 1U) << "one waits, the others are not read yet";
  EXPECT_EQ(position(), "");
  world_.bus.set_full(false);
  ASSERT_TRUE(world_.settle().ok());
  ASSERT_THAT(world_.items(), SizeIs(4));
  EXPECT_EQ(position(), "4");
  world_.web[kUrl].body = "";
  pass(absl::Hours(1));  // a poll writes the account's state as it is in memory
  EXPECT_EQ(world_.state().items_seen(), 4U);
  EXPECT_EQ(world_.state().profile().title(), "New name");
}

TEST_F(PollerStreamsTest, AMessageThatCannotBeReadIsADeadLetterWithItsBytes) {
  send("<html>502</html>");
  send("<html>502</html>");
  const auto letters = world_.store.dead_letters(10);
  ASSERT_TRUE(letters.ok());
  ASSERT_THAT(*letters, SizeIs(1)) << "the same one once";
  EXPECT_EQ((*letters)[0].payload(), "<html>502</html>");
  EXPECT_EQ((*letters)[0].stage(), "parse");
  EXPECT_THAT((*letters)[0].reason(), HasSubstr("words:stream/all"));
  EXPECT_EQ(world_.store.capture((*letters)[0].capture_sha256())->body(), "<html>502</html>");
  EXPECT_EQ(world_.store.counters().dead_lettered(), 1U);
  EXPECT_EQ(world_.store.counters().collected(), 1U + world_.items().size());
}

TEST_F(PollerStreamsTest, UnreadMessagesAreBoundedInCountAndSize) {
  for (int i = 0; i < 100; ++i) send(str_cat("<html>", i));
  EXPECT_EQ(world_.store.counters().dead_lettered(), 60U);
  pass(absl::Hours(1));
  send(std::string(std::size_t{3} << 20, 'x'));
  ASSERT_EQ(world_.store.counters().dead_lettered(), 61U);
  const auto letters = world_.store.dead_letters(100);
  const bool bounded = std::all_of(letters->begin(), letters->end(), [](const DeadLetter& letter) {
    return letter.payload().size() <= std::size_t{64} << 10;
  });
  EXPECT_TRUE(bounded);
  EXPECT_EQ(world_.store.counters().captures(), 61U) << "the page's, and all but the large one";
}

TEST_F(PollerStreamsTest, AMessageThatMayNotBeKeptIsALetterWithoutItsBytes) {
  send("private unter uns");
  const auto letters = world_.store.dead_letters(10);
  ASSERT_TRUE(letters.ok());
  ASSERT_THAT(*letters, SizeIs(1));
  EXPECT_EQ((*letters)[0].payload(), "");
  EXPECT_EQ((*letters)[0].capture_sha256(), "");
}

TEST_F(PollerStreamsTest, APausedAccountIsSilentInTheStreamToo) {
  Hold hold;
  hold.set_by("Mira");
  ASSERT_TRUE(world_.poller().hold("words:a", hold).ok());
  send("for a\npost 9 z\nnext 9");
  EXPECT_THAT(world_.items(), SizeIs(1));
}

}  // namespace
}  // namespace copytaster
