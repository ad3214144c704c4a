// What the app view means when it says no (lexicon app.bsky.feed.getAuthorFeed, atproto.com/specs/xrpc).
// Pure.
#pragma once

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/collector.h"

namespace copytaster {

// `root`: the answer, or nothing where it is no JSON. Parsed: not now (a wait), or begin the poll again. Else
// the status that core/collector.h promises.
[[nodiscard]] absl::StatusOr<Parsed> bluesky_failure(const Capture& capture, Json root);

}  // namespace copytaster
