// Reading a known post of Bluesky's app view once more: app.bsky.feed.getPosts. Pure.
//
// getPosts leaves out a post that was deleted, and in the very same words every post of an account that is
// deactivated, suspended or taken down (seen of @atproto/bsky 0.0.280: tests/servers/bluesky). So other posts
// of the account are asked for beside it: where one of them is shown, the account is there and the post is
// not.
#pragma once

#include <string>
#include <string_view>

#include "collectors/json_fields.h"
#include "core/collector.h"

namespace copytaster {

// The query of getPosts. Other posts of the account: those that the poller knows (kWitnesses).
[[nodiscard]] std::string bluesky_reread_query(const Account& account, std::string_view native_id);

// What the answer to a REREAD says by leaving out the post asked for: GONE where another post of its author
// is shown, UNKNOWN where none is. Adds nothing where the post is shown.
void bluesky_note_missing(const Capture& capture, Json posts, Parsed* out);

}  // namespace copytaster
