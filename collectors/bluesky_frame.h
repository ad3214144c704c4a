// One message of Jetstream, whichever version's: bluesky_jetstream.h says what it means for us. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "collectors/json_fields.h"
#include "collectors/platforms_support.h"
#include "core/collector.h"

namespace copytaster {

// Views into the document it was read from.
struct BlueskyFrame {
  enum Kind { kOther, kCommit, kIdentity, kAccount, kInfo };
  Kind kind = kOther;
  int version = 1;
  std::string_view did;
  std::optional<std::int64_t> place;  // v1: time_us; v2: seq
  std::optional<absl::Time> time;     // when the server saw it
  Json body;         // of a commit: operation, collection, rkey, record; else the event itself
  std::string said;  // of kInfo: its name and message

  // kInvalidArgument: no message of Jetstream. An error message gives its status (see parse_frame()).
  static absl::StatusOr<BlueskyFrame> read(Json root);
};

// A place in the stream, as it is kept: see bluesky_jetstream.h.
class BlueskyPlace {
 public:
  explicit BlueskyPlace(const Cursor& cursor);
  static Cursor after(const BlueskyFrame& frame, std::string_view server);
  [[nodiscard]] bool fits(int version, std::string_view server) const;
  [[nodiscard]] std::int64_t number() const { return number_; }

 private:
  std::int64_t number_ = 0;  // 0: none
  int version_ = 0;
  std::string server_;
};

// What a server says instead of opening the stream, and what an error message says.
[[nodiscard]] absl::Status bluesky_stream_refusal(const Capture& capture, Json root);
[[nodiscard]] absl::Status bluesky_stream_error(std::string_view name, std::string_view message);

[[nodiscard]] bool is_frame_of_account(const BlueskyFrame& frame);
// The frame's items, deletions and profile. The account is the frame's.
void read_bluesky_frame(const BlueskyFrame& frame, const Answered& answered, Parsed* out);

}  // namespace copytaster
