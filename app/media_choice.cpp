#include "app/media_choice.h"

#include <algorithm>
#include <filesystem>

#include "app/settings_sections.h"
#include "core/status.h"
#include "core/strings.h"
#include "net/s3_media.h"
#include "storage/durable_file.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestPlace = 4096;

std::string place_file(const std::string& data) { return str_cat(data, "/media.place"); }

// "s3 https://s3.example.org bucket prefix": what tells one bucket from another, and no key.
std::string place_of(const S3Options& s3) {
  std::string_view endpoint = s3.endpoint;
  consume_suffix(&endpoint, "/");
  return str_cat("s3 ", endpoint, " ", s3.bucket, s3.prefix.empty() ? "" : " ", s3.prefix);
}

// Empty: in the folder.
absl::StatusOr<std::string> noted_place(const std::string& data) {
  auto text = read_whole_file(place_file(data));
  if (absl::IsNotFound(text.status())) return std::string();
  CT_RETURN_IF_ERROR(text.status());
  const std::string_view line = strip_space(*text);
  const bool plain = line.starts_with("s3 ") && line.size() <= kLongestPlace &&
                     std::ranges::all_of(line, [](char c) { return c >= ' ' && c < 0x7f; });
  if (!plain)
    return absl::DataLossError(
        str_cat("the file ", place_file(data), " does not say where the pictures are"));
  return std::string(line);
}

absl::Status elsewhere(const std::string& data, std::string_view place) {
  return absl::FailedPreconditionError(
      str_cat("the pictures of the store ", data, " are in ", place,
              "; --config FOLDER names the settings with its keys ([media])"));
}

// In place of a bucket whose keys nobody has named.
class UnnamedMedia final : public MediaStore {
 public:
  explicit UnnamedMedia(absl::Status why) : why_(std::move(why)) {}
  absl::StatusOr<std::string> put(std::string_view) override { return why_; }
  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view) const override { return why_; }
  [[nodiscard]] bool has(std::string_view) const override { return false; }
  absl::Status erase(std::string_view) override { return why_; }
  absl::Status each(const std::function<bool(std::string_view sha256)>&) const override { return why_; }

 private:
  absl::Status why_;
};

absl::StatusOr<bool> has_pictures(const std::string& data) {
  std::error_code error;
  const std::string folder = str_cat(data, "/media");
  const bool empty = std::filesystem::is_empty(folder, error);
  if (error == std::errc::no_such_file_or_directory) return false;
  if (error) return absl::UnavailableError(str_cat("cannot read ", folder, ": ", error.message()));
  return !empty;
}

absl::StatusOr<std::unique_ptr<MediaStore>> open_bucket(S3Options s3, const std::string& data,
                                                        const std::string& noted) {
  const std::string place = place_of(s3);
  if (noted.empty()) {
    CT_ASSIGN_OR_RETURN(const bool pictures, has_pictures(data));
    if (pictures)
      return absl::FailedPreconditionError(
          str_cat("media.store says \"s3\", and the store has its pictures in ", data,
                  "/media; copy what is in there to ", place,
                  " (the names stay as they are), and move the folder away"));
    CT_RETURN_IF_ERROR(write_file_durably(place_file(data), place + "\n"));
  }
  const absl::Status looked = look_at_s3(s3);
  if (!looked.ok() && !absl::IsUnavailable(looked)) return looked;
  return make_s3_media(std::move(s3));
}

}  // namespace

absl::StatusOr<std::unique_ptr<MediaStore>> open_media(const Settings& settings, const std::string& data) {
  CT_ASSIGN_OR_RETURN(const std::string noted, noted_place(data));
  const std::string meant = settings.media.in_s3 ? place_of(settings.media.s3) : "";
  if (!noted.empty() && noted != meant)
    return absl::FailedPreconditionError(
        str_cat("the pictures of the store ", data, " are in ", noted, ", and [media] of the settings says ",
                meant.empty() ? "\"folder\"" : meant, "; when they have been moved there, remove ",
                place_file(data)));
  if (!settings.media.in_s3) return open_folder_media(data, OpenMode::kReadWrite);
  S3Options s3 = settings.media.s3;
  s3.max_object_bytes = std::max(s3.max_object_bytes, settings.poller.max_picture_bytes);
  return open_bucket(std::move(s3), data, noted);
}

absl::StatusOr<std::unique_ptr<MediaStore>> open_media(const StoreChoice& choice, const std::string& data,
                                                       OpenMode mode) {
  std::error_code error;
  if (std::filesystem::exists(data, error) && !std::filesystem::is_directory(data, error))
    return absl::NotFoundError(str_cat("no store in ", data, ": give the --data of a run or of a demo"));
  CT_ASSIGN_OR_RETURN(const std::string noted, noted_place(data));
  if (noted.empty() && !choice.config) return open_folder_media(data, mode);
  CT_ASSIGN_OR_RETURN(const Settings settings, read_sections(choice, {"media"}));
  MediaSettings media = settings.media;
  if (noted.empty() && !media.in_s3) return open_folder_media(data, mode);
  if (!noted.empty() && (!media.in_s3 || place_of(media.s3) != noted)) return elsewhere(data, noted);
  media.s3.max_object_bytes = std::size_t{1} << 30;  // as large as poller.max_picture_bytes may have been
  CT_RETURN_IF_ERROR(look_at_s3(media.s3));
  return make_s3_media(std::move(media.s3));
}

absl::StatusOr<std::unique_ptr<MediaStore>> media_if_here(const std::string& data, OpenMode mode) {
  CT_ASSIGN_OR_RETURN(const std::string noted, noted_place(data));
  if (noted.empty()) return open_folder_media(data, mode);
  return std::make_unique<UnnamedMedia>(elsewhere(data, noted));
}

}  // namespace copytaster
