#include "app/credential_watch.h"

#include <algorithm>

#include "core/log.h"
#include "core/metrics.h"

namespace copytaster {
namespace {
constexpr absl::Duration kLookEvery = absl::Minutes(1);
constexpr absl::Duration kTellEvery = absl::Hours(24);

// A clock that was set back does not silence it.
bool is_due(absl::Time last, absl::Duration every, absl::Time now) {
  return now - last >= every || now < last;
}
}  // namespace

void CredentialWatch::look(absl::Time now) {
  if (credentials_.empty() || !is_due(looked_, kLookEvery, now)) return;
  looked_ = now;
  measure(now);
  const bool alarm = std::any_of(credentials_.begin(), credentials_.end(), [&](const auto& credential) {
    return is_alarm(credential_state(credential, now));
  });
  if (!alarm || !is_due(told_, kTellEvery, now)) return;
  told_ = now;
  tell(now);
}

void CredentialWatch::tell(absl::Time now) const {
  for (const CredentialHealth& credential : credentials_) {
    const CredentialState state = credential_state(credential, now);
    if (!is_alarm(state)) continue;
    const bool expired = state == CredentialState::kExpired;
    log(expired ? LogLevel::kError : LogLevel::kWarn, expired ? "credential.expired" : "credential.expires",
        expired ? "A platform's token has expired; its accounts cannot be read with it"
                : "A platform's token expires soon",
        {{"source.platform", credential.platform},
         {"setting", credential.setting},
         {"expires", credential_words(credential, now)},
         {"hint",
          "make a new token, put it into the file and restart; token_expires tells a day that is known"}});
  }
}

void CredentialWatch::measure(absl::Time now) const {
  for (const CredentialHealth& credential : credentials_) {
    const auto expires = credential_expires(credential);
    if (!expires) continue;
    gauge("copytaster_credential_expires_seconds",
          "Until a platform's token expires, about; below zero: it has. Absent: not known.",
          {{"platform", credential.platform}})
        .set(absl::ToDoubleSeconds(*expires - now));
  }
}

}  // namespace copytaster
