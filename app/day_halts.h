// Where the rehearsal day stands still until somebody says go on: for tests that change something around the
// program (the faults between it and the platforms) at a known moment of the day. Thread: the collector's.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

class DayHalts {
 public:
  // Times of the rehearsal day, UTC: {"06:30", "09:00"}. kInvalidArgument: another spelling.
  static absl::StatusOr<DayHalts> parse(const std::vector<std::string>& times);
  // The first that is still ahead; InfiniteFuture: none.
  [[nodiscard]] absl::Time next() const { return ahead_.empty() ? absl::InfiniteFuture() : ahead_.front(); }
  // Says on standard output that the day stands at next(), and calls `turn` again and again until a line
  // comes on standard input (or its end), `turn` fails, or a signal asks to stop.
  absl::Status stand(const std::function<absl::Status()>& turn);
  // Those at or before `now` are over: a day that goes on where it stopped has passed them.
  void skip_to(absl::Time now);

 private:
  std::vector<absl::Time> ahead_;  // ascending
};

}  // namespace copytaster
