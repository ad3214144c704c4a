#include "app/expiry_clock.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kKey = "retention/clock";
constexpr absl::Duration kPatience = absl::Hours(24);
// A time server sets a clock back by moments every day.
constexpr absl::Duration kSetBack = absl::Hours(1);
constexpr std::size_t kNumber = 8;

std::string bytes_of(const std::optional<absl::Time>& time) {
  return little_endian64(time ? static_cast<std::uint64_t>(absl::ToUnixMicros(*time)) : 0);
}

std::optional<absl::Time> time_of(std::string_view bytes) {
  const auto micros = static_cast<std::int64_t>(from_little_endian64(bytes));
  if (micros == 0) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

}  // namespace

absl::Status ExpiryClock::read() {
  const auto bytes = key_value_.get(Space::kMeta, kKey);
  if (!bytes.ok() && !absl::IsNotFound(bytes.status())) return bytes.status();
  has_read_ = true;
  if (!bytes.ok() || bytes->size() != 2 * kNumber) return absl::OkStatus();
  looked_ = time_of(std::string_view(*bytes).substr(0, kNumber));
  doubted_since_ = time_of(std::string_view(*bytes).substr(kNumber));
  return absl::OkStatus();
}

absl::Status ExpiryClock::keep() const {
  const auto batch = key_value_.batch();
  batch->put(Space::kMeta, kKey, str_cat(bytes_of(looked_), bytes_of(doubted_since_)));
  return key_value_.write(*batch, Durability::kLater);
}

absl::StatusOr<bool> ExpiryClock::believes(absl::Time now) {
  if (!has_read_) CT_RETURN_IF_ERROR(read());
  const bool evenly = looked_ && now >= *looked_ - kSetBack && now <= *looked_ + kPatience;
  if (!evenly) {
    if (looked_) {
      log_warn("retention.waits",
               "The clock has jumped or the service was away: for a day nothing is erased for its age",
               {{"last_look", format_rfc3339(*looked_)},
                {"now", format_rfc3339(now)},
                {"hint", "if the clock is wrong set it right within that day"}});
    }
    doubted_since_ = now;
  } else if (doubted_since_ && now - *doubted_since_ >= kPatience) {
    doubted_since_.reset();
  }
  looked_ = now;
  CT_RETURN_IF_ERROR(keep());
  return !doubted_since_;
}

}  // namespace copytaster
