// How long a platform's token is good for, from what is known of it: the same words in `copytaster check` and
// `status`, on the page, in the log and the metrics. Nothing is guessed: what is not known is said to be
// unknown. Pure; any thread. Holds no secret.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace copytaster {

enum class CredentialState : std::uint8_t {
  kGood,
  kSoon,     // in less than kCredentialWarning
  kExpired,  // by what we know: nothing can be read with it
  kUnknown,  // neither stated nor known when it was put there
};
inline constexpr absl::Duration kCredentialWarning = absl::Hours(7 * 24);

struct CredentialHealth {
  std::string platform;                        // "instagram"
  std::string setting;                         // "collector.instagram.token_file"
  absl::Duration life = absl::ZeroDuration();  // as the platform says (CollectorSpec.token_life)
  std::optional<absl::Time> put;               // when its file was written last
  std::optional<absl::Time> stated;            // token_expires of the settings
};

// What the settings say, else its life after it was put there. nullopt: not known.
[[nodiscard]] std::optional<absl::Time> credential_expires(const CredentialHealth& credential);
[[nodiscard]] CredentialState credential_state(const CredentialHealth& credential, absl::Time now);
// "good", "soon", "expired", "unknown"
[[nodiscard]] std::string_view credential_state_name(CredentialState state);
// Soon and expired: a person must act.
[[nodiscard]] bool is_alarm(CredentialState state);
// "expires about 2027-01-12 (60 days after it was put there)", with what to do where somebody must act.
[[nodiscard]] std::string credential_words(const CredentialHealth& credential, absl::Time now);

}  // namespace copytaster
