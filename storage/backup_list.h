// The list of a backup's files, in the form of sha256sum (docs/formats.md, "Backups"). Any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/file_copy.h"

namespace copytaster {

inline constexpr std::string_view kBackupList = "copytaster.sha256";

struct ListedFile {
  std::string_view name;    // from the backup's folder on
  std::string_view sha256;  // 64 hex digits
};

class BackupList {
 public:
  // kNotFound: `folder` has none, and is no finished backup. kDataLoss: it is no list of a backup; names that
  // lead out of the folder make it none.
  static absl::StatusOr<BackupList> read(const std::string& folder);
  // kDataLoss as above; `where` is named in the message.
  static absl::StatusOr<BackupList> parse(std::string text, std::string_view where);
  // By name. Views are good while the list is.
  [[nodiscard]] const std::vector<ListedFile>& files() const { return files_; }

 private:
  std::unique_ptr<const std::string> text_;
  std::vector<ListedFile> files_;
};

// One file's line.
[[nodiscard]] std::string list_line(std::string_view name, std::string_view sha256);

// What is not as the list says.
struct BackupCheck {
  static constexpr std::size_t kMostProblems = 200;
  std::uint64_t files = 0, bytes = 0;  // that are
  std::uint64_t problem_count = 0;
  std::vector<std::string> problems;  // the first of them, one line each, with the file's name
  bool may_be_opened = true;          // false: pipes, devices or links are among its files
  void add(std::string problem);
};
// Files that are not there, and those that are there and not listed. kUnavailable: `folder` cannot be read.
absl::Status compare_names(const std::string& folder, const BackupList& list, BackupCheck& check);
// The same, and every byte. kNotFound, kDataLoss as BackupList::read; kCancelled.
absl::StatusOr<BackupCheck> check_backup(const std::string& folder, const StopAsked& stop = {});
// Takes one file's digest into the check.
void compare_digest(const ListedFile& file, const absl::StatusOr<FileDigest>& digest, BackupCheck& check);

}  // namespace copytaster
