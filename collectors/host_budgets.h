// How many requests each host bears, kept in two ways: what the platform publishes (RequestBudget) is spread
// evenly after a small burst, and what its answers say is obeyed, a pause as well as "only five are left".
//
// A place in the line is taken with reserve() and may lie ahead: who gets one is asked again only then, so a
// host with ten thousand accounts costs one look an account. Also a circuit per host: after some failures in
// a row all its accounts wait, longer each time, and the first of them tries again.
//
// Keys are hosts ("social.example:3000"), or "app:<platform>" where the platform counts by credential.
// Bounded: of too many hosts those that nothing is known of are forgotten. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "collectors/back_off.h"
#include "collectors/rate_limit.h"
#include "core/collector.h"
#include "core/strings.h"

namespace copytaster {

class HostBudgets {
 public:
  explicit HostBudgets(Jitter* jitter, std::size_t most = 20'000) : jitter_(jitter), most_(most) {}

  // When a request may go out; takes that place. `now` or before: at once.
  absl::Time reserve(std::string_view key, const RequestBudget& budget, absl::Time now);
  // Past: no pause.
  [[nodiscard]] absl::Time paused_until(std::string_view key) const;
  // The longest pause asked for holds.
  void pause(std::string_view key, absl::Time until, absl::Time now);
  // What an answer said: few left are spread over the time to the reset; where only a share was told,
  // requests become rarer the less of it is left.
  void told(std::string_view key, const RateLimit& limit, absl::Time now);

  // The host answered (whatever, but no 5xx), or failed (no answer, 5xx). True: its circuit has just closed
  // or opened.
  bool answered(std::string_view key, bool limited = false);
  bool failed(std::string_view key, absl::Time now);

  // A 429. Where it did not say how long to wait, the host is left alone for a minute, and longer each time
  // in a row.
  void limited(std::string_view key, absl::Time now);

  // One request more or less is under way. A host that is slow must not take all places.
  [[nodiscard]] bool has_room(std::string_view key, std::size_t most_in_flight) const;
  void started(std::string_view key) { ++hosts_[std::string(key)].in_flight; }
  void finished(std::string_view key);

  // What was to wait for times that are far ahead now.
  void clock_set_back();

 private:
  struct Host {
    absl::Time next =
        absl::InfinitePast();  // the theoretical arrival time of the generic cell rate algorithm
    absl::Time paused = absl::InfinitePast();
    // Told by the host; holds until told_until.
    absl::Duration told_gap = absl::ZeroDuration();
    double told_factor = 1;  // where it told a share: so many times slower
    absl::Time told_until = absl::InfinitePast();
    std::uint32_t limits = 0;    // 429 in a row
    std::uint32_t failures = 0;  // in a row
    std::uint32_t in_flight = 0;
    [[nodiscard]] bool is_idle(absl::Time now) const;
  };
  Host& host(std::string_view key, absl::Time now);
  void told_share(std::string_view key, double left, absl::Time now);

  Jitter* jitter_;
  std::size_t most_;
  StringMap<Host> hosts_;
};

// "host:port" of a URL, without the port that its scheme implies; empty where it is none.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace copytaster
