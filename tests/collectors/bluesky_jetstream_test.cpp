// The traps of Jetstream, one test each. A post has the same id and hash as on a page of the app view:
// bluesky_record_test.cpp.
#include "collectors/bluesky_jetstream.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "collectors/platforms.h"
#include "collectors/stream_accounts.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "tests/collectors/conformance_support.h"
#include "tests/collectors/stream_support.h"

namespace copytaster {
namespace {

constexpr std::string_view kDid = "did:plc:ravenel2345portvent234567";
constexpr std::int64_t kNoon = 1'649'937'600'000'000;  // 2022-04-14T12:00:00Z

constexpr std::string_view kPost =
    R"({"$type":"app.bsky.feed.post","text":"Le tram roule 🚋","createdAt":"2022-04-14T08:00:00Z","langs":["fr"]})";

std::string commit(std::string_view operation, std::string_view collection, std::string_view rkey,
                   std::string_view record) {
  return str_cat(R"("operation":")", operation, R"(","collection":")", collection, R"(","rkey":")", rkey,
                 "\"", record.empty() ? "" : R"(,"cid":"bafyreicid","record":)", record);
}
std::string v1(std::string_view kind, std::string_view body, std::int64_t time_us = kNoon,
               std::string_view did = kDid) {
  return str_cat(R"({"did":")", did, R"(","time_us":)", time_us, R"(,"cursor":77,"kind":")", kind, R"(",")",
                 kind, R"(":{)", body, "}}");
}
std::string v1_post(std::string_view record = kPost, std::string_view rkey = "3l1") {
  return v1("commit", commit("create", "app.bsky.feed.post", rkey, record));
}
std::string v2(std::string_view kind, std::string_view body, std::string_view seq = "12345",
               std::string_view did = kDid) {
  return str_cat(R"({"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#)", kind,
                 R"(","seq":)", seq, R"(,"did":")", did, R"(","time":"2022-04-14T12:00:00.000000Z",)", body,
                 "}}");
}

class JetstreamTest : public testing::Test {
 protected:
  JetstreamTest() {
    (*accounts_[0].mutable_details())["did"] = std::string(kDid);
    (*accounts_[0].mutable_details())["name"] = "Amélie Ravenel";
  }

  static std::unique_ptr<Collector> make(std::string_view version, std::string_view dictionary = "") {
    return make_bluesky({{"jetstream", "wss://jet.example/"},
                         {"jetstream_version", std::string(version)},
                         {"zstd_dictionary", std::string(dictionary)}});
  }
  FrameNews read(const Capture& frame) {
    auto news = v1_->parse_frame(find_, frame);
    EXPECT_TRUE(news.ok()) << news.status();
    if (!news.ok()) return {};
    if (news->account != nullptr) {
      EXPECT_EQ(faults_of(news->parsed, *news->account, frame), "");
    } else {
      EXPECT_TRUE(news->parsed.items.empty() && news->parsed.deletions.empty() &&
                  news->parsed.refused.empty());
    }
    return *std::move(news);
  }
  FrameNews read(std::string_view body, std::string_view position = "") {
    return read(stream_message(body, position));
  }
  Item only_item(std::string_view body) {
    const FrameNews news = read(body);
    EXPECT_EQ(news.parsed.items.size(), 1U);
    return news.parsed.items.empty() ? Item() : news.parsed.items[0];
  }
  std::string open(const Collector& collector, std::string_view position = "") {
    Cursor cursor;
    cursor.set_position(std::string(position));
    const auto plans = collector.streams(accounts_);
    EXPECT_EQ(plans.size(), 1U);
    const auto request =
        plans.empty() ? absl::InternalError("no plan") : collector.open_stream(plans[0], find_, cursor);
    EXPECT_TRUE(request.ok()) << request.status();
    return request.ok() ? request->url : "";
  }

  std::unique_ptr<Collector> v1_ = make("1");
  std::unique_ptr<Collector> v2_ = make("2");
  std::vector<Account> accounts_ = {
      *v1_->recognise("https://bsky.app/profile/ravenel.portvent.example"),
      *v1_->recognise("https://bsky.app/profile/did:plc:hartwig2345rathaus2345678"),
      *v1_->recognise("https://bsky.app/profile/unknown.portvent.example"),  // no page read yet
  };
  FindAccount find_ = [this](std::string_view key) { return StreamAccounts(accounts_).find(key); };
};

