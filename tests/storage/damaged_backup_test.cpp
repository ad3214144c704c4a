// Backups whose files were changed, and lists that no backup of ours has: told, and nothing is made of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "core/strings.h"
#include "core/text.h"
#include "storage/backup.h"
#include "storage/backup_list.h"
#include "tests/storage/backup_support.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::read;
using testing::replace;

class DamagedBackup : public testing::BackupFixture {
 protected:
  void SetUp() override {
    auto store = open(std::size_t{64} << 10);
    for (std::uint64_t i = 0; i < 400; ++i) write_pair(*store, i, 500);
    picture_ = put_picture("bytes of a picture");
    ASSERT_TRUE(back_up(*store, data(), at("one")).ok());
  }
  std::string refused() const {
    const auto restored = restore_backup(at("one"), at("house"));
    EXPECT_TRUE(absl::IsDataLoss(restored.status())) << restored.status();
    expect_nothing_at("house");
    return std::string(restored.status().message());
  }
  std::string picture_;
};

// Nobody waits for a pipe that says nothing, or reads a device without end.
TEST_F(DamagedBackup, AListThatIsNoOrdinaryFileIsToldAtOnce) {
  const std::string list = at("one/copytaster.sha256");
  std::filesystem::remove(list);
  ASSERT_EQ(::mkfifo(list.c_str(), 0600), 0);
  EXPECT_TRUE(absl::IsInvalidArgument(restore_backup(at("one"), at("house")).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(check_backup(at("one")).status()));
  std::filesystem::remove(list);
  std::filesystem::create_symlink("/dev/zero", list);
  EXPECT_TRUE(absl::IsInvalidArgument(check_backup(at("one")).status()));
  expect_nothing_at("house");
}

TEST_F(DamagedBackup, WhatIsNoOrdinaryFileIsNotOpened) {
  ASSERT_EQ(::mkfifo(at("one/db/000099.log").c_str(), 0600), 0);
  const auto check = check_backup(at("one"));
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_FALSE(check->may_be_opened);
  EXPECT_GT(check->problem_count, 0U);
}

TEST_F(DamagedBackup, AFlippedByteOfAnyFileIsToldWithTheFilesName) {
  const auto list = *BackupList::read(at("one"));
  ASSERT_GT(list.files().size(), 5U);
  for (const ListedFile& file : list.files()) {
    const std::string path = at(str_cat("one/", file.name));
    const std::string whole = read(path);
    if (whole.empty()) continue;
    for (const std::size_t where : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
      std::string flipped = whole;
      flipped[where] = static_cast<char>(flipped[where] ^ 1);
      replace(path, flipped);
      EXPECT_THAT(refused(), AllOf(HasSubstr(str_cat(file.name, " is not what was backed up")),
                                   HasSubstr("nothing was restored")));
    }
    replace(path, whole);
  }
  EXPECT_TRUE(restore_backup(at("one"), at("house")).ok());
}

TEST_F(DamagedBackup, WhatIsMissingAddedOrNoFileIsTold) {
  const std::string picture = at(str_cat("one/", picture_file(picture_)));
  std::filesystem::rename(picture, at("kept"));
  replace(at("one/db/000999.sst"), "smuggled in");
  EXPECT_THAT(refused(), AllOf(HasSubstr(str_cat(picture_file(picture_), " is missing")),
                               HasSubstr("db/000999.sst is not in the list")));
  std::filesystem::remove(at("one/db/000999.sst"));
  std::filesystem::create_symlink(at("kept"), picture);
  EXPECT_THAT(refused(), HasSubstr("is no ordinary file"));
  std::filesystem::remove(picture);
  std::filesystem::rename(at("kept"), picture);
  EXPECT_TRUE(restore_backup(at("one"), at("house")).ok());
}

TEST(BackupListTest, HoldsOnlyNamesInsideOfTheFolder) {
  const std::string hash(64, 'a');
  EXPECT_EQ(BackupList::parse(list_line("db/CURRENT", hash), "list")->files().size(), 1U);
  EXPECT_TRUE(BackupList::parse("", "list").ok());
  for (const std::string& bad :
       {list_line("../x", hash), list_line("/etc/passwd", hash), list_line("db/../../x", hash),
        list_line("db//x", hash), list_line("./x", hash), list_line("", hash), list_line("a\\b", hash),
        list_line("a\tb", hash), list_line("copytaster.sha256", hash), list_line("x", std::string(64, 'A')),
        list_line("x", std::string(63, 'a')), hash + " *x\n", hash + "  x", std::string("\n"),
        list_line("x", hash) + list_line("x", hash)}) {
    EXPECT_TRUE(absl::IsDataLoss(BackupList::parse(bad, "list").status())) << bad;
  }
}

}  // namespace
}  // namespace copytaster
