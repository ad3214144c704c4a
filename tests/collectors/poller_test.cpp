// What is handed on, in which order, and what is never lost.
#include "collectors/poller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::Page;
using ::copytaster::testing::World;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kUrl[] = "https://a.example";

absl::Time due(const World& world, const std::string& name = "a") {
  return to_time(world.state(name).next_due());
}

TEST(Poller, HandsOnPostsWithTheirEvidenceInOneWrite) {
  World world;
  world.web[kUrl] = {200,
                     "post 1 Merci Kyiv\npost 2 Bucha\nnext 2\ntitle Anne",
                     {{"Content-Type", "text/words"}, {"Set-Cookie", "x"}}};
  ASSERT_TRUE(world.settle().ok());
  const auto parcels = world.bus.parcels();
  ASSERT_THAT(parcels, SizeIs(1));
  EXPECT_EQ(parcels[0].account_id(), "words:a");
  ASSERT_EQ(parcels[0].items_size(), 2);
  const Item& item = parcels[0].items(0);
  EXPECT_EQ(item.id(), "words:1");
  EXPECT_EQ(item.account_id(), "words:a");
  EXPECT_EQ(item.official_id(), "official-a");
  EXPECT_EQ(to_time(item.collected_at()), world.clock.now());
  EXPECT_EQ(item.capture_sha256(), parcels[0].capture_sha256());

  const auto capture = world.store.capture(item.capture_sha256());
  ASSERT_TRUE(capture.ok()) << capture.status();
  EXPECT_EQ(capture->body(), world.web[kUrl].body);
  EXPECT_EQ(capture->sha256(), sha256_hex(capture->body()));
  EXPECT_EQ(capture->status(), 200);
  EXPECT_EQ(capture->collector(), "words/3");
  EXPECT_EQ(capture->url(), kUrl);
  ASSERT_EQ(capture->headers_size(), 1) << "only what says something of the content";
  EXPECT_EQ(capture->headers(0).name(), "content-type");

  const AccountState state = world.state();
  EXPECT_EQ(state.cursor().position(), "2");
  EXPECT_EQ(state.items_seen(), 2U);
  EXPECT_EQ(state.profile().title(), "Anne");
  EXPECT_EQ(state.failures(), 0U);
  EXPECT_EQ(to_time(state.last_success()), world.clock.now());
  EXPECT_EQ(world.store.counters().collected(), 2U);
  EXPECT_EQ(world.store.counters().captures(), 1U);
  EXPECT_EQ(world.key_value.synced_writes(), 1);
}

TEST(Poller, WhatIsNoTextIsMadeTextBeforeItIsWritten) {
  World world;
  world.web["https://a.example"].body = "post 1 caf\xE9\nbad \xE9\ntitle A caf\xE9\nnext n";
  ASSERT_TRUE(world.settle().ok());
  ASSERT_EQ(world.items().size(), 1U);
  EXPECT_EQ(world.items()[0].text(), "caf\xEF\xBF\xBD");
  for (const Parcel& parcel : world.bus.parcels()) {
    Parcel read;
    EXPECT_TRUE(read.ParseFromString(parcel.SerializeAsString())) << "else whoever reads it stops for good";
  }
  const auto letters = world.store.dead_letters(10);
  ASSERT_TRUE(letters.ok());
  ASSERT_EQ(letters->size(), 1U);
  EXPECT_EQ((*letters)[0].native_id(), "\xEF\xBF\xBD");
  EXPECT_EQ(world.state().profile().title(), "A caf\xEF\xBF\xBD");
}

TEST(Poller, WalksThroughAllPagesEachStoredBeforeTheNextIsAsked) {
  World world;
  world.web[kUrl].body = "post 1 x\nnext 2\nmore";
  world.web["https://a.example?at=2"].body = "post 2 y\nnext 3\nmore";
  world.web["https://a.example?at=3"].body = "post 3 z\nnext 4";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.bus.parcels(), SizeIs(3));
  EXPECT_EQ(world.state().cursor().position(), "4");
}

TEST(Poller, APageBoundStopsThePollAndTheNextGoesOnFromThere) {
  World world;
  world.options.max_pages_per_poll = 2;
  world.web[kUrl] = {200, "post 1 x\nnext 2\nmore", {{"ETag", "\"v1\""}}};
  for (int page = 2; page <= 5; ++page) {
    world.web[str_cat(kUrl, "?at=", page)] = {
        200,
        str_cat("post ", page, " x\nnext ", page + 1, page < 5 ? "\nmore" : ""),
        {{"ETag", str_cat("\"v", page, "\"")}}};
  }
  world.web[str_cat(kUrl, "?at=6")].body = "next 6";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.fetcher.requests(), SizeIs(2)) << "one poll";
  EXPECT_EQ(world.state().cursor().position(), "3");
  EXPECT_EQ(world.state().failures(), 0U);
  EXPECT_THAT(due(world) - world.clock.now(), AllOf(Ge(absl::Minutes(1)), Le(absl::Minutes(2))))
      << "politely, but soon: more is known to be there";
  world.restart();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.fetcher.requests(), SizeIs(2)) << "a restart asks no sooner";
  world.next();
  EXPECT_THAT(world.fetcher.requests(), SizeIs(4)) << "the next poll";
  EXPECT_EQ(world.state().cursor().position(), "5");
  world.next();
  EXPECT_THAT(world.fetcher.requests(), SizeIs(5)) << "and the last page ends the walk";
  EXPECT_EQ(world.state().cursor().position(), "6");
  std::vector<std::string> ids;
  for (const Item& item : world.items()) ids.push_back(item.native_id());
  EXPECT_THAT(ids, ElementsAre("1", "2", "3", "4", "5")) << "nothing lost, nothing twice";
  for (const HttpRequest& request : world.fetcher.requests())
    EXPECT_EQ(header_value(request.headers, "if-none-match"), "") << request.url;
}