// ---- which streams, and how they are opened

TEST_F(JetstreamTest, WithoutAServerThereIsNoStream) {
  EXPECT_TRUE(make_bluesky({})->streams(accounts_).empty());
}

TEST_F(JetstreamTest, OnlyAccountsWhoseDidIsKnownAreNamed) {
  const auto plans = v1_->streams(accounts_);
  ASSERT_EQ(plans.size(), 1U);
  EXPECT_EQ(plans[0].name, "bluesky:stream/jetstream");
  EXPECT_EQ(plans[0].account_ids, (std::vector<std::string>{"bluesky:ravenel.portvent.example",
                                                            "bluesky:did:plc:hartwig2345rathaus2345678"}));
}

TEST_F(JetstreamTest, APageTellsTheDid) {
  const auto parsed = v1_->parse(
      accounts_[2],
      answer(
          R"({"feed":[{"post":{"uri":"at://did:plc:new2345/app.bsky.feed.post/3l","cid":"c","author":{"did":"did:plc:new2345","handle":"unknown.portvent.example","displayName":"Neu"},"record":{"text":"x","createdAt":"2022-04-14T08:00:00Z"}}}]})"));
  ASSERT_TRUE(parsed.ok());
  Account account = accounts_[2];
  account.mutable_details()->insert(parsed->profile.details().begin(), parsed->profile.details().end());
  EXPECT_EQ(account_did(account), "did:plc:new2345");
}

TEST_F(JetstreamTest, FiveHundredAccountsAStream) {
  std::vector<Account> many;
  for (int i = 0; i < 1001; ++i)
    many.push_back(*v1_->recognise(str_cat("https://bsky.app/profile/did:plc:n", i)));
  const auto plans = v1_->streams(many);
  ASSERT_EQ(plans.size(), 3U);
  EXPECT_EQ(plans[0].account_ids.size(), 500U);
  EXPECT_EQ(plans[1].name, "bluesky:stream/jetstream/2");
  EXPECT_EQ(plans[2].name, "bluesky:stream/jetstream/3");
  EXPECT_EQ(plans[2].account_ids, (std::vector<std::string>{"bluesky:did:plc:n1000"}));
}

TEST_F(JetstreamTest, OpensVersionOne) {
  EXPECT_EQ(
      open(*v1_),
      "wss://jet.example/subscribe?wantedCollections=app.bsky.feed.post&wantedCollections=app.bsky.feed."
      "repost&wantedDids=did%3Aplc%3Aravenel2345portvent234567&wantedDids=did%3Aplc%3Ahartwig2345rathaus"
      "2345678");
}

TEST_F(JetstreamTest, OpensVersionTwoWithoutTheNamesOfVersionOne) {
  const std::string url = open(*v2_);
  EXPECT_EQ(url,
            "wss://jet.example/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit&kinds=identity&kinds="
            "account&collections=app.bsky.feed.post&collections=app.bsky.feed.repost&dids=did%3Aplc%3Aravenel"
            "2345portvent234567&dids=did%3Aplc%3Ahartwig2345rathaus2345678");
  EXPECT_EQ(url.find("wanted"), std::string::npos) << "answered with 400";
}

TEST_F(JetstreamTest, VersionOneIsRewoundSomeSecondsForCutoversDropAndReorder) {
  EXPECT_TRUE(open(*v1_, str_cat("time_us=", kNoon)).ends_with(str_cat("&cursor=", kNoon - 5'000'000)));
}

TEST_F(JetstreamTest, VersionTwosSeqIsInclusive) {
  EXPECT_TRUE(open(*v2_, "seq=12345&host=wss%3A%2F%2Fjet.example").ends_with("&cursor=12345"));
}

TEST_F(JetstreamTest, PlacesOfTheOtherVersionOrAnotherServerAreDropped) {
  for (const std::string& position :
       {std::string("seq=12345&host=wss%3A%2F%2Fjet.example"), std::string("time_us=12345"),
        std::string("time_us=99999999999999999999"), std::string("rubbish"), std::string("time_us=-1")}) {
    EXPECT_EQ(open(*v1_, position), open(*v1_)) << position;
  }
  for (const std::string& position :
       {str_cat("time_us=", kNoon), str_cat("seq=", kNoon, "&host=wss%3A%2F%2Fjet.example"),
        std::string("seq=12345&host=wss%3A%2F%2Fother.example"), std::string("seq=0")}) {
    EXPECT_EQ(open(*v2_, position), open(*v2_)) << position;
  }
}

TEST_F(JetstreamTest, ADroppedPlaceIsToldAsAGap) {
  EXPECT_NE(read(v1_post(), "seq=12345&host=wss%3A%2F%2Fjet.example").gap, "");
  EXPECT_NE(
      read(v2("commit", commit("create", "app.bsky.feed.post", "3l1", kPost)), str_cat("time_us=", kNoon))
          .gap,
      "");
  EXPECT_NE(read(v2("commit", commit("create", "app.bsky.feed.post", "3l1", kPost)),
                 "seq=12345&host=wss%3A%2F%2Fother.example")
                .gap,
            "");
  EXPECT_EQ(read(v2("commit", commit("create", "app.bsky.feed.post", "3l1", kPost)),
                 "seq=12345&host=wss%3A%2F%2Fjet.example")
                .gap,
            "");
}

TEST_F(JetstreamTest, WithoutADidItIsNotOpenedForEverybody) {
  const auto request = v1_->open_stream(
      {.name = "bluesky:stream/jetstream", .account_ids = {"bluesky:unknown.portvent.example", "bluesky:x"}},
      find_, {});
  EXPECT_TRUE(absl::IsFailedPrecondition(request.status())) << request.status();
}

TEST_F(JetstreamTest, WrongSettingsAreNamed) {
  const auto error_of = [&](const CollectorSettings& settings) {
    const auto collector = make_bluesky(settings);
    const auto request = collector->open_stream(collector->streams(accounts_).at(0), find_, {});
    EXPECT_TRUE(absl::IsFailedPrecondition(request.status())) << request.status();
    return std::string(request.status().message());
  };
  EXPECT_NE(error_of({{"jetstream", "https://jet.example"}}).find("write wss://HOST"), std::string::npos);
  EXPECT_NE(error_of({{"jetstream", "wss://jet.example/subscribe"}}).find("write wss://HOST"),
            std::string::npos);
  EXPECT_NE(error_of({{"jetstream", "wss://jet.example"}, {"jetstream_version", "3"}}).find("1 or 2"),
            std::string::npos);
  EXPECT_NE(error_of({{"jetstream", "wss://jet.example"}, {"zstd_dictionary", "/nowhere/v1.zdict"}})
                .find("/nowhere/v1.zdict"),
            std::string::npos);
  const TemporaryFile bad("no dictionary");
  EXPECT_NE(error_of({{"jetstream", "wss://jet.example"}, {"zstd_dictionary", bad.path()}}).find(bad.path()),
            std::string::npos);
}

// ---- compression

TEST_F(JetstreamTest, CompressedFramesAreReadWithTheDictionary) {
  const std::string bytes = train_dictionary();
  const TemporaryFile file(bytes);
  const auto collector = make("1", file.path());
  EXPECT_TRUE(open(*collector).ends_with("&compress=true"));
  const auto news = collector->parse_frame(find_, stream_message(compress_with(bytes, v1_post())));
  ASSERT_TRUE(news.ok()) << news.status();
  ASSERT_EQ(news->parsed.items.size(), 1U);
  EXPECT_EQ(news->parsed.items[0].text(), "Le tram roule 🚋");
}

TEST_F(JetstreamTest, VersionTwoIsToldTheDictionarysOwnId) {
  const std::string bytes = train_dictionary();
  const TemporaryFile file(bytes);
  EXPECT_TRUE(open(*make("2", file.path()))
                  .ends_with(str_cat("&zstdDictionary=", ZstdDictionary::make(bytes)->id())));
}

TEST_F(JetstreamTest, ABombIsRefused) {
  const std::string bytes = train_dictionary();
  const TemporaryFile file(bytes);
  for (const bool with_size : {true, false}) {
    const std::string bomb = compress_with(bytes, std::string(std::size_t{8} << 20, ' '), with_size);
    const auto news = make("1", file.path())->parse_frame(find_, stream_message(bomb));
    EXPECT_TRUE(absl::IsInvalidArgument(news.status())) << news.status();
  }
}

TEST_F(JetstreamTest, ACompressedFrameWithoutADictionarySaysWhatIsMissing) {
  const auto news = v1_->parse_frame(find_, stream_message(compress_with(train_dictionary(), v1_post())));
  EXPECT_TRUE(absl::IsInvalidArgument(news.status()));
  EXPECT_NE(news.status().message().find("zstd_dictionary"), absl::string_view::npos) << news.status();
}

// ---- what the messages mean

TEST_F(JetstreamTest, APostOfBothVersionsIsOneItem) {
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

TEST_F(JetstreamTest, AnUpdateIsTheSamePostWithAnotherHash) {
  const Item before = only_item(v1_post());
  const Item after = only_item(v1(
      "commit", commit("update", "app.bsky.feed.post", "3l1", replace_all(kPost, "roule", "ne roule pas"))));
  EXPECT_EQ(after.id(), before.id());
  EXPECT_NE(after.content_hash(), before.content_hash());
  EXPECT_EQ(after.text(), "Le tram ne roule pas 🚋");
}

TEST_F(JetstreamTest, CreatedAtOfTheClientIsNotBelieved) {
  EXPECT_EQ(
      format_rfc3339(to_time(only_item(v1_post(replace_all(kPost, "2022-04", "2031-04"))).created_at())),
      "2022-04-14T12:00:00Z");
  EXPECT_EQ(format_rfc3339(to_time(only_item(v2("commit", commit("create", "app.bsky.feed.post", "3l1",
                                                                 R"({"text":"x","createdAt":"gestern"})")))
                                       .created_at())),
            "2022-04-14T12:00:00Z");
}

TEST_F(JetstreamTest, ARepostNamesWhatItPassesOn) {
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

TEST_F(JetstreamTest, ADeleteHasNeitherRecordNorCid) {
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

TEST_F(JetstreamTest, AnAccountThatIsNotActiveDeletesNothing) {
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

TEST_F(JetstreamTest, AnIdentityTellsTheNewHandle) {
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

TEST_F(JetstreamTest, WhatIsNotFollowedOnlyMovesThePlace) {
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

TEST_F(JetstreamTest, ThePlaceIsTheTimeOrTheSeqNotTheExtraCursor) {
  EXPECT_EQ(read(v1_post()).parsed.next.position(), str_cat("time_us=", kNoon));
  EXPECT_EQ(read(v2("commit", commit("delete", "app.bsky.feed.post", "3l1", ""))).parsed.next.position(),
            "seq=12345&host=wss%3A%2F%2Fjet.example");
}

TEST_F(JetstreamTest, AnOldCursorIsClampedInSilence) {
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

TEST_F(JetstreamTest, VersionTwoSaysThatATimeWasClamped) {
  const FrameNews news = read(
      R"({"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor","message":"resumed from seq 900"}})",
      "seq=5&host=wss%3A%2F%2Fjet.example");
  EXPECT_NE(news.gap.find("seq 900"), std::string::npos) << news.gap;
  EXPECT_EQ(news.parsed.next.position(), "seq=5&host=wss%3A%2F%2Fjet.example")
      << "it has no place of its own";
  EXPECT_EQ(read(R"({"$type":"message","payload":{"$type":"x#info","name":"Hello"}})").gap, "");
}

TEST_F(JetstreamTest, ErrorsSayWhatToDoNext) {
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

TEST_F(JetstreamTest, ARefusalBeforeTheStreamOpensIsReadToo) {
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

TEST_F(JetstreamTest, APostThatCannotBeReadIsRefusedWithItsReason) {
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

TEST_F(JetstreamTest, AnyBytesAreAnErrorOrAMessage) {
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
TEST_F(JetstreamTest, ReadsTheReferenceMessages) {
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
