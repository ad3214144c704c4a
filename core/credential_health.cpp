#include "core/credential_health.h"

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {

std::optional<absl::Time> credential_expires(const CredentialHealth& credential) {
  if (credential.stated) return credential.stated;
  if (credential.put && credential.life > absl::ZeroDuration()) return *credential.put + credential.life;
  return std::nullopt;
}

CredentialState credential_state(const CredentialHealth& credential, absl::Time now) {
  const auto expires = credential_expires(credential);
  if (!expires) return CredentialState::kUnknown;
  if (*expires <= now) return CredentialState::kExpired;
  return *expires - now < kCredentialWarning ? CredentialState::kSoon : CredentialState::kGood;
}

std::string_view credential_state_name(CredentialState state) {
  switch (state) {
    case CredentialState::kGood:
      return "good";
    case CredentialState::kSoon:
      return "soon";
    case CredentialState::kExpired:
      return "expired";
    case CredentialState::kUnknown:
      break;
  }
  return "unknown";
}

bool is_alarm(CredentialState state) {
  return state == CredentialState::kSoon || state == CredentialState::kExpired;
}

std::string credential_words(const CredentialHealth& credential, absl::Time now) {
  const CredentialState state = credential_state(credential, now);
  const std::string life = str_cat(absl::ToInt64Hours(credential.life) / 24, " days");
  if (state == CredentialState::kUnknown)
    return str_cat("when it expires is not known: it is good for ", life,
                   " but not known when it was put there; set token_expires");
  const std::string day = format_rfc3339(*credential_expires(credential)).substr(0, 10);
  std::string words = str_cat(
      state == CredentialState::kExpired ? "expired" : "expires", credential.stated ? " on " : " about ", day,
      credential.stated ? " (as token_expires says)" : str_cat(" (", life, " after it was put there)"));
  if (is_alarm(state)) words += "; make a new token, put it into its file and restart the service";
  return words;
}

}  // namespace copytaster
