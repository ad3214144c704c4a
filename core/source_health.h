// How a source is, in one word, from what the poller remembers of it: the same in `copytaster status`, on the
// page, in the metrics and in the log. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

enum class SourceHealth : std::uint8_t {
  kNew,  // not read yet
  kGood,
  kQuiet,    // read without fault, but silent for three times its own median gap
  kWaiting,  // its platform asks us to wait, for a day at most
  kFailing,  // cannot be read just now; asked again with back-off
  kBlocked,  // somebody must act: a key, an approval, a wrong address
  kHeld,     // paused by a person
  kEnded,    // the platform says that it is gone for good
};
inline constexpr std::size_t kSourceHealths = 8;

[[nodiscard]] SourceHealth health_of(const AccountState& state);
// "new", "good", "quiet", "waiting", "failing", "blocked", "paused", "ended"
[[nodiscard]] std::string_view health_name(SourceHealth health);
// Why, in a sentence for an editor; empty for kNew and kGood.
[[nodiscard]] std::string health_reason(const AccountState& state);
// Worth an editor's look.
[[nodiscard]] bool is_alarm(SourceHealth health);

}  // namespace copytaster
