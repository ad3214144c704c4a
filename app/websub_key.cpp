#include "app/websub_key.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "absl/strings/escaping.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kDigits = 64;
constexpr mode_t kOthers = 077;

absl::Status failed(std::string_view what, const std::string& path) {
  return absl::UnavailableError(str_cat("cannot ", what, " ", path, ": ", std::strerror(errno)));
}

class File {
 public:
  File(const std::string& path, int flags)
      : number_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

absl::StatusOr<std::string> read_key(const File& file, const std::string& path) {
  struct stat about {};
  if (::fstat(file.number(), &about) != 0) return failed("read", path);
  if ((about.st_mode & kOthers) != 0) {
    if (::fchmod(file.number(), 0600) != 0) return failed("protect", path);
    log_warn("websub.key.open", "Others could read the key of the WebSub addresses; they cannot any more",
             {{"file.path", path}, {"hint", "to be safe remove it and start again: hubs are asked anew"}});
  }
  std::array<char, kDigits + 2> bytes{};
  const ssize_t size = ::read(file.number(), bytes.data(), bytes.size());
  if (size < 0) return failed("read", path);
  std::string_view text(bytes.data(), static_cast<std::size_t>(size));
  consume_suffix(&text, "\n");
  const bool hex = std::all_of(text.begin(), text.end(),
                               [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f'); });
  if (text.size() != kDigits || !hex)
    return absl::DataLossError(str_cat(path, " is not the key that was written there (", kDigits,
                                       " hex digits); remove it: another is made and hubs are asked anew"));
  return std::string(text);
}

absl::Status write_key(const std::string& path, std::string_view key) {
  const std::string beside = str_cat(path, ".new");
  ::unlink(beside.c_str());
  const File file(beside, O_WRONLY | O_CREAT | O_EXCL);
  if (file.number() < 0) return failed("make", beside);
  const std::string line = str_cat(key, "\n");
  if (::write(file.number(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
      ::fsync(file.number()) != 0 || ::rename(beside.c_str(), path.c_str()) != 0)
    return failed("write", path);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> websub_key(const std::string& data) {
  const std::string path = str_cat(data, "/websub.key");
  const File file(path, O_RDONLY);
  if (file.number() >= 0) return read_key(file, path);
  if (errno != ENOENT) return failed("read", path);
  std::array<char, kDigits / 2> chance{};
  if (::getentropy(chance.data(), chance.size()) != 0) return failed("find chance for", path);
  const std::string key = absl::BytesToHexString(absl::string_view(chance.data(), chance.size()));
  CT_RETURN_IF_ERROR(write_key(path, key));
  return key;
}

}  // namespace copytaster
