// Rights on the desk: what an editor decides about a picture reaches the house as it was given.
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

constexpr std::string_view kToken = "correct horse battery staple";
const std::string kGranted =
    R"({"picture":"1","shown":"abc","state":"granted","note":"by mail,\nfor one story","by":" Mira "})";

class RightsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    put_visit(store_);
    house_.store = &store_;
    house_.media = &media_;
    house_.clock = &clock_;
    house_.rights.decide = [this](const RightsAnswer& answer) {
      if (refusal_.ok()) answers_.push_back(answer);
      return refusal_;
    };
    start();
  }
  void start(std::string_view token = {}) {
    DeskOptions options;
    options.port = 0;
    options.token = std::string(token);
    auto desk = DeskServer::start(options, house_);
    ASSERT_TRUE(desk.ok()) << desk.status();
    desk_ = *std::move(desk);
  }
  RawReply post(const std::string& body, const std::string& type = "application/json",
                const std::string& more = "Origin: http://localhost\r\n") {
    return ask(desk_->port(), str_cat("POST /api/items/", percent_encode(kAlbum), "/rights"),
               str_cat("Host: localhost\r\nContent-Type: ", type, "\r\n", more), body);
  }

  ManualClock clock_{absl::FromUnixSeconds(1683831600)};
  FakeStore store_;
  FakeMedia media_;
  DeskDependencies house_ = {};
  absl::Status refusal_;
  std::vector<RightsAnswer> answers_;
  std::unique_ptr<DeskServer> desk_;
};

TEST_F(RightsTest, ADecisionReachesTheHouseAsItWasGiven) {
  const RawReply reply = post(kGranted);
  EXPECT_EQ(reply.status, 202) << reply.body;
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].item_id, kAlbum);
  EXPECT_EQ(answers_[0].media_index, 1U);
  EXPECT_EQ(answers_[0].state, "granted");
  EXPECT_EQ(answers_[0].note, "by mail, for one story");
  EXPECT_EQ(answers_[0].by, "Mira");
  EXPECT_THAT(reply.body, HasSubstr(R"("picture":1,"state":"granted","by":"Mira")"));
}

TEST_F(RightsTest, APicturesPlaceMayBeAWholeNumber) {
  std::string body = kGranted;
  body.replace(body.find("\"1\""), 3, "1");
  EXPECT_EQ(post(body).status, 202);
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].media_index, 1U);
  for (const char* wrong : {"1.5", "-1", "1e300", "[1]", "true"}) {
    body.replace(body.find("\":") + 2, body.find(",") - body.find("\":") - 2, wrong);
    EXPECT_EQ(post(body).status, 400) << body;
  }
}

TEST_F(RightsTest, AFormDecidesToo) {
  EXPECT_EQ(post("picture=0&shown=https%3A%2F%2Fcdn.test%2F1.jpg&state=embed-only&by=Mira",
                 "application/x-www-form-urlencoded")
                .status,
            202);
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].state, "embed-only");
  EXPECT_EQ(answers_[0].shown, "https://cdn.test/1.jpg");
}

TEST_F(RightsTest, WhatIsWrongIsSaidWithWhatWouldBeRight) {
  for (const auto& [body, words] :
       {std::pair<std::string, std::string>{R"({"state":"granted","by":"Mira"})", "Which picture"},
        {R"({"picture":"-1","state":"granted","by":"Mira"})", "Which picture"},
        {R"({"picture":"0","shown":"abc","state":"cleared","by":"Mira"})", "state is one of unknown, asked"},
        {R"({"picture":"0","shown":"abc","state":"granted","by":" "})", "Who says so?"},
        {R"({"picture":"0","state":"granted","by":"Mira"})", "Which picture was it"},
        {R"({"picture":"0","state":"granted","by":"Mira","until":"2030"})", "until"},
        {"nonsense", "no JSON object"}}) {
    const RawReply reply = post(body);
    EXPECT_EQ(reply.status, 400) << body;
    EXPECT_THAT(reply.body, HasSubstr(words)) << body;
    EXPECT_THAT(reply.body, HasSubstr("Right would be")) << body;
  }
  EXPECT_TRUE(answers_.empty());
}

TEST_F(RightsTest, TheHousesRefusalIsTold) {
  refusal_ = absl::NotFoundError("there is no post x");
  EXPECT_EQ(post(kGranted).status, 404);
  refusal_ = absl::InvalidArgumentError("it has no picture 7");
  EXPECT_EQ(post(kGranted).status, 400);
  refusal_ = absl::FailedPreconditionError("picture 1 is not the one that you were shown");
  EXPECT_EQ(post(kGranted).status, 409);
  house_.rights.decide = nullptr;
  start();
  EXPECT_EQ(post(kGranted).status, 503);
}

TEST_F(RightsTest, NobodyDecidesWhoMayNotWrite) {
  EXPECT_EQ(post(kGranted, "application/json", "Origin: https://elsewhere.test\r\n").status, 403);
  start(kToken);
  EXPECT_EQ(post(kGranted).status, 401);
  EXPECT_EQ(post(kGranted, "application/json",
                 str_cat("Origin: http://localhost\r\nAuthorization: Bearer ", kToken, "\r\n"))
                .status,
            202);
  EXPECT_EQ(answers_.size(), 1U);
}

}  // namespace
}  // namespace copytaster
