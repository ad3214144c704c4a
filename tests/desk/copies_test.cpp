// Copies on the desk: why two posts are folded, and what an editor says of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "desk/desk_server.h"
#include "desk/one_line.h"
#include "google/protobuf/struct.pb.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kWhy =
    R"({"items":[{"id":"a"},{"id":"b"}],"folded":true,"answer":"fold","rule":"cross-post","rules":[]})";
constexpr std::string_view kToken = "correct horse battery staple";

class CopiesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    put_visit(store_);
    house_.store = &store_;
    house_.media = &media_;
    house_.clock = &clock_;
    house_.copies.answer = [this](const CopyAnswer& answer) {
      if (!refusal_.ok()) return refusal_;
      answers_.push_back(answer);
      return absl::OkStatus();
    };
    house_.copies.explain = [this](std::string_view id,
                                   std::string_view other) -> absl::StatusOr<std::string> {
      asked_ = str_cat(id, " | ", other);
      if (other == "none") return absl::NotFoundError("no such post");
      return std::string(kWhy);
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
  static std::string path(std::string_view id) {
    return str_cat("/api/items/", percent_encode(id), "/copies");
  }
  RawReply get(const std::string& target) { return ask(desk_->port(), str_cat("GET ", target)); }
  RawReply post(std::string_view id, const std::string& body, const std::string& type = "application/json",
                const std::string& more = "Origin: http://localhost\r\n") {
    return ask(desk_->port(), str_cat("POST ", path(id)),
               str_cat("Host: localhost\r\nContent-Type: ", type, "\r\n", more), body);
  }
  static google::protobuf::Struct json(const RawReply& reply) {
    google::protobuf::Struct out;
    EXPECT_TRUE(from_json(reply.body, &out).ok()) << reply.body;
    return out;
  }
  // Of an error: what is wrong and what would be right.
  static std::string words(const RawReply& reply) {
    const auto root = json(reply).fields();
    if (!root.contains("error")) return reply.body;
    const auto error = root.at("error").struct_value().fields();
    return str_cat(error.at("message").string_value(), " ",
                   error.contains("hint") ? error.at("hint").string_value() : "");
  }

  ManualClock clock_{absl::FromUnixSeconds(1683831600)};
  FakeStore store_;
  FakeMedia media_;
  DeskDependencies house_ = {};
  absl::Status refusal_;
  std::vector<CopyAnswer> answers_;
  std::string asked_;
  std::unique_ptr<DeskServer> desk_;
};

std::string body(std::string_view other, bool same, std::string_view by) {
  JsonWriter out;
  out.begin_object().member("of", other).member("same", same).member("by", by);
  return out.end_object().text();
}

TEST_F(CopiesTest, AnAnswerReachesTheHouseAsItWasGiven) {
  const RawReply reply = post(kHost, body(kArrivalCopy, true, "Mira"));
  EXPECT_EQ(reply.status, 202) << reply.body;
  const auto fields = json(reply).fields();
  EXPECT_EQ(fields.at("item_id").string_value(), kHost);
  EXPECT_EQ(fields.at("other_id").string_value(), kArrivalCopy);
  EXPECT_TRUE(fields.at("same").bool_value());
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].item_id, kHost);
  EXPECT_EQ(answers_[0].other_id, kArrivalCopy);
  EXPECT_TRUE(answers_[0].same);
  EXPECT_EQ(answers_[0].by, "Mira");
  EXPECT_FALSE(json(post(kHost, body(kArrivalCopy, false, "Mira"))).fields().at("same").bool_value());
  ASSERT_EQ(answers_.size(), 2U);
  EXPECT_FALSE(answers_[1].same);
}

TEST_F(CopiesTest, AFormAnswersToo) {
  const std::string form = "application/x-www-form-urlencoded";
  EXPECT_EQ(post(kHost, str_cat("of=", percent_encode(kArrival), "&same=false&by=Mira+B%C3%A9"), form).status,
            202);
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].other_id, kArrival);
  EXPECT_FALSE(answers_[0].same);
  EXPECT_EQ(answers_[0].by, "Mira Bé");
  EXPECT_THAT(words(post(kHost, "of=x&same=1&by=Mira", form)), HasSubstr("same must be true or false"));
}

