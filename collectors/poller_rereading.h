// Reading known posts once more: which one next, what its answer means for the plan, and when a refusal is
// worth asking about. Not thread-safe.
//
// A collector that cannot tell "gone" from "not for you" says UNKNOWN. Where that may be for want of a
// permission of ours, another post of the account is read the same way at once, and the first again later:
// AnswerReader calls it gone only where the other was read between two refusals. Elsewhere it stays UNKNOWN
// (docs/decisions/0006-proof-of-deletion.md).
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "collectors/back_off.h"
#include "collectors/poller_accounts.h"
#include "collectors/poller_answer.h"
#include "collectors/poller_gate.h"
#include "collectors/poller_reread.h"
#include "core/fetcher.h"

namespace copytaster {

// Whether a refusal may be for want of a permission, so that another post that is read the same way rules it
// out: only where a token is needed, which opens some posts and not others.
[[nodiscard]] bool a_witness_may_prove(const CollectorSpec& spec);

class Rereading {
 public:
  Rereading(AccountRuns* runs, Jitter* jitter, absl::Duration reread_for)
      : runs_(runs), jitter_(jitter), reread_for_(reread_for), plan_(reread_for) {}

  // A post that was handed on, or that the store knew at start.
  void add(const Item& item, std::size_t account, absl::Time now);
  // It is gone: no witness for others any more, and read again only in case it comes back.
  void gone(std::string_view item_id, std::size_t account);
  // It is erased: not read again.
  void forget(std::string_view item_id) { plan_.forget(item_id); }
  // The next question that may be asked now: one at a time of each account, none of a host that is left
  // alone. To be sent: the account counts as being read until after() hears of the answer.
  std::optional<std::pair<Question, HttpRequest>> next(absl::Time now, PollerGate* gate);
  // `outcome` of a REREAD question, once it is stored.
  void after(const Outcome& outcome, absl::Time now);
  void clock_set_back(absl::Time now) { plan_.clock_set_back(now); }
  [[nodiscard]] absl::Time next_due() const { return plan_.next_due(); }

 private:
  std::optional<absl::Duration> retry_in(const Outcome& outcome, Reread* reread, absl::Time now);
  void doubt(Reread reread, absl::Time now);

  AccountRuns* runs_;
  Jitter* jitter_;
  absl::Duration reread_for_;
  RereadPlan plan_;
};

}  // namespace copytaster
