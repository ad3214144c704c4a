// Backups that are made while others write: what is in them, and what is left when making one fails.
#include "storage/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/bytes.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/high_water_mark.h"
#include "storage/open.h"
#include "storage/rocks_open.h"
#include "storage/tail_mark.h"
#include "tests/storage/backup_support.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using testing::read;
using testing::replace;

class Backup : public testing::BackupFixture {};

TEST_F(Backup, UnderLoadHoldsWholeBatchesAndAllThatWasAcknowledged) {
  const auto store = open(std::size_t{64} << 10);  // so that tables are written and merged meanwhile
  const auto tail = *TailMark::open(data());
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> begun{0}, written{0};
  std::thread writer([&] {
    for (std::uint64_t i = 0; !stop; ++i) {
      begun = i + 1;
      write_pair(*store, i, 200 + i % 700);
      written = i + 1;
      tail->raise(i + 1);
      if (i % 50 == 0) {
        EXPECT_TRUE(write_mark(data(), i + 1).ok());
      }
    }
  });
  const int backups = std::getenv("COPYTASTER_FULL") != nullptr ? 60 : 8;
  std::uint64_t last = 0;
  for (int i = 0; i < backups; ++i) {
    SCOPED_TRACE(i);
    const std::string target = at(str_cat("backup", i));
    const std::uint64_t before = written;
    const auto report = back_up(*store, data(), target);
    const std::uint64_t after = begun;
    ASSERT_TRUE(report.ok()) << report.status();
    const auto check = check_backup(target);
    ASSERT_TRUE(check.ok()) << check.status();
    EXPECT_THAT(check->problems, ::testing::IsEmpty());
    EXPECT_EQ(check->files, report->files);
    EXPECT_EQ(check->bytes, report->bytes);
    const std::uint64_t there = pairs_in(target);
    EXPECT_GE(there, before) << "acknowledged and not in it";
    EXPECT_LE(there, after);
    EXPECT_GE(there, last);
    EXPECT_LE(*read_mark(target), there) << "a mark of what is not there";
    EXPECT_LE(*TailMark::read(target), there);
    last = there;
    if (i > 2) std::filesystem::remove_all(target);  // the store goes on without what was linked
  }
  stop = true;
  writer.join();
  EXPECT_GE(written.load(), last);
  std::printf(
      "proof: %d backups while %llu batches were written: each whole, none without what was acknowledged\n",
      backups, static_cast<unsigned long long>(written.load()));
}

TEST_F(Backup, IsADataFolderThatIsRestoredAndStaysAsItIs) {
  auto store = open();
  for (std::uint64_t i = 0; i < 50; ++i) write_pair(*store, i);
  ASSERT_TRUE(write_mark(data(), 50).ok());
  const std::string picture = put_picture("bytes of a picture");
  std::filesystem::create_directories(at("data/search"));
  replace(at("data/search/postlist"), "made anew");
  replace(at("data/websub.key"), "a secret");
  replace(at("data/media/half.new"), "half");
  ASSERT_TRUE(back_up(*store, data(), at("backups/one")).ok());
  store.reset();
  EXPECT_FALSE(std::filesystem::exists(at("backups/one/search")));
  EXPECT_FALSE(std::filesystem::exists(at("backups/one/websub.key")));
  EXPECT_EQ(std::filesystem::hard_link_count(at("backups/one/marks/actions")), 1U)
      << "marks are written in place";
  const std::string list = read(at("backups/one/copytaster.sha256"));
  EXPECT_THAT(list, HasSubstr(str_cat(picture, "  ", picture_file(picture), "\n")));
  const auto restored = restore_backup(at("backups/one"), at("house"));
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(std::filesystem::hard_link_count(at(str_cat("house/", picture_file(picture)))), 1U);
  EXPECT_EQ(pairs_in(at("house")), 50U);
  EXPECT_EQ(*read_mark(at("house")), 50U);
  EXPECT_FALSE(is_backup(at("house")));
  {  // and it is written on
    const auto again = open_key_value(at("house"), OpenMode::kReadWrite);
    ASSERT_TRUE(again.ok()) << again.status();
    write_pair(**again, 50);
  }
  EXPECT_EQ(pairs_in(at("house")), 51U);
  EXPECT_EQ(pairs_in(at("backups/one")), 50U);
  EXPECT_EQ(check_backup(at("backups/one"))->problem_count, 0U);
  EXPECT_EQ(read(at("backups/one/copytaster.sha256")), list);
}

