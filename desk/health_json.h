// Streams, credentials and the sum of posts as the API and `copytaster status --json` tell them. Pure; any
// thread.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "core/balance.h"
#include "core/credential_health.h"
#include "core/json.h"
#include "core/stream_health.h"

namespace copytaster {

// An array each. `words` of an entry is the sentence for a person, `alarm` whether it is worth a look.
void write_streams(JsonWriter& json, const std::vector<StreamHealth>& streams, absl::Time now);
// An object: collected, stored, dead_lettered; settled, and then unaccounted, else waiting.
void write_balance(JsonWriter& json, const Balance& balance);
void write_credentials(JsonWriter& json, const std::vector<CredentialHealth>& credentials, absl::Time now);

}  // namespace copytaster