TEST(Poller, AFailureInTheMiddleOfAWalkGoesOnFromThere) {
  World world;
  world.web[kUrl].body = "post 1 x\nnext 2\nmore";
  world.web["https://a.example?at=2"].error = absl::UnavailableError("down");
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.state().cursor().position(), "2");
  EXPECT_EQ(world.state().failures(), 1U);
  world.web["https://a.example?at=2"] = {200, "post 2 y\nnext 3", {}};
  world.next();
  EXPECT_THAT(world.items(), SizeIs(2));
  EXPECT_EQ(world.fetcher.hits(kUrl), 1) << "the first page is not asked again";
}

TEST(Poller, ACrashBeforeTheAppendAsksAgain) {
  World world;
  world.web[kUrl].body = "post 1 x\nnext 2";
  world.bus.set_full(true);  // fetched, but never stored
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 1);
  EXPECT_TRUE(absl::IsNotFound(world.store.account_state("words:a").status()));
  world.restart();
  world.bus.set_full(false);
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 2);
  EXPECT_THAT(world.items(), SizeIs(1));
}

TEST(Poller, ARestartGoesOnWhereItStood) {
  World world;
  world.web[kUrl].body = "post 1 x\nnext 2";
  world.web["https://a.example?at=2"].body = "post 2 y\nnext 3";
  ASSERT_TRUE(world.settle().ok());
  const absl::Time when = due(world);
  world.restart();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.fetcher.requests(), SizeIs(1)) << "a restart is no reason to ask early";
  EXPECT_EQ(world.poller().next_due(), when);
  world.next();
  EXPECT_THAT(world.items(), SizeIs(2));
}

TEST(Poller, BackPressureKeepsTheAnswersAndAsksNothingNew) {
  World world;
  world.options.max_in_flight = 2;
  world.add("b");
  world.add("c");
  for (const char* name : {"a", "b", "c"}) {
    world.web[str_cat("https://", name, ".example")].body = str_cat("post ", name, " x");
  }
  world.bus.set_full(true);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_THAT(world.fetcher.requests(), SizeIs(2));
  EXPECT_EQ(world.poller().busy(), 2U);
  EXPECT_THAT(world.items(), IsEmpty());
  world.bus.set_full(false);
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), SizeIs(3));
  EXPECT_THAT(world.fetcher.requests(), SizeIs(3)) << "nothing was asked twice";
}

TEST(Poller, ADiskFaultIsToldAndNothingIsLost) {
  World world;
  world.web[kUrl].body = "post 1 x";
  world.key_value.fail_writes(absl::UnavailableError("disk full"));
  EXPECT_TRUE(absl::IsUnavailable(world.settle()));
  EXPECT_EQ(world.poller().busy(), 1U);
  world.key_value.fail_writes(absl::OkStatus());
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), SizeIs(1));
  EXPECT_THAT(world.fetcher.requests(), SizeIs(1));
}

TEST(Poller, OneBadAccountDelaysNoOther) {
  World world;
  world.add("b");
  world.add("slow");
  world.web[kUrl].error = absl::UnavailableError("down");
  world.fetcher.hold("https://slow.example");
  for (int i = 0; i < 10; ++i) {
    world.web["https://b.example"].body = str_cat("post b", i, " x");
    ASSERT_TRUE(world.settle().ok());
    world.clock.advance(absl::Minutes(2));
  }
  EXPECT_THAT(world.items(), SizeIs(10));
  EXPECT_EQ(world.fetcher.hits("https://slow.example"), 1) << "one question at a time";
}

TEST(Poller, WhatAnOperatorMustMendIsAskedSeldomAndSaid) {
  World world;
  world.web[kUrl].body = "error 16 the token has expired";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_TRUE(world.state().paused());
  EXPECT_THAT(world.state().pause_reason(), HasSubstr("the token has expired"));
  EXPECT_GE(due(world) - world.clock.now(), world.options.max_interval);
  world.web[kUrl].body = "post 1 x";
  world.restart();  // with a new token
  ASSERT_TRUE(world.settle().ok());
  EXPECT_FALSE(world.state().paused());
  EXPECT_THAT(world.items(), SizeIs(1));
}