TEST_F(Backup, TheSystemsOwnProgramReadsTheList) {
  auto store = open();
  write_pair(*store, 0);
  (void)put_picture("a");
  ASSERT_TRUE(back_up(*store, data(), at("one")).ok());
  const std::string check =
      str_cat("cd '", at("one"), "' && sha256sum --check --strict --quiet copytaster.sha256");
  EXPECT_EQ(std::system(check.c_str()), 0);
}

TEST_F(Backup, NothingIsWrittenOver) {
  auto store = open();
  write_pair(*store, 0);
  ASSERT_TRUE(back_up(*store, data(), at("one")).ok());
  const std::string list = read(at("one/copytaster.sha256"));
  write_pair(*store, 1);
  const auto again = back_up(*store, data(), at("one/"));
  EXPECT_TRUE(absl::IsFailedPrecondition(again.status())) << again.status();
  EXPECT_EQ(read(at("one/copytaster.sha256")), list);
  EXPECT_FALSE(std::filesystem::exists(at("one.part")));
  EXPECT_TRUE(absl::IsFailedPrecondition(restore_backup(at("one"), data()).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(restore_backup(at("one"), at("one/inside")).status()));
  store.reset();
  EXPECT_EQ(pairs_in(data()), 2U);
}

TEST_F(Backup, OneThatIsStoppedLeavesNothing) {
  auto store = open();
  for (std::uint64_t i = 0; i < 5; ++i) write_pair(*store, i);
  for (const char* bytes : {"a", "b", "c"}) (void)put_picture(bytes);
  int asked = 0;
  for (int most = 0;; ++most) {
    ASSERT_LT(most, 200);
    asked = 0;
    const auto report = back_up(*store, data(), at("one"), [&] { return asked++ >= most; });
    if (report.ok()) break;
    EXPECT_TRUE(absl::IsCancelled(report.status())) << report.status();
    expect_nothing_at("one");
  }
  EXPECT_GT(asked, 5);
  write_pair(*store, 5);  // files go again: none is held
  EXPECT_EQ(pairs_in(at("one")), 5U);
}

// Runs `work` in a process of its own; its exit code, or 128 + the signal that ended it.
template <typename Work>
int in_child(Work work) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_F(Backup, OneThatIsKilledIsNoBackupAndTheNextBeginsAnew) {
  {
    auto store = open();
    for (std::uint64_t i = 0; i < 5; ++i) write_pair(*store, i);
    for (const char* bytes : {"a", "b", "c"}) (void)put_picture(bytes);
  }
  int killed = 0;
  for (int most = 0;; ++most) {
    ASSERT_LT(most, 200);
    int asked = 0;
    const int ended = in_child([&] {
      const auto report = back_up_closed(data(), at("one"), [&] {
        if (asked++ == most) (void)raise(SIGKILL);
        return false;
      });
      return report.ok() ? 0 : 1;
    });
    if (ended == 0) break;
    ASSERT_EQ(ended, 128 + SIGKILL);
    ++killed;
    EXPECT_FALSE(std::filesystem::exists(at("one")));
    EXPECT_TRUE(std::filesystem::exists(at("one.part")));
    EXPECT_TRUE(absl::IsNotFound(restore_backup(at("one.part"), at("house")).status()));
  }
  EXPECT_GT(killed, 5);
  EXPECT_FALSE(std::filesystem::exists(at("one.part")));
  EXPECT_EQ(check_backup(at("one"))->problem_count, 0U);
  EXPECT_EQ(pairs_in(at("one")), 5U);
}

TEST_F(Backup, WhereThereIsNoRoomNothingIsLeft) {
  {
    auto store = open();
    for (std::uint64_t i = 0; i < 50; ++i) write_pair(*store, i, 4000);
  }
  const int ended = in_child([&] {
    (void)signal(SIGXFSZ, SIG_IGN);
    const rlimit most = {65536, 65536};  // the log has 200 kB and more, and is copied
    setrlimit(RLIMIT_FSIZE, &most);
    const auto report = back_up_closed(data(), at("one"));
    return absl::IsUnavailable(report.status()) ? 42 : 1;
  });
  EXPECT_EQ(ended, 42);
  expect_nothing_at("one");
  EXPECT_EQ(pairs_in(data()), 50U);
}

TEST_F(Backup, TwoAtOnceOfOneNameAreRefused) {
  auto store = open();
  write_pair(*store, 0);
  absl::Status second;
  bool asked = false;
  ASSERT_TRUE(back_up(*store, data(), at("one"), [&] {
                if (!std::exchange(asked, true)) second = back_up(*store, data(), at("one")).status();
                return false;
              }).ok());
  EXPECT_TRUE(absl::IsUnavailable(second)) << second;
  EXPECT_EQ(pairs_in(at("one")), 1U);
}

TEST_F(Backup, AStoreThatIsOpenElsewhereIsNotTakenAsClosed) {
  EXPECT_TRUE(absl::IsNotFound(back_up_closed(data(), at("one")).status()));
  auto store = open();
  write_pair(*store, 0);
  EXPECT_TRUE(absl::IsFailedPrecondition(back_up_closed(data(), at("one")).status()));
  EXPECT_EQ(in_child([&] { return is_in_use(data()) ? 42 : 1; }), 42);
  store.reset();
  EXPECT_FALSE(is_in_use(data()));
  EXPECT_TRUE(back_up_closed(data(), at("one")).ok());
  EXPECT_EQ(pairs_in(at("one")), 1U);
}

TEST_F(Backup, OneOfAnOlderSchemaIsTakenAsItIs) {
  std::filesystem::copy(str_cat(COPYTASTER_SOURCE_DIR, "/tests/storage/schema1"), data(),
                        std::filesystem::copy_options::recursive);
  const auto report = back_up_closed(data(), at("one"));
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_TRUE(restore_backup(at("one"), at("house")).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(open_key_value(at("house"), OpenMode::kReadOnly).status()))
      << "it was brought to this schema";
  EXPECT_TRUE(open_key_value(at("house"), OpenMode::kReadWrite).ok());
}

TEST_F(Backup, IsNotOpenedAsAStoreToWriteInto) {
  {
    auto store = open();
    write_pair(*store, 0);
    ASSERT_TRUE(back_up(*store, data(), at("one")).ok());
  }
  const auto opened = open_key_value(at("one"), OpenMode::kReadWrite);
  EXPECT_TRUE(absl::IsFailedPrecondition(opened.status()));
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("copytaster restore"));
  EXPECT_EQ(check_backup(at("one"))->problem_count, 0U);
}

