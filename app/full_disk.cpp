#include "app/full_disk.h"

#include <sys/statvfs.h>

#include <filesystem>
#include <string_view>

#include "core/log.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostConnections = 32;
constexpr absl::Duration kPause = absl::Milliseconds(100);
constexpr int kPausesALook = 10;
constexpr std::string_view kNoSpace = "No space left on device";
constexpr std::string_view kNoShare = "Disk quota exceeded";

// Where the folder will be made when it is not there yet.
std::string nearest(const std::string& folder) {
  std::filesystem::path path = folder;
  std::error_code error;
  while (!path.empty() && !std::filesystem::exists(path, error) && path != path.parent_path())
    path = path.parent_path();
  return path.empty() ? "." : path.string();
}

absl::Status check_room_at(const std::string& path, std::uint64_t least) {
  struct statvfs about {};
  if (::statvfs(path.c_str(), &about) != 0) return absl::OkStatus();
  const std::uint64_t free = std::uint64_t{about.f_bavail} * about.f_frsize;
  if (free < least)
    return absl::UnavailableError(
        str_cat(kNoSpace, ": ", path, " has ", free, " bytes left, and a store needs ", least));
  // Some file systems count no files.
  if (about.f_files > 0 && about.f_favail == 0)
    return absl::UnavailableError(str_cat(kNoSpace, ": ", path, " can hold no more files"));
  return absl::OkStatus();
}

ServerResponse answer(const ServerRequest& request, const std::string& why) {
  const std::vector<HttpHeader> text = {{"Content-Type", "text/plain"}};
  if (request.path == "/livez") return {200, text, "alive\n"};
  return {503, text, why + "\n"};
}

// Without it the wait goes on: nobody is told, and the log says so.
std::unique_ptr<HttpServer> try_to_serve(const FullDisk& disk, const std::string& why) {
  if (disk.metrics_port == 0) return nullptr;
  HttpServerOptions options;
  options.address = disk.metrics_address;
  options.port = disk.metrics_port;
  auto server = serve_full_disk(options, why);
  if (server.ok()) return *std::move(server);
  log_warn("store.disk_full.untold", "While the disk is full nothing answers on the metrics port",
           {{"error.message", std::string(server.status().message())}});
  return nullptr;
}

// False: a stop is asked for first.
bool wait_for_room(const FullDisk& disk) {
  do {
    for (int i = 0; i < kPausesALook; ++i) {
      if (disk.stop()) return false;
      disk.pause(kPause);
    }
  } while (!disk.room(disk.folder).ok());
  return !disk.stop();
}

absl::Status stopped() {
  log_info("service.stopped", "Asked to stop while the disk is full; nothing acknowledged is lost");
  return absl::OkStatus();
}

}  // namespace

bool is_disk_full(const absl::Status& status) {
  // RocksDB's lock that cannot be made is told as one that another process holds.
  if (!absl::IsUnavailable(status) && !absl::IsFailedPrecondition(status)) return false;
  const std::string message(status.message());
  return message.find(kNoSpace) != std::string::npos || message.find(kNoShare) != std::string::npos;
}

absl::Status check_room(const std::string& folder, std::uint64_t least) {
  absl::Status found = check_room_at(nearest(folder), least);
  // Each may be a disk of its own.
  for (const char* part : {"/db", "/media", "/search", "/marks"}) {
    if (found.ok()) found = check_room_at(str_cat(folder, part), least);
  }
  return found;
}

absl::StatusOr<std::unique_ptr<HttpServer>> serve_full_disk(const HttpServerOptions& options,
                                                            const std::string& why) {
  HttpServerOptions bounded = options;
  bounded.max_connections = kMostConnections;
  return HttpServer::start(bounded, [why](const ServerRequest& request) { return answer(request, why); });
}

FullDisk full_disk_of(const Settings& settings) {
  FullDisk disk;
  disk.folder = settings.data;
  disk.metrics_address = settings.metrics_address;
  disk.metrics_port = settings.metrics_port;
  return disk;
}

absl::Status outlast_full_disk(const FullDisk& disk, absl::Status ended) {
  if (disk.folder.empty() || !is_disk_full(ended)) return ended;
  const absl::Time begun = absl::Now();
  const std::string why(ended.message());
  log_error(
      "store.disk_full",
      "The store's disk is full; the service has stopped, and goes on by itself when there is room; "
      "nothing acknowledged is lost",
      {{"file.path", disk.folder},
       {"error.message", why},
       {"hint", "make room on that disk, but remove no file of the store; nobody need start it again"}});
  {
    const auto server = try_to_serve(disk, why);
    if (!wait_for_room(disk)) return stopped();
  }
  log_info("store.has_room", "There is room for the store again; the service starts anew",
           {{"file.path", disk.folder}, duration_field(absl::Now() - begun)});
  const absl::Status again = disk.again();
  return absl::IsCancelled(again) ? stopped() : again;
}

}  // namespace copytaster
