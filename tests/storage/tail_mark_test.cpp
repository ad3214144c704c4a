#include "storage/tail_mark.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/strings.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

TEST(TailMark, IsFoundAgain) {
  const TemporaryFolder folder;
  {
    const auto mark = *TailMark::open(folder.path());
    EXPECT_EQ(mark->found(), 0U);
    mark->raise(7);
    mark->raise(123'456'789'012);
  }
  EXPECT_EQ((*TailMark::open(folder.path()))->found(), 123'456'789'012U);
}

TEST(TailMark, AFileThatHoldsNoneCountsAsNone) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/marks/log";
  { (*TailMark::open(folder.path()))->raise(500); }
  for (std::uint64_t at = 0; at < 16; ++at) {
    { (*TailMark::open(folder.path()))->raise(500); }
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(file.get() ^ 4);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
    file.close();
    EXPECT_EQ((*TailMark::open(folder.path()))->found(), 0U) << "byte " << at;
  }
  std::filesystem::resize_file(path, 9);
  EXPECT_EQ((*TailMark::open(folder.path()))->found(), 0U);
}

TEST(TailMark, IsRefusedWhereNothingCanBeWritten) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() + "/marks") << "a file";
  EXPECT_TRUE(absl::IsUnavailable(TailMark::open(folder.path()).status()));
}

}  // namespace
}  // namespace copytaster
