// Media as files: DIR/media/ab/abcdef…, named by SHA-256, written once, never changed.
#include <filesystem>

#include "core/crash_point.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/durable_file.h"
#include "storage/open.h"

namespace copytaster {
namespace {

bool is_sha256(std::string_view text) {
  if (text.size() != 64) return false;
  for (const char c : text) {
    if (!is_ascii_digit(c) && (c < 'a' || c > 'f')) return false;
  }
  return true;
}

class FolderMedia final : public MediaStore {
 public:
  explicit FolderMedia(std::string folder) : folder_(std::move(folder)) {}

  absl::StatusOr<std::string> put(std::string_view bytes) override {
    std::string sha256 = sha256_hex(bytes);
    if (get(sha256).ok()) return sha256;  // a damaged one is replaced
    crash_point(CrashPoint::kPictureBefore);
    CT_RETURN_IF_ERROR(write_file_durably(path(sha256), bytes));
    crash_point(CrashPoint::kPictureAfter);
    return sha256;
  }

  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view sha256) const override {
    if (!is_sha256(sha256))
      return absl::InvalidArgumentError("a picture is named by 64 lower-case hex digits");
    CT_ASSIGN_OR_RETURN(std::string bytes, read_whole_file(path(sha256)));
    if (sha256_hex(bytes) != sha256)
      return absl::DataLossError(str_cat("the bytes of ", sha256, " have changed on disk"));
    return bytes;
  }

  [[nodiscard]] bool has(std::string_view sha256) const override {
    std::error_code error;
    return is_sha256(sha256) && std::filesystem::exists(path(sha256), error);
  }

  absl::Status erase(std::string_view sha256) override {
    if (!is_sha256(sha256))
      return absl::InvalidArgumentError("a picture is named by 64 lower-case hex digits");
    return remove_file_durably(path(sha256));
  }

  absl::Status each(const std::function<bool(std::string_view)>& visit) const override {
    std::error_code error;
    std::filesystem::recursive_directory_iterator at(folder_, error);
    for (; !error && at != std::filesystem::recursive_directory_iterator(); at.increment(error)) {
      const std::string name = at->path().filename().string();
      if (is_sha256(name) && !visit(name)) return absl::OkStatus();
    }
    return error ? absl::UnavailableError(str_cat("cannot list ", folder_, ": ", error.message()))
                 : absl::OkStatus();
  }

 private:
  [[nodiscard]] std::string path(std::string_view sha256) const {
    return str_cat(folder_, "/", sha256.substr(0, 2), "/", sha256);
  }
  std::string folder_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<MediaStore>> open_folder_media(const std::string& directory, OpenMode mode) {
  const std::string folder = str_cat(directory, "/media");
  if (mode == OpenMode::kReadWrite) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return absl::UnavailableError(str_cat("cannot make ", folder, ": ", error.message()));
  }
  return std::make_unique<FolderMedia>(folder);
}

}  // namespace copytaster