TEST(Poller, AMissingSettingStopsOnlyItsAccount) {
  World world;
  world.add("unset");
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), SizeIs(1));
  EXPECT_TRUE(world.state("unset").paused());
  EXPECT_THAT(world.state("unset").pause_reason(), HasSubstr("token_file"));
  EXPECT_EQ(world.fetcher.hits("https://unset.example"), 0);
}

TEST(Poller, PostsThatCannotBeReadBecomeDeadLettersOnce) {
  World world;
  world.web[kUrl].body = "post 1 x\nbad 2\npost 3 z\nnext n";
  world.web["https://a.example?at=n"].body = "post 1 x\nbad 2\npost 3 z\npost 4 new\nnext n";
  ASSERT_TRUE(world.settle().ok());
  auto letters = *world.store.dead_letters(10);
  ASSERT_THAT(letters, SizeIs(1));
  EXPECT_EQ(letters[0].reason(), "it is bad");
  EXPECT_EQ(to_time(letters[0].at()), world.clock.now());
  EXPECT_EQ(world.store.counters().collected(), 3U);
  EXPECT_EQ(world.store.counters().dead_lettered(), 1U);
  world.next();  // the same bad post again, on another page
  EXPECT_EQ(world.store.counters().dead_lettered(), 1U);
  EXPECT_EQ(world.store.counters().collected(), 4U);
}

TEST(Poller, ADeadLetterAloneIsStoredToo) {
  World world;
  world.web[kUrl].body = "bad 1";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(*world.store.dead_letters(10), SizeIs(1));
  EXPECT_EQ(world.store.counters().captures(), 1U);
  EXPECT_THAT(world.bus.parcels(), IsEmpty());
}

TEST(Poller, BytesNobodyCanReadAreKeptAsEvidence) {
  World world;
  world.web[kUrl].body = "error 3 not what this collector reads";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_TRUE(world.store.capture(sha256_hex(world.web[kUrl].body)).ok());
  EXPECT_EQ(world.state().failures(), 1U);
}

TEST(Poller, AnUnchangedPostIsNotHandedOnAgainAnEditIs) {
  World world;
  world.web[kUrl].body = "post 1 first words";
  ASSERT_TRUE(world.settle().ok());
  world.next();
  EXPECT_THAT(world.items(), SizeIs(1)) << "not processed yet, and known all the same";
  world.process();
  world.restart();
  ASSERT_TRUE(world.settle().ok());
  world.next();
  EXPECT_EQ(world.fetcher.hits(kUrl), 3);
  EXPECT_THAT(world.items(), SizeIs(1)) << "known from the store";
  world.web[kUrl].body = "post 1 other words";
  world.next();
  ASSERT_THAT(world.items(), SizeIs(2));
  EXPECT_EQ(world.items()[1].text(), "other words");
  world.web[kUrl].body = "post 1 first words";
  world.next();
  EXPECT_THAT(world.items(), SizeIs(3)) << "an edit may be taken back";
}

TEST(Poller, APageWithoutNewsIsNoEvidenceOfAnything) {
  World world;
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl].body = "post 1 x\ntitle Only the page has changed";
  world.next();
  EXPECT_EQ(world.store.counters().captures(), 1U);
  EXPECT_EQ(world.state().profile().title(), "Only the page has changed");
  EXPECT_EQ(world.key_value.synced_writes(), 1);
}

TEST(Poller, NotesOnPicturesAreHandedOn) {
  World world;
  world.web[kUrl].body = "note 1 photo7 two men at a bridge";
  ASSERT_TRUE(world.settle().ok());
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].item_id(), "words:1");
  EXPECT_EQ(world.pictures()[0].media().alt_text(), "two men at a bridge");
}

TEST(Poller, NoCredentialGetsIntoTheEvidence) {
  World world;
  world.web[kUrl] = {200,
                     "post 1 see https://x/?access_token=secret-in-a-link&x=1 and canary-token-1",
                     {{"Link", "<https://a.example/?token=canary-token-1>; rel=next"}}};
  ASSERT_TRUE(world.settle().ok());
  const auto capture = world.store.capture(world.items().at(0).capture_sha256());
  ASSERT_TRUE(capture.ok());
  const std::string bytes = capture->SerializeAsString();
  EXPECT_THAT(bytes, Not(HasSubstr("canary-token-1")));
  EXPECT_THAT(bytes, Not(HasSubstr("secret-in-a-link")));
  EXPECT_EQ(capture->sha256(), sha256_hex(capture->body()));
  EXPECT_EQ(capture->body().size(), world.web[kUrl].body.size());
}

TEST(Poller, AnAccountTwiceInTheListIsOne) {
  World world;
  world.add("a");
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.fetcher.requests(), SizeIs(1));
}

TEST(Poller, AnswersAfterItsEndHurtNobody) {
  World world;
  world.fetcher.hold(kUrl);
  ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_EQ(world.fetcher.waiting(), 1U);
  world.restart();
  world.fetcher.release();
  world.fetcher.drive(absl::ZeroDuration());
  EXPECT_THAT(world.bus.parcels(), IsEmpty());
}

}  // namespace
}  // namespace copytaster
