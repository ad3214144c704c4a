#include "app/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMostErrors = 2000;
constexpr int kLookMs = 100;  // how often `stop` is looked at
constexpr int kEndMs = 5;     // how often, once it has closed its output, whether it has ended
constexpr int kNice = 10;     // posts go first

absl::Status system_refuses(std::string_view what) {
  return absl::InternalError(str_cat(what, ": ", std::strerror(errno)));
}

class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void take(int number) { close(), number_ = number; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

// Ours does not block; the child's is its own description and does.
bool make_pair(bool socket, Descriptor* ours, Descriptor* theirs) {
  std::array<int, 2> both{};
  // A socket, so that a child that is gone is an error when it is written to, and no signal.
  const int made = socket ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both.data())
                          : pipe2(both.data(), O_CLOEXEC);
  if (made != 0) return false;
  ours->take(both[0]);
  theirs->take(both[1]);
  return fcntl(both[0], F_SETFL, fcntl(both[0], F_GETFL) | O_NONBLOCK) == 0;
}

struct SpawnWords {
  SpawnWords() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnWords() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnWords(const SpawnWords&) = delete;
  SpawnWords& operator=(const SpawnWords&) = delete;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// PATH and what is asked for: credentials of ours are none of its business.
std::vector<std::string> environment_of(const ChildLimits& limits) {
  const char* path = std::getenv("PATH");
  std::vector<std::string> out = {str_cat("PATH=", path == nullptr ? "/usr/bin:/bin" : path)};
  for (const auto& [name, value] : limits.environment) out.push_back(str_cat(name, "=", value));
  return out;
}

class Child {
 public:
  explicit Child(const ChildLimits& limits)
      : limits_(limits), deadline_(Clock::now() + absl::ToChronoNanoseconds(limits.most_time)) {}
  ~Child() {
    if (process_ > 0) reap();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  absl::Status start(std::vector<std::string> arguments) {
    Descriptor in, out, errors;
    if (!make_pair(true, &in_, &in) || !make_pair(false, &out_, &out) || !make_pair(false, &errors_, &errors))
      return system_refuses("no pipe to a child");
    SpawnWords words;
    posix_spawn_file_actions_adddup2(&words.actions, in.get(), 0);
    posix_spawn_file_actions_adddup2(&words.actions, out.get(), 1);
    posix_spawn_file_actions_adddup2(&words.actions, errors.get(), 2);
    posix_spawn_file_actions_addclosefrom_np(&words.actions, 3);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&words.attributes, &none);
    posix_spawnattr_setsigdefault(&words.attributes, &all);
    posix_spawnattr_setpgroup(&words.attributes, 0);
    posix_spawnattr_setflags(&words.attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<std::string> environment = environment_of(limits_);
    errno = posix_spawnp(&process_, arguments[0].c_str(), &words.actions, &words.attributes,
                         pointers(arguments).data(), pointers(environment).data());
    if (errno == 0) return bound();
    process_ = 0;
    if (errno == ENOENT || errno == EACCES || errno == ENOTDIR)
      return absl::NotFoundError(str_cat("there is no program ", arguments[0]));
    return system_refuses(str_cat(arguments[0], " cannot be started"));
  }

  absl::StatusOr<ChildEnd> talk(std::string_view input, const std::atomic<bool>& stop) {
    ChildEnd end;
    while (out_.is_open()) {
      CT_RETURN_IF_ERROR(may_go_on(stop));
      if (input.empty()) in_.close();
      std::array<pollfd, 3> wanted = {pollfd{out_.get(), POLLIN, 0}, pollfd{errors_.get(), POLLIN, 0},
                                      pollfd{in_.get(), POLLOUT, 0}};
      poll(wanted.data(), wanted.size(), kLookMs);
      if (wanted[2].revents != 0) write_some(&input);
      if (wanted[1].revents != 0) read_some(&errors_, kMostErrors, &end.errors);
      if (wanted[0].revents != 0 && !read_some(&out_, limits_.most_output, &end.output))
        return absl::ResourceExhaustedError(str_cat("it said more than ", limits_.most_output, " bytes"));
    }
    in_.close();
    for (siginfo_t info = {};; poll(nullptr, 0, kEndMs)) {
      if (waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        return system_refuses("no word of a child's end");
      if (info.si_pid != 0) break;
      CT_RETURN_IF_ERROR(may_go_on(stop));
    }
    read_some(&errors_, kMostErrors, &end.errors);
    const int status = reap();
    end.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return end;
  }

 private:
  // It waits for its input, which is written after this.
  absl::Status bound() {
    const auto limit = [&](__rlimit_resource which, rlim_t most) {
      const rlimit both = {most, most};
      return prlimit(process_, which, &both, nullptr) == 0;
    };
    const auto seconds = static_cast<rlim_t>(absl::ToInt64Seconds(limits_.most_time)) + 1;
    if (!limit(RLIMIT_AS, limits_.most_memory) || !limit(RLIMIT_CPU, seconds) || !limit(RLIMIT_FSIZE, 0) ||
        !limit(RLIMIT_CORE, 0))
      return system_refuses("a child's limits cannot be set");
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(process_), kNice);
    return absl::OkStatus();
  }

  [[nodiscard]] absl::Status may_go_on(const std::atomic<bool>& stop) const {
    if (stop) return absl::CancelledError("stopping");
    if (Clock::now() >= deadline_)
      return absl::DeadlineExceededError(
          str_cat("it took more than ", absl::FormatDuration(limits_.most_time)));
    return absl::OkStatus();
  }

  void write_some(std::string_view* input) {
    const ssize_t written = send(in_.get(), input->data(), input->size(), MSG_NOSIGNAL);
    if (written > 0) input->remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EAGAIN && errno != EINTR) *input = {};  // it wants no more
  }

  // All there is, of which `most` bytes are kept; false: there was more.
  static bool read_some(Descriptor* from, std::size_t most, std::string* to) {
    std::array<char, 16384> buffer;
    while (from->is_open()) {
      const ssize_t got = read(from->get(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) break;
      if (got <= 0) {
        from->close();
        break;
      }
      const auto size = static_cast<std::size_t>(got);
      const std::size_t room = most - to->size();
      to->append(buffer.data(), std::min(size, room));
      if (size > room) return false;
    }
    return true;
  }

  // Its group, while the number cannot be another's yet; then itself.
  int reap() {
    kill(-process_, SIGKILL);
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    return status;
  }

  const ChildLimits& limits_;
  Clock::time_point deadline_;
  pid_t process_ = 0;
  Descriptor in_, out_, errors_;
};

}  // namespace

absl::StatusOr<ChildEnd> run_child(const std::vector<std::string>& arguments, std::string_view input,
                                   const ChildLimits& limits, const std::atomic<bool>& stop) {
  Child child(limits);
  CT_RETURN_IF_ERROR(child.start(arguments));
  return child.talk(input, stop);
}

}  // namespace copytaster
