// The evidence of a whole store, and the command that writes it.
#include "app/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <set>

#include "storage/open.h"
#include "tests/app/program.h"
#include "tests/app/warc_support.h"
#include "tests/support/memory_key_value.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Evidence : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() { store_ = *open_store(&database_, folder_.path(), OpenMode::kReadWrite); }
  template <typename Stage>
  void stage(Stage what) {
    auto batch = store_->batch();
    ASSERT_TRUE(what(*batch).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  }
  std::string have_capture(std::string_view body, int second) {
    Capture capture = capture_of(body);
    set_timestamp(capture.mutable_fetched_at(), absl::FromUnixSeconds(1'650'000'000 + second));
    stage([&](WriteBatch& batch) { return store_->stage_capture(batch, capture); });
    return capture.sha256();
  }
  void have_item(std::string_view id, std::uint32_t version, std::string_view sha256) {
    Item item;
    item.set_id(std::string(id));
    item.set_version(version);
    item.set_capture_sha256(std::string(sha256));
    stage([&](WriteBatch& batch) { return store_->stage_item(batch, item); });
  }
  void have_letter(std::string_view id, std::string_view sha256) {
    DeadLetter letter;
    letter.set_id(std::string(id));
    letter.set_capture_sha256(std::string(sha256));
    stage([&](WriteBatch& batch) { return store_->stage_dead_letter(batch, letter); });
  }
  std::string written() {
    std::string out;
    auto report = write_evidence(database_, *store_, [&](std::string_view bytes) {
      out += bytes;
      return absl::OkStatus();
    });
    EXPECT_TRUE(report.ok()) << report.status();
    report_ = report.ok() ? *report : EvidenceReport();
    return out;
  }
  // The payloads' hashes in the order of the file.
  static std::vector<std::string> payloads(std::string_view bytes) {
    std::vector<std::string> out;
    for (const WarcRecord& record : read_warc(bytes)) {
      if (record.at("WARC-Type") == "response") out.push_back(record.at("WARC-Payload-Digest").substr(7));
    }
    return out;
  }

  TemporaryFolder folder_;
  testing::MemoryKeyValue database_;
  std::unique_ptr<Store> store_;
  EvidenceReport report_;
};

TEST_F(Evidence, HoldsWhatPostsAllTheirVersionsAndDeadLettersPointAt) {
  const std::string second = have_capture("second", 2);
  const std::string first = have_capture("first", 1);
  const std::string refused = have_capture("refused", 3);
  have_capture("nobody points at it", 9);
  have_item("x:1", 1, first);
  have_item("x:1", 2, second);
  have_item("x:2", 1, second);
  have_item("x:3", 1, "");
  have_letter("a/b/1", refused);
  ASSERT_TRUE(store_->set_notice("Rehearsal").ok());
  const std::string bytes = written();
  EXPECT_THAT(payloads(bytes), ElementsAre(first, second, refused)) << "as they were fetched, each once";
  EXPECT_EQ(report_.captures, 3U);
  EXPECT_EQ(report_.without_capture, 1U);
  EXPECT_EQ(report_.problem_count, 0U);
  const std::vector<WarcRecord> all = read_warc(bytes);
  EXPECT_EQ(report_.records, all.size());
  EXPECT_EQ(all[0].at("WARC-Type"), "warcinfo");
  EXPECT_EQ(all[0].at("WARC-Date"), "2022-04-15T05:20:03Z") << "the newest capture's";
  EXPECT_EQ(fields_of(all[0].block)["description"], "Rehearsal");
  std::set<std::string> ids;
  for (const WarcRecord& record : all) {
    EXPECT_TRUE(ids.insert(record.at("WARC-Record-ID")).second) << "an id belongs to one record";
    if (&record != all.data()) {
      EXPECT_EQ(record.at("WARC-Warcinfo-ID"), all[0].at("WARC-Record-ID"));
    }
  }
  open();
  EXPECT_EQ(written(), bytes) << "the same store, the same bytes";
}

TEST_F(Evidence, AnEmptyStoreIsAFileThatSaysSo) {
  const std::vector<WarcRecord> all = read_warc(written());
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(report_.records, 1U);
  EXPECT_EQ(report_.captures, 0U);
}

TEST_F(Evidence, WhatIsMissingOrDamagedIsNamedAndTheRestIsWritten) {
  const std::string good = have_capture("good", 1);
  const std::string changed = have_capture("changed", 2);
  const std::string broken = have_capture("broken", 3);
  Capture other = capture_of("other bytes");
  other.set_sha256(changed);
  stage([&](WriteBatch& batch) {
    batch.put(Space::kCaptures, changed, other.SerializeAsString());
    batch.put(Space::kCaptures, broken, "\xff");
    batch.put(Space::kItems, "x:9\n", "\xff");
    return absl::OkStatus();
  });
  have_item("x:1", 1, good);
  have_item("x:2", 1, "nosuch");
  have_item("x:3", 1, changed);
  have_letter("a/b/1", broken);
  EXPECT_THAT(payloads(written()), ElementsAre(good));
  EXPECT_EQ(report_.problem_count, 4U);
  EXPECT_THAT(report_.problems,
              ElementsAre(AllOf(HasSubstr("x:9\\n"), HasSubstr("damaged")),
                          AllOf(HasSubstr("nosuch"), HasSubstr("x:2"), HasSubstr("not in the store")),
                          AllOf(HasSubstr(changed), HasSubstr("x:3"), HasSubstr("another hash")),
                          AllOf(HasSubstr(broken), HasSubstr("a/b/1"), HasSubstr("damaged"))));
}

TEST_F(Evidence, ProblemsAreBounded) {
  for (int i = 0; i < 60; ++i) have_item(str_cat("x:", i), 1, str_cat("nosuch", i));
  written();
  EXPECT_EQ(report_.problem_count, 60U);
  EXPECT_EQ(report_.problems.size(), EvidenceReport::kMostProblems);
}

TEST_F(Evidence, AFullDiskOrAFailingDatabaseEndsIt) {
  have_item("x:1", 1, have_capture("a", 1));
  const auto full = [](std::string_view) { return absl::UnavailableError("full"); };
  EXPECT_TRUE(absl::IsUnavailable(write_evidence(database_, *store_, full).status()));
  database_.fail_reads(Space::kCaptures, absl::UnavailableError("disk"));
  const auto none = [](std::string_view) { return absl::OkStatus(); };
  EXPECT_TRUE(absl::IsUnavailable(write_evidence(database_, *store_, none).status()));
}

// ---- the command

class ExportCommand : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  // A store with one post whose capture is there and, if wanted, one whose capture is not.
  void have_store(bool with_missing) const {
    const auto database = *open_key_value(at("data"), OpenMode::kReadWrite);
    const auto store = *open_store(database.get(), at("data"), OpenMode::kReadWrite);
    const Capture capture = capture_of("good");
    Item item;
    item.set_id("x:1");
    item.set_version(1);
    item.set_capture_sha256(capture.sha256());
    auto batch = store->batch();
    ASSERT_TRUE(store->stage_capture(*batch, capture).ok());
    ASSERT_TRUE(store->stage_item(*batch, item).ok());
    item.set_id("x:2");
    item.set_capture_sha256("nosuch");
    if (with_missing) {
      ASSERT_TRUE(store->stage_item(*batch, item).ok());
    }
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  }
  TemporaryFolder folder_;
};

TEST_F(ExportCommand, WritesAFileOrStandardOutput) {
  have_store(false);
  write_bytes(at("out.warc.part"), std::string(100'000, 'x'));  // left behind by one that was cut off
  Program file({"export", "--warc", at("out.warc"), "--data", at("data")});
  ASSERT_EQ(file.exit_code(), 0) << file.err();
  EXPECT_THAT(file.err(), AllOf(HasSubstr("3 records of 1 captures"), HasSubstr(at("out.warc"))));
  EXPECT_EQ(file.out(), "");
  EXPECT_EQ(read_warc(bytes_of(at("out.warc"))).size(), 3U);
  EXPECT_FALSE(std::filesystem::exists(at("out.warc.part")));
  Program output({"export", "--warc", "-", "--data", at("data")});
  ASSERT_EQ(output.exit_code(), 0) << output.err();
  EXPECT_EQ(output.out(), bytes_of(at("out.warc")));
  Program lost({"export", "--warc", "-", "--data", at("nothing")});
  EXPECT_EQ(lost.exit_code(), 66);
  Program none({"export", "--data", at("data")});
  EXPECT_EQ(none.exit_code(), 64);
}

TEST_F(ExportCommand, AMissingCaptureIsNamed) {
  have_store(true);
  Program program({"export", "--warc", at("out.warc"), "--data", at("data")});
  EXPECT_EQ(program.exit_code(), 74);
  EXPECT_THAT(program.err(), AllOf(HasSubstr("nosuch"), HasSubstr("x:2"), HasSubstr("1 left out")));
  EXPECT_EQ(read_warc(bytes_of(at("out.warc"))).size(), 3U) << "and the rest is written";
}

TEST_F(ExportCommand, WhatCannotBeWrittenLeavesWhatWasThere) {
  have_store(false);
  Program folder({"export", "--warc", at("data"), "--data", at("data")});
  EXPECT_EQ(folder.exit_code(), 65);
  EXPECT_THAT(folder.err(), HasSubstr("no ordinary file"));
  Program nowhere({"export", "--warc", at("nosuch/out.warc"), "--data", at("data")});
  EXPECT_EQ(nowhere.exit_code(), 69);
  EXPECT_THAT(nowhere.err(), HasSubstr("nosuch/out.warc.part"));
  write_bytes(at("out.warc"), "before");
  write_bytes(at("out.warc.part"), "of another process");
  const int other = ::open(at("out.warc.part").c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(other, LOCK_EX), 0);
  Program second({"export", "--warc", at("out.warc"), "--data", at("data")});
  EXPECT_EQ(second.exit_code(), 69);
  EXPECT_THAT(second.err(), HasSubstr("another process"));
  ::close(other);
  EXPECT_EQ(bytes_of(at("out.warc.part")), "of another process");
  EXPECT_EQ(bytes_of(at("out.warc")), "before");
  const std::string to_full =
      str_cat(COPYTASTER_BINARY, " export --warc - --data ", at("data"), " >/dev/full 2>/dev/null");
  EXPECT_EQ(WEXITSTATUS(std::system(to_full.c_str())), 74);
}

}  // namespace
}  // namespace copytaster
