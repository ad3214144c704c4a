// What becomes of a service whose disk is full. It has stopped: start() or collect() said so. Its process
// stays, tells on the metrics port why it is not ready, and goes on when there is room, by starting its
// program anew (start_anew.h). Nothing acknowledged is lost by that, as by any other stop. One thread: the
// command's, after everything of the service is gone.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "app/settings.h"
#include "app/signals.h"
#include "app/start_anew.h"
#include "net/http_server.h"

namespace copytaster {

// Bytes that a store needs to begin with: with fewer free nothing is tried.
inline constexpr std::uint64_t kLeastRoom = std::uint64_t{8} << 20;

// A file could not be written for want of room, or of a user's share of it: as the operating system, RocksDB
// and Xapian say it.
[[nodiscard]] bool is_disk_full(const absl::Status& status);

// An error that is_disk_full() where one of the file systems that the store in `folder` lies on (or would lie
// on) has fewer than `least` bytes free, or no more files. What cannot be asked has room.
[[nodiscard]] absl::Status check_room(const std::string& folder, std::uint64_t least = kLeastRoom);

// /livez: alive; /readyz: 503 with `why`, as the service has it; all else: 503. Errors: HttpServer::start's.
absl::StatusOr<std::unique_ptr<HttpServer>> serve_full_disk(const HttpServerOptions& options,
                                                            const std::string& why);

struct FullDisk {
  std::string folder;  // the store's; empty: the error that ended the service ends the process
  std::string metrics_address = "127.0.0.1";
  std::uint16_t metrics_port = 0;  // 0: nobody is told
  // Others in tests.
  std::function<absl::Status(const std::string& folder)> room = [](const std::string& at) {
    return check_room(at);
  };
  std::function<bool()> stop = stop_asked;
  std::function<void(absl::Duration)> pause = absl::SleepFor;
  std::function<absl::Status()> again = start_anew;
};

// Of the service with these settings.
[[nodiscard]] FullDisk full_disk_of(const Settings& settings);

// `ended` where it is no full disk. Otherwise waits, looking once a second, and does not return when there is
// room; a signal that asks for a stop is heard within a tenth of one: OK. kUnavailable: there is room, and
// the program cannot be started.
absl::Status outlast_full_disk(const FullDisk& disk, absl::Status ended);

}  // namespace copytaster
