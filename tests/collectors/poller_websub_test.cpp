// WebSub from the offer in a page to the post that a hub delivers: the hub's calls come over real HTTP, the
// clock stands still.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/poller.h"
#include "collectors/websub_door.h"
#include "core/metrics.h"
#include "core/url.h"
#include "net/http_client.h"
#include "net/http_server.h"
#include "tests/collectors/poller_world.h"
#include "tests/collectors/websub_hub.h"
#include "tests/support/fetching.h"

namespace copytaster {
namespace {

using ::copytaster::testing::field_of;
using ::copytaster::testing::sign;
using ::copytaster::testing::World;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kUrl[] = "https://a.example";
constexpr char kHub[] = "https://hub.example/";
constexpr char kTopic[] = "https://a.example/feed";
constexpr char kLinks[] = "<https://hub.example/>; rel=\"hub\", <https://a.example/feed>; rel=\"self\"";

std::uint64_t deliveries(std::string_view result) {
  return counter("copytaster_websub_deliveries_total", "", {{"result", result}}).value();
}

class PollerWebSubTest : public ::testing::Test {
 protected:
  void SetUp() override {
    open_door();
    server_ = *HttpServer::start({}, [this](const ServerRequest& request) { return door_->answer(request); });
    HttpClientOptions options;
    options.allow = {str_cat("127.0.0.1:", server_->port())};
    client_ = *make_http_client(options);
    world_.web[kUrl] = {200, "post 1 x", {{"Link", kLinks}}};
    world_.web[kHub].status = 202;
    settle();
  }
  void open_door() {
    door_ = std::make_unique<WebSubDoor>(WebSubHome{"https://desk.example/websub/", std::string(64, 'k')},
                                         nullptr, limits_);
    world_.websub = door_.get();
  }
  void restart() {
    world_.process();
    world_.restart();
    open_door();
  }
  void settle() { ASSERT_TRUE(world_.settle().ok()); }
  void pass(absl::Duration time) {
    world_.clock.advance(time);
    settle();
  }
  // Everything that falls due until then happens when it is due.
  void live(absl::Duration time) {
    const absl::Time end = world_.clock.now() + time;
    while (world_.poller().next_due() <= end) world_.next();
    world_.clock.set(end);
    settle();
  }

  // Forms that the hub got.
  [[nodiscard]] std::vector<std::string> asked() const {
    std::vector<std::string> out;
    for (const HttpRequest& request : world_.fetcher.requests())
      if (request.url == kHub) out.push_back(request.body);
    return out;
  }
  [[nodiscard]] std::string callback() const { return field_of(asked().back(), "hub.callback"); }

  HttpResponse knock(HttpRequest request, std::string_view callback) {
    request.url = str_cat("http://127.0.0.1:", server_->port(), callback.substr(callback.find("/websub/")));
    auto response = testing::fetch_one(*client_, std::move(request));
    EXPECT_TRUE(response.ok()) << response.status();
    return response.value_or(HttpResponse());
  }
  HttpResponse question(std::string_view callback, std::string_view query) {
    return knock(HttpRequest(), str_cat(callback, "?", query));
  }
  // As a hub asks back for what was asked of it last.
  HttpResponse ask_back(absl::Duration lease = absl::Hours(240)) {
    const std::string form = asked().back();
    HttpResponse answer =
        question(field_of(form, "hub.callback"),
                 str_cat("hub.mode=", field_of(form, "hub.mode"), "&hub.topic=", percent_encode(kTopic),
                         "&hub.challenge=c%2Bd&hub.lease_seconds=", absl::ToInt64Seconds(lease)));
    settle();
    return answer;
  }
  void subscribe(absl::Duration lease = absl::Hours(240)) {
    pass(absl::Minutes(1));
    ASSERT_THAT(asked(), SizeIs(1));
    ASSERT_EQ(ask_back(lease).body, "c+d");
  }
  HttpResponse deliver(const std::string& body, const std::string& signature) {
    HttpRequest request;
    request.method = "POST";
    request.headers = {{"Content-Type", "text/words"}, {"Link", kLinks}};
    if (!signature.empty()) request.headers.push_back({"X-Hub-Signature", signature});
    request.body = body;
    HttpResponse answer = knock(std::move(request), callback());
    return answer;
  }
  HttpResponse publish(const std::string& body) {
    HttpResponse answer = deliver(body, sign(body, field_of(asked().front(), "hub.secret")));
    settle();
    return answer;
  }

