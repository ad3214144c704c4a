// What `copytaster verify` says of a store that somebody or something has changed.
#include "app/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "app/indexing.h"
#include "core/bytes.h"
#include "core/chain.h"
#include "core/item.h"
#include "storage/high_water_mark.h"
#include "storage/open.h"
#include "tests/app/program.h"
#include "tests/app/warc_support.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Ten posts from five captures; the third has an older version, the fourth a picture.
class Verify : public ::testing::Test {
 protected:
  static constexpr int kPosts = 10;
  void SetUp() override {
    open();
    media_ = *open_folder_media(folder_.path(), OpenMode::kReadWrite);
    for (int i = 0; i < kPosts / 2; ++i) {
      Capture capture = capture_of(str_cat("{\"page\":", i, "}"));
      set_timestamp(capture.mutable_fetched_at(), absl::FromUnixSeconds(1'650'000'000 + i));
      captures_.push_back(capture.sha256());
      stage([&](WriteBatch& batch) { return store_->stage_capture(batch, capture); });
    }
    for (int i = 0; i < kPosts; ++i) have(i, 1, str_cat("What post ", i, " says."));
    have(3, 2, "What post 3 says since the edit.");
  }
  void open() {
    key_value_ = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    store_ = *open_store(key_value_.get(), folder_.path(), OpenMode::kReadWrite);
  }
  void close() {
    store_.reset();
    key_value_.reset();
  }
  static std::string id(int number) { return str_cat("mastodon:https://town.example/", number); }
  template <typename Stage>
  void stage(Stage what) {
    auto batch = store_->batch();
    ASSERT_TRUE(what(*batch).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  }
  void have(int number, std::uint32_t version, std::string_view text) {
    Item item;
    item.set_id(id(number));
    item.set_text(std::string(text));
    item.set_version(version);
    item.set_capture_sha256(captures_[static_cast<std::size_t>(number) / 2]);
    if (number == 4) item.add_media()->set_sha256(picture_ = *media_->put("bytes of a picture"));
    item.set_content_hash(content_hash(item));
    stage([&](WriteBatch& batch) { return store_->stage_item(batch, item); });
  }
  // Past the store's own rules.
  void put(Space space, std::string_view key, std::string_view value) {
    auto batch = key_value_->batch();
    batch->put(space, key, value);
    ASSERT_TRUE(key_value_->write(*batch, Durability::kSynced).ok());
  }
  VerifyReport verify() {
    auto report = verify_store(*key_value_, *media_, folder_.path());
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : VerifyReport();
  }
  [[nodiscard]] std::string link(std::uint64_t number) const {
    return *key_value_->get(Space::kChain, big_endian(number));
  }

  TemporaryFolder folder_;
  std::unique_ptr<KeyValue> key_value_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<MediaStore> media_;
  std::vector<std::string> captures_;
  std::string picture_;
};

TEST_F(Verify, FindsNothingWhereNothingIsWrong) {
  const VerifyReport report = verify();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.problem_count, 0U);
  EXPECT_EQ(report.links, 5U);
  EXPECT_EQ(report.captures, 5U);
  EXPECT_EQ(report.posts, 10U);
  EXPECT_EQ(report.versions, 1U);
  EXPECT_EQ(report.pictures, 1U);
  EXPECT_EQ(report.last_link, to_hex(parse_chain_record(link(4))->link));
}

TEST_F(Verify, TwoAnswersWithTheSameBytesAreTwoLinksOfOneCapture) {
  Capture later = capture_of("{\"page\":0}");
  set_timestamp(later.mutable_fetched_at(), absl::FromUnixSeconds(1'650'009'999));
  stage([&](WriteBatch& batch) { return store_->stage_capture(batch, later); });
  const VerifyReport report = verify();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.links, 6U);
  EXPECT_EQ(report.captures, 5U);
}

TEST_F(Verify, ACaptureWithOtherBytesIsNamedWithItsPosts) {
  Capture capture = *store_->capture(captures_[1]);
  capture.set_body("{\"page\":7}");
  put(Space::kCaptures, captures_[1], capture.SerializeAsString());
  EXPECT_THAT(verify().problems,
              ElementsAre(AllOf(HasSubstr(captures_[1]), HasSubstr("not what was fetched")),
                          AllOf(HasSubstr(id(2)), HasSubstr("not what was fetched")), HasSubstr(id(3)),
                          AllOf(HasSubstr("older version"), HasSubstr(id(3)))));
}

TEST_F(Verify, ACaptureWithAnotherAddressOrTimeIsNamed) {
  Capture capture = *store_->capture(captures_[0]);
  capture.set_url("https://elsewhere.example/");
  put(Space::kCaptures, captures_[0], capture.SerializeAsString());
  EXPECT_THAT(verify().problems, Contains(AllOf(HasSubstr(captures_[0]), HasSubstr("no link tells"))));
  capture = *store_->capture(captures_[2]);
  set_timestamp(capture.mutable_fetched_at(), absl::FromUnixSeconds(1));
  put(Space::kCaptures, captures_[2], capture.SerializeAsString());
  EXPECT_THAT(verify().problems, Contains(AllOf(HasSubstr(captures_[2]), HasSubstr("no link tells"))));
}

TEST_F(Verify, ACaptureThatIsGoneOrWasSmuggledInIsNamed) {
  auto batch = key_value_->batch();
  batch->erase(Space::kCaptures, captures_[4]);
  ASSERT_TRUE(key_value_->write(*batch, Durability::kSynced).ok());
  const Capture invented = capture_of("{\"never\":\"fetched\"}");
  put(Space::kCaptures, invented.sha256(), invented.SerializeAsString());
  const auto problems = verify().problems;
  EXPECT_THAT(problems, Contains(AllOf(HasSubstr(captures_[4]), HasSubstr("not in the store"))));
  EXPECT_THAT(problems, Contains(AllOf(HasSubstr(id(8)), HasSubstr("not in the store"))));
  EXPECT_THAT(problems, Contains(AllOf(HasSubstr(invented.sha256()), HasSubstr("no link"))));
}

TEST_F(Verify, ALinkThatWasChangedTakenOutOrPutBetweenIsTold) {
  std::string changed = link(2);
  changed.back() = static_cast<char>(changed.back() ^ 1);
  put(Space::kChain, big_endian(std::uint64_t{2}), changed);
  EXPECT_THAT(verify().problems, Contains(HasSubstr("link 2 of the chain is not over the one before")));
  put(Space::kChain, big_endian(std::uint64_t{2}),
      make_chain_record(parse_chain_record(link(1))->link, parse_chain_record(link(0))->entry));
  EXPECT_THAT(verify().problems, Contains(HasSubstr("link 3 of the chain is not over the one before")));
  auto batch = key_value_->batch();
  batch->erase(Space::kChain, big_endian(std::uint64_t{2}));
  ASSERT_TRUE(key_value_->write(*batch, Durability::kSynced).ok());
  EXPECT_THAT(verify().problems, Contains(HasSubstr("link 2 of the chain is gone")));
}

TEST_F(Verify, SmuggledKeysHideNoLinkAndCostNoTime) {
  const std::string forged = make_chain_record(chain_begin(), "an entry");
  put(Space::kChain, std::string(8, '\xff'), forged);
  put(Space::kChain, "\x7f" + std::string(7, '\xff'), forged);
  put(Space::kChain, "no number", forged);
  const VerifyReport report = verify();
  EXPECT_EQ(report.links, 7U);
  EXPECT_EQ(report.captures, 5U);
  EXPECT_THAT(report.problems, Contains(HasSubstr("links 5 to ")));
  EXPECT_THAT(report.problems, Contains(HasSubstr("a key that is no number")));
}

TEST_F(Verify, WhatWasAcknowledgedAndIsGoneIsTold) {
  const auto report = verify_store(*key_value_, *media_, folder_.path(), {.actions = 3, .log = 40});
  ASSERT_TRUE(report.ok());
  EXPECT_THAT(report->problems, ElementsAre(HasSubstr("actions 0 to 2 were acknowledged and are gone"),
                                            HasSubstr("0 to 39 is gone from the end")));
  put(Space::kPositions, "process", big_endian(std::uint64_t{40}));
  put(Space::kActions, big_endian(std::uint64_t{2}), Action().SerializeAsString());
  EXPECT_THAT(verify_store(*key_value_, *media_, folder_.path(), {.actions = 3, .log = 40})->problems,
              IsEmpty());
}

TEST_F(Verify, WhatADeskHasReadOfKafkaHidesNoLostTail) {
  put(Space::kPositions, "process", big_endian(std::uint64_t{9'000}));
  put(Space::kPositions, "pictures", big_endian(std::uint64_t{9'500}));
  for (const std::string_view place : {"kafka/copytaster.prepared/0", "kafka/copytaster.prepared/0/source",
                                       "kafka/copytaster.prepared/0/owner"})
    put(Space::kPositions, place, big_endian(std::uint64_t{2'000'000}));
  const auto report = verify_store(*key_value_, *media_, folder_.path(), {.actions = 0, .log = 10'500});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->problems, ElementsAre(HasSubstr("9500 to 10499 is gone from the end")));
  put(Space::kPositions, "pictures", big_endian(std::uint64_t{10'500}));
  const auto whole = verify_store(*key_value_, *media_, folder_.path(), {.actions = 0, .log = 10'500});
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_THAT(whole->problems, IsEmpty());
}

TEST_F(Verify, AReaderIsNotToldOfALossThatIsNone) {
  // The service goes on while a reader opens: the mark is read behind the reader's own moment.
  ASSERT_TRUE(write_mark(folder_.path(), 7).ok());
  EXPECT_TRUE(open_store(key_value_.get(), folder_.path(), OpenMode::kReadOnly).ok());
  EXPECT_TRUE(absl::IsDataLoss(open_store(key_value_.get(), folder_.path(), OpenMode::kReadWrite).status()));
}

TEST_F(Verify, AnErasedLinkIsNoProblem) {
  auto batch = key_value_->batch();
  batch->put(Space::kChain, big_endian(std::uint64_t{4}),
             erase_chain_record(*parse_chain_record(link(4)), "receipt 1"));
  batch->erase(Space::kCaptures, captures_[4]);
  batch->erase(Space::kItems, id(8));
  batch->erase(Space::kItems, id(9));
  Erasure receipt;
  receipt.set_id("receipt 1");
  receipt.add_links(4);
  ASSERT_TRUE(store_->stage_erasure(*batch, receipt).ok());
  ASSERT_TRUE(key_value_->write(*batch, Durability::kSynced).ok());
  const VerifyReport report = verify();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.links, 5U);
  EXPECT_EQ(report.erased, 1U);
}

TEST_F(Verify, APostWithOtherWordsIsNamed) {
  Item item = *store_->item(id(7));
  item.set_text("What post 7 never said.");
  put(Space::kItems, id(7), item.SerializeAsString());
  put(Space::kItems, id(6), "\xff\xff");
  item = *store_->item(id(5));
  put(Space::kItems, "mastodon:another", item.SerializeAsString());
  EXPECT_THAT(verify().problems, ElementsAre(HasSubstr("mastodon:another stands under another post's id"),
                                             AllOf(HasSubstr(id(6)), HasSubstr("cannot be read")),
                                             AllOf(HasSubstr(id(7)), HasSubstr("another hash"))));
}

TEST_F(Verify, AnAlternativeTextMayHaveComeLater) {
  Item item = *store_->item(id(4));
  item.mutable_media(0)->set_alt_text("Two people before a bridge");
  put(Space::kItems, id(4), item.SerializeAsString());
  EXPECT_THAT(verify().problems, IsEmpty());
  // Of two pictures one came with its text, the other's came later.
  item.mutable_media(0)->set_alt_text("Two people before a bridge");
  item.add_media()->set_native_id("second");
  item.set_content_hash(content_hash(item));
  item.mutable_media(1)->set_alt_text("The bridge from above");
  item.mutable_media(1)->set_caption("Photo: Ada");
  put(Space::kItems, id(4), item.SerializeAsString());
  EXPECT_THAT(verify().problems, IsEmpty());
  item.set_text("Other words.");
  put(Space::kItems, id(4), item.SerializeAsString());
  EXPECT_THAT(verify().problems, ElementsAre(AllOf(HasSubstr(id(4)), HasSubstr("another hash"))));
}

TEST_F(Verify, APictureWithOtherBytesIsNamedWithItsPost) {
  const std::string file = str_cat(folder_.path(), "/media/", picture_.substr(0, 2), "/", picture_);
  ASSERT_EQ(bytes_of(file), "bytes of a picture");
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  write_bytes(file, "bytes of a Picture");
  EXPECT_THAT(verify().problems,
              ElementsAre(AllOf(HasSubstr(id(4)), HasSubstr(picture_), HasSubstr("another hash"))));
  std::filesystem::remove(file);
  EXPECT_THAT(verify().problems, ElementsAre(AllOf(HasSubstr(id(4)), HasSubstr("cannot be read"))));
}

// Bytes on the disk: wherever one is flipped in the database's tables, verifying tells, and if it costs a
// post names it.
TEST_F(Verify, AFlippedByteOfAnyTableIsTold) {
  close();
  open();  // what was in the log is in tables now
  {
    auto indexing = *Indexing::open(store_.get(), folder_.path());
    while (*indexing->turn(absl::ZeroDuration()) > 0) {
    }
  }
  close();
  std::vector<std::string> tables;
  for (const auto& file : std::filesystem::directory_iterator(folder_.path() + "/db")) {
    if (file.path().extension() == ".sst") tables.push_back(file.path().string());
  }
  ASSERT_FALSE(tables.empty());
  const char* const set = std::getenv("COPYTASTER_SEED");
  const unsigned seed =
      set != nullptr ? static_cast<unsigned>(std::strtoul(set, nullptr, 10)) : std::random_device()();
  SCOPED_TRACE(str_cat("COPYTASTER_SEED=", seed));
  std::mt19937 random(seed);
  const int of_each = std::getenv("COPYTASTER_FULL") == nullptr ? 12 : 300;
  int named = 0;
  for (const std::string& table : tables) {
    const std::string whole = bytes_of(table);
    for (int i = 0; i < of_each; ++i) {
      const std::size_t at = random() % whole.size();
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ (1U << random() % 8));
      write_bytes(table, flipped);
      const auto key_value = open_key_value(folder_.path(), OpenMode::kReadOnly);
      if (!key_value.ok()) {
        // Then opening tells: of a table's head, which is read at once, RocksDB names no file.
        EXPECT_TRUE(absl::IsDataLoss(key_value.status())) << key_value.status();
        EXPECT_THAT(std::string(key_value.status().message()),
                    AllOf(HasSubstr(folder_.path()), HasSubstr("Corruption")));
      } else {
        const auto report = verify_store(**key_value, *media_, folder_.path());
        ASSERT_TRUE(report.ok()) << report.status();
        EXPECT_GT(report->problem_count, 0U) << table << " byte " << at;
        for (const std::string& problem : report->problems)
          named += problem.find("mastodon:") != std::string::npos;
      }
    }
    write_bytes(table, whole);
  }
  EXPECT_GT(named, 0);
  std::printf(
      "proof: %d bytes in each of %zu tables flipped, one at a time: each told, %d times with a post's "
      "name\n",
      of_each, tables.size(), named);
}

TEST_F(Verify, TheCommandTellsAndItsCodeToo) {
  Item item = *store_->item(id(7));
  item.set_text("What post 7 never said.");
  put(Space::kItems, id(7), item.SerializeAsString());
  close();
  Program wrong({"verify", "--data", folder_.path()});
  EXPECT_EQ(wrong.exit_code(), 74);
  EXPECT_THAT(wrong.out(),
              AllOf(HasSubstr("WRONG     the post mastodon:https://town.example/7 is not what was"),
                    HasSubstr("1 thing is wrong")));
  Program json({"verify", "--json", "--data", folder_.path()});
  EXPECT_EQ(json.exit_code(), 74);
  EXPECT_THAT(json.out(), AllOf(HasSubstr("\"problemCount\":1,"), HasSubstr("\"links\":5,")));
  open();
  item.set_text("What post 7 says.");
  put(Space::kItems, id(7), item.SerializeAsString());
  close();
  Program right({"verify", "--data", folder_.path()});
  EXPECT_EQ(right.exit_code(), 0) << right.out();
  EXPECT_THAT(right.out(), HasSubstr("Nothing is wrong"));
}

}  // namespace
}  // namespace copytaster
