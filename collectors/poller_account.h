// One account as the poller keeps it: its durable state, and what only this process knows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/back_off.h"
#include "collectors/poller_reread.h"
#include "collectors/poller_seen.h"
#include "core/collector.h"
#include "core/fetcher.h"
#include "core/metrics.h"

namespace copytaster {

// copytaster_collect_* of one platform; handles live for ever.
struct CollectMetrics {
  explicit CollectMetrics(std::string_view platform);
  Counter *ok, *not_modified, *limited, *failed;  // polls_total by result
  Counter *items, *refused, *rereads;
  DurationHistogram* seconds;
  Gauge* last_success;
};

struct AccountRun {
  Account account;
  const Collector* collector = nullptr;
  AccountState state;  // as stored
  SeenPosts seen;
  CollectMetrics* metrics = nullptr;

  bool asking = false;         // a page is under way or its answer is being stored
  bool placed = false;         // a place in its host's line was kept for when it is due
  bool rereading = false;      // the same for one post
  bool streamed = false;       // an open stream brings its news: polled rarely
  bool walking = false;        // it waits between two pages of one poll
  std::size_t pages = 0;       // of this poll
  std::size_t news = 0;        // posts handed on in this poll
  bool full = false;           // this poll began without validators
  std::vector<Reread> newest;  // its three newest posts that can be read again
  // How many of its posts were read by their ids since the start, and when the last was.
  std::uint64_t reads_by_id = 0;
  absl::Time read_by_id = absl::InfinitePast();
  // A hub tells its news till then: polled rarely. How many posts it brought since the last poll.
  absl::Time pushed_until = absl::InfinitePast();
  std::size_t delivered = 0;

  [[nodiscard]] absl::Duration least_interval() const { return collector->spec().politest_interval; }
  // Asks where it has moved to, or again where it was.
  void follow();
  // Nobody asks it now: a person holds it, or the platform said that it is over.
  [[nodiscard]] bool is_silenced() const { return state.has_hold() || state.ended(); }
};

// Whether an operator must act before this account can be read again.
[[nodiscard]] bool needs_operator(const absl::Status& error);
// What an operator may do about it; empty: wait.
[[nodiscard]] std::string_view hint_for(const absl::Status& error);

// The states after an attempt at `now`. All set last_attempt; next_due is set by set_due().
[[nodiscard]] AccountState after_failure(const AccountState& before, const absl::Status& error,
                                         absl::Time now);
[[nodiscard]] AccountState after_limit(const AccountState& before, std::string_view why, absl::Time now);
[[nodiscard]] AccountState after_success(const AccountState& before, absl::Time now);
void set_due(AccountState* state, absl::Time due);

// An answer to the first question of a poll, `asked` of one address, came for good from `permanent_url`
// (empty: from where we asked).
// After kMovesToBelieve in a row we ask there (followed_address). True: from now on.
bool note_address(std::string_view asked, std::string_view permanent_url, AccountState* state);
inline constexpr std::uint32_t kMovesToBelieve = 3;
// Where it has moved for good; empty: it has not.
[[nodiscard]] std::string_view followed_address(const AccountState& state);

// Takes over what the platform says of the account now; what it leaves out stays.
void merge_profile(const Account& said, AccountState* state);
// Makes a request conditional: false, and nothing is changed, where the last fetch of the same URL was not
// whole or is older than `full_every`.
bool make_conditional(const AccountState& state, absl::Time now, absl::Duration full_every,
                      HttpRequest* request);
// Remembers or forgets what makes the next request conditional.
void set_validators(std::string_view clean_url, const HttpResponse& response, AccountState* state);
void clear_validators(AccountState* state);

}  // namespace copytaster
