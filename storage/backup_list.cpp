#include "storage/backup_list.h"

#include <algorithm>
#include <filesystem>

#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/durable_file.h"
#include "storage/part_folder.h"

namespace copytaster {
namespace {

constexpr std::size_t kHash = 64;

bool is_hash(std::string_view text) {
  return text.size() == kHash &&
         std::ranges::all_of(text, [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f'); });
}

// Names that stay inside of the folder and on their line.
bool is_name(std::string_view name) {
  if (name.empty() || name == kBackupList) return false;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return false;
  }
  return std::ranges::none_of(
      split(name, '/'), [](std::string_view part) { return part.empty() || part == "." || part == ".."; });
}

bool by_name(const ListedFile& a, const ListedFile& b) { return a.name < b.name; }

}  // namespace

std::string list_line(std::string_view name, std::string_view sha256) {
  return str_cat(sha256, "  ", name, "\n");
}

absl::StatusOr<BackupList> BackupList::parse(std::string text, std::string_view where) {
  BackupList list;
  list.text_ = std::make_unique<const std::string>(std::move(text));
  const auto bad = [&](std::size_t line) {
    return absl::DataLossError(
        str_cat(where, " is no list of a backup: line ", line, " is not \"SHA-256  NAME\""));
  };
  std::string_view rest = *list.text_;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || end <= kHash + 2) return bad(line);
    const ListedFile file = {rest.substr(kHash + 2, end - kHash - 2), rest.substr(0, kHash)};
    if (!is_hash(file.sha256) || rest.substr(kHash, 2) != "  " || !is_name(file.name)) return bad(line);
    list.files_.push_back(file);
    rest.remove_prefix(end + 1);
  }
  std::ranges::sort(list.files_, by_name);
  const auto twice = std::ranges::adjacent_find(
      list.files_, [](const ListedFile& a, const ListedFile& b) { return a.name == b.name; });
  if (twice != list.files_.end())
    return absl::DataLossError(str_cat(where, " is no list of a backup: it has ", twice->name, " twice"));
  return list;
}

absl::StatusOr<BackupList> BackupList::read(const std::string& folder) {
  const std::string path = str_cat(folder, "/", kBackupList);
  auto text = read_whole_file(path);
  if (absl::IsNotFound(text.status()))
    return absl::NotFoundError(str_cat(folder, " is no finished backup: it has no ", kBackupList));
  CT_RETURN_IF_ERROR(text.status());
  return parse(*std::move(text), path);
}

void BackupCheck::add(std::string problem) {
  if (++problem_count <= kMostProblems) problems.push_back(std::move(problem));
}

absl::Status compare_names(const std::string& folder, const BackupList& list, BackupCheck& check) {
  std::error_code error;
  std::vector<bool> there(list.files().size());
  const std::size_t prefix = folder.size() + (folder.ends_with('/') ? 0 : 1);
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    const auto status = it->symlink_status(error);
    if (std::filesystem::is_directory(status)) continue;
    const std::string name = it->path().string().substr(prefix);
    if (name == kBackupList || name == kPartMark) continue;
    if (!std::filesystem::is_regular_file(status)) check.may_be_opened = false;
    const auto found = std::ranges::lower_bound(list.files(), ListedFile{name, {}}, by_name);
    if (found == list.files().end() || found->name != name) {
      check.add(str_cat(name, " is not in the list"));
    } else if (!std::filesystem::is_regular_file(status)) {
      check.add(str_cat(name, " is no ordinary file"));
    }
    if (found != list.files().end() && found->name == name)
      there[static_cast<std::size_t>(found - list.files().begin())] = true;
  }
  if (error) return absl::UnavailableError(str_cat("cannot read ", folder, ": ", error.message()));
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (!there[i]) check.add(str_cat(list.files()[i].name, " is missing"));
  }
  return absl::OkStatus();
}

void compare_digest(const ListedFile& file, const absl::StatusOr<FileDigest>& digest, BackupCheck& check) {
  if (absl::IsNotFound(digest.status())) return;  // compare_names has told
  if (!digest.ok()) return check.add(str_cat(file.name, ": ", digest.status().message()));
  if (digest->sha256 != file.sha256)
    return check.add(str_cat(file.name, " is not what was backed up: its SHA-256 is ", digest->sha256,
                             ", the list has ", file.sha256));
  ++check.files;
  check.bytes += digest->bytes;
}

absl::StatusOr<BackupCheck> check_backup(const std::string& folder, const StopAsked& stop) {
  CT_ASSIGN_OR_RETURN(const BackupList list, BackupList::read(folder));
  BackupCheck check;
  CT_RETURN_IF_ERROR(compare_names(folder, list, check));
  for (const ListedFile& file : list.files()) {
    const auto digest = digest_file(str_cat(folder, "/", file.name), stop);
    if (absl::IsCancelled(digest.status())) return digest.status();
    compare_digest(file, digest, check);
  }
  return check;
}

}  // namespace copytaster
