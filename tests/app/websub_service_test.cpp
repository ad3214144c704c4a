// WebSub in the whole service: site, hub and service speak real HTTP on loopback; the clock stands still.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "app/service.h"
#include "app/websub_key.h"
#include "collectors/catalog.h"
#include "core/url.h"
#include "net/http_client.h"
#include "rehearsal/rehearsal.h"
#include "storage/durable_file.h"
#include "tests/collectors/websub_hub.h"
#include "tests/support/fetching.h"
#include "tests/support/hit_server.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

using ::copytaster::testing::fetch_one;
using ::copytaster::testing::field_of;
using ::copytaster::testing::HitServer;
using ::copytaster::testing::sign;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kTopic[] = "https://city.example/feed.xml";

std::string feed(const std::vector<std::string>& titles) {
  std::string out =
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>City</title><id>urn:city</id>"
      "<link rel='hub' href='https://hub.example/'/><link rel='self' href='https://city.example/feed.xml'/>";
  for (const std::string& title : titles)
    str_append(&out, "<entry><id>urn:", title, "</id><title>", title,
               "</title><updated>2022-04-14T07:00:00Z</updated><link href='https://city.example/", title,
               "'/><content>The council met.</content></entry>");
  return out + "</feed>";
}

class WebSubServiceTest : public ::testing::Test {
 protected:
  WebSubServiceTest() : web_([this](const ServerRequest& request) { return answer(request); }) {}

  void SetUp() override {
    client_ = *make_http_client({.allow = {"127.0.0.1:*"}});
    fetcher_ = make_rehearsal_fetcher(client_.get(), web_.port());
    start();
  }
  void start() {
    ServiceOptions options;
    options.settings.data = folder_.path();
    options.settings.metrics_port = 0;
    options.settings.poller.seed = 7;
    options.settings.websub_callback = "https://desk.example/websub/";
    options.settings.websub_listen.port = 0;
    options.with_desk = false;
    options.clock = &clock_;
    options.fetcher = fetcher_.get();
    Official city;
    city.set_id("city");
    city.set_name("The City");
    *city.add_accounts() = *make_feed_account();
    city.mutable_accounts(0)->set_official_id("city");
    options.officials.push_back(city);
    auto service = Service::start(std::move(options));
    ASSERT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    settle();
  }
  static absl::StatusOr<Account> make_feed_account() {
    return Collectors(StringMap<CollectorSettings>()).find("feed")->recognise(kTopic);
  }
  void settle() {
    for (int i = 0; i < 100'000; ++i) {
      ASSERT_TRUE(service_->collect(absl::Milliseconds(1)).ok());
      if (service_->idle() && service_->poller().next_due() > clock_.now()) return;
    }
    FAIL() << "it does not settle";
  }
  // All that falls due until then.
  void live(absl::Duration time) {
    const absl::Time end = clock_.now() + time;
    while (service_->poller().next_due() <= end) {
      clock_.set(std::max(clock_.now(), service_->poller().next_due()));
      settle();
    }
    clock_.set(end);
    settle();
  }

