#include "collectors/bluesky_frame.h"

#include <algorithm>
#include <utility>

#include "collectors/bluesky_embed.h"
#include "collectors/bluesky_record.h"
#include "collectors/bluesky_syntax.h"
#include "collectors/wire_time.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::string_view kPost = "app.bsky.feed.post";
constexpr std::string_view kRepost = "app.bsky.feed.repost";
// From here on a number is microseconds since 1970 (2001), below it a v2 sequence number.
constexpr std::int64_t kFirstMicros = 1'000'000'000'000'000;
constexpr std::int64_t kLastMicros = 253'402'300'799'000'000;  // the year 9999

std::string short_line(std::string_view text) { return plain_line(text.substr(0, utf8_floor(text, 300))); }

absl::StatusOr<BlueskyFrame> read_v2(Json payload) {
  BlueskyFrame frame;
  frame.version = 2;
  std::string_view type = payload["$type"].view();
  type.remove_prefix(std::min(type.find('#'), type.size()));
  frame.did = payload["did"].view();
  frame.time = wire_time(payload["time"].view());
  if (type == "#info") {
    frame.kind = BlueskyFrame::kInfo;
    frame.said = short_line(str_cat(payload["name"].view(), ": ", payload["message"].view()));
    return frame;
  }
  const auto seq = payload["seq"].number();
  if (!seq || *seq == 0 || *seq >= kFirstMicros) {
    return absl::InvalidArgumentError("a message of Jetstream v2 whose seq is no place in the stream");
  }
  frame.place = static_cast<std::int64_t>(*seq);
  if (type == "#commit") {
    frame.kind = BlueskyFrame::kCommit;
    frame.body = payload;
  } else if (type == "#identity") {
    frame.kind = BlueskyFrame::kIdentity;
    frame.body = payload["identity"];
  } else if (type == "#account") {
    frame.kind = BlueskyFrame::kAccount;
    frame.body = payload["account"];
  }
  return frame;
}

absl::StatusOr<BlueskyFrame> read_v1(Json root) {
  BlueskyFrame frame;
  frame.did = root["did"].view();
  // The newer servers' v1 has the v2 sequence number beside it, as "cursor": not ours to use.
  const auto micros = root["time_us"].number();
  if (!micros || *micros < kFirstMicros || *micros > kLastMicros) {
    return absl::InvalidArgumentError("a message of Jetstream whose time_us is no time");
  }
  frame.place = static_cast<std::int64_t>(*micros);
  frame.time = absl::FromUnixMicros(*frame.place);
  const std::string_view kind = root["kind"].view();
  if (kind == "commit") {
    frame.kind = BlueskyFrame::kCommit;
  } else if (kind == "identity") {
    frame.kind = BlueskyFrame::kIdentity;
  } else if (kind == "account") {
    frame.kind = BlueskyFrame::kAccount;
  }
  if (frame.kind != BlueskyFrame::kOther) frame.body = root[kind];
  return frame;
}

// As the pages told it (bluesky.cpp), or identity messages since.
std::string_view detail(const Account& account, std::string_view key) {
  const auto found = account.details().find(std::string(key));
  return found == account.details().end() ? std::string_view() : std::string_view(found->second);
}

Author author_of(const Account& account, std::string_view did) {
  Author author;
  std::string_view handle = detail(account, "handle");
  if (handle.empty()) handle = account.handle();
  if (is_handle(handle)) author.set_handle(ascii_lower(handle));
  for (const std::string_view name :
       {detail(account, "name"), std::string_view(account.title()), std::string_view(author.handle())}) {
    if (author.name().empty()) author.set_name(plain_line(name));
  }
  author.set_url(str_cat("https://bsky.app/profile/", author.handle().empty() ? did : author.handle()));
  return author;
}

