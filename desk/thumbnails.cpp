#include "desk/thumbnails.h"

#include <utility>

#include "core/status.h"

namespace copytaster {
namespace {

// A few sizes only, so that a caller cannot fill the cache with one picture in a thousand widths.
int rounded(int edge) {
  for (const int size : {96, 160, 320, 480, 960, 1600}) {
    if (edge <= size) return size;
  }
  return 4096;
}

}  // namespace

absl::StatusOr<std::string> Thumbnails::make(std::string_view sha256, int size) {
  CT_ASSIGN_OR_RETURN(const std::string original, media_->get(sha256));
  // Also when making one throws: a place that is not given back is lost for good.
  struct Place {
    std::atomic<int>& taken;
    const int before = taken.fetch_add(1);
    ~Place() { taken.fetch_sub(1); }
  };
  const Place place{making_};
  if (place.before >= kMostAtOnce) return absl::AbortedError("other small pictures are being made");
  return make_(original, size);
}

absl::StatusOr<std::shared_ptr<const std::string>> Thumbnails::get(std::string_view sha256, int edge) {
  const int size = rounded(edge);
  const std::string key = str_cat(sha256, "/", size);
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = made_.find(key); found != made_.end()) return found->second;
  }
  CT_ASSIGN_OR_RETURN(std::string bytes, make(sha256, size));
  auto made = std::make_shared<const std::string>(std::move(bytes));
  const std::scoped_lock lock(mutex_);
  if (made->size() > max_bytes_ || !made_.emplace(key, made).second) return made;
  order_.push_back(key);
  bytes_ += made->size();
  while (bytes_ > max_bytes_) {
    const auto oldest = made_.find(order_.front());
    bytes_ -= oldest->second->size();
    made_.erase(oldest);
    order_.pop_front();
  }
  return made;
}

}  // namespace copytaster
