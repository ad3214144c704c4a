#include "storage/tail_mark.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "core/bytes.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/durable_file.h"

namespace copytaster {
namespace {

constexpr std::size_t kBytes = 16;

std::string encode(std::uint64_t position) {
  const std::string number = little_endian64(position);
  return str_cat(number, little_endian64(stable_hash(number)));
}

std::uint64_t decode(std::string_view bytes) {
  const std::uint64_t position = from_little_endian64(bytes.substr(0, 8));
  return bytes == encode(position) ? position : 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TailMark>> TailMark::open(const std::string& directory) {
  const std::string folder = str_cat(directory, "/marks");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::string path = str_cat(folder, "/log");
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return absl::UnavailableError(str_cat(path, ": ", std::strerror(errno)));
  std::array<char, kBytes> bytes{};
  const ssize_t got = ::pread(file, bytes.data(), bytes.size(), 0);
  const std::uint64_t found = got == static_cast<ssize_t>(kBytes) ? decode({bytes.data(), bytes.size()}) : 0;
  return std::unique_ptr<TailMark>(new TailMark(file, std::move(path), found));
}

absl::StatusOr<std::uint64_t> TailMark::read(const std::string& directory) {
  const auto bytes = read_whole_file(str_cat(directory, "/marks/log"));
  if (absl::IsNotFound(bytes.status())) return std::uint64_t{0};
  CT_RETURN_IF_ERROR(bytes.status());
  return bytes->size() < kBytes ? 0 : decode(std::string_view(*bytes).substr(0, kBytes));
}

TailMark::~TailMark() { ::close(file_); }

void TailMark::raise(std::uint64_t position) {
  const std::string bytes = encode(position);
  if (::pwrite(file_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()) || failed_) return;
  failed_ = true;
  log_warn("store.mark_failed", "How far the log is acknowledged cannot be noted; nothing is lost by that",
           {{"file.path", path_}, {"error.message", std::strerror(errno)}});
}

}  // namespace copytaster
