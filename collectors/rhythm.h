// The rhythm of a source: when its newest posts were made, the median gap between them, and when its silence
// is worth an alarm. Kept in AccountState.posted. Pure; any thread.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// A post made at `created` (one in the future is a mistake and counts as made `now`).
void note_post(absl::Time created, absl::Time now, AccountState* state);
// Of at least five gaps; nullopt: too few to say.
[[nodiscard]] std::optional<absl::Duration> median_gap(const AccountState& state);
// From when on its silence is unusual: three times its median gap after its newest post, at least six hours,
// for nobody wants to be told of every night. nullopt: too few posts to say.
[[nodiscard]] std::optional<absl::Time> quiet_from(const AccountState& state);

enum class Voice { kSame, kWentQuiet, kSpeaksAgain };
// After a poll that read the account: raises or ends the alarm (quiet_since). Told once each.
Voice listen(absl::Time now, AccountState* state);

}  // namespace copytaster
