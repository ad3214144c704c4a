// Small pictures, kept in memory once made: making one costs as much as processing fifty posts.
// Bounded, also in how many are made at once: a hostile picture takes seconds, and the others want answers.
// Any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

class Thumbnails {
 public:
  using Make = std::function<absl::StatusOr<std::string>(std::string_view bytes, int edge)>;
  Thumbnails(const MediaStore* media, Make make, std::size_t max_bytes = std::size_t{64} << 20)
      : media_(media), make_(std::move(make)), max_bytes_(max_bytes) {}

  [[nodiscard]] bool can_make() const { return static_cast<bool>(make_); }
  // A JPEG of at most `edge` rounded up to one of a few sizes. kAborted: kMostAtOnce are being made already.
  // Errors of the media store and of `make`.
  absl::StatusOr<std::shared_ptr<const std::string>> get(std::string_view sha256, int edge);

 private:
  static constexpr int kMostAtOnce = 2;

  absl::StatusOr<std::string> make(std::string_view sha256, int size);

  const MediaStore* media_;
  const Make make_;
  const std::size_t max_bytes_;
  std::atomic<int> making_{0};
  std::mutex mutex_;
  StringMap<std::shared_ptr<const std::string>> made_;
  std::deque<std::string> order_;  // oldest first
  std::size_t bytes_ = 0;
};

}  // namespace copytaster
