// What a Poller holds and does: accounts, streams and hubs asked and heard, and what came of it stored.
// Internal to poller.cpp and poller_{asking,following,storing}.cpp; the poller's one thread.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "collectors/back_off.h"
#include "collectors/failure_causes.h"
#include "collectors/picture_fetch.h"
#include "collectors/poller.h"
#include "collectors/poller_accounts.h"
#include "collectors/poller_answer.h"
#include "collectors/poller_gate.h"
#include "collectors/poller_notes.h"
#include "collectors/poller_rereading.h"
#include "collectors/poller_streams.h"
#include "collectors/poller_websub.h"
#include "collectors/poller_writes.h"
#include "core/metrics.h"

namespace copytaster {

class ThePoller final : public Poller {
 public:
  ThePoller(const PollerDependencies& dependencies, const PollerOptions& options,
            std::vector<Account> accounts);

  absl::Status turn(absl::Duration wait) override;
  absl::Status hold(std::string_view account_id, const std::optional<Hold>& hold) override;
  void forget(std::string_view item_id) override;
  absl::Status bring(const Capture& capture, Item item) override;
  absl::Status hand_on(const Parcel& parcel, WriteBatch* together) override;
  [[nodiscard]] std::size_t busy() const override {
    return in_flight_ + pending_.size() + pictures_.busy() + websub_.in_flight();
  }
  [[nodiscard]] std::vector<StreamHealth> streams() const override { return streams_.health(); }
  [[nodiscard]] absl::Time next_due() const override;

 private:
  // Outlives the poller in the callbacks of requests still under way.
  struct Inbox {
    std::deque<Answer> answers;
  };

  // ---- starting (poller.cpp)
  absl::Status start();
  absl::Status add_spendings(absl::Time now);
  absl::Status scan_again();
  void clock_set_back();

  // ---- streams and hubs (poller_following.cpp)
  absl::Status follow_streams();
  absl::Status store_unread();
  absl::Status store_positions(absl::Time now);
  absl::Status follow_websub();

  // ---- asking (poller_asking.cpp)
  [[nodiscard]] bool has_room() const { return in_flight_ + pictures_.in_flight() < options_.max_in_flight; }
  void ask_what_is_due();
  void ask_page(std::size_t i, absl::Time now);
  void send(Question question, HttpRequest request);

  // ---- storing, and going on from there (poller_storing.cpp)
  absl::Status store_answers();
  absl::Status store_pending();
  absl::Status unless_full(absl::Status status);
  void go_on(const Outcome& outcome);
  void go_on_polling(const Outcome& outcome, absl::Time now);

  const PollerDependencies d_;
  const PollerOptions options_;
  Jitter jitter_;
  PollerGate gate_;
  AnswerReader reader_;
  PictureFetch pictures_;
  AccountRuns runs_;
  Rereading rereading_;
  PollerWrites writes_;
  PollerNotes notes_;
  PollerStreams streams_;
  PollerWebSub websub_;
  FailureCauses causes_;
  Gauge& in_flight_gauge_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::deque<Outcome> pending_;  // read, not yet stored
  std::optional<FrameOutcome> unread_;
  std::size_t in_flight_ = 0;  // asked, not yet read
  bool started_ = false;
  bool blocked_ = false;
  bool overflowed_ = false;
  absl::Time scan_at_;
};

}  // namespace copytaster
