#include "app/backup_work.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "app/guard.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/backup.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 100;

Gauge& last_success() {
  return gauge("copytaster_backup_last_success_timestamp_seconds",
               "When the newest backup in service.backups was finished; 0: there is none.");
}

void count(std::string_view outcome) {
  counter("copytaster_backups_total", "Backups that the service has made.", {{"outcome", outcome}}).add();
}

// So that an alarm about old backups outlives a restart, and sees those that others made.
void look_at_newest(const std::string& folder) {
  const std::optional<absl::Time> newest = newest_backup(folder);
  last_success().set(newest ? absl::ToDoubleSeconds(*newest - absl::UnixEpoch()) : 0);
}

}  // namespace

bool is_backup_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && name.front() != '.' && name.front() != '-' &&
         !name.ends_with(".part") && std::ranges::all_of(name, [](char c) {
           return is_ascii_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                  c == '-' || c == '_';
         });
}

std::optional<absl::Time> newest_backup(const std::string& folder) {
  std::optional<absl::Time> newest;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code none;
    const auto written = std::filesystem::last_write_time(it->path() / kBackupList, none);
    if (none || !is_backup_name(it->path().filename().string())) continue;
    const absl::Time at = absl::FromChrono(std::chrono::file_clock::to_sys(written));
    newest = std::max(newest.value_or(at), at);
  }
  return newest;
}

std::string backup_name(absl::Time at) {
  return absl::FormatTime("backup-%Y%m%dT%H%M%SZ", at, absl::UTCTimeZone());
}

BackupWork::BackupWork(const KeyValue* key_value, std::string data, const std::string& folder,
                       const Clock* clock)
    : key_value_(key_value), data_(std::move(data)), clock_(clock) {
  if (folder.empty()) return;
  std::error_code error;
  folder_ = std::filesystem::absolute(folder, error).lexically_normal().string();
  look_at_newest(folder_);
}

BackupWork::~BackupWork() { stop(); }

void BackupWork::stop() {
  stopping_ = true;
  std::thread under_way;
  {
    const std::scoped_lock lock(mutex_);
    under_way = std::move(thread_);
  }
  if (under_way.joinable()) under_way.join();
}

absl::Status BackupWork::refusal(const BackupRequest& request) const {
  if (stopping_) return absl::CancelledError("the service is stopping");
  if (folder_.empty())
    return absl::FailedPreconditionError(
        "this service writes no backups: name a folder for them, backups = \"FOLDER\" in [service] of "
        "settings.toml, and start it again");
  if (!request.name.empty() && !is_backup_name(request.name))
    return absl::InvalidArgumentError(
        str_cat("a backup's name has at most ", kLongestName,
                " letters, digits, dots, hyphens and underscores, begins with a letter or digit and does not "
                "end in .part"));
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) return absl::UnavailableError(str_cat("cannot make ", folder_, ": ", error.message()));
  if (!request.folder.empty() && !std::filesystem::equivalent(request.folder, folder_, error))
    return absl::InvalidArgumentError(
        str_cat("this service writes backups into ", folder_,
                " (service.backups in settings.toml) and nowhere else: give a name in that folder"));
  if (!known_.empty() && known_.front().state == "running")
    return absl::FailedPreconditionError(
        str_cat("the backup ", known_.front().name, " is being made: wait until it is done"));
  return absl::OkStatus();
}

absl::StatusOr<HouseBackup> BackupWork::begin(const BackupRequest& request) {
  const std::scoped_lock lock(mutex_);
  CT_RETURN_IF_ERROR(refusal(request));
  HouseBackup backup;
  backup.begun = clock_->now();
  backup.name = request.name.empty() ? backup_name(backup.begun) : request.name;
  backup.path = str_cat(folder_, "/", backup.name);
  backup.state = "running";
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(backup.path, error)))
    return absl::FailedPreconditionError(
        str_cat(backup.path, " is there already, and nothing is written over: give another name"));
  if (thread_.joinable()) thread_.join();  // it is done, and waits for nothing
  log_info("backup.begun", "A backup is being made", {{"file.path", backup.path}, {"user.name", request.by}});
  known_.push_front(backup);
  if (known_.size() > kMostKnown) known_.pop_back();
  thread_ = std::thread([this, backup] { make(backup); });
  return backup;
}

void BackupWork::make(HouseBackup backup) {
  const absl::Time begun = absl::Now();
  BackupReport report;
  const absl::Status made = guarded([&]() -> absl::Status {
    CT_ASSIGN_OR_RETURN(report,
                        back_up(*key_value_, data_, backup.path, [this] { return stopping_.load(); }));
    return absl::OkStatus();
  });
  backup.state = made.ok() ? "done" : "failed";
  backup.files = report.files;
  backup.bytes = report.bytes;
  backup.damaged_pictures = report.damaged_count;
  backup.message = std::string(made.message());
  backup.ended = clock_->now();
  for (const std::string& picture : report.damaged)
    log_error(
        "backup.picture_damaged", "A picture of the store has changed on disk; it is backed up as it is",
        {{"file.hash.sha256", picture}, {"hint", "look at the disk; an older backup may have it whole"}});
  tell(backup, absl::Now() - begun);
  const std::scoped_lock lock(mutex_);
  known_.front() = std::move(backup);  // one at a time
}

void BackupWork::tell(const HouseBackup& backup, absl::Duration took) const {
  count(backup.state);
  if (backup.state == "done") {
    last_success().set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
    log_info("backup.done", "A backup is made",
             {{"file.path", backup.path},
              {"backup.files", backup.files},
              {"backup.bytes", backup.bytes},
              duration_field(took)});
    return;
  }
  if (stopping_)
    return log_warn("backup.stopped", "The service stops, and the backup that it was making with it",
                    {{"file.path", backup.path}, duration_field(took)});
  log_error("backup.failed", "No backup was made; nothing of it is left, and the service goes on",
            {{"file.path", backup.path},
             {"error.message", backup.message},
             duration_field(took),
             {"hint", "mend the cause and ask for it again"}});
}

std::vector<HouseBackup> BackupWork::known() const {
  const std::scoped_lock lock(mutex_);
  return {known_.begin(), known_.end()};
}

}  // namespace copytaster