void read_commit(const BlueskyFrame& frame, const Answered& answered, Parsed* out) {
  const Json commit = frame.body;
  const std::string_view collection = commit["collection"].view();
  const std::string_view operation = commit["operation"].view();
  if (collection != kPost && collection != kRepost) return;
  const AtUri uri{std::string(frame.did), std::string(collection), commit["rkey"].text()};
  const std::string native_id = uri.to_string();
  if (!is_record_key(uri.record_key)) {
    refuse_post(out, answered.account, answered.capture, native_id, "its record key is none",
                commit.raw(4096));
  } else if (operation == "delete") {
    Deletion deletion;
    deletion.set_item_id(item_id("bluesky", native_id));
    deletion.set_proof("deleted in the repository (Jetstream)");
    *deletion.mutable_seen_at() = answered.capture.fetched_at();
    deletion.set_state(GONE);
    out->deletions.push_back(std::move(deletion));
  } else if (operation == "create" || operation == "update") {
    BlueskyRecord record{.uri = uri,
                         .record = commit["record"],
                         .embed_view = {},
                         .author = author_of(answered.account, frame.did),
                         .shown = frame.time};
    auto item = collection == kPost ? bluesky_post_record(std::move(record))
                                    : bluesky_repost_record(std::move(record));
    (void)take_post(answered, commit["record"], native_id, std::move(item), out);
  }
}

}  // namespace

absl::StatusOr<BlueskyFrame> BlueskyFrame::read(Json root) {
  const std::string_view type = root["$type"].view();
  if (type == "error" || (!root["payload"].exists() && root["error"].is_string())) {
    return bluesky_stream_error(root["error"].view(), root["message"].view());
  }
  if (root["payload"].is_object()) return read_v2(root["payload"]);
  if (root["time_us"].exists()) return read_v1(root);
  return absl::InvalidArgumentError("no message of Jetstream: neither time_us nor a payload");
}

BlueskyPlace::BlueskyPlace(const Cursor& cursor) {
  const Position position(cursor.position());
  const std::int64_t micros = position.time("time_us");
  const std::int64_t seq = position.time("seq");
  if (micros >= kFirstMicros && micros <= kLastMicros) {
    number_ = micros;
    version_ = 1;
  } else if (seq > 0 && seq < kFirstMicros) {
    number_ = seq;
    version_ = 2;
    server_ = std::string(position.get("host"));
  }
}

Cursor BlueskyPlace::after(const BlueskyFrame& frame, std::string_view server) {
  Position position("");
  position.set(frame.version == 1 ? "time_us" : "seq", *frame.place);
  if (frame.version == 2) position.set("host", server);
  Cursor cursor;
  cursor.set_position(position.text());
  return cursor;
}

bool BlueskyPlace::fits(int version, std::string_view server) const {
  return version == version_ && (version == 1 || server == server_);
}

absl::Status bluesky_stream_error(std::string_view name, std::string_view message) {
  const std::string said = short_line(str_cat("Jetstream: ", name, ": ", message));
  if (name == "CursorTooOld" || name == "OutdatedCursor" || name == "FutureCursor")
    return absl::OutOfRangeError(said);
  if (name == "UnknownZstdDictionary") {
    return absl::FailedPreconditionError(str_cat(said, " (set [collector.bluesky] zstd_dictionary anew)"));
  }
  return absl::UnavailableError(said);
}

absl::Status bluesky_stream_refusal(const Capture& capture, Json root) {
  const std::string_view name = root["error"].view();
  if (name == "CursorTooOld" || name == "FutureCursor" || name == "UnknownZstdDictionary")
    return bluesky_stream_error(name, root["message"].view());
  return http_failure(capture, name.empty() ? "" : short_line(str_cat(name, ": ", root["message"].view())));
}

bool is_frame_of_account(const BlueskyFrame& frame) {
  return frame.kind != BlueskyFrame::kOther && frame.kind != BlueskyFrame::kInfo && is_did(frame.did);
}

void read_bluesky_frame(const BlueskyFrame& frame, const Answered& answered, Parsed* out) {
  if (frame.kind == BlueskyFrame::kCommit) {
    read_commit(frame, answered, out);
    return;
  }
  auto& details = *out->profile.mutable_details();
  details["did"] = std::string(frame.did);
  if (frame.kind == BlueskyFrame::kIdentity) {
    // "handle.invalid": it does not lead back to the account just now. Then nothing is said of it.
    const std::string_view handle = frame.body["handle"].view();
    if (!is_handle(handle) || handle == "handle.invalid") return;
    out->profile.set_handle(ascii_lower(handle));
    out->profile.set_url(str_cat("https://bsky.app/profile/", out->profile.handle()));
    details["handle"] = out->profile.handle();
  } else if (frame.kind == BlueskyFrame::kAccount) {
    const std::string status = short_line(frame.body["status"].view());
    details["status"] = frame.body["active"].yes() ? "active" : status.empty() ? "inactive" : status;
  }
}

}  // namespace copytaster