  World world_;
  WebSubLimits limits_;
  std::unique_ptr<WebSubDoor> door_;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<Fetcher> client_;
};

TEST_F(PollerWebSubTest, AFeedThatOffersAHubIsAskedForAndTheHubIsAnswered) {
  EXPECT_THAT(asked(), IsEmpty());
  pass(absl::Minutes(1));
  ASSERT_THAT(asked(), SizeIs(1));
  const std::string form = asked().front();
  EXPECT_EQ(field_of(form, "hub.mode"), "subscribe");
  EXPECT_EQ(field_of(form, "hub.topic"), kTopic);
  EXPECT_THAT(field_of(form, "hub.callback"), StartsWith("https://desk.example/websub/"));
  EXPECT_THAT(field_of(form, "hub.callback"), SizeIs(28 + 64));
  EXPECT_THAT(field_of(form, "hub.secret"), SizeIs(64));
  const HttpResponse answer = ask_back();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "c+d");
  live(absl::Hours(24));
  EXPECT_THAT(asked(), SizeIs(1)) << "it was confirmed";
}

TEST_F(PollerWebSubTest, ADeliveryIsAPostWithItsEvidenceAndPollingKnowsIt) {
  subscribe();
  const std::string body = "post 2 hello\npost 1 x";
  EXPECT_EQ(publish(body).status, 202);
  ASSERT_THAT(world_.items(), SizeIs(2));
  const Item item = world_.items().back();
  EXPECT_EQ(item.native_id(), "2");
  EXPECT_EQ(item.account_id(), "words:a");
  const Capture capture = *world_.store.capture(item.capture_sha256());
  EXPECT_EQ(capture.body(), body);
  EXPECT_EQ(capture.url(), kTopic);
  ASSERT_GE(capture.headers_size(), 1);
  EXPECT_THAT(capture.ShortDebugString(), HasSubstr("text/words"));
  EXPECT_EQ(world_.store.counters().collected(), 2U);
  world_.web[kUrl].body = "post 2 hello\npost 1 x";
  live(absl::Hours(3));
  EXPECT_THAT(world_.items(), SizeIs(2));
}

TEST_F(PollerWebSubTest, AForgedDeliveryIsAnswered2xxAndThrownAway) {
  subscribe();
  const std::uint64_t before = deliveries("forged");
  EXPECT_EQ(deliver("post 2 lies", "").status, 202);
  EXPECT_EQ(deliver("post 2 lies", sign("post 2 lies", "another secret")).status, 202);
  EXPECT_EQ(deliver("post 2 lies", sign("post 2 truth", field_of(asked()[0], "hub.secret"))).status, 202);
  settle();
  EXPECT_THAT(world_.items(), SizeIs(1));
  EXPECT_EQ(deliveries("forged"), before + 3);
}

TEST_F(PollerWebSubTest, WhatWasNotAskedForIsNotFound) {
  subscribe();
  const std::string other = str_cat("https://desk.example/websub/", std::string(64, '0'));
  const std::string ask = "hub.mode=subscribe&hub.challenge=x&hub.lease_seconds=60&hub.topic=";
  EXPECT_EQ(question(other, ask + percent_encode(kTopic)).status, 404);
  EXPECT_EQ(question("https://desk.example/websub/", ask + percent_encode(kTopic)).status, 404);
  EXPECT_EQ(question(callback(), ask + "https%3A%2F%2Fother.example").status, 404);
  EXPECT_EQ(
      question(callback(), "hub.mode=unsubscribe&hub.challenge=x&hub.topic=" + percent_encode(kTopic)).status,
      404);
  EXPECT_EQ(question(callback(), "x=1").status, 400);
  HttpRequest post;
  post.method = "POST";
  EXPECT_EQ(knock(post, other).status, 404);
  HttpRequest put;
  put.method = "PUT";
  EXPECT_EQ(knock(put, callback()).status, 405);
}

TEST_F(PollerWebSubTest, AfterADenialTheFeedIsPolledAsUsualAndTheHubLeftAlone) {
  subscribe();
  const int before = world_.fetcher.hits(kUrl);
  EXPECT_EQ(question(callback(), str_cat("hub.mode=denied&hub.reason=no&hub.topic=", percent_encode(kTopic)))
                .status,
            200);
  settle();
  pass(absl::Minutes(2));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1) << "what came meanwhile was perhaps not told";
  live(absl::Hours(10));
  EXPECT_THAT(asked(), SizeIs(1));
  live(absl::Hours(24 * 3));
  EXPECT_THAT(asked(), SizeIs(AllOf(Ge(2U), Le(4U))));
}

