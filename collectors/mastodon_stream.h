// The user stream of a Mastodon server, over a WebSocket: https://docs.joinmastodon.org/methods/streaming/.
// (Server-sent events are not read: every server that streams has the WebSocket.) Pure, immutable; any
// thread.
//
// What it brings is what stands in the home timeline of the token's user: only accounts that this user
// follows (public streams bring a whole server; a list's the same as a list). So it is off until `stream` is
// set, and a person has to follow them. Accounts elsewhere are not named by the plan even where that user
// follows them: the copy of their posts has other picture ids, and would look edited. FindAccount is asked by
// the account's id.
//
// Cursor: {id} of the last new status, to know that the stream was open before. Nothing is replayed: the
// first message after each opening with a cursor tells a gap. A message that brings no status leaves the
// cursor empty.
//
// Deletions. A `delete` is the server's own word that it deleted a status of its own, named by its own id:
// that is the proof, and whose it was follows from the posts we know (unnamed_deletion.h). Where the server's
// uris do not end in its ids (Pleroma), reading the known posts again finds it (Collector::reread).
//
// Not public, and so dropped whole (account null, nothing kept): direct messages and followers-only statuses,
// notifications, conversations.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/collector.h"

namespace copytaster {

inline constexpr std::size_t kMaxMastodonMessage = std::size_t{1} << 20;

class MastodonStream {
 public:
  explicit MastodonStream(const CollectorSettings& settings);

  // As Collector's functions of these names. kFailedPrecondition: `stream` is not wss://HOST, or not
  // token_host's (itself or a name below it, as streaming.social.example): a token is one server's.
  [[nodiscard]] std::vector<StreamPlan> streams(std::span<const Account> accounts) const;
  [[nodiscard]] absl::StatusOr<HttpRequest> open_stream(const StreamPlan& plan) const;
  // kPermissionDenied: it cannot be read, and may be a private message: its bytes are not to be kept.
  // One message: a WebSocket's text (white space alone is none). Also what a server answers instead of
  // opening the stream (capture.status 400 and above).
  [[nodiscard]] absl::StatusOr<FrameNews> parse_frame(const FindAccount& find, const Capture& capture) const;

 private:
  std::string token_;
  std::string token_host_;
  std::string server_;  // "wss://HOST"; empty: no stream
};

}  // namespace copytaster
