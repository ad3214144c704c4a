// How a stream is: open or not, what it brought last, and whether its accounts are polled instead. Kept in
// the stream's own AccountState, so that `copytaster status` tells it from the store. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct StreamHealth {
  std::string name;  // "bluesky:stream/jetstream"
  std::uint64_t accounts = 0;
  std::uint64_t reconnects = 0;             // how often it was opened again, since the store was made
  std::optional<absl::Time> open_since;     // nullopt: it is not open
  std::optional<absl::Time> last_frame;     // any message, also one that is of nobody we follow
  std::optional<absl::Time> position_at;    // when the place where it is taken up again moved last
  std::optional<absl::Time> polling_since;  // its accounts are polled as usual, because it does not open
  std::string polling_why;
  std::optional<absl::Time> gap_at;  // its accounts were polled once, to be safe
  std::string gap_why;
  std::string last_error;  // of the connection that ended last; empty while it is open
};

// Whether a state's id is a stream's: "PLATFORM:stream/…".
[[nodiscard]] bool is_stream(std::string_view account_id);
// What keep_stream_health wrote; a state without it gives the name and the error only.
[[nodiscard]] StreamHealth stream_health(const AccountState& state);
void keep_stream_health(const StreamHealth& health, AccountState* state);

// "open", "polling" (it does not open: its accounts are polled), "closed" (between two attempts)
[[nodiscard]] std::string_view stream_state_name(const StreamHealth& health);
// Worth an editor's look: it is polled instead.
[[nodiscard]] bool is_alarm(const StreamHealth& health);
// "open since 2026-11-26T08:00:00Z, last message 3 s ago, position 3 s old, opened again 2 times"
[[nodiscard]] std::string stream_words(const StreamHealth& health, absl::Time now);

}  // namespace copytaster
