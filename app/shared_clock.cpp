#include "app/shared_clock.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>

#include "core/strings.h"

namespace copytaster {

absl::StatusOr<std::unique_ptr<SharedClock>> SharedClock::open(const std::string& path) {
  static_assert(std::endian::native == std::endian::little);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return absl::NotFoundError(str_cat("cannot open the clock ", path, ": ", std::strerror(errno)));
  struct stat about {};
  const bool whole = ::fstat(file, &about) == 0 && about.st_size >= static_cast<off_t>(sizeof(std::int64_t));
  void* const shared =
      whole ? ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
  ::close(file);
  if (shared == MAP_FAILED) return absl::InvalidArgumentError(str_cat(path, " is no clock of eight bytes"));
  return std::unique_ptr<SharedClock>(new SharedClock(static_cast<std::int64_t*>(shared)));
}

SharedClock::~SharedClock() { ::munmap(shared_, sizeof(std::int64_t)); }

absl::Time SharedClock::now() const {
  return absl::FromUnixNanos(std::atomic_ref(*shared_).load(std::memory_order_acquire));
}

}  // namespace copytaster
