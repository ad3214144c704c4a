// What the messages of Jetstream mean. A post has the same id and hash as on a page of the app view:
// bluesky_record_test.cpp.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/time.h"
#include "tests/collectors/jetstream_world.h"

namespace copytaster {
namespace {

using namespace jetstream_world;  // NOLINT: its messages

class JetstreamMessages : public JetstreamWorld {};

TEST_F(JetstreamMessages, APostOfBothVersionsIsOneItem) {
  const Item one = only_item(v1_post());
  const Item two = only_item(v2("commit", commit("create", "app.bsky.feed.post", "3l1", kPost)));
  EXPECT_EQ(one.id(), "bluesky:at://did:plc:ravenel2345portvent234567/app.bsky.feed.post/3l1");
  EXPECT_EQ(one.account_id(), "bluesky:ravenel.portvent.example");
  EXPECT_EQ(one.url(), "https://bsky.app/profile/did:plc:ravenel2345portvent234567/post/3l1");
  EXPECT_EQ(one.text(), "Le tram roule 🚋");
  EXPECT_EQ(one.declared_language(), "fr");
  EXPECT_EQ(one.author().name(), "Amélie Ravenel");
  EXPECT_EQ(one.author().handle(), "ravenel.portvent.example");
  EXPECT_EQ(format_rfc3339(to_time(one.created_at())), "2022-04-14T08:00:00Z");
  EXPECT_FALSE(one.has_engagement()) << "only the app view counts";
  EXPECT_EQ(two.id(), one.id());
  EXPECT_EQ(two.content_hash(), one.content_hash());
}

TEST_F(JetstreamMessages, AnUpdateIsTheSamePostWithAnotherHash) {
  const Item before = only_item(v1_post());
  const Item after = only_item(v1(
      "commit", commit("update", "app.bsky.feed.post", "3l1", replace_all(kPost, "roule", "ne roule pas"))));
  EXPECT_EQ(after.id(), before.id());
  EXPECT_NE(after.content_hash(), before.content_hash());
  EXPECT_EQ(after.text(), "Le tram ne roule pas 🚋");
}

TEST_F(JetstreamMessages, CreatedAtOfTheClientIsNotBelieved) {
  EXPECT_EQ(
      format_rfc3339(to_time(only_item(v1_post(replace_all(kPost, "2022-04", "2031-04"))).created_at())),
      "2022-04-14T12:00:00Z");
  EXPECT_EQ(format_rfc3339(to_time(only_item(v2("commit", commit("create", "app.bsky.feed.post", "3l1",
                                                                 R"({"text":"x","createdAt":"gestern"})")))
                                       .created_at())),
            "2022-04-14T12:00:00Z");
}

TEST_F(JetstreamMessages, ARepostNamesWhatItPassesOn) {
  const Item item = only_item(v1(
      "commit",
      commit(
          "create", "app.bsky.feed.repost", "3l9",
          R"({"$type":"app.bsky.feed.repost","createdAt":"2022-04-14T11:00:00Z","subject":{"cid":"bafyc","uri":"at://did:plc:hartwig2345rathaus2345678/app.bsky.feed.post/3l1b"}})")));
  EXPECT_EQ(item.id(), "bluesky:at://did:plc:ravenel2345portvent234567/app.bsky.feed.repost/3l9");
  EXPECT_EQ(item.repost_of().item_id(),
            "bluesky:at://did:plc:hartwig2345rathaus2345678/app.bsky.feed.post/3l1b");
  EXPECT_EQ(item.url(), "https://bsky.app/profile/did:plc:hartwig2345rathaus2345678/post/3l1b");
  EXPECT_EQ(item.text(), "");
}

TEST_F(JetstreamMessages, ADeleteHasNeitherRecordNorCid) {
  for (const std::string& body : {v1("commit", commit("delete", "app.bsky.feed.post", "3l1", "")),
                                  v2("commit", commit("delete", "app.bsky.feed.post", "3l1", ""))}) {
    const FrameNews news = read(body);
    ASSERT_EQ(news.parsed.deletions.size(), 1U);
    const Deletion& gone = news.parsed.deletions[0];
    EXPECT_EQ(gone.item_id(), "bluesky:at://did:plc:ravenel2345portvent234567/app.bsky.feed.post/3l1");
    EXPECT_EQ(gone.state(), GONE);
    EXPECT_EQ(gone.proof(), "deleted in the repository (Jetstream)");
    EXPECT_TRUE(news.parsed.refused.empty());
  }
  EXPECT_EQ(
      read(v1("commit", commit("delete", "app.bsky.feed.repost", "3l9", ""))).parsed.deletions[0].item_id(),
      "bluesky:at://did:plc:ravenel2345portvent234567/app.bsky.feed.repost/3l9");
  EXPECT_TRUE(read(v1("commit", commit("delete", "app.bsky.feed.like", "3l9", ""))).parsed.deletions.empty());
}

TEST_F(JetstreamMessages, AnAccountThatIsNotActiveDeletesNothing) {
  for (const std::string_view status : {"deactivated", "suspended", "takendown", "deleted"}) {
    const std::string body =
        str_cat(R"("active":false,"did":")", kDid, R"(","seq":1,"status":")", status, R"(","time":"x")");
    for (const std::string& frame :
         {v1("account", body), v2("account", str_cat(R"("account":{)", body, "}"))}) {
      const FrameNews news = read(frame);
      ASSERT_NE(news.account, nullptr);
      EXPECT_TRUE(news.parsed.deletions.empty());
      EXPECT_EQ(news.parsed.profile.details().at("status"), status);
      EXPECT_EQ(news.gap, "");
    }
  }
  EXPECT_EQ(read(v1("account", R"("active":true)")).parsed.profile.details().at("status"), "active");
  EXPECT_EQ(read(v1("account", R"("active":false)")).parsed.profile.details().at("status"), "inactive");
}

TEST_F(JetstreamMessages, AnIdentityTellsTheNewHandle) {
  const FrameNews news = read(v1("identity", R"("did":"x","handle":"Mayor.Portvent.Example","seq":2)"));
  EXPECT_EQ(news.account, &accounts_[0]);
  EXPECT_EQ(news.parsed.profile.handle(), "mayor.portvent.example");
  EXPECT_EQ(news.parsed.profile.url(), "https://bsky.app/profile/mayor.portvent.example");
  EXPECT_EQ(news.parsed.profile.details().at("handle"), "mayor.portvent.example");
  EXPECT_EQ(read(v2("identity", R"("identity":{"handle":"mayor.portvent.example"})")).parsed.profile.handle(),
            "mayor.portvent.example");
  EXPECT_EQ(read(v1("identity", R"("handle":"handle.invalid")")).parsed.profile.handle(), "");
  EXPECT_EQ(read(v1("identity", R"("seq":3)")).parsed.profile.handle(), "");
}

TEST_F(JetstreamMessages, WhatIsNotFollowedOnlyMovesThePlace) {
  for (const std::string& body :
       {v1("commit", commit("create", "app.bsky.feed.post", "3l1", kPost), kNoon, "did:plc:stranger"),
        v1("commit", commit("create", "app.bsky.feed.post", "3l1", kPost), kNoon, "no did"),
        v1("labels", R"("x":1)")}) {
    const FrameNews news = read(body);
    EXPECT_EQ(news.account, nullptr) << body;
    EXPECT_EQ(news.parsed.next.position(), str_cat("time_us=", kNoon)) << body;
  }
  EXPECT_EQ(read(v2("sync", R"("sync":{})")).account, nullptr);
  const FrameNews like =
      read(v1("commit", commit("create", "app.bsky.feed.like", "3l1", R"({"subject":{}})")));
  EXPECT_TRUE(like.parsed.items.empty() && like.parsed.refused.empty());
}

TEST_F(JetstreamMessages, ThePlaceIsTheTimeOrTheSeqNotTheExtraCursor) {
  EXPECT_EQ(read(v1_post()).parsed.next.position(), str_cat("time_us=", kNoon));
  EXPECT_EQ(read(v2("commit", commit("delete", "app.bsky.feed.post", "3l1", ""))).parsed.next.position(),
            "seq=12345&host=wss%3A%2F%2Fjet.example");
}

TEST_F(JetstreamMessages, AnOldCursorIsClampedInSilence) {
  const auto gap_after = [&](std::int64_t seconds) {
    return read(v1_post(), str_cat("time_us=", kNoon - seconds * 1'000'000)).gap;
  };
  EXPECT_EQ(gap_after(0), "");
  EXPECT_EQ(gap_after(55), "");
  EXPECT_NE(gap_after(56), "");  // asked from 5 s before
  EXPECT_NE(gap_after(40 * 3600).find("does not reach back"), std::string::npos) << gap_after(40 * 3600);
  EXPECT_EQ(gap_after(-3600), "");
  EXPECT_EQ(read(v1_post()).gap, "") << "not the first message after opening";
  EXPECT_NE(read(v1("commit", commit("delete", "app.bsky.feed.post", "1", ""), kNoon, "did:plc:stranger"),
                 str_cat("time_us=", kNoon - 3'600'000'000))
                .gap,
            "")
      << "whoever's message comes first";
}

TEST_F(JetstreamMessages, VersionTwoSaysThatATimeWasClamped) {
  const FrameNews news = read(
      R"({"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor","message":"resumed from seq 900"}})",
      "seq=5&host=wss%3A%2F%2Fjet.example");
  EXPECT_NE(news.gap.find("seq 900"), std::string::npos) << news.gap;
  EXPECT_EQ(news.parsed.next.position(), "seq=5&host=wss%3A%2F%2Fjet.example")
      << "it has no place of its own";
  EXPECT_EQ(read(R"({"$type":"message","payload":{"$type":"x#info","name":"Hello"}})").gap, "");
}

TEST_F(JetstreamMessages, ErrorsSayWhatToDoNext) {
  const auto error_of = [&](std::string_view name) {
    return v2_
        ->parse_frame(find_,
                      stream_message(str_cat(R"({"$type":"error","error":")", name, R"(","message":"why"})")))
        .status();
  };
  EXPECT_TRUE(absl::IsOutOfRange(error_of("CursorTooOld"))) << error_of("CursorTooOld");
  EXPECT_TRUE(absl::IsOutOfRange(error_of("FutureCursor")));
  EXPECT_TRUE(absl::IsUnavailable(error_of("ConsumerTooSlow")));
  EXPECT_TRUE(absl::IsFailedPrecondition(error_of("UnknownZstdDictionary")));
  EXPECT_NE(error_of("ConsumerTooSlow").message().find("why"), absl::string_view::npos);
}

TEST_F(JetstreamMessages, ARefusalBeforeTheStreamOpensIsReadToo) {
  Capture refused = stream_message(R"({"error":"CursorTooOld","message":"the floor is 900"})", "seq=5");
  refused.set_status(400);
  EXPECT_TRUE(absl::IsOutOfRange(v2_->parse_frame(find_, refused).status()));
  refused.set_body(R"({"error":"InvalidRequest","message":"wantedDids"})");
  EXPECT_TRUE(absl::IsInvalidArgument(v2_->parse_frame(find_, refused).status()));
  refused.set_status(503);
  refused.set_body("<html>busy</html>");
  EXPECT_TRUE(absl::IsUnavailable(v2_->parse_frame(find_, refused).status()));
  refused.set_status(429);
  EXPECT_TRUE(absl::IsResourceExhausted(v2_->parse_frame(find_, refused).status()));
}

TEST_F(JetstreamMessages, APostThatCannotBeReadIsRefusedWithItsReason) {
  for (
      const std::string& body :
      {v1_post(R"({"createdAt":"2022-04-14T08:00:00Z"})"), v1_post("null"), v1_post("[]"),
       v1_post(kPost, "a/b"),
       v1_post(replace_all(kPost, "roule",
                           "rou\xff"
                           "le")),
       v1("commit",
          commit(
              "create", "app.bsky.feed.repost", "3l",
              R"({"createdAt":"2022-04-14T08:00:00Z","subject":{"uri":"at://did:plc:a/app.bsky.feed.generator/x"}})"))}) {
    const FrameNews news = read(body);
    EXPECT_TRUE(news.parsed.items.empty()) << body;
    ASSERT_EQ(news.parsed.refused.size(), 1U) << body;
    EXPECT_NE(news.parsed.refused[0].reason(), "");
  }
}

TEST_F(JetstreamMessages, AnyBytesAreAnErrorOrAMessage) {
  for (const std::string& body :
       {std::string(), std::string("[]"), std::string("{}"), std::string("nonsense"), std::string("<html>"),
        std::string(R"({"did":"did:plc:a","time_us":5,"kind":"commit"})"),
        std::string(R"({"$type":"message","payload":{"seq":0}})"), std::string(R"({"payload":{"seq":-4}})"),
        std::string("\x28\xb5\x2f\xfd", 4), std::string((std::size_t{1} << 20) + 1, ' ')}) {
    EXPECT_TRUE(absl::IsInvalidArgument(v1_->parse_frame(find_, stream_message(body)).status()))
        << body.substr(0, 80);
  }
  for (const std::string& whole :
       {v1_post(), v2("commit", commit("create", "app.bsky.feed.post", "3l", kPost))}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      EXPECT_TRUE(
          absl::IsInvalidArgument(v1_->parse_frame(find_, stream_message(whole.substr(0, size))).status()))
          << size;
    }
  }
}

// Recorded and constructed messages outside the repository.
TEST_F(JetstreamMessages, ReadsTheReferenceMessages) {
  const std::string folder = source_path("../shared/reference/samples/");
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "SKIPPED: " << folder << " not present";
  accounts_[1] = *v1_->recognise("https://bsky.app/profile/did:plc:a");
  const FrameNews gone = read(read_file(folder + "_constructed/jetstream_v1_delete.json"));
  ASSERT_EQ(gone.parsed.deletions.size(), 1U);
  EXPECT_EQ(gone.parsed.deletions[0].item_id(), "bluesky:at://did:plc:a/app.bsky.feed.post/3kaheyt6vpc22");
  EXPECT_EQ(read(read_file(folder + "_constructed/jetstream_v1_account.json"))
                .parsed.profile.details()
                .at("status"),
            "deactivated");
  EXPECT_EQ(read(read_file(folder + "_constructed/jetstream_v1_identity.json")).parsed.profile.handle(),
            "mayor.example");
  const FrameNews like = read(read_file(folder + "bluesky/jetstream_v2_commit.json"));
  EXPECT_EQ(like.account, nullptr);
  EXPECT_EQ(like.parsed.next.position(), "seq=12345&host=wss%3A%2F%2Fjet.example");
}

}  // namespace
}  // namespace copytaster
