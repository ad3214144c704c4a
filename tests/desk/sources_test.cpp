// Sources on the desk: how each is and why, pausing and resuming, and what is brought in by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "core/strings.h"
#include "core/time.h"
#include "desk/desk_server.h"
#include "google/protobuf/struct.pb.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SourcesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Official mayor;
    mayor.set_id("aubanel");
    mayor.set_name("Claire Aubanel");
    for (const char* id :
         {"mastodon:good@social.test", "mastodon:quiet@social.test", "mastodon:new@social.test"}) {
      Account* account = mayor.add_accounts();
      account->set_id(id);
      account->set_platform("mastodon");
      account->set_profile_url(str_cat("https://social.test/@", id));
    }
    put("mastodon:good@social.test", [](AccountState&) {});
    put("mastodon:quiet@social.test", [this](AccountState& state) {
      set_timestamp(state.mutable_quiet_since(), clock_.now());
      state.add_posted(1683800000);
    });
    put("mastodon:gone@social.test", [](AccountState& state) { state.set_ended(true); });
    DeskOptions options;
    options.port = 0;
    DeskDependencies house;
    house.store = &store_;
    house.media = &media_;
    house.clock = &clock_;
    house.sources.officials = {mayor};
    house.sources.hold = [this](std::string_view id, std::optional<Hold> hold) -> absl::Status {
      if (id != "mastodon:good@social.test") return absl::NotFoundError("no such account is followed");
      held_ = std::move(hold);
      ++calls_;
      return absl::OkStatus();
    };
    house.sources.intake = [this](IntakeRequest request) -> absl::StatusOr<std::string> {
      intake_ = std::move(request);
      if (intake_.text == "bad") return absl::InvalidArgumentError("nothing to bring in");
      return "facebook:manual/1";
    };
    auto desk = DeskServer::start(options, house);
    ASSERT_TRUE(desk.ok()) << desk.status();
    desk_ = *std::move(desk);
  }
  template <typename Change>
  void put(const std::string& id, const Change& change) {
    AccountState state;
    state.set_account_id(id);
    set_timestamp(state.mutable_last_success(), clock_.now());
    change(state);
    store_.put(state);
  }
  RawReply get(const std::string& target) { return ask(desk_->port(), str_cat("GET ", target)); }
  RawReply post(const std::string& target, const std::string& type, const std::string& body,
                const std::string& origin = "http://localhost") {
    return ask(desk_->port(), str_cat("POST ", target),
               str_cat("Host: localhost\r\nOrigin: ", origin, "\r\nContent-Type: ", type, "\r\n"), body);
  }
  static google::protobuf::Struct json(const RawReply& reply) {
    google::protobuf::Struct out;
    EXPECT_TRUE(from_json(reply.body, &out).ok()) << reply.body;
    return out;
  }

  ManualClock clock_{absl::FromUnixSeconds(1683831600)};
  FakeStore store_;
  testing::MemoryMedia media_;
  std::optional<Hold> held_;
  int calls_ = 0;
  IntakeRequest intake_;
  std::unique_ptr<DeskServer> desk_;
};

TEST_F(SourcesTest, EachTellsHowItIsAndWhy) {
  const auto sources = json(get("/api/sources")).fields().at("sources").list_value();
  ASSERT_EQ(sources.values_size(), 4);
  const auto at = [&](int i, const char* name) {
    return sources.values(i).struct_value().fields().at(name).string_value();
  };
  EXPECT_EQ(at(0, "health"), "good");
  EXPECT_EQ(at(0, "official"), "Claire Aubanel");
  EXPECT_EQ(at(1, "health"), "quiet");
  EXPECT_THAT(at(1, "reason"), HasSubstr("silent since 2023-05-11"));
  EXPECT_EQ(at(2, "health"), "new") << "followed, not asked yet";
  EXPECT_EQ(at(3, "id"), "mastodon:gone@social.test");
  EXPECT_FALSE(sources.values(3).struct_value().fields().at("followed").bool_value());
  EXPECT_FALSE(sources.values(3).struct_value().fields().at("alarm").bool_value()) << "nobody follows it";
}

