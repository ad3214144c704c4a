// A database whose scans end when it is time to stop: they may read all of it, and nobody waits so long.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/key_value.h"

namespace copytaster {

// Once `stop` is set a scan returns kCancelled.
class StoppableReads final : public KeyValue {
 public:
  // Both outlive it.
  StoppableReads(KeyValue* inner, const std::atomic<bool>* stop) : inner_(inner), stop_(stop) {}

  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override { return inner_->batch(); }
  absl::Status write(WriteBatch& batch, Durability durability) override {
    return inner_->write(batch, durability);
  }
  [[nodiscard]] absl::StatusOr<std::string> get(Space space, std::string_view key) const override {
    return inner_->get(space, key);
  }
  absl::Status scan(Space space, std::string_view from, std::string_view until,
                    const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    const absl::Status done = inner_->scan(
        space, from, until,
        [&](std::string_view key, std::string_view value) { return !*stop_ && visit(key, value); });
    return done.ok() && *stop_ ? absl::CancelledError("stopped while the store was read") : done;
  }
  [[nodiscard]] absl::StatusOr<std::string> last_key(Space space) const override {
    return inner_->last_key(space);
  }

 private:
  KeyValue* inner_;
  const std::atomic<bool>* stop_;
};

}  // namespace copytaster
