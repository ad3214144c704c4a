// The chain stamped with the time: when, what is stored, and what becomes of bad answers.
#include "app/stamping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/verify.h"
#include "core/bytes.h"
#include "core/chain.h"
#include "core/time.h"
#include "core/time_stamp.h"
#include "net/http_client.h"
#include "storage/open.h"
#include "tests/app/warc_support.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/hit_server.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/time_stamp_authority.h"

namespace copytaster {
namespace {

using ::copytaster::testing::FakeFetcher;
using ::copytaster::testing::HitServer;
using ::copytaster::testing::MemoryKeyValue;
using ::copytaster::testing::TimeStampAuthority;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kUrl[] = "https://tsa.example/";

class StampingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = *open_store(&database_, folder_.path(), OpenMode::kReadWrite);
    settings_.url = kUrl;
    start();
  }
  void start() { stamping_ = std::make_unique<Stamping>(settings_, &database_, &fetcher_, &clock_); }
  // One more answer of somebody; one more link.
  void fetch_something() {
    auto batch = store_->batch();
    ASSERT_TRUE(store_->stage_capture(*batch, capture_of(str_cat("{\"page\":", ++pages_, "}"))).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  }
  void turns(int count = 3) {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(stamping_->turn().ok());
      fetcher_.drive(absl::ZeroDuration());
    }
    ASSERT_TRUE(stamping_->turn().ok());
  }
  [[nodiscard]] std::vector<TimeStamp> stamps() const {
    std::vector<TimeStamp> all;
    EXPECT_TRUE(database_
                    .scan(Space::kStamps, "", "",
                          [&](std::string_view key, std::string_view value) {
                            EXPECT_TRUE(all.emplace_back().ParseFromString(std::string(value)));
                            EXPECT_EQ(key, big_endian(all.back().number()));
                            return true;
                          })
                    .ok());
    return all;
  }
  absl::StatusOr<HttpResponse> answer(const HttpRequest& request) {
    if (web_) return web_(request);
    authority_.set_time(clock_.now());
    HttpResponse response;
    response.status = 200;
    response.body = authority_.answer(request.body);
    return response;
  }
  void answer_with(int status, std::string body) {
    web_ = [=](const HttpRequest&) {
      HttpResponse response;
      response.status = status;
      response.body = body;
      return response;
    };
  }

