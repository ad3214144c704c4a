#include "app/dead_letters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/catalog.h"
#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "google/protobuf/struct.pb.h"
#include "storage/open.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

DeadLetter letter(int number, std::string_view reason) {
  DeadLetter out;
  out.set_id(str_cat("process:", number, ":1"));
  out.set_account_id("mastodon:a@social.example");
  out.set_stage("process");
  out.set_reason(std::string(reason));
  out.set_payload("payload\x1b[31m of a post");
  set_timestamp(out.mutable_at(), absl::FromUnixSeconds(1'650'000'000 + number));
  return out;
}

TEST(DeadLetterDigest, CountsByReasonAndKeepsTheNewest) {
  DeadLetterDigest digest;
  for (int i = 0; i < 30; ++i) digest.add(letter((i * 7) % 30, i % 3 == 0 ? "no id" : "not UTF-8"));
  EXPECT_EQ(digest.count(), 30U);
  ASSERT_EQ(digest.reasons().size(), 2U);
  EXPECT_EQ(digest.reasons()[0].reason, "not UTF-8");
  EXPECT_EQ(digest.reasons()[0].count, 20U);
  ASSERT_EQ(digest.newest().size(), DeadLetterDigest::kNewest);
  EXPECT_EQ(digest.newest().front().id(), "process:29:1");
  EXPECT_EQ(digest.newest().back().id(), "process:10:1");
  EXPECT_EQ(digest.newest().front().payload(), "");
}

TEST(DeadLetterDigest, StaysSmallWhateverTheReasons) {
  DeadLetterDigest digest;
  for (int i = 0; i < 1000; ++i) digest.add(letter(i, str_cat("reason ", i, std::string(10'000, 'x'))));
  EXPECT_LE(digest.reasons().size(), DeadLetterDigest::kReasons + 1);
  EXPECT_EQ(digest.reasons()[0].reason, DeadLetterDigest::kOtherReasons);
  EXPECT_EQ(digest.reasons()[0].count, 1000 - DeadLetterDigest::kReasons);
  JsonWriter json;
  json.begin_object();
  digest.write(json);
  EXPECT_LT(json.end_object().text().size(), 100'000U);
}

class DeadLetters : public testing::Test {
 protected:
  void SetUp() override {
    key_value_ = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    store_ = *open_store(key_value_.get(), folder_.path(), OpenMode::kReadWrite);
  }
  void put(const DeadLetter& one) {
    auto batch = store_->batch();
    Counters counters;
    counters.set_collected(1);
    counters.set_dead_lettered(1);
    ASSERT_TRUE(store_->stage_dead_letter(*batch, one).ok());
    ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  }
  TemporaryFolder folder_;
  std::unique_ptr<KeyValue> key_value_;
  std::unique_ptr<Store> store_;
};

TEST_F(DeadLetters, TheWatchSeesWhatCame) {
  ManualClock clock(absl::FromUnixSeconds(1'650'000'000));
  DeadLetterWatch watch(key_value_.get(), store_.get(), &clock);
  EXPECT_EQ(watch.digest()->count(), 0U);
  put(letter(1, "no id"));
  clock.advance(absl::Seconds(4));
  EXPECT_EQ(watch.digest()->count(), 0U) << "reading all of them is not for every look";
  clock.advance(absl::Seconds(1));
  EXPECT_EQ(watch.digest()->count(), 1U);
  EXPECT_TRUE(absl::IsNotFound(find_dead_letter(*key_value_, "nosuch").status()));
  EXPECT_EQ(find_dead_letter(*key_value_, "process:1:1")->reason(), "no id");
}

TEST_F(DeadLetters, ThePersonAtTheTerminalCanReadThem) {
  put(letter(1, "no id"));
  put(letter(2, "not\nUTF-8"));
  store_.reset();
  key_value_.reset();
  Program status({"status", "--data", folder_.path()});
  ASSERT_EQ(status.exit_code(), 0) << status.err();
  EXPECT_THAT(status.out(), AllOf(HasSubstr("dead letters 2"), HasSubstr("1  process: no id"),
                                  HasSubstr("mastodon:a@social.example"), HasSubstr("2022-04-15T05:20:02Z")));
  Program json({"status", "--json", "--data", folder_.path()});
  ASSERT_EQ(json.exit_code(), 0);
  google::protobuf::Struct parsed;
  ASSERT_TRUE(from_json(json.out(), &parsed).ok()) << json.out();
  const auto& letters = parsed.fields().at("dead_letters").struct_value().fields();
  EXPECT_EQ(letters.at("count").number_value(), 2);
  EXPECT_EQ(letters.at("newest").list_value().values(0).struct_value().fields().at("id").string_value(),
            "process:2:1");

  Program ls({"dlq", "ls", "--limit", "1", "--data", folder_.path()});
  ASSERT_EQ(ls.exit_code(), 0) << ls.err();
  EXPECT_THAT(ls.out(), AllOf(HasSubstr("process:1:1"), HasSubstr("no id"), HasSubstr("more"),
                              Not(HasSubstr("process:2:1"))));
  Program show({"dlq", "show", "process:1:1", "--data", folder_.path()});
  ASSERT_EQ(show.exit_code(), 0) << show.err();
  EXPECT_THAT(show.out(), AllOf(HasSubstr("payload"), HasSubstr("of a post"), Not(HasSubstr("\x1b"))));
  Program none({"dlq", "show", "nosuch", "--data", folder_.path()});
  EXPECT_EQ(none.exit_code(), 66);
}

// ---- trying again from the command line, where no service runs

class LettersOfAFeed : public DeadLetters {
 protected:
  void SetUp() override {
    DeadLetters::SetUp();
    account_ = *Collectors().recognise("https://feed.example/feed.json");
    write_bytes(config_.path() + "/officials.toml",
                "[[official]]\nid = \"mayor\"\nname = \"Jana Nová\"\naccounts = "
                "[\"https://feed.example/feed.json\"]\n");
    Capture capture;
    capture.set_body(R"({"version":"https://jsonfeed.org/version/1.1","title":"A town","items":[)"
                     R"({"id":"7","content_text":"The pool is closed."}]})");
    capture.set_sha256(sha256_hex(capture.body()));
    capture.set_url("https://feed.example/feed.json");
    capture.set_status(200);
    capture.set_account_id(account_.id());
    capture.set_collector("feed/1");
    set_timestamp(capture.mutable_fetched_at(), absl::FromUnixSeconds(1'650'000'000));
    auto batch = store_->batch();
    ASSERT_TRUE(store_->stage_capture(*batch, capture).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
    DeadLetter unread = letter(1, "a date that nobody could read");
    unread.set_id(str_cat(account_.id(), "/", capture.sha256(), "/0"));
    unread.set_stage("parse");
    unread.set_account_id(account_.id());
    unread.set_capture_sha256(capture.sha256());
    put(unread);
    put(letter(2, "no id"));  // of the processing, and no post
    store_.reset();
    key_value_.reset();
  }
  Program retry(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"dlq", "retry"});
    arguments.insert(arguments.end(), {"--data", folder_.path(), "--config", config_.path()});
    return Program(arguments);
  }
  Account account_;
  TemporaryFolder config_;
};

TEST_F(LettersOfAFeed, AreTriedAgainWhereNoServiceRuns) {
  Program one = retry({"--all", "--reason-contains", "a date"});
  ASSERT_EQ(one.exit_code(), 0) << one.err();
  EXPECT_THAT(one.out(), HasSubstr("read; posts handed on: 1"));
  EXPECT_THAT(one.err(), HasSubstr("when one starts"));
  Program rest = retry({"--all", "--json"});
  EXPECT_EQ(rest.exit_code(), 65);
  EXPECT_THAT(rest.out(), HasSubstr(R"("read":false)"));
  EXPECT_THAT(rest.err(), HasSubstr("1 of 1 dead letters stay"));
  Program status({"status", "--data", folder_.path()});
  ASSERT_EQ(status.exit_code(), 0) << status.err();
  EXPECT_THAT(status.out(), HasSubstr("collected 2 = stored 0 + dead letters 1  (1 on the bus)"));
}

TEST_F(LettersOfAFeed, WhichOnesMustBeSaid) {
  EXPECT_EQ(retry({}).exit_code(), 65);
  EXPECT_EQ(retry({"process:2:1", "--all"}).exit_code(), 65);
  EXPECT_EQ(retry({"process:2:1", "--reason-contains", "id"}).exit_code(), 65);
  Program none = retry({"nosuch"});
  EXPECT_EQ(none.exit_code(), 65);
  EXPECT_THAT(none.out(), HasSubstr("no dead letter nosuch"));
}

// A deleted post is the same tombstone everywhere.
TEST_F(DeadLetters, TheCommandLineShowsNoWordOfADeletedPost) {
  Item item;
  item.set_id("x:1");
  item.set_platform("x");
  item.set_url("https://x.example/1");
  item.set_text("canary of a deleted post");
  item.set_title("canary of its title");
  item.set_version(1);
  item.mutable_author()->set_name("A B");
  item.set_state(GONE);
  Story story;
  story.set_id("story:1");
  story.add_item_ids("x:1");
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_item(*batch, item).ok());
  ASSERT_TRUE(store_->stage_story(*batch, story).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  store_.reset();
  key_value_.reset();
  Program json({"story", "story:1", "--json", "--data", folder_.path()});
  ASSERT_EQ(json.exit_code(), 0) << json.err();
  EXPECT_THAT(json.out(),
              AllOf(HasSubstr("x:1"), HasSubstr("GONE"), HasSubstr("A B"), Not(HasSubstr("canary"))));
  Program text({"story", "story:1", "--data", folder_.path()});
  ASSERT_EQ(text.exit_code(), 0) << text.err();
  EXPECT_THAT(text.out(), AllOf(HasSubstr("deleted"), Not(HasSubstr("canary"))));
}

}  // namespace
}  // namespace copytaster
