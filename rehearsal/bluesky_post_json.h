// Views of the app view, as JSON (lexicons app.bsky.feed.defs, app.bsky.embed.*).
#pragma once

#include <string>

#include "core/json.h"
#include "rehearsal/day.h"

namespace copytaster::rehearsal {

[[nodiscard]] std::string bluesky_post_uri(const Post& post);
[[nodiscard]] std::string bluesky_post_cid(const Day& day, const Post& post);
// The record as its author's client wrote it.
[[nodiscard]] std::string bluesky_record(const Day& day, const Post& post);

void write_bluesky_author(const PlayedAccount& account, JsonWriter* out);
// app.bsky.feed.defs#postView.
void write_bluesky_post(const Day& day, const Post& post, absl::Time now, JsonWriter* out);
// app.bsky.feed.defs#feedViewPost: with what it answers, or the post it passes on.
void write_bluesky_entry(const Day& day, const Post& post, absl::Time now, JsonWriter* out);

}  // namespace copytaster::rehearsal
