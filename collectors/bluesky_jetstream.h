// Bluesky's Jetstream: the repositories' own records as they are written, over one WebSocket. Both versions
// of the wire: v1, /subscribe (github.com/bluesky-social/jetstream-legacy), and v2, the lexicon
// network.bsky.jetstream.subscribeEvents (github.com/bluesky-social/jetstream). Pure, immutable; any thread.
//
// Settings: `jetstream`, `jetstream_version`, `zstd_dictionary` (see bluesky_spec()). The dictionary is read
// once, when the collector is made. A compressed frame that was kept as evidence is read again only with the
// same dictionary.
//
// FindAccount must know an account by "bluesky:<DID>" as well as by its id, as StreamAccounts does: a frame
// tells nothing but the DID.
//
// Cursor: {time_us} after v1; {seq, host} after v2, for each server counts its own. They are not portable: a
// place of the other version, or of another server, is dropped when the stream is opened (it starts at its
// tip), and the first frame after it tells the gap. A frame that has no place of its own (#info) leaves the
// cursor empty: then nothing has changed.
//
// Gaps. v1 clamps a cursor that is too old in silence. Its only trace is a first frame that is much later
// than the place asked for; so is the first frame after a quiet hour. Both are told as a gap: a poll too many
// costs little, a hole would stay. v2 says so itself (CursorTooOld: kOutOfRange; #info OutdatedCursor: a
// gap).
//
// What deletes: a delete in the repository (GONE). An account that is deactivated, suspended, taken down or
// deleted is not: most of these come back, and none is said of a post. It stands in Parsed.profile's
// details["status"] ("active" again later); the next poll hears it from the app view. Counts, the quoted
// post's words and the parent's are the app view's: items of the stream have none.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collectors/zstd_dictionary.h"
#include "core/collector.h"

namespace copytaster {

inline constexpr std::size_t kMostJetstreamAccounts = 500;  // a DID is 32 bytes, and all stand in the URL
inline constexpr std::size_t kMaxJetstreamFrame = std::size_t{1} << 20;  // after decompression

class BlueskyJetstream {
 public:
  explicit BlueskyJetstream(const CollectorSettings& settings);

  // Whether the settings are such that a stream can be opened with them; kFailedPrecondition names the one
  // that is wrong.
  [[nodiscard]] absl::Status usable() const;
  // As Collector's functions of these names.
  [[nodiscard]] std::vector<StreamPlan> streams(std::span<const Account> accounts) const;
  [[nodiscard]] absl::StatusOr<HttpRequest> open_stream(const StreamPlan& plan, const FindAccount& find,
                                                        const Cursor& cursor) const;
  // Also what a server answers instead of opening the stream (capture.status 400 and above). Errors of v2:
  // kOutOfRange CursorTooOld, FutureCursor; kFailedPrecondition UnknownZstdDictionary; kUnavailable others
  // (ConsumerTooSlow: open it again).
  [[nodiscard]] absl::StatusOr<FrameNews> parse_frame(const FindAccount& find, const Capture& frame) const;

 private:
  [[nodiscard]] absl::StatusOr<std::string> text_of(const Capture& frame) const;

  std::string server_;  // "wss://HOST"; empty: no stream
  std::string version_;
  absl::Status dictionary_error_;
  std::shared_ptr<const ZstdDictionary> dictionary_;  // null: no compression
};

}  // namespace copytaster