TEST_F(SourcesTest, StatusCountsTheFollowedByHealth) {
  const auto sources = json(get("/api/status")).fields().at("sources").struct_value().fields();
  EXPECT_EQ(sources.at("all").number_value(), 3);
  EXPECT_EQ(sources.at("good").number_value(), 1);
  EXPECT_EQ(sources.at("quiet").number_value(), 1);
  EXPECT_EQ(sources.at("new").number_value(), 1);
  EXPECT_EQ(sources.at("alarms").number_value(), 1);
  EXPECT_EQ(sources.at("ended").number_value(), 0);
}

TEST_F(SourcesTest, PauseNeedsWhoAndWhy) {
  const std::string path = "/api/sources/mastodon%3Agood%40social.test/pause";
  EXPECT_EQ(post(path, "application/json", R"({"by":"Mira"})").status, 400);
  EXPECT_EQ(post(path, "application/json", R"({"reason":"x"})").status, 400);
  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(post(path, "application/json", R"({"by":"Mira","reason":"hacked account"})").status, 200);
  ASSERT_TRUE(held_);
  EXPECT_EQ(held_->by(), "Mira");
  EXPECT_EQ(held_->reason(), "hacked account");
  EXPECT_EQ(to_time(held_->at()), clock_.now());
}

TEST_F(SourcesTest, ResumeTakesAForm) {
  held_.emplace();
  EXPECT_EQ(post("/api/sources/mastodon%3Agood%40social.test/resume", "application/x-www-form-urlencoded",
                 "by=Mira+B%C3%A9")
                .status,
            200);
  EXPECT_FALSE(held_);
  EXPECT_EQ(calls_, 1);
}

TEST_F(SourcesTest, WhoIsNotFollowedIsNotFound) {
  const RawReply reply = post("/api/sources/x/pause", "application/json", R"({"by":"M","reason":"r"})");
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(reply.body, HasSubstr("no such account is followed"));
}

TEST_F(SourcesTest, AnotherSitesPageCanChangeNothing) {
  EXPECT_EQ(post("/api/sources/mastodon%3Agood%40social.test/pause", "application/json",
                 R"({"by":"M","reason":"r"})", "https://evil.example")
                .status,
            403);
  EXPECT_EQ(
      post("/api/intake", "application/json", R"({"by":"M","text":"t"})", "https://evil.example").status,
      403);
  EXPECT_EQ(calls_, 0);
}

TEST_F(SourcesTest, WhatIsBroughtInArrivesByteForByte) {
  const RawReply reply = post(
      "/api/intake", "application/json",
      R"({"by":"Mira","url":"https://vk.com/wall-1_2","text":"Добрый \"день\"\n\u00e9","note":"seen on air"})");
  EXPECT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(json(reply).fields().at("item_id").string_value(), "facebook:manual/1");
  EXPECT_EQ(intake_.text, "Добрый \"день\"\né");
  EXPECT_EQ(intake_.by, "Mira");
  EXPECT_EQ(intake_.note, "seen on air");
}

TEST_F(SourcesTest, WhatIsWrongIsSaid) {
  EXPECT_THAT(post("/api/intake", "application/json", R"({"by":"M","text":"bad"})").body,
              HasSubstr("nothing to bring in"));
  EXPECT_THAT(post("/api/intake", "application/json", R"({"by":"M","txet":"x"})").body,
              HasSubstr("no field \\\"txet\\\""));
  EXPECT_THAT(post("/api/intake", "application/json", R"({"by":["M"]})").body, HasSubstr("by is no text"));
  EXPECT_EQ(post("/api/intake", "application/json", "{").status, 400);
  EXPECT_EQ(post("/api/intake", "multipart/form-data", "x").status, 400);
}

}  // namespace
}  // namespace copytaster
