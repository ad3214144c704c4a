// Keys of the space `erasures`, for those who write it beside the store: docs/formats.md. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/strings.h"

namespace copytaster {

inline constexpr std::string_view kTombstones = "tombstone/";
inline constexpr std::string_view kReceipts = "receipt/";
// A capture that was erased -> the erasure's id: what rests on it is no damage.
inline constexpr std::string_view kErasedCaptures = "capture/";
// An erasure's id, '/', a post's id -> what of it is still to be erased: gone when the erasure is done.
inline constexpr std::string_view kErasureWork = "work/";
// An erasure's id, '/', the SHA-256 of a capture that came later with words of what it took -> nothing: while
// one is there the erasure is not done, whatever its receipt says.
inline constexpr std::string_view kMetCaptures = "met/";
// An account's id, NUL, the SHA-256 of a capture that came of it, '/', the bus position of the turn, so that
// bytes that come again are noted again -> nothing: it is looked through for erased posts of the account.
inline constexpr std::string_view kCameCaptures = "came/";
// An erasure's id, '/', the SHA-256 of a picture's bytes that its posts showed -> nothing: they are to be
// erased unless another post shows them, and the erasure is not done before.
inline constexpr std::string_view kPicturesOfErasures = "picture/";
// The SHA-256 of a picture's bytes that no post may show any more -> nothing.
inline constexpr std::string_view kUnusedPictures = "unused/";

// An account's id, NUL, a post's id -> the erasure's id: what comes of the account later may show the post
// again.
inline constexpr std::string_view kWatchedAccounts = "watch/";

[[nodiscard]] inline std::string watched_key(std::string_view account_id, std::string_view item_id) {
  return str_cat(kWatchedAccounts, account_id, std::string_view("\0", 1), item_id);
}
[[nodiscard]] inline std::string tombstone_key(std::string_view subject) {
  return str_cat(kTombstones, subject);
}
[[nodiscard]] inline std::string receipt_key(std::string_view erasure_id) {
  return str_cat(kReceipts, erasure_id);
}
[[nodiscard]] inline std::string erased_capture_key(std::string_view sha256) {
  return str_cat(kErasedCaptures, sha256);
}
[[nodiscard]] inline std::string erasure_work_key(std::string_view erasure_id, std::string_view item_id) {
  return str_cat(kErasureWork, erasure_id, "/", item_id);
}
[[nodiscard]] inline std::string met_capture_key(std::string_view erasure_id, std::string_view sha256) {
  return str_cat(kMetCaptures, erasure_id, "/", sha256);
}
[[nodiscard]] inline std::string came_capture_key(std::string_view account_id, std::string_view sha256,
                                                  std::uint64_t position) {
  return str_cat(kCameCaptures, account_id, std::string_view("\0", 1), sha256, "/", position);
}
[[nodiscard]] inline std::string picture_of_erasure_key(std::string_view erasure_id,
                                                        std::string_view sha256) {
  return str_cat(kPicturesOfErasures, erasure_id, "/", sha256);
}
[[nodiscard]] inline std::string unused_picture_key(std::string_view sha256) {
  return str_cat(kUnusedPictures, sha256);
}
// The first key behind all those that begin with `prefix`, which ends in a byte below 0xff.
[[nodiscard]] inline std::string behind_prefix(std::string_view prefix) {
  std::string key(prefix);
  ++key.back();
  return key;
}

}  // namespace copytaster