TEST_F(PollerWebSubTest, AHubThatNeverAsksBackIsAskedAgainMoreAndMoreSeldom) {
  live(absl::Hours(24));
  EXPECT_THAT(asked(), SizeIs(AllOf(Ge(3U), Le(8U))));
  const std::size_t first_day = asked().size();
  live(absl::Hours(24 * 4));
  EXPECT_THAT(asked(), SizeIs(AllOf(Ge(first_day + 2), Le(first_day + 10))));
  EXPECT_GT(world_.fetcher.hits(kUrl), 20) << "the feed is polled as if there were no hub";
}

TEST_F(PollerWebSubTest, AHubThatRefusesIsLeftAloneForADay) {
  world_.web[kHub].status = 403;
  live(absl::Hours(11));
  EXPECT_THAT(asked(), SizeIs(1));
}

TEST_F(PollerWebSubTest, TheLeaseIsRenewedBeforeItEndsAtTheSameAddress) {
  subscribe(absl::Hours(24));
  live(absl::Hours(22));
  ASSERT_THAT(asked(), SizeIs(2));
  EXPECT_EQ(asked()[0], asked()[1]);
  EXPECT_EQ(ask_back(absl::Hours(24)).body, "c+d");
  live(absl::Hours(22));
  EXPECT_THAT(asked(), SizeIs(3));
}

TEST_F(PollerWebSubTest, WhatIsNoMoreOfferedIsNotRenewed) {
  subscribe(absl::Hours(24));
  world_.web[kUrl].headers.clear();
  live(absl::Hours(48));
  EXPECT_THAT(asked(), SizeIs(1));
}

TEST_F(PollerWebSubTest, AnotherTopicIsSubscribedAndTheOldOneEnded) {
  subscribe(absl::Hours(10));
  world_.web[kUrl].headers = {{"Link", "<https://hub.example/>; rel=hub, <https://a.example/new>; rel=self"}};
  live(absl::Hours(9) + absl::Minutes(30));
  std::string all;
  for (const std::string& form : asked())
    str_append(&all, field_of(form, "hub.mode"), " ", field_of(form, "hub.topic"), "\n");
  EXPECT_THAT(all, HasSubstr("unsubscribe https://a.example/feed\n"));
  EXPECT_THAT(all, HasSubstr("\nsubscribe https://a.example/new\n"));
}

TEST_F(PollerWebSubTest, ARestartKnowsWhatWasGranted) {
  subscribe();
  restart();
  EXPECT_EQ(deliver("x", "").status, 503) << "not ready: the hub tries again";
  settle();
  live(absl::Hours(1));
  EXPECT_THAT(asked(), SizeIs(1)) << "the lease still runs";
  EXPECT_EQ(publish("post 2 after the restart").status, 202);
  EXPECT_EQ(world_.items().back().native_id(), "2");
}

TEST_F(PollerWebSubTest, ARestartAsksAgainWhereNothingWasGranted) {
  pass(absl::Minutes(1));
  ASSERT_THAT(asked(), SizeIs(1));
  restart();
  settle();
  live(absl::Minutes(11));
  ASSERT_THAT(asked(), SizeIs(2));
  EXPECT_EQ(asked()[0], asked()[1]);
}

