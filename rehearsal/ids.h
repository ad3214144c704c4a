// Ids as the platforms give them, made from the day alone: the same post has the same ids in every
// rehearsal, and later posts have greater ones. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rehearsal/day.h"

namespace copytaster::rehearsal {

// Even over its range, the same for the same name.
[[nodiscard]] std::uint64_t lot(std::string_view name, std::uint64_t range);

// Facebook: 15 digits; a post is "<page>_<number>".
[[nodiscard]] std::string facebook_page_id(const PlayedAccount& account);
[[nodiscard]] std::string facebook_post_number(const Post& post);
[[nodiscard]] std::string facebook_photo_id(const Post& post, std::size_t index);

// Instagram and Threads: 17 digits.
[[nodiscard]] std::string meta_user_id(const PlayedAccount& account);
[[nodiscard]] std::string meta_media_id(const Post& post);
[[nodiscard]] std::string meta_picture_id(const Post& post, std::size_t index);

// Mastodon: snowflakes (milliseconds << 16), of an instance's own: another one has other ids for the same
// post. https://github.com/mastodon/mastodon, lib/mastodon/snowflake.rb
[[nodiscard]] std::string mastodon_status_id(const Post& post, std::string_view instance);
[[nodiscard]] std::string mastodon_account_id(const PlayedAccount& account, std::string_view instance);
[[nodiscard]] std::string mastodon_media_id(const Post& post, std::size_t index, std::string_view instance);

// Bluesky: https://atproto.com/specs/did, /specs/tid; content ids as CIDv1 with SHA-256.
[[nodiscard]] std::string bluesky_did(const PlayedAccount& account);
[[nodiscard]] std::string bluesky_record_key(const Post& post);
[[nodiscard]] std::string bluesky_record_cid(std::string_view record_json);
[[nodiscard]] std::string bluesky_blob_cid(std::string_view content);

// X: snowflakes, (milliseconds since 2010-11-04T01:42:54.657Z) << 22; each version of a post has its own
// (https://docs.x.com/fundamentals/x-ids).
[[nodiscard]] std::string x_user_id(const PlayedAccount& account);
[[nodiscard]] std::string x_post_id(const Post& post, const PostVersion& version);
[[nodiscard]] std::string x_media_key(const Post& post, const PostPicture& picture, std::size_t index);

}  // namespace copytaster::rehearsal
