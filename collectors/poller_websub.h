// WebSub as the poller keeps it: one subscription a feed that offers a hub, asked for through the same gate
// as everything else, asked for again before its lease ends, ended when its account is followed no more.
// The poller's thread only; hubs are answered by the WebSubDoor, which hands over what they say and deliver.
//
// A hub is a hint, not a truth: feeds are polled all the same, each hour while a subscription is confirmed
// (kPushedInterval). Of a delivery only posts that nobody knew are handed on; where it shows a known post in
// other words (hubs repeat late what they could not deliver, and then an old text would come last), or cannot
// be read, the feed itself is asked at once. Posts that polling finds twice in a row before the hub tells of
// them end the trust in it. A hub that denies, refuses or keeps silent is asked again with back-off, and the
// feed is polled as if there were none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "collectors/back_off.h"
#include "collectors/poller_accounts.h"
#include "collectors/poller_answer.h"
#include "collectors/poller_gate.h"
#include "collectors/websub_door.h"
#include "core/fetcher.h"
#include "core/store.h"

namespace copytaster {

// What a delivery brought.
struct WebSubNews {
  std::size_t account = 0;
  Capture capture;
  Parsed parsed;
};

class PollerWebSub {
 public:
  struct House {
    AccountRuns* runs;
    PollerGate* gate;
    Jitter* jitter;
    Fetcher* fetcher;
    Store* store;
    WebSubDoor* door;  // null: no WebSub
  };
  explicit PollerWebSub(const House& house) : h_(house) {}

  // After AccountRuns::start. Leases that still run are taken up; what else is to be asked is spread.
  absl::Status start(absl::Time now);
  // Hears what hubs said, and asks those that are due. An error is the store's.
  absl::Status turn(absl::Time now);
  // The next delivery that says something, as a page of its account; nullopt: none waits.
  [[nodiscard]] std::optional<WebSubNews> next_delivery(absl::Time now);
  // A page of the account was read, and its state is the run's: what it offers, and what the hub had not
  // told.
  void after_page(const Outcome& outcome, absl::Time now);
  void clock_set_back(absl::Time now);
  [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
  [[nodiscard]] absl::Time next_due() const;

 private:
  static constexpr absl::Duration kAsksBackWithin = absl::Minutes(10);
  static constexpr absl::Duration kFirstRetry = absl::Hours(1);
  static constexpr absl::Duration kLongestRetry = absl::Hours(24);
  static constexpr absl::Duration kFirstAfterNo = absl::Hours(24);
  static constexpr absl::Duration kLongestAfterNo = absl::Hours(24 * 7);
  static constexpr absl::Duration kLongestLease = absl::Hours(24 * 30);
  static constexpr absl::Duration kPollWithin = absl::Minutes(1);
  static constexpr std::uint32_t kAttemptsToLeave = 5;

  struct Sub {
    WebSubSubscription what;
    std::string account_id;
    std::optional<std::size_t> account;  // nullopt: followed no more
    AccountState left;                   // … then its state is here
    WebSubMode wanted = WebSubMode::kSubscribe;
    absl::Time until = absl::InfinitePast();  // the hub has confirmed it till then
    absl::Time due = absl::InfiniteFuture();  // when something is to be done about it
    bool asking = false;                      // a request is under way
    bool placed = false;                      // a place in the hub's line was kept
    bool accepted = false;                    // the hub said that it would ask back
    bool heard = false;                       // … and did, since we asked
    bool fresh = false;                       // confirmed since the last poll
    bool refused = false;                     // it said no since it said yes
    std::uint32_t failures = 0;               // in a row
    std::uint32_t missed = 0;                 // polls in a row that found what the hub did not tell
  };
  using Subs = std::map<std::string, Sub, std::less<>>;  // by websub_name
  struct Answer {
    std::string name;
    std::string key;
    absl::StatusOr<HttpResponse> response;
  };
  struct Inbox {
    std::deque<Answer> answers;
  };

  Subs::iterator add(std::string_view account_id, const WebSubSource& source, WebSubMode wanted);
  void wait(Subs::iterator sub, absl::Time due);
  void drop(Subs::iterator sub);
  void leave(Subs::iterator sub, absl::Time now);
  AccountState& state_of(Sub& sub);
  absl::Status keep(Sub& sub);

  absl::Status hear(const WebSubWord& word, absl::Time now);
  absl::Status hear_denial(Subs::iterator sub, const std::string& reason, absl::Time now);
  absl::Status read_answer(Answer answer, absl::Time now);
  absl::Status note_failure(Subs::iterator sub, std::string_view why, bool refused, absl::Time now);
  absl::Status act(Subs::iterator sub, absl::Time now);
  // False: it is not to be asked for now, and that was seen to.
  bool is_to_be_asked(Subs::iterator sub, absl::Time now);
  void ask(Subs::iterator sub, absl::Time now);
  void distrust(Subs::iterator sub, absl::Time now);
  void poll_soon(std::size_t account, absl::Time now);
  std::optional<WebSubNews> read_delivery(WebSubDelivery delivery, const Sub& sub, absl::Time now);
  void leave_out_changes(const AccountRun& run, Parsed* parsed, bool* changed) const;
  static void count_request(WebSubMode mode, std::string_view result);
  void show_counts(absl::Time now);

  const House h_;
  Subs subs_;
  std::map<std::size_t, std::string> current_;        // account -> name
  std::set<std::pair<absl::Time, std::string>> due_;  // those that wait
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::size_t in_flight_ = 0;
  absl::Time counted_ = absl::InfinitePast();
};

}  // namespace copytaster
