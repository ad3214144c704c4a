// What an answer means for an account: what is to be stored, and when to ask again. Reads the store, writes
// nothing: the poller stores an Outcome in one batch and only then goes on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "collectors/poller_account.h"
#include "collectors/poller_capture.h"
#include "collectors/poller_reread.h"
#include "collectors/rate_limit.h"
#include "collectors/rhythm.h"
#include "core/store.h"

namespace copytaster {

struct Question {
  std::size_t account = 0;  // number of the AccountRun
  Asked asked;
  std::optional<std::size_t> stream;  // it was a frame of this stream
  std::string key;                    // what its requests are counted by (poller_gate.h)
  bool conditional = false;           // validators were sent
  bool delivered = false;             // by a hub (poller_websub.h): nobody asked
  Reread reread;                      // purpose REREAD
};

struct Answer {
  Question question;
  absl::StatusOr<HttpResponse> response;
};

enum class Verdict {
  kRead,         // understood; news or not
  kNotModified,  // 304
  kLimited,      // the platform says: not now
  kFailed,
};

struct Outcome {
  Question question;
  Verdict verdict = Verdict::kRead;
  absl::Status error;  // kFailed
  // What goes into the batch.
  std::optional<Capture> capture;
  Parcel parcel;
  std::vector<DeadLetter> letters;
  AccountState state;                        // PAGE and frames
  std::optional<AccountState> stream_state;  // frames: the stream's, with its position
  // What follows.
  bool more = false;
  std::size_t known = 0;                        // posts that were handed on before
  bool showed_post = false;                     // at least one post was read, known or not
  absl::Time due = absl::InfiniteFuture();      // PAGE only
  absl::Time host_free = absl::InfinitePast();  // the host wants no requests before
  RateLimit limit;                              // what the headers said
  bool host_failed = false;                     // no answer, or a 5xx
  bool host_limited = false;                    // a 429
  double cost_usd = 0;
  std::vector<Item> unchanged;  // seen before, with media: fresher addresses
  // Handed on before the last start, found in the store: to be remembered, so that it is asked once.
  struct Found {
    std::string id;
    std::string content;
    std::uint8_t ages = 0;
  };
  std::vector<Found> found;
  std::string moved_to;  // the account's permanent new URL
  bool moved = false;    // … believed from now on
  Voice voice = Voice::kSame;

  // Whether there is anything that must not be lost.
  [[nodiscard]] bool has_news() const {
    return parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() +
                   parcel.engagements_size() >
               0 ||
           !letters.empty() || capture.has_value();
  }
};

struct AnswerRules {
  absl::Duration max_interval;
  std::size_t max_pages;
};

class AnswerReader {
 public:
  AnswerReader(const StoreReader* store, Jitter* jitter, AnswerRules rules)
      : store_(store), jitter_(jitter), rules_(rules) {}
  // `run` as it was when the question was asked.
  [[nodiscard]] Outcome read(Answer answer, const AccountRun& run, absl::Time now) const;
  // A frame of a stream, or what a hub delivered, for `run`.
  [[nodiscard]] Outcome read_frame(Question question, Capture capture, Parsed parsed, const AccountRun& run,
                                   absl::Time now) const;
  // A question that could not even be asked.
  [[nodiscard]] Outcome fail(Question question, const AccountRun& run, const absl::Status& error,
                             absl::Time now) const;

 private:
  [[nodiscard]] Outcome read_any(Answer answer, const AccountRun& run, absl::Time now) const;
  void read_page(Outcome* out, Parsed parsed, const HttpResponse& response, const AccountRun& run,
                 absl::Time now) const;
  void take_news(Outcome* out, Parsed parsed, const AccountRun& run, absl::Time now) const;
  static void tell_erased(Outcome* out, const std::string& item_id, absl::Time now);
  void note_engagement(Outcome* out, const Item& item, const AccountRun& run, absl::Time now) const;
  void take_deletion(Outcome* out, Deletion deletion, const AccountRun& run, absl::Time now) const;
  [[nodiscard]] bool is_known(Outcome* out, const Item& item, const AccountRun& run) const;
  void set_failed(Outcome* out, const AccountRun& run, const absl::Status& error,
                  absl::Duration asked_to_wait, absl::Time now) const;
  void set_ended(Outcome* out) const;
  void set_limited(Outcome* out, const AccountRun& run, absl::Duration wait, absl::Time now) const;
  void set_next(Outcome* out, const AccountRun& run, absl::Duration least, absl::Time now) const;

  const StoreReader* store_;
  Jitter* jitter_;
  AnswerRules rules_;
};

// Stages all that is to be stored of it, counters included. Errors as of the store's stage_ functions.
absl::Status stage_outcome(Store* store, WriteBatch& batch, const Outcome& outcome);

// The same refused post on a page fetched again has the same key.
[[nodiscard]] std::string letter_key(const DeadLetter& letter);

}  // namespace copytaster
