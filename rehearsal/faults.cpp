#include "rehearsal/faults.h"

namespace copytaster::rehearsal {

std::optional<absl::Time> Faults::Window::ask(absl::Time now) {
  if (now < begin || given >= most) return std::nullopt;
  if (opened == absl::InfiniteFuture()) opened = now;
  if (now >= opened + length) return std::nullopt;
  ++given;
  return opened + length;
}

std::optional<absl::Duration> Faults::throttled(std::string_view host, absl::Time now) {
  if (!enabled_ || (host != kThrottledInstance && host != kThrottledApi && host != kTelegramHost))
    return std::nullopt;
  const std::scoped_lock lock(mutex_);
  Window& window = host == kThrottledApi ? api_throttle_ : host == kTelegramHost ? telegram_ : throttle_;
  const auto until = window.ask(now);
  if (!until) return std::nullopt;
  return absl::Ceil(*until - now, absl::Seconds(1));
}

std::optional<absl::Duration> Faults::over_budget(std::string_view host, absl::Time now) {
  if (!enabled_ || (host != kCountedHosts[0] && host != kCountedHosts[1])) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  const auto until = (host == kCountedHosts[0] ? instagram_ : threads_).ask(now);
  if (!until) return std::nullopt;
  return absl::Ceil(*until - now, absl::Minutes(1));
}

std::optional<absl::Time> Faults::broken(std::string_view host, absl::Time now) {
  if (!enabled_ || (host != kBrokenFeedHost && host != kYoutubeHost)) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  return (host == kYoutubeHost ? youtube_ : outage_).ask(now);
}

bool Faults::spent(std::string_view host, absl::Time now) {
  if (!enabled_ || host != kYoutubeApiHost) return false;
  const std::scoped_lock lock(mutex_);
  return quota_.ask(now).has_value();
}

absl::Time Faults::etag_time(std::string_view host, absl::Time now) const {
  const absl::Time noticed = absl::FromCivil(absl::CivilMinute(2022, 4, 14, 20, 0), absl::UTCTimeZone());
  if (!enabled_ || host != kLyingFeedHost || now >= noticed) return now;
  constexpr std::int64_t kStale = 3 * 3600;
  return absl::FromUnixSeconds(absl::ToUnixSeconds(now) / kStale * kStale);
}

}  // namespace copytaster::rehearsal