TEST_F(CopiesTest, WhatIsMissingOrWrongIsToldWithWhatWouldBeRight) {
  const std::string itself = body(kHost, true, "Mira");
  for (const auto& [sent, told] : {
           std::pair<std::string, std::string>{R"({"same":true,"by":"Mira"})", "Of which other post?"},
           {R"({"of":"","same":true,"by":"Mira"})", "Right would be {\"of\""},
           {R"({"of":"x","by":"Mira"})", "true folds the two posts, false keeps them apart"},
           {R"({"of":"x","same":null,"by":"Mira"})", "Are they the same or not?"},
           {R"({"of":"x","same":"yes","by":"Mira"})", "same must be true or false"},
           {R"({"of":"x","same":1,"by":"Mira"})", "same must be true or false"},
           {R"({"of":"x","same":[true],"by":"Mira"})", "same must be true or false"},
           {R"({"of":"x","same":true})", "Who says so?"},
           {R"({"of":"x","same":true,"by":" \t\u0000 "})", "Who says so?"},
           {R"({"of":"x","same":true,"by":"\u200b\u202e"})", "Who says so?"},
           {R"({"of":"x","same":true,"by":true})", "the field by is no text"},
           {R"({"of":{"x":1},"same":true,"by":"Mira"})", "the field of is no text"},
           {R"({"of":"x","same":true,"by":"Mira","unless":"y"})", "no field \"unless\""},
           {itself, "of names the post itself"},
           {"", "the body is no JSON object"},
           {"{", "the body is no JSON object"},
           {"[]", "the body is no JSON object"},
           {"\xff\xfe", "the body is no JSON object"},
           {std::string(200'000, '['), "the body is no JSON object"},
       }) {
    const RawReply reply = post(kHost, sent);
    EXPECT_EQ(reply.status, 400) << sent.substr(0, 80);
    EXPECT_THAT(words(reply), HasSubstr(told)) << sent.substr(0, 80);
  }
  EXPECT_EQ(post(kHost, body(std::string(5000, 'x'), true, "Mira")).status, 400);
  EXPECT_EQ(post(kHost, "of=x", "text/plain").status, 400);
  EXPECT_TRUE(answers_.empty());
}

TEST_F(CopiesTest, ANameIsOneCleanLineOfBoundedLength) {
  EXPECT_EQ(post(kHost, "{\"of\":\"x\",\"same\":true,\"by\":\" Mira\\u0000\\n\\u001b[31m\\u202eB\xC3\xA9 \"}")
                .status,
            202);
  EXPECT_EQ(post(kHost, body("x", true, std::string(100'000, 'm'))).status, 202);
  ASSERT_EQ(answers_.size(), 2U);
  EXPECT_EQ(answers_[0].by, "Mira [31mBé");
  EXPECT_EQ(answers_[1].by.size(), 200U);
}

TEST(OneLine, KeepsWholeCharactersAndWhatCanBeSeen) {
  EXPECT_EQ(one_line("  a\r\n\tb  ", 10), "a b");
  EXPECT_EQ(one_line("éé", 3), "é");
  EXPECT_EQ(one_line("\xff z", 10), "\uFFFD z");
  EXPECT_EQ(one_line("", 10), "");
  EXPECT_EQ(one_line("\u2066\u200d\u00ad", 20), "") << "nothing can be seen";
  EXPECT_EQ(one_line("علی\u200cرضا", 40), "علی\u200cرضا") << "a joiner belongs to the word";
}

TEST_F(CopiesTest, WhatTheHouseSaysIsToldAsItsKind) {
  refusal_ = absl::NotFoundError("no such post");
  EXPECT_EQ(post(kHost, body("x", true, "Mira")).status, 404);
  refusal_ = absl::InvalidArgumentError("a deleted post is a copy of none");
  const RawReply wrong = post(kHost, body("x", true, "Mira"));
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("a deleted post is a copy of none"));
  refusal_ = absl::FailedPreconditionError("x is older than the posts that are still compared");
  const RawReply late = post(kHost, body("x", true, "Mira"));
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("x is older than the posts that are still compared"));
  EXPECT_THAT(get("/openapi.json").body, HasSubstr("older than the posts that are still compared"));
  refusal_ = absl::UnavailableError("the bus is full");
  EXPECT_EQ(post(kHost, body("x", true, "Mira")).status, 503);
}

TEST_F(CopiesTest, AnotherSitesPageOrAStrangerCanSayNothing) {
  const std::string json = "application/json";
  const std::string right = body("x", true, "Mira");
  EXPECT_EQ(post(kHost, right, json, "Origin: https://evil.example\r\n").status, 403);
  start(kToken);
  EXPECT_EQ(post(kHost, right).status, 401);
  EXPECT_EQ(get(str_cat(path(kHost), "?of=x")).status, 401);
  EXPECT_TRUE(answers_.empty());
  EXPECT_EQ(
      post(kHost, right, json, str_cat("Origin: http://localhost\r\nAuthorization: Bearer ", kToken, "\r\n"))
          .status,
      202);
}

TEST_F(CopiesTest, TheExplanationIsTheHousesOwn) {
  const RawReply reply = get(str_cat(path(kHost), "?of=", percent_encode(kArrivalCopy)));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, kWhy);
  EXPECT_EQ(reply.header("content-type"), "application/json");
  EXPECT_FALSE(reply.header("etag").empty());
  EXPECT_EQ(asked_, str_cat(kHost, " | ", kArrivalCopy));
  EXPECT_EQ(get(str_cat(path(kHost), "?of=none")).status, 404);
  for (const std::string& wrong : {std::string(), std::string("?of="), str_cat("?of=", percent_encode(kHost)),
                                   str_cat("?of=", std::string(5000, 'x'))}) {
    EXPECT_EQ(get(path(kHost) + wrong).status, 400) << wrong.substr(0, 80);
  }
  EXPECT_THAT(words(get(path(kHost))), HasSubstr("?of="));
}

TEST_F(CopiesTest, AnIdMayItselfEndInCopies) {
  const std::string odd = "feed:https://a.test/x/copies";
  store_.put(make_post(odd, "feed", "brodzki", "2023-05-11T08:00:00Z", "en", "Odd id."));
  const RawReply whole = get(str_cat("/api/items/", percent_encode(odd)));
  EXPECT_EQ(whole.status, 200);
  EXPECT_THAT(whole.body, HasSubstr("Odd id."));
  EXPECT_EQ(get(str_cat(path(odd), "?of=x")).status, 200);
  EXPECT_EQ(asked_, str_cat(odd, " | x"));
}

TEST_F(CopiesTest, WhereNobodyFoldsItIsSaidSo) {
  house_.copies = {};
  start();
  const RawReply answer = post(kHost, body("x", true, "Mira"));
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(words(answer), HasSubstr("Ask the process that folds posts"));
  EXPECT_EQ(get(str_cat(path(kHost), "?of=x")).status, 503);
}

}  // namespace
}  // namespace copytaster
