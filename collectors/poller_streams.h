// Streams as the poller keeps them: one connection a StreamPlan, opened again with back-off when it ends,
// taken up where its position was stored. Their accounts are polled too, rarely while the stream is open and
// as usual while it is not; after a gap they are polled once at once. Not thread-safe.
// A server that refuses to open the stream is read by the collector (core/stream_refusal.h); a place that it
// does not take, for whatever reason, is given up, and its accounts are polled.
//
// A message that cannot be read becomes a dead letter with its bytes, kMostUnread an hour and stream; more
// are only counted and logged. kPermissionDenied: it may not be kept, and its letter is without its bytes.
//
// Delivery: at least once. A frame's post and the stream's position go into one batch; a position without a
// post is stored every few seconds only. What comes twice is known by id and content.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/back_off.h"
#include "collectors/poller_accounts.h"
#include "collectors/poller_capture.h"
#include "core/clock.h"
#include "core/store.h"
#include "core/stream.h"
#include "core/stream_health.h"

namespace copytaster {

// What one frame brought: for the account of number `account`; or for none: then it could not be read, and
// parsed.refused has it (its capture is without sha256 where it is not kept).
struct FrameOutcome {
  std::size_t stream = 0;
  std::optional<std::size_t> account;
  Capture capture;
  Parsed parsed;
  std::uint64_t mark = 0;  // FrameNews.key, hashed; 0: it has none
};

// Stages what a frame brought that could not be read.
absl::Status stage_unread(Store* store, WriteBatch& batch, const FrameOutcome& frame);

class PollerStreams {
 public:
  // Null `opener`: no streams.
  PollerStreams(AccountRuns* runs, StreamOpener* opener, Jitter* jitter)
      : runs_(runs), opener_(opener), jitter_(jitter) {}

  // After AccountRuns::start. The store is asked later, too, which posts it knows.
  absl::Status start(const StoreReader& store, absl::Time now);
  // Opens what is due and notes what is open. At most `most` messages of all streams together are read in
  // this turn.
  void turn(absl::Time now, std::size_t most);
  // Reads on, from one stream after the other, to the next frame that says something, and notes what has
  // ended; nullopt: no more now. Each frame is to be stored before the next is read: it may change what the
  // next one means.
  [[nodiscard]] std::optional<FrameOutcome> next(absl::Time now);
  // The stream's state with the position behind this frame, to be staged with what it brought.
  [[nodiscard]] AccountState state_after(const FrameOutcome& frame, absl::Time now) const;
  // It was stored.
  void stored(std::size_t stream, AccountState state, absl::Time now);
  // Streams whose position moved without news and is due to be stored.
  [[nodiscard]] std::vector<std::size_t> positions_due(absl::Time now) const;
  // As it is to be stored, with its health.
  [[nodiscard]] AccountState state(std::size_t stream) const;
  // How each is.
  [[nodiscard]] std::vector<StreamHealth> health() const;
  // When a stream is to be opened or a position to be stored; InfiniteFuture: neither.
  [[nodiscard]] absl::Time next_due() const;
  // What was to wait for times that are far ahead now.
  void clock_set_back(absl::Time now);

 private:
  struct Run {
    const Collector* collector = nullptr;
    StreamPlan plan;
    AccountState state;  // account_id is the plan's name
    std::unique_ptr<Stream> stream;
    StreamHealth health;
    bool ended_once = false;   // a connection of this process has ended
    Asked asked;               // it was opened with
    bool was_open = false;     // of this connection
    bool first_frame = false;  // none came yet on this connection
    bool fallen_back = false;  // its accounts are polled as usual, and that was said
    absl::Time next_try = absl::InfinitePast();
    absl::Time position_stored = absl::InfinitePast();
    bool position_moved = false;
    SeenPosts unread;             // messages that became dead letters
    std::size_t unread_kept = 0;  // … since unread_since
    absl::Time unread_since = absl::InfinitePast();
  };

  void open(Run* run, absl::Time now);
  void note_open(Run* run, absl::Time now);
  [[nodiscard]] absl::Status meaning(const Run& run, const absl::Status& why, absl::Time now) const;
  void note_end(Run* run, const absl::Status& why, absl::Time now);
  [[nodiscard]] std::optional<FrameOutcome> read(std::size_t number, std::string bytes, absl::Time now);
  void poll_over_gap(Run* run, std::string why, absl::Time now);
  [[nodiscard]] std::optional<FrameOutcome> keep_unread(Run* run, FrameOutcome frame, const absl::Status& why,
                                                        absl::Time now);
  // Whose deletion it is (unnamed_deletion.h): sets the account, and leaves of the deletions that of its
  // post.
  void find_deleted(const Run& run, FrameNews* news) const;
  void poll_accounts(const Run& run, absl::Duration within, absl::Time now);
  void set_streamed(const Run& run, bool streamed);
  [[nodiscard]] FindAccount finder() const;

  AccountRuns* runs_;
  StreamOpener* opener_;
  const StoreReader* store_ = nullptr;
  StringMap<std::size_t> by_alias_;  // "bluesky:did:plc:…": as streams call accounts
  Jitter* jitter_;
  std::vector<Run> streams_;
  std::size_t at_ = 0;    // the stream that is read next
  std::size_t left_ = 0;  // messages of this turn
};

}  // namespace copytaster
