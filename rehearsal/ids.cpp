#include "rehearsal/ids.h"

#include "absl/strings/escaping.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::int64_t kFacebookEpoch = 1'600'000'000;
constexpr std::int64_t kXEpochMillis = 1'288'834'974'657;

// RFC 4648 in lower case, without padding.
std::string base32(std::string_view bytes) {
  static constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char byte : bytes) {
    held = (held << 8) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) out += kAlphabet[(held >> (bits - 5)) & 31];
    held &= 0xff;
  }
  if (bits > 0) out += kAlphabet[(held << (5 - bits)) & 31];
  return out;
}

std::string sha256(std::string_view bytes) { return absl::HexStringToBytes(sha256_hex(bytes)); }

// Codec 0x71 is dag-cbor (records), 0x55 raw (blobs); 0x12 0x20: SHA-256 of 32 bytes.
std::string cid(char codec, std::string_view content) {
  std::string bytes = {'\x01', codec, '\x12', '\x20'};
  bytes += sha256(content);
  return str_cat("b", base32(bytes));
}

// Seconds and a lot: grows with time, and two things of one second differ.
std::string facebook_number(std::uint64_t base, const Post& post, std::string_view name) {
  const auto seconds = static_cast<std::uint64_t>(absl::ToUnixSeconds(post.at) - kFacebookEpoch);
  return str_cat(base + seconds * 1'000'000 + lot(name, 1'000'000));
}

std::string snowflake(absl::Time at, std::string_view name) {
  const auto milliseconds = static_cast<std::uint64_t>(absl::ToUnixMillis(at));
  return str_cat((milliseconds << 16) | lot(name, 0x10000));
}

std::string x_snowflake(absl::Time at, std::string_view name) {
  const auto milliseconds = static_cast<std::uint64_t>(absl::ToUnixMillis(at) - kXEpochMillis);
  return str_cat((milliseconds << 22U) | lot(name, 1U << 22U));
}

}  // namespace

std::uint64_t lot(std::string_view name, std::uint64_t range) { return stable_hash(name) % range; }

std::string facebook_page_id(const PlayedAccount& account) {
  return str_cat(100'000'000'000'000 + lot(str_cat("page ", account.url), 90'000'000'000'000));
}

std::string facebook_post_number(const Post& post) {
  return facebook_number(500'000'000'000'000, post, post.key);
}

std::string facebook_photo_id(const Post& post, std::size_t index) {
  return facebook_number(700'000'000'000'000, post, str_cat(post.key, "#", index));
}

std::string meta_user_id(const PlayedAccount& account) {
  return str_cat(17'841'400'000'000'000 + lot(str_cat("user ", account.url), 90'000'000'000));
}

std::string meta_media_id(const Post& post) {
  return facebook_number(17'900'000'000'000'000, post, str_cat("media ", post.key));
}

std::string meta_picture_id(const Post& post, std::size_t index) {
  return facebook_number(18'100'000'000'000'000, post, str_cat("media ", post.key, "#", index));
}

std::string mastodon_status_id(const Post& post, std::string_view instance) {
  return snowflake(post.at, str_cat(instance, " ", post.key));
}

std::string mastodon_account_id(const PlayedAccount& account, std::string_view instance) {
  return str_cat(108'000'000'000'000'000 + lot(str_cat(instance, " ", account.url), 900'000'000'000'000));
}

std::string mastodon_media_id(const Post& post, std::size_t index, std::string_view instance) {
  return snowflake(post.at - absl::Seconds(30), str_cat(instance, " ", post.key, "#", index));
}

std::string bluesky_did(const PlayedAccount& account) {
  return str_cat("did:plc:", base32(sha256(account.url)).substr(0, 24));
}

std::string bluesky_record_key(const Post& post) {
  static constexpr std::string_view kSortable = "234567abcdefghijklmnopqrstuvwxyz";
  const auto micros = static_cast<std::uint64_t>(absl::ToUnixMicros(post.at)) + lot(post.key, 1000);
  std::uint64_t tid = (micros << 10) | lot(str_cat(post.key, " clock"), 1024);
  std::string out(13, '2');
  for (std::size_t i = out.size(); i-- > 0; tid >>= 5) out[i] = kSortable[tid & 31];
  return out;
}

std::string x_user_id(const PlayedAccount& account) {
  return str_cat(1'000'000'000'000'000'000 + lot(str_cat("x ", account.url), 400'000'000'000'000'000));
}

std::string x_post_id(const Post& post, const PostVersion& version) {
  return x_snowflake(version.at, post.key);
}

std::string x_media_key(const Post& post, const PostPicture& picture, std::size_t index) {
  return str_cat(
      "3_", x_snowflake(post.at - absl::Seconds(30), str_cat(post.key, "#", index, " ", picture.image, " ",
                                                             static_cast<int>(picture.crop))));
}

std::string bluesky_record_cid(std::string_view record_json) { return cid('\x71', record_json); }
std::string bluesky_blob_cid(std::string_view content) { return cid('\x55', content); }

}  // namespace copytaster::rehearsal
