// Backups by command and by the running service.
#include "storage/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/backup_work.h"
#include "core/clock.h"
#include "core/metrics.h"
#include "storage/open.h"
#include "tests/app/program.h"
#include "tests/app/warc_support.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/sockets.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class BackupCommand : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  // A store with three captures.
  void make_store(const std::string& data) const {
    const auto database = *open_key_value(data, OpenMode::kReadWrite);
    const auto store = *open_store(database.get(), data, OpenMode::kReadWrite);
    const auto media = *open_folder_media(data, OpenMode::kReadWrite);
    ASSERT_TRUE(media->put("bytes of a picture").ok());
    auto batch = store->batch();
    for (int i = 0; i < 3; ++i) {
      Capture capture = capture_of(str_cat("{\"page\":", i, "}"));
      set_timestamp(capture.mutable_fetched_at(), absl::FromUnixSeconds(1'650'000'000 + i));
      ASSERT_TRUE(store->stage_capture(*batch, capture).ok());
    }
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  }
  static void replace(const std::string& path, std::string_view bytes) {
    std::filesystem::remove(path);  // it may be a link to the store's
    write_bytes(path, bytes);
  }
  void make_service(std::string_view extra = "", int port = 0) const {
    write_bytes(at("house/officials.toml"), "[[official]]\nid = \"a\"\nname = \"A\"\n");
    write_bytes(at("house/settings.toml"), str_cat("[service]\ndata = \"", at("data"), "\"\n", extra,
                                                   "[desk]\nport = ", port, "\n[metrics]\nport = 0\n"));
  }

  TemporaryFolder folder_;
};

TEST_F(BackupCommand, OfAStoreThatNobodyHasOpenAndBack) {
  make_store(at("data"));
  Program backup({"backup", at("kept/monday"), "--data", at("data")});
  ASSERT_EQ(backup.exit_code(), 0) << backup.err();
  EXPECT_THAT(backup.out(),
              AllOf(HasSubstr(str_cat("backed up to ", at("kept/monday"))), HasSubstr(" files, ")));
  Program verify({"verify", "--data", at("kept/monday")});
  EXPECT_EQ(verify.exit_code(), 0) << verify.out() << verify.err();
  EXPECT_THAT(verify.out(), AllOf(HasSubstr("files are whole"), HasSubstr("are as the backup's list says")));
  Program restore({"restore", at("kept/monday"), at("back")});
  EXPECT_EQ(restore.exit_code(), 0) << restore.out() << restore.err();
  EXPECT_THAT(restore.out(), AllOf(HasSubstr("0 posts"), HasSubstr("fetched until 2022-04-15T05:20:02Z"),
                                   HasSubstr("3 links; the last is "), HasSubstr("Nothing is wrong")));
  Program status({"status", "--data", at("back")});
  EXPECT_EQ(status.exit_code(), 0) << status.err();
}

TEST_F(BackupCommand, StatusTellsTheNewest) {
  make_store(at("data"));
  std::filesystem::create_directories(at("house"));
  make_service(str_cat("backups = \"", at("kept"), "\"\n"));
  Program before({"status", "--config", at("house")});
  EXPECT_EQ(before.exit_code(), 0) << before.err();
  EXPECT_THAT(before.out(), HasSubstr(str_cat("no backup in ", at("kept"), " yet")));
  for (const char* name : {"monday", "tuesday"}) {
    Program backup({"backup", at(str_cat("kept/", name)), "--data", at("data")});
    ASSERT_EQ(backup.exit_code(), 0) << backup.err();
  }
  constexpr auto kOld = std::chrono::hours(75);
  const std::string monday = at("kept/monday/copytaster.sha256");
  ASSERT_TRUE(std::filesystem::exists(monday));
  std::filesystem::last_write_time(monday, std::filesystem::file_time_type::clock::now() - kOld);
  Program status({"status", "--config", at("house")});
  EXPECT_EQ(status.exit_code(), 0) << status.err();
  EXPECT_THAT(status.out(), HasSubstr("newest backup "));
  EXPECT_THAT(status.out(), HasSubstr(str_cat(", just now, in ", at("kept"))));
  std::filesystem::remove_all(at("kept/tuesday"));
  Program old({"status", "--config", at("house")});
  EXPECT_EQ(old.exit_code(), 0) << old.err();
  EXPECT_THAT(old.out(), HasSubstr(str_cat(", 3 days ago, in ", at("kept"))));
  Program json({"status", "--config", at("house"), "--json"});
  EXPECT_EQ(json.exit_code(), 0) << json.err();
  EXPECT_THAT(json.out(), HasSubstr("\"backups\":{\"folder\":\""));
  Program without({"status", "--data", at("data")});
  EXPECT_EQ(without.exit_code(), 0) << without.err();
  EXPECT_THAT(without.out(), Not(HasSubstr("backup")));
}

TEST_F(BackupCommand, WhatCannotBeDoneIsSaid) {
  make_store(at("data"));
  std::filesystem::create_directories(at("house"));
  Program nowhere({"backup", "--data", at("data"), "--config", at("house")});
  EXPECT_EQ(nowhere.exit_code(), 78);
  EXPECT_THAT(nowhere.err(), AllOf(HasSubstr("backup DIR"), HasSubstr("settings.toml")));
  Program none({"backup", at("one"), "--data", at("nothing")});
  EXPECT_EQ(none.exit_code(), 66);
  write_bytes(at("taken/file"), "");
  Program taken({"backup", at("taken"), "--data", at("data")});
  EXPECT_EQ(taken.exit_code(), 78);
  EXPECT_THAT(taken.err(), HasSubstr("nothing is written over"));
  Program no_backup({"restore", at("data"), at("back")});
  EXPECT_EQ(no_backup.exit_code(), 66);
  EXPECT_THAT(no_backup.err(), HasSubstr("is no finished backup"));
  EXPECT_FALSE(std::filesystem::exists(at("back")));
}

TEST_F(BackupCommand, ByTheSettingsItsNameIsTheTime) {
  make_store(at("data"));
  std::filesystem::create_directories(at("house"));
  make_service(str_cat("backups = \"", at("kept"), "\"\n"));
  Program backup({"backup", "--config", at("house")});
  ASSERT_EQ(backup.exit_code(), 0) << backup.err();
  EXPECT_THAT(backup.out(), HasSubstr(str_cat("backed up to ", at("kept"), "/backup-20")));
}

TEST_F(BackupCommand, AFlippedByteIsToldByRestoreAndVerify) {
  make_store(at("data"));
  ASSERT_TRUE(back_up_closed(at("data"), at("one")).ok());
  std::string name;
  for (const auto& file : std::filesystem::recursive_directory_iterator(at("one/media"))) {
    if (file.is_regular_file()) name = file.path().string();
  }
  replace(name, "bytes of a Picture");
  name = name.substr(at("one").size() + 1);
  Program restore({"restore", at("one"), at("back")});
  EXPECT_EQ(restore.exit_code(), 74);
  EXPECT_THAT(restore.err(), AllOf(HasSubstr(str_cat(name, " is not what was backed up")),
                                   HasSubstr("nothing was restored")));
  EXPECT_FALSE(std::filesystem::exists(at("back")));
  EXPECT_FALSE(std::filesystem::exists(at("back.part")));
  Program verify({"verify", "--data", at("one")});
  EXPECT_EQ(verify.exit_code(), 74);
  EXPECT_THAT(verify.out(), HasSubstr(str_cat("WRONG     ", name, " is not what was backed up")));
}

// Free when it was asked for.
int free_port() {
  const ::copytaster::testing::Socket probe(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(probe.fd(), reinterpret_cast<const sockaddr*>(&address), size), 0);
  EXPECT_EQ(::getsockname(probe.fd(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  return ntohs(address.sin_port);
}

TEST_F(BackupCommand, AStoreInUseIsBackedUpByWhoHasItOpenAlone) {
  make_store(at("data"));
  std::filesystem::create_directories(at("house"));
  make_service(str_cat("backups = \"", at("kept"), "\"\n"), free_port());
  Program service({"run", "--config", at("house")});
  ASSERT_TRUE(service.wait_until([&] { return service.err().find("service.started") != std::string::npos; }))
      << service.err();
  Program one({"backup", at("kept/one"), "--config", at("house")});
  EXPECT_EQ(one.exit_code(), 0) << one.err();
  EXPECT_THAT(one.out(), HasSubstr(str_cat("backed up to ", at("kept/one"))));
  EXPECT_EQ(check_backup(at("kept/one"))->problem_count, 0U);
  Program named({"backup", "--config", at("house")});
  EXPECT_EQ(named.exit_code(), 0) << named.err();
  EXPECT_THAT(named.out(), HasSubstr(str_cat("backed up to ", at("kept"), "/backup-20")));
  Program elsewhere({"backup", at("one"), "--config", at("house")});
  EXPECT_EQ(elsewhere.exit_code(), 65);
  EXPECT_THAT(elsewhere.err(), HasSubstr(str_cat("writes backups into ", at("kept"))));
  Program again({"backup", at("kept/one"), "--config", at("house")});
  EXPECT_EQ(again.exit_code(), 65);
  EXPECT_THAT(again.err(), HasSubstr("nothing is written over"));
  std::filesystem::create_directories(at("other"));
  write_bytes(at("other/settings.toml"), str_cat("[desk]\nport = ", free_port(), "\n"));
  write_bytes(at("other/officials.toml"), "[[official]]\nid = \"a\"\nname = \"A\"\n");
  Program unknown({"backup", at("kept/two"), "--data", at("data"), "--config", at("other")});
  EXPECT_EQ(unknown.exit_code(), 69) << unknown.err();
  EXPECT_THAT(unknown.err(), HasSubstr("only the process that has it open can back it up"));
  EXPECT_FALSE(std::filesystem::exists(at("kept/two")));
  service.signal(SIGTERM);
  EXPECT_EQ(service.exit_code(), 0) << service.err();
  EXPECT_THAT(service.err(), AllOf(HasSubstr("backup.begun"), HasSubstr("backup.done")));
}

TEST_F(BackupCommand, NoServiceStartsOnABackup) {
  make_store(at("data"));
  ASSERT_TRUE(back_up_closed(at("data"), at("one")).ok());
  make_service();
  Program service({"run", "--config", at("house"), "--data", at("one")});
  EXPECT_EQ(service.exit_code(), 78);
  EXPECT_THAT(service.err(), HasSubstr("copytaster restore"));
  EXPECT_EQ(check_backup(at("one"))->problem_count, 0U);
}

class ServiceBackups : public BackupCommand {
 protected:
  void SetUp() override {
    database_ = *open_key_value(at("data"), OpenMode::kReadWrite);
    work_ = std::make_unique<BackupWork>(database_.get(), at("data"), at("kept"), &clock_);
  }
  // The newest of that name, when it has ended.
  HouseBackup ended(const std::string& name) const {
    while (true) {
      const auto known = work_->known();
      const auto newest = std::ranges::find(known, name, &HouseBackup::name);
      if (newest != known.end() && newest->state != "running") return *newest;
      std::this_thread::yield();
    }
  }
  ManualClock clock_{absl::FromUnixSeconds(1'650'000'000)};
  std::unique_ptr<KeyValue> database_;
  std::unique_ptr<BackupWork> work_;
};

TEST_F(ServiceBackups, AreMadeInOneFolderAndTold) {
  const auto begun = work_->begin({"one", "", "Mira"});
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(begun->path, at("kept/one"));
  const HouseBackup one = ended("one");
  EXPECT_EQ(one.state, "done") << one.message;
  EXPECT_GT(one.bytes, 0U);
  EXPECT_EQ(check_backup(at("kept/one"))->files, one.files);
  EXPECT_TRUE(absl::IsFailedPrecondition(work_->begin({"one", "", ""}).status()))
      << "nothing is written over";
  EXPECT_EQ(ended(work_->begin({"", at("kept"), ""})->name).name, "backup-20220415T052000Z");
  EXPECT_EQ(work_->known().size(), 2U);
  EXPECT_THAT(metrics_text(), Not(HasSubstr("copytaster_backup_last_success_timestamp_seconds 0\n")));
}

TEST_F(ServiceBackups, NamesThatLeadElsewhereAreRefused) {
  for (const char* name : {"../x", "a/b", "/tmp/x", ".hidden", "-x", "x.part", "a b", "a\nb", "ä"})
    EXPECT_TRUE(absl::IsInvalidArgument(work_->begin({name, "", ""}).status())) << name;
  EXPECT_TRUE(absl::IsInvalidArgument(work_->begin({std::string(101, 'a'), "", ""}).status()));
  const auto elsewhere = work_->begin({"one", at("data"), ""});
  EXPECT_TRUE(absl::IsInvalidArgument(elsewhere.status()));
  EXPECT_THAT(std::string(elsewhere.status().message()), HasSubstr(at("kept")));
  EXPECT_TRUE(work_->known().empty());
}

TEST_F(ServiceBackups, WithoutASettingNothingIsWritten) {
  BackupWork none(database_.get(), at("data"), "", &clock_);
  const auto refused = none.begin({"one", "", ""});
  EXPECT_TRUE(absl::IsFailedPrecondition(refused.status()));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("settings.toml"));
}

TEST_F(ServiceBackups, AFailureIsToldAndTheNextMayGo) {
  std::filesystem::create_directories(at("data/marks/log"));  // no ordinary file: it cannot be taken
  ASSERT_TRUE(work_->begin({"one", "", ""}).ok());
  const HouseBackup failed = ended("one");
  EXPECT_EQ(failed.state, "failed");
  EXPECT_THAT(failed.message, HasSubstr("marks/log"));
  EXPECT_FALSE(std::filesystem::exists(at("kept/one")));
  EXPECT_FALSE(std::filesystem::exists(at("kept/one.part")));
  std::filesystem::remove(at("data/marks/log"));
  ASSERT_TRUE(work_->begin({"one", "", ""}).ok());
  EXPECT_EQ(ended("one").state, "done");
  work_->stop();
  EXPECT_TRUE(absl::IsCancelled(work_->begin({"two", "", ""}).status()));
}

TEST_F(ServiceBackups, ADatabaseThatIsNoFilesIsRefused) {
  testing::MemoryKeyValue memory;
  EXPECT_TRUE(absl::IsFailedPrecondition(back_up(memory, at("data"), at("one")).status()));
  EXPECT_FALSE(std::filesystem::exists(at("one.part")));
}

}  // namespace
}  // namespace copytaster
