// A clock that several processes of one rehearsal read, and whoever conducts it sets: a file of eight bytes,
// the Unix time in nanoseconds, little-endian.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "core/clock.h"

namespace copytaster {

class SharedClock final : public Clock {
 public:
  // kNotFound, kInvalidArgument: no such file, or a shorter one.
  static absl::StatusOr<std::unique_ptr<SharedClock>> open(const std::string& path);
  ~SharedClock() override;
  SharedClock(const SharedClock&) = delete;
  SharedClock& operator=(const SharedClock&) = delete;
  [[nodiscard]] absl::Time now() const override;

 private:
  explicit SharedClock(std::int64_t* shared) : shared_(shared) {}
  std::int64_t* shared_;
};

}  // namespace copytaster