TEST_F(Backup, APictureThatIsDamagedInTheStoreIsToldAndStopsNothing) {
  auto store = open();
  write_pair(*store, 0);
  const std::string picture = put_picture("bytes of a picture");
  replace(at(str_cat("data/", picture_file(picture))), "bytes of a Picture");
  const auto report = back_up(*store, data(), at("one"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->damaged_count, 1U);
  EXPECT_THAT(report->damaged, ::testing::ElementsAre(picture));
  EXPECT_TRUE(restore_backup(at("one"), at("house")).ok());
}

// Whoever names his store or his folder so has it no less than others.
TEST_F(Backup, EmptiesNoFolderThatIsNotItsOwn) {
  {
    auto store = open();
    for (std::uint64_t i = 0; i < 3; ++i) write_pair(*store, i);
  }
  std::filesystem::rename(data(), at("x.part"));
  EXPECT_TRUE(absl::IsInvalidArgument(back_up_closed(at("x.part"), at("x")).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(back_up_closed(at("x.part"), at("x.part/new")).status()));
  EXPECT_EQ(pairs_in(at("x.part")), 3U);
  std::filesystem::create_directories(at("y.part"));
  testing::replace(at("y.part/letters"), "precious");
  const auto refused = back_up_closed(at("x.part"), at("y")).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_EQ(testing::read(at("y.part/letters")), "precious");
  ASSERT_TRUE(back_up_closed(at("x.part"), at("z.part")).ok());
  EXPECT_TRUE(absl::IsInvalidArgument(restore_backup(at("z.part"), at("z")).status()));
  EXPECT_EQ(check_backup(at("z.part"))->problem_count, 0U);
}

// It can be backed up, or rebuilt, again: where it lies, and where nothing can be written.
TEST_F(Backup, OfABackupLeavesItAsItsListSays) {
  {
    auto store = open();
    write_pair(*store, 0);
  }
  ASSERT_TRUE(back_up_closed(data(), at("one")).ok());
  ASSERT_TRUE(back_up_closed(at("one"), at("two")).ok());
  EXPECT_EQ(check_backup(at("one"))->problem_count, 0U);
  EXPECT_FALSE(std::filesystem::exists(at("one/db/LOCK")));
  EXPECT_EQ(pairs_in(at("two")), 1U);
}

}  // namespace
}  // namespace copytaster
