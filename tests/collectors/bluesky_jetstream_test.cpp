// The traps of Jetstream, one test each: which streams there are, how they are opened, compression. What the
// messages mean: bluesky_jetstream_messages_test.cpp.
#include <gtest/gtest.h>

#include "collectors/zstd_dictionary.h"
#include "tests/collectors/jetstream_world.h"

namespace copytaster {
namespace {

using namespace jetstream_world;  // NOLINT: its messages

class JetstreamTest : public JetstreamWorld {};

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

}  // namespace
}  // namespace copytaster
