// Dead letters on the desk: trying one again, and the sum in the status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/clock.h"
#include "core/strings.h"
#include "core/url.h"
#include "desk/desk_server.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LettersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    house_.store = &store_;
    house_.media = &media_;
    house_.clock = &clock_;
  }
  void start() {
    DeskOptions options;
    options.port = 0;
    auto desk = DeskServer::start(options, house_);
    ASSERT_TRUE(desk.ok()) << desk.status();
    desk_ = *std::move(desk);
  }
  RawReply post(std::string_view id) {
    return ask(desk_->port(), str_cat("POST /api/dead-letters/", percent_encode(id), "/retry"),
               "Host: localhost\r\nContent-Type: application/json\r\nOrigin: http://localhost\r\n", "{}");
  }
  RawReply status() { return ask(desk_->port(), "GET /api/status", "Host: localhost\r\n", ""); }

  ManualClock clock_{absl::FromUnixSeconds(1683831600)};
  FakeStore store_;
  FakeMedia media_;
  DeskDependencies house_ = {};
  std::unique_ptr<DeskServer> desk_;
};

TEST_F(LettersTest, TheHouseTriesTheLetterThatWasNamed) {
  std::vector<std::string> asked;
  house_.letters.retry = [&](std::string_view id) -> absl::StatusOr<LetterAnswer> {
    asked.emplace_back(id);
    if (id == "none") return absl::NotFoundError("no dead letter none");
    if (id == "full") return absl::ResourceExhaustedError("the log is full");
    return LetterAnswer{std::string(id), asked.size() == 1, 1, 2, "still odd"};
  };
  start();
  const std::string id = "feed:https://a.test/x/abc/0";  // with slashes, as letters of collectors have
  EXPECT_EQ(post(id).body,
            R"({"id":"feed:https://a.test/x/abc/0","read":true,"posts":1,"attempts":2,"why":"still odd"})");
  EXPECT_THAT(post(id).body, HasSubstr(R"("read":false)"));
  EXPECT_EQ(asked, (std::vector<std::string>{id, id}));
  EXPECT_EQ(post("none").status, 404);
  EXPECT_EQ(post("full").status, 503);
}

TEST_F(LettersTest, WhereNobodyCanItSaysSo) {
  start();
  EXPECT_EQ(post("a").status, 503);
  EXPECT_THAT(status().body, Not(HasSubstr("balance")));
}

TEST_F(LettersTest, TheStatusTellsWhetherTheSumHolds) {
  house_.letters.balance = [] { return Balance{10, 7, 2, true}; };
  start();
  EXPECT_THAT(status().body, HasSubstr(R"("settled":true,"unaccounted":1)"));
}

}  // namespace
}  // namespace copytaster
