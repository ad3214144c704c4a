#include "app/start_anew.h"

#include <linux/close_range.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "app/signals.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/durable_file.h"

namespace copytaster {
namespace {

constexpr const char* kOurselves = "/proc/self/exe";
constexpr const char* kOurArguments = "/proc/self/cmdline";  // each ends with a NUL
constexpr int kFirstOwnFile = 3;

// By its name, so that lists of processes show that one; what was put in its place meanwhile is as good.
std::string program() {
  std::string path(4096, '\0');
  const ssize_t size = ::readlink(kOurselves, path.data(), path.size());
  path.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return path;
}

std::vector<char*> split(std::string* arguments) {
  std::vector<char*> out;
  for (std::size_t begin = 0; begin < arguments->size(); begin = arguments->find('\0', begin) + 1) {
    out.push_back(arguments->data() + begin);
    if (arguments->find('\0', begin) == std::string::npos) break;
  }
  out.push_back(nullptr);
  return out;
}

}  // namespace

absl::Status start_anew() {
  auto arguments = read_whole_file(kOurArguments);
  if (!arguments.ok())
    return absl::UnavailableError(
        str_cat("the program cannot start itself anew: ", arguments.status().message()));
  const std::vector<char*> words = split(&*arguments);
  (void)std::fflush(stdout);
  // Not all sockets are closed by themselves. An old kernel does not know how: servers are stopped already.
  (void)::close_range(kFirstOwnFile, ~0U, CLOSE_RANGE_CLOEXEC);
  hold_stop_signals();
  if (!stop_asked()) {
    const std::string path = program();
    (void)::execv(path.c_str(), words.data());
    (void)::execv(kOurselves, words.data());  // its file was removed or written anew
  }
  const int error = errno;
  catch_signals();
  if (stop_asked()) return absl::CancelledError("asked to stop");
  return absl::UnavailableError(str_cat("the program cannot start itself anew: ", std::strerror(error)));
}

}  // namespace copytaster