  // By the Host that was asked for: the site and the hub.
  ServerResponse answer(const ServerRequest& request) {
    if (request.header("host") == "hub.example" && request.method == "POST") return {202, {}, ""};
    if (request.header("host") == "city.example" && request.path == "/feed.xml")
      return {200, {{"Content-Type", "application/atom+xml"}}, feed({"first"})};
    return {404, {}, ""};
  }
  [[nodiscard]] std::vector<std::string> asked() const {
    std::vector<std::string> out;
    for (const ServerRequest& request : web_.requests())
      if (request.header("host") == "hub.example") out.push_back(request.body);
    return out;
  }
  HttpResponse knock(HttpRequest request, std::string_view path) {
    request.url = str_cat("http://127.0.0.1:", service_->websub_port(), path);
    auto response = fetch_one(*client_, std::move(request));
    EXPECT_TRUE(response.ok()) << response.status();
    return response.value_or(HttpResponse());
  }
  [[nodiscard]] std::string path() const {
    std::string callback = field_of(asked().back(), "hub.callback");
    return callback.substr(std::string_view("https://desk.example").size());
  }
  void confirm() {
    const HttpResponse answer =
        knock(HttpRequest(), str_cat(path(), "?hub.mode=subscribe&hub.topic=", percent_encode(kTopic),
                                     "&hub.challenge=ch4&hub.lease_seconds=86400"));
    ASSERT_EQ(answer.body, "ch4");
    settle();
  }
  int publish(const std::string& body, const std::string& secret) {
    HttpRequest request;
    request.method = "POST";
    request.headers = {{"Content-Type", "application/atom+xml"}, {"X-Hub-Signature", sign(body, secret)}};
    request.body = body;
    const int status = knock(std::move(request), path()).status;
    settle();
    return status;
  }
  [[nodiscard]] std::vector<std::string> titles() const {
    std::vector<std::string> out;
    (void)service_->store().each_item([&](const Item& item) {
      out.push_back(item.title());
      return true;
    });
    std::sort(out.begin(), out.end());
    return out;
  }

  TemporaryFolder folder_;
  ManualClock clock_{absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone())};
  HitServer web_;
  std::unique_ptr<Fetcher> client_, fetcher_;
  std::unique_ptr<Service> service_;
};

TEST_F(WebSubServiceTest, WhatAHubPublishesIsInTheStoreAtOnce) {
  EXPECT_THAT(titles(), ElementsAre("first"));
  live(absl::Minutes(1));
  ASSERT_THAT(asked(), SizeIs(1));
  EXPECT_EQ(field_of(asked()[0], "hub.topic"), kTopic);
  confirm();
  const std::string secret = field_of(asked()[0], "hub.secret");
  EXPECT_EQ(publish(feed({"second"}), "a guess"), 202);
  EXPECT_THAT(titles(), ElementsAre("first")) << "forged";
  EXPECT_EQ(publish(feed({"second", "first"}), secret), 202);
  EXPECT_THAT(titles(), ElementsAre("first", "second"));

  service_.reset();
  start();
  EXPECT_THAT(asked(), SizeIs(1)) << "what was granted is known after a restart";
  EXPECT_EQ(publish(feed({"third"}), secret), 202);
  EXPECT_THAT(titles(), ElementsAre("first", "second", "third"));
}

TEST_F(WebSubServiceTest, NothingElseIsServedThere) {
  for (const char* other : {"/", "/api/status", "/metrics", "/websub/", "/websub/0123"})
    EXPECT_EQ(knock(HttpRequest(), other).status, 404) << other;
}

TEST(WebSubKey, IsMadeOnceForItsOwnerAlone) {
  const TemporaryFolder folder;
  const auto key = websub_key(folder.path());
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_THAT(*key, SizeIs(64));
  EXPECT_EQ(websub_key(folder.path()).value_or(""), *key);
  const std::string path = folder.path() + "/websub.key";
  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  const TemporaryFolder other;
  EXPECT_NE(websub_key(other.path()).value_or(""), *key);
}

TEST(WebSubKey, ThatOthersMayReadIsProtected) {
  const TemporaryFolder folder;
  const std::string key = websub_key(folder.path()).value_or("");
  const std::string path = folder.path() + "/websub.key";
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  EXPECT_EQ(websub_key(folder.path()).value_or(""), key);
  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST(WebSubKey, ThatIsNoneIsToldAndNotShown) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_file_durably(folder.path() + "/websub.key", "canary\n").ok());
  const auto key = websub_key(folder.path());
  EXPECT_EQ(key.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(key.status().ToString(), HasSubstr("websub.key"));
  EXPECT_THAT(key.status().ToString(), Not(HasSubstr("canary")));
  EXPECT_FALSE(websub_key(folder.path() + "/nowhere").ok());
}

}  // namespace
}  // namespace copytaster
