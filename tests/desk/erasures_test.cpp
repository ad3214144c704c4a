// Erasing and legal holds at the desk: what is asked reaches the house as it was given, what is wrong does
// not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/strings.h"
#include "core/url.h"
#include "desk/desk_server.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ErasuresTest : public ::testing::Test {
 protected:
  void SetUp() override {
    put_visit(store_);
    DeskDependencies house;
    house.store = &store_;
    house.media = &media_;
    house.clock = &clock_;
    house.erasures.erase = [this](const SubjectAsked& asked) -> absl::StatusOr<Erasure> {
      if (!refusal_.ok()) return refusal_;
      asked_.push_back(asked);
      Erasure receipt;
      receipt.set_id("e1");
      return receipt;
    };
    house.erasures.preview = [](std::string_view subject) -> absl::StatusOr<Erasure> {
      Erasure counted;
      counted.set_subject(std::string(subject));
      counted.set_items(7);
      return counted;
    };
    house.erasures.hold = [this](const SubjectAsked& asked, bool keep) {
      held_.emplace_back(asked, keep);
      return refusal_;
    };
    house.erasures.holds = [this] {
      return std::vector<LegalHoldTold>{{"item:x", "Olga", "a court", clock_.now()}};
    };
    house.erasures.exported = [this](const std::string& story, std::string_view format,
                                     const std::vector<std::string>& ids) {
      exports_.push_back(str_cat(story, " ", format));
      cited_ = ids;
      return refusal_;
    };
    house.erasures.erased_picture = [this](std::string_view sha256) { return sha256 == erased_picture_; };
    DeskOptions options;
    options.port = 0;
    desk_ = *DeskServer::start(options, house);
  }
  RawReply post(std::string_view path, const std::string& body,
                const std::string& origin = "http://localhost") {
    return ask(desk_->port(), str_cat("POST ", path),
               str_cat("Host: localhost\r\nContent-Type: application/json\r\nOrigin: ", origin, "\r\n"),
               body);
  }
  RawReply get(std::string_view path) {
    return ask(desk_->port(), str_cat("GET ", path), "Host: localhost\r\n");
  }

  ManualClock clock_{absl::FromUnixSeconds(1683831600)};
  FakeStore store_;
  FakeMedia media_;
  absl::Status refusal_;
  std::vector<SubjectAsked> asked_;
  std::vector<std::pair<SubjectAsked, bool>> held_;
  std::vector<std::string> exports_, cited_;
  std::string erased_picture_;
  std::unique_ptr<DeskServer> desk_;
};

TEST_F(ErasuresTest, WhatIsAskedReachesTheHouseAsItWasGiven) {
  const RawReply reply =
      post("/api/erasures", R"({"subject":"account:x:1","reason":"by mail,\nof today","by":" Mira "})");
  EXPECT_EQ(reply.status, 202) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"e1\""));
  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(asked_[0].subject, "account:x:1");
  EXPECT_EQ(asked_[0].reason, "by mail, of today");
  EXPECT_EQ(asked_[0].by, "Mira");
}

TEST_F(ErasuresTest, WithoutAPersonAReasonOrASubjectNothingIsAsked) {
  for (const std::string body :
       {R"({"subject":"item:x","reason":"r"})", R"({"subject":"item:x","by":"Mira"})",
        R"({"reason":"r","by":"Mira"})", R"({"subject":"item:x","reason":"r","by":"Mira","force":"yes"})"}) {
    EXPECT_EQ(post("/api/erasures", body).status, 400) << body;
  }
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(ErasuresTest, OfOtherPagesNothingIsTaken) {
  EXPECT_EQ(post("/api/erasures", R"({"subject":"item:x","reason":"r","by":"Mira"})", "https://evil.example")
                .status,
            403);
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(ErasuresTest, ADryRunOnlyCounts) {
  const RawReply reply = post("/api/erasures", R"({"subject":"item:x","dry_run":true})");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"7\""));
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(ErasuresTest, OnHoldItIsAConflict) {
  refusal_ = absl::FailedPreconditionError("item:x is on legal hold by Olga");
  const RawReply reply = post("/api/erasures", R"({"subject":"item:x","reason":"r","by":"Mira"})");
  EXPECT_EQ(reply.status, 409);
  EXPECT_THAT(reply.body, HasSubstr("Olga"));
}

TEST_F(ErasuresTest, HoldsArePutOnTakenOffAndListed) {
  EXPECT_EQ(post("/api/legal-holds", R"({"subject":"story:1","reason":"a court","by":"Olga"})").status, 200);
  EXPECT_EQ(post("/api/legal-holds/release", R"({"subject":"story:1","reason":"over","by":"Olga"})").status,
            200);
  ASSERT_THAT(held_, SizeIs(2));
  EXPECT_TRUE(held_[0].second);
  EXPECT_FALSE(held_[1].second);
  EXPECT_THAT(get("/api/legal-holds").body, HasSubstr("a court"));
  EXPECT_EQ(get("/api/erasures").status, 200);
}

TEST_F(ErasuresTest, ADraftThatIsSavedIsNotedWithThePostsItCites) {
  const std::string story = store_.stories(1)->front().id();
  const std::string path = str_cat("/api/stories/", percent_encode(story), "/draft?format=html");
  EXPECT_EQ(get(path).status, 200);
  EXPECT_THAT(exports_, IsEmpty()) << "it was only looked at";
  EXPECT_EQ(get(path + "&download=1").status, 200);
  EXPECT_THAT(exports_, ElementsAre(story + " html"));
  EXPECT_THAT(cited_, Not(IsEmpty()));
  for (const std::string& id : cited_) EXPECT_TRUE(store_.item(id).ok()) << id;
}

TEST_F(ErasuresTest, APictureThatWasErasedIsNotShownFromMemory) {
  const std::string sha256 = *media_.put("\xff\xd8\xff\xe0 a picture");
  erased_picture_ = sha256;
  EXPECT_EQ(get("/media/" + sha256).status, 200) << "it has come again";
  erased_picture_ = std::string(64, 'a');
  EXPECT_EQ(get("/media/" + erased_picture_ + "?edge=96").status, 404);
}

}  // namespace
}  // namespace copytaster