TEST_F(PollerWebSubTest, AnAccountThatIsFollowedNoMoreIsUnsubscribed) {
  subscribe();
  world_.accounts.clear();
  world_.add("b");
  restart();
  settle();
  live(absl::Minutes(11));
  ASSERT_THAT(asked(), SizeIs(2));
  EXPECT_EQ(field_of(asked()[1], "hub.mode"), "unsubscribe");
  EXPECT_EQ(field_of(asked()[1], "hub.callback"), field_of(asked()[0], "hub.callback"));
  EXPECT_EQ(publish("post 2 too late").status, 410);
  EXPECT_EQ(ask_back().body, "c+d");
  EXPECT_EQ(
      question(callback(), "hub.mode=unsubscribe&hub.challenge=x&hub.topic=" + percent_encode(kTopic)).status,
      404);
  restart();
  settle();
  live(absl::Hours(1));
  EXPECT_THAT(asked(), SizeIs(2)) << "it is over, also after another restart";
}

TEST_F(PollerWebSubTest, WhileItIsConfirmedTheFeedIsPolledEachHour) {
  subscribe();
  const int before = world_.fetcher.hits(kUrl);
  for (int i = 2; i < 8; ++i) {
    publish(str_cat("post ", i, " x"));
    world_.web[kUrl].body = str_cat("post ", i, " x");
    live(absl::Hours(1));
  }
  EXPECT_LE(world_.fetcher.hits(kUrl), before + 8);
  EXPECT_GE(world_.fetcher.hits(kUrl), before + 4) << "a hub may forget";
  EXPECT_THAT(asked(), SizeIs(1));
}

TEST_F(PollerWebSubTest, AHubThatDoesNotTellIsTrustedNoMore) {
  subscribe();
  for (int i = 2; i < 6; ++i) {
    world_.web[kUrl].body = str_cat("post ", i, " x");
    live(absl::Hours(2));
  }
  EXPECT_THAT(asked(), SizeIs(Ge(2U)));
  EXPECT_GE(world_.fetcher.hits(kUrl), 8) << "polled as usual";
}

TEST_F(PollerWebSubTest, AKnownPostInOtherWordsIsLookedUpAtItsSource) {
  subscribe();
  live(absl::Minutes(20));
  const int before = world_.fetcher.hits(kUrl);
  publish("post 1 an older text, delivered late");
  live(absl::Minutes(3));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1);
  EXPECT_THAT(world_.items(), SizeIs(1)) << "the source says what it said";
  world_.web[kUrl].body = "post 1 corrected";
  publish("post 1 corrected");
  live(absl::Minutes(3));
  ASSERT_THAT(world_.items(), SizeIs(2));
  EXPECT_EQ(world_.items().back().text(), "corrected");
}

TEST_F(PollerWebSubTest, ADeletionIsNoHubsToTell) {
  subscribe();
  publish("post 2 y\ngone 1");
  for (const Parcel& parcel : world_.bus.parcels()) EXPECT_EQ(parcel.deletions_size(), 0);
}

TEST_F(PollerWebSubTest, WhatCannotBeReadIsPolled) {
  subscribe();
  live(absl::Minutes(20));
  const int before = world_.fetcher.hits(kUrl);
  world_.web[kUrl].body = "post 1 x\npost 2 y";
  EXPECT_EQ(publish("error 3 not a feed").status, 202);
  live(absl::Minutes(3));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1);
  EXPECT_THAT(world_.items(), SizeIs(2));
}

