// What goes wrong on the rehearsal day, on purpose. Each fault begins with the first request after its hour,
// ends by the clock, and answers only a few times: polling recovers even where the clock stands still.
// Any thread.
#pragma once

#include <mutex>
#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace copytaster::rehearsal {

// Its front server says 429 for a while.
inline constexpr std::string_view kThrottledInstance = "mastodon.example";
// An API that says 429 for a while, in plain text.
inline constexpr std::string_view kThrottledApi = "api.x.com";
// Says that too many calls were made, for some minutes: Instagram by code 80002, Threads by code 4.
inline constexpr std::string_view kCountedHosts[] = {"graph.facebook.com", "graph.threads.com"};
// Its site is down for a while: 503 with an HTTP date.
inline constexpr std::string_view kBrokenFeedHost = "rennes.example";
// Telegram says 429, once; YouTube's feeds are not found for a while, once, and its API's quota is spent.
inline constexpr std::string_view kTelegramHost = "t.me";
inline constexpr std::string_view kYoutubeHost = "www.youtube.com";
inline constexpr std::string_view kYoutubeApiHost = "www.googleapis.com";
// Its cache hands out an ETag that is up to three hours old, until somebody notices at 20:00.
inline constexpr std::string_view kLyingFeedHost = "kavala.example";

class Faults {
 public:
  explicit Faults(bool enabled) : enabled_(enabled) {}

  [[nodiscard]] bool enabled() const { return enabled_; }
  // How long this host asks to be left alone; nullopt: it answers.
  std::optional<absl::Duration> throttled(std::string_view host, absl::Time now);
  // How long the budget of calls to this host is used up (Facebook's own answers do not ask); nullopt: it is
  // not.
  std::optional<absl::Duration> over_budget(std::string_view host, absl::Time now);
  // Until when this host is down; nullopt: it is not.
  std::optional<absl::Time> broken(std::string_view host, absl::Time now);
  // Whether this host's quota of the day is used up.
  bool spent(std::string_view host, absl::Time now);
  // As of when this host makes its ETag.
  [[nodiscard]] absl::Time etag_time(std::string_view host, absl::Time now) const;

 private:
  struct Window {
    absl::Time begin;
    absl::Duration length;
    int most;
    absl::Time opened = absl::InfiniteFuture();
    int given = 0;
    std::optional<absl::Time> ask(absl::Time now);
  };

  const bool enabled_;
  std::mutex mutex_;  // all windows
  Window throttle_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 6, 30), absl::UTCTimeZone()),
                   absl::Seconds(90), 5};
  Window api_throttle_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 10, 30), absl::UTCTimeZone()),
                       absl::Minutes(3), 3};
  Window instagram_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 10, 0), absl::UTCTimeZone()),
                    absl::Minutes(4), 3};
  Window threads_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 11, 0), absl::UTCTimeZone()),
                  absl::Minutes(4), 3};
  Window outage_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 9, 0), absl::UTCTimeZone()), absl::Minutes(2),
                 4};
  Window telegram_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 7, 30), absl::UTCTimeZone()),
                   absl::Seconds(60), 3};
  Window youtube_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 10, 0), absl::UTCTimeZone()),
                  absl::Minutes(30), 4};
  Window quota_{absl::FromCivil(absl::CivilMinute(2022, 4, 14, 12, 0), absl::UTCTimeZone()), absl::Hours(1),
                2};
};

}  // namespace copytaster::rehearsal
