// Which posts to read once more, and when: recent ones, at thinning ages (schedule.h), to see edits and
// deletions. Bounded: of too many the newest stay. Kept in memory, rebuilt from the store at start.
// Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

// In the details of the account that Collector::reread() is given: native ids of its newest other posts, one
// a line, for a collector that asks for them in the same question, as proof that the account can be read.
inline constexpr char kWitnesses[] = "witnesses";

struct Reread {
  std::string item_id;
  std::string native_id;
  std::size_t account = 0;  // the poller's own number
  absl::Time created;
  int failures = 0;     // in a row
  bool placed = false;  // a place in its host's line was kept for when it is due
  // When it was first refused without proof that it is gone (future: never), and how many of the account's
  // posts had been read by then.
  absl::Time refused_at = absl::InfiniteFuture();
  std::uint64_t reads_before = 0;
  [[nodiscard]] bool in_doubt() const { return refused_at != absl::InfiniteFuture(); }
};

class RereadPlan {
 public:
  explicit RereadPlan(absl::Duration reread_for, std::size_t most = 100'000)
      : reread_for_(reread_for), most_(most) {}

  // Plans the next age after `now`. A post already planned stays as it is.
  void add(const Item& item, std::size_t account, absl::Time now);
  // Takes out the first that is due and `allowed`; looks at a bounded number. Give it back with
  // done() or retry(), or let it be forgotten.
  std::optional<Reread> take_due(absl::Time now, const std::function<bool(const Reread&)>& allowed);
  // Was read: on to its next age.
  void done(Reread reread, absl::Time now);
  // Could not be read: again at `at`.
  void retry(Reread reread, absl::Time at);
  void forget(std::string_view item_id);
  // Plans all anew by the clock as it is now.
  void clock_set_back(absl::Time now);
  // Null when it is not planned; until the next call.
  [[nodiscard]] const Reread* find(std::string_view item_id) const;
  [[nodiscard]] absl::Time next_due() const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Reread reread;
    absl::Time due;
  };
  using Order = std::set<std::pair<absl::Time, std::string>>;

  void put(Reread reread, absl::Time due);
  Reread take(const std::string& item_id);

  absl::Duration reread_for_;
  std::size_t most_;
  StringMap<Entry> entries_;
  Order by_due_, by_created_;
};

}  // namespace copytaster