  TemporaryFolder folder_;
  MemoryKeyValue database_;
  std::unique_ptr<Store> store_;
  ManualClock clock_{absl::FromUnixSeconds(1'650'000'000)};
  TimeStampAuthority authority_{"Time Stamps of a Test"};
  FakeFetcher::Web web_;
  FakeFetcher fetcher_{[this](const HttpRequest& request) { return answer(request); }};
  StampSettings settings_;
  std::unique_ptr<Stamping> stamping_;
  int pages_ = 0;
};

TEST_F(StampingTest, TheNewestLinkIsStampedOnceADayIfItIsNew) {
  turns();
  EXPECT_THAT(fetcher_.requests(), IsEmpty()) << "there is no chain yet";
  fetch_something();
  fetch_something();
  clock_.advance(absl::Minutes(2));
  turns();
  ASSERT_EQ(fetcher_.requests().size(), 1U);
  const HttpRequest& request = fetcher_.requests()[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(header_value(request.headers, "content-type"), "application/timestamp-query");
  ASSERT_EQ(stamps().size(), 1U);
  const TimeStamp stamp = stamps()[0];
  EXPECT_EQ(stamp.number(), 1U);
  EXPECT_EQ(stamp.link(),
            parse_chain_record(*database_.get(Space::kChain, big_endian(std::uint64_t{1})))->link);
  EXPECT_EQ(stamp.authority(), kUrl);
  EXPECT_EQ(to_time(stamp.at()), clock_.now());
  EXPECT_TRUE(read_stamp(stamp.token(), {.link = stamp.link()}).ok());

  clock_.advance(absl::Hours(25));
  turns();
  EXPECT_EQ(fetcher_.requests().size(), 1U) << "nothing new";
  fetch_something();
  clock_.advance(absl::Minutes(1));
  turns();
  EXPECT_EQ(stamps().size(), 2U);
  fetch_something();
  clock_.advance(absl::Hours(23));
  turns();
  EXPECT_EQ(stamps().size(), 2U) << "not a day yet";
  start();  // and a restart does not forget
  turns();
  EXPECT_EQ(stamps().size(), 2U);
  clock_.advance(absl::Hours(1));
  turns();
  EXPECT_EQ(stamps().size(), 3U);
}

TEST_F(StampingTest, WithoutAnAuthorityNothingIsAsked) {
  settings_.url.clear();
  start();
  fetch_something();
  turns();
  EXPECT_THAT(fetcher_.requests(), IsEmpty());
}

TEST_F(StampingTest, BadAnswersAreNotKeptAndItIsAskedAgain) {
  fetch_something();
  const std::string to_another_link = authority_.answer(make_stamp_request(std::string(32, 'x'))->der);
  const std::string own_link =
      parse_chain_record(*database_.get(Space::kChain, big_endian(std::uint64_t{0})))->link;
  const std::string to_another_request = authority_.answer(make_stamp_request(own_link)->der);
  std::size_t asked = 0;
  for (const auto& [status, body] : {std::pair(200, to_another_link),
                                     {200, to_another_request},
                                     {200, std::string("<html>hello</html>")},
                                     {200, std::string(1 << 20, 'x')},
                                     {200, std::string()},
                                     {404, std::string("not here")},
                                     {200, authority_.answer("no request")},
                                     {503, std::string()}}) {
    answer_with(status, body);
    turns();
    EXPECT_EQ(fetcher_.requests().size(), ++asked);
    EXPECT_THAT(stamps(), IsEmpty());
    turns();
    EXPECT_EQ(fetcher_.requests().size(), asked) << "it waits before it asks again";
    clock_.advance(absl::Hours(6));
  }
  web_ = [](const HttpRequest&) { return absl::UnavailableError("no route"); };
  turns();
  EXPECT_THAT(stamps(), IsEmpty());
  web_ = nullptr;
  clock_.advance(absl::Hours(6));
  turns();
  EXPECT_EQ(stamps().size(), 1U);
}

TEST_F(StampingTest, AnAuthorityThatIsNotTrustedIsNotKept) {
  settings_.ca_file = folder_.path() + "/ca.pem";
  std::ofstream(settings_.ca_file) << TimeStampAuthority("Another").ca_pem();
  start();
  fetch_something();
  turns();
  EXPECT_EQ(fetcher_.requests().size(), 1U);
  EXPECT_THAT(stamps(), IsEmpty());
  std::ofstream(settings_.ca_file) << authority_.ca_pem();
  clock_.advance(absl::Hours(6));
  turns();
  EXPECT_EQ(stamps().size(), 1U);
}

TEST_F(StampingTest, AnAnswerThatIsLateMeetsNobody) {
  fetch_something();
  ASSERT_TRUE(stamping_->turn().ok());
  EXPECT_EQ(fetcher_.waiting(), 1U);
  stamping_.reset();
  fetcher_.drive(absl::ZeroDuration());
  EXPECT_THAT(stamps(), IsEmpty());
}

TEST_F(StampingTest, AClockThatWasAheadDoesNotStopIt) {
  fetch_something();
  clock_.advance(absl::Hours(24 * 365));
  turns();
  EXPECT_EQ(stamps().size(), 1U);
  clock_.advance(-absl::Hours(24 * 365));
  start();
  fetch_something();
  turns();
  EXPECT_EQ(stamps().size(), 1U);
  clock_.advance(absl::Hours(25));
  turns();
  EXPECT_EQ(stamps().size(), 2U);
}

// Through our own HTTP client, from a server.
TEST_F(StampingTest, OverHttp) {
  TimeStampAuthority authority;
  authority.set_time(clock_.now());
  HitServer server([&](const ServerRequest& request) {
    return ServerResponse{
        200, {{"Content-Type", "application/timestamp-reply"}}, authority.answer(request.body)};
  });
  HttpClientOptions options;
  options.allow = {"127.0.0.1:*"};
  const auto client = *make_http_client(options);
  settings_.url = server.url("/tsa");
  Stamping stamping(settings_, &database_, client.get(), &clock_);
  fetch_something();
  ASSERT_TRUE(stamping.turn().ok());
  while (client->drive(absl::Seconds(10)) > 0) {
  }
  ASSERT_TRUE(stamping.turn().ok());
  EXPECT_EQ(stamps().size(), 1U);
}

// ---- what `copytaster verify` makes of them

class StampsVerified : public StampingTest {
 protected:
  void SetUp() override {
    StampingTest::SetUp();
    for (int i = 0; i < 5; ++i) {
      fetch_something();
      clock_.advance(absl::Hours(25));
      turns();
    }
    ASSERT_EQ(stamps().size(), 5U);
    fetch_something();  // behind the last stamp
  }
  VerifyReport verify(const std::string& ca_file = "") {
    const auto media = *open_folder_media(folder_.path(), OpenMode::kReadWrite);
    auto report = verify_store(database_, *media, folder_.path(), {}, ca_file);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : VerifyReport();
  }
  void put(Space space, std::uint64_t number, const std::string& value) {
    const auto batch = database_.batch();
    batch->put(space, big_endian(number), value);
    ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  }
};

TEST_F(StampsVerified, GoodOnesSayUpToWhereAndWhen) {
  const VerifyReport report = verify();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.stamps, 5U);
  EXPECT_EQ(report.stamps_trusted, 0U);
  EXPECT_EQ(report.stamped_link, 4U);
  EXPECT_EQ(report.stamped_at,
            absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", to_time(stamps()[4].at()), absl::UTCTimeZone()));
  EXPECT_EQ(report.stamped_by, "Time Stamps of a Test");
  std::printf(
      "proof: %d time stamps of an authority checked against the chain, with nonce, hash and certificate\n",
      static_cast<int>(report.stamps));
}

TEST_F(StampsVerified, TheAuthorityIsChecked) {
  const std::string ca = folder_.path() + "/ca.pem";
  std::ofstream(ca) << authority_.ca_pem();
  EXPECT_EQ(verify(ca).stamps_trusted, 5U);
  std::ofstream(ca) << TimeStampAuthority("Another").ca_pem();
  EXPECT_EQ(verify(ca).problem_count, 5U);
  EXPECT_EQ(verify(ca).stamps, 0U);
}

// Somebody makes the whole chain anew, with right hashes: only the stamps know.
TEST_F(StampsVerified, AChainMadeAnewIsTold) {
  std::string before = chain_begin();
  for (std::uint64_t number = 0; number < 6; ++number) {
    Capture told;
    ASSERT_TRUE(
        told.ParseFromString(parse_chain_record(*database_.get(Space::kChain, big_endian(number)))->entry));
    if (number == 2) told.set_url("https://elsewhere.example/");
    const std::string record = make_chain_record(before, told.SerializeAsString());
    before = parse_chain_record(record)->link;
    put(Space::kChain, number, record);
    if (number != 2) continue;
    Capture stored = *store_->capture(told.sha256());
    stored.set_url(told.url());
    const auto batch = database_.batch();
    batch->put(Space::kCaptures, told.sha256(), stored.SerializeAsString());
    ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  }
  const VerifyReport report = verify();
  EXPECT_EQ(report.stamped_link, 1U);
  EXPECT_THAT(report.problems, ::testing::ElementsAre(HasSubstr("link 2 of the chain was stamped on"),
                                                      HasSubstr("link 3 of the chain was stamped on"),
                                                      HasSubstr("was made anew")));
}

TEST_F(StampsVerified, AnEndThatWasCutOffIsTold) {
  const auto batch = database_.batch();
  for (const std::uint64_t number : {4, 5}) batch->erase(Space::kChain, big_endian(number));
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  EXPECT_THAT(verify().problems, ::testing::Contains(::testing::AllOf(
                                     HasSubstr("link 4 of the chain was stamped on"), HasSubstr("cut off"))));
}

TEST_F(StampsVerified, AStampThatWasChangedOrPutElsewhereIsTold) {
  const std::vector<TimeStamp> good = stamps();
  TimeStamp stamp = good[1];
  std::string token = stamp.token();
  token.back() = static_cast<char>(token.back() ^ 1);
  stamp.set_token(token);
  put(Space::kStamps, 1, stamp.SerializeAsString());
  put(Space::kStamps, 2, "\xff\xff");
  stamp = good[0];
  stamp.set_number(3);
  put(Space::kStamps, 3, stamp.SerializeAsString());
  EXPECT_THAT(verify().problems,
              ::testing::ElementsAre(HasSubstr("the time stamp of link 1 is not good"),
                                     HasSubstr("the time stamp of link 2 cannot be read"),
                                     ::testing::AllOf(HasSubstr("link 3"), HasSubstr("made anew"))));
}

}  // namespace
}  // namespace copytaster
