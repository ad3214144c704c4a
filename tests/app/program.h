// Runs the built program and keeps what it said.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "core/strings.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {

inline std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void write_bytes(const std::string& path, std::string_view bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

class Program {
 public:
  // Starts it; `input` is its standard input, `environment` is added to ours.
  explicit Program(const std::vector<std::string>& arguments, std::string_view input = "",
                   const std::map<std::string, std::string>& environment = {}) {
    write_bytes(file("in"), input);
    process_ = fork();
    if (process_ != 0) return;
    become(file("in"), O_RDONLY, 0);
    become(file("out"), O_WRONLY | O_CREAT, 1);
    become(file("err"), O_WRONLY | O_CREAT, 2);
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> argv = {const_cast<char*>(COPYTASTER_BINARY)};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execv(COPYTASTER_BINARY, argv.data());
    _exit(127);
  }
  ~Program() {
    if (!ended_) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Waits for its end. The exit code; 128 + the signal that killed it.
  int exit_code() {
    int status = 0;
    if (!ended_) waitpid(process_, &status, 0);
    if (!ended_) code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended_ = true;
    return code_;
  }
  void signal(int number) const { kill(process_, number); }
  // Waits until `happened` or the program's end; false: it ended first.
  template <typename Happened>
  bool wait_until(Happened happened) {
    while (!happened()) {
      int status = 0;
      if (waitpid(process_, &status, WNOHANG) == process_) {
        code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        ended_ = true;
        return happened();
      }
      poll(nullptr, 0, 5);
    }
    return true;
  }
  [[nodiscard]] std::string out() const { return bytes_of(file("out")); }
  [[nodiscard]] std::string err() const { return bytes_of(file("err")); }

 private:
  [[nodiscard]] std::string file(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  static void become(const std::string& path, int flags, int descriptor) {
    const int opened = open(path.c_str(), flags, 0600);
    if (opened < 0 || dup2(opened, descriptor) < 0) _exit(126);
    close(opened);
  }

  TemporaryFolder folder_;
  pid_t process_ = 0;
  bool ended_ = false;
  int code_ = 0;
};

}  // namespace copytaster