TEST_F(PollerWebSubTest, WhenTheBusIsFullWhatWaitsIsKeptAndThenRefused) {
  limits_.deliveries = 2;
  restart();
  settle();
  live(absl::Minutes(11));
  ASSERT_EQ(ask_back().body, "c+d");
  world_.bus.set_full(true);
  const std::string secret = field_of(asked().front(), "hub.secret");
  const auto post = [&](const std::string& body) { return deliver(body, sign(body, secret)).status; };
  EXPECT_EQ(post("post 2 x"), 202);
  EXPECT_EQ(post("post 3 x"), 202);
  EXPECT_EQ(post("post 4 x"), 503);
  ASSERT_TRUE(world_.poller().turn(absl::ZeroDuration()).ok());
  ASSERT_TRUE(world_.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_EQ(post("post 4 x"), 202) << "one is on its way now";
  EXPECT_EQ(post("post 5 x"), 503);
  world_.bus.set_full(false);
  settle();
  EXPECT_THAT(world_.items(), SizeIs(4));
  EXPECT_EQ(post("post 5 x"), 202);
}

TEST_F(PollerWebSubTest, TooManyBytesAreRefused) {
  limits_.bytes = 100;
  restart();
  settle();
  live(absl::Minutes(11));
  EXPECT_EQ(publish(str_cat("post 2 ", std::string(100, 'x'))).status, 503);
  EXPECT_EQ(publish("post 2 short").status, 202);
}

TEST_F(PollerWebSubTest, ACompressedBodyIsNotTaken) {
  subscribe();
  HttpRequest request;
  request.method = "POST";
  request.headers = {{"Content-Encoding", "gzip"}};
  EXPECT_EQ(knock(std::move(request), callback()).status, 415);
}

TEST_F(PollerWebSubTest, APausedAccountIsDeafToItsHub) {
  subscribe();
  Hold hold;
  hold.set_by("Mira");
  ASSERT_TRUE(world_.poller().hold("words:a", hold).ok());
  publish("post 2 y");
  EXPECT_THAT(world_.items(), SizeIs(1));
}

TEST_F(PollerWebSubTest, NeitherSecretNorAddressIsStored) {
  subscribe();
  publish("post 2 y");
  const std::string secret = field_of(asked()[0], "hub.secret");
  const std::string name = callback().substr(callback().rfind('/') + 1);
  const std::string stored = world_.state().SerializeAsString();
  EXPECT_THAT(stored, HasSubstr("hub.example"));
  EXPECT_THAT(stored, Not(HasSubstr(secret)));
  EXPECT_THAT(stored, Not(HasSubstr(name)));
  for (const Item& item : world_.items()) {
    const std::string capture = world_.store.capture(item.capture_sha256())->SerializeAsString();
    EXPECT_THAT(capture, Not(HasSubstr(secret)));
    EXPECT_THAT(capture, Not(HasSubstr(name)));
  }
}

TEST_F(PollerWebSubTest, AClockSetBackStopsNothing) {
  subscribe(absl::Hours(24));
  pass(-absl::Hours(24 * 30));
  live(absl::Hours(2));
  EXPECT_THAT(asked(), SizeIs(Ge(2U))) << "asked again, soon, by the new clock";
}

TEST(PollerWithoutWebSub, AsksNoHub) {
  World world;
  world.web[kUrl] = {200, "post 1 x", {{"Link", kLinks}}};
  for (int i = 0; i < 20; ++i) world.next();
  EXPECT_EQ(world.fetcher.hits(kHub), 0);
}

TEST(WebSubHome, GivesEachSubscriptionItsOwnAddressAndSecret) {
  const WebSubHome home{"https://desk.example/websub/", std::string(64, 'k')};
  const WebSubSubscription one = home.subscription("feed:a", {kHub, kTopic});
  EXPECT_EQ(one.callback, home.subscription("feed:a", {kHub, kTopic}).callback) << "also after a restart";
  EXPECT_NE(one.callback, home.subscription("feed:b", {kHub, kTopic}).callback);
  EXPECT_NE(one.secret, home.subscription("feed:b", {kHub, kTopic}).secret);
  EXPECT_NE(one.secret, websub_name(one));
  const WebSubHome other{"https://desk.example/websub/", std::string(64, 'j')};
  EXPECT_NE(one.callback, other.subscription("feed:a", {kHub, kTopic}).callback);
  EXPECT_NE(home.mark(), other.mark());
}

}  // namespace
}  // namespace copytaster
