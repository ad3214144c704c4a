#include "app/day_halts.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "app/files.h"
#include "app/signals.h"
#include "core/status.h"
#include "core/strings.h"
#include "rehearsal/rehearsal.h"

namespace copytaster {
namespace {

// Whether the go-ahead has come; never waits.
bool line_came() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (::poll(&input, 1, 0) <= 0) return false;
  char byte = 0;
  const ssize_t got = ::read(STDIN_FILENO, &byte, 1);
  if (got < 0) return errno != EINTR && errno != EAGAIN;
  return got == 0 || byte == '\n';
}

}  // namespace

absl::StatusOr<DayHalts> DayHalts::parse(const std::vector<std::string>& times) {
  DayHalts out;
  for (const std::string& time : times) {
    absl::Time at;
    std::string error;
    const absl::Time midnight = rehearsal_begin();
    const std::string day = absl::FormatTime("%Y-%m-%d", midnight, absl::UTCTimeZone());
    if (time.size() != 5 || !absl::ParseTime("%Y-%m-%d %H:%M", str_cat(day, " ", time), &at, &error))
      return absl::InvalidArgumentError(str_cat("\"", time, "\" is no time of the day; write it as 06:30"));
    out.ahead_.push_back(at);
  }
  std::sort(out.ahead_.begin(), out.ahead_.end());
  return out;
}

void DayHalts::skip_to(absl::Time now) {
  std::erase_if(ahead_, [now](absl::Time halt) { return halt <= now; });
}

absl::Status DayHalts::stand(const std::function<absl::Status()>& turn) {
  const absl::Time now = next();
  CT_RETURN_IF_ERROR(
      print(str_cat("The day stands at ", absl::FormatTime("%H:%M", now, absl::UTCTimeZone()), "\n")));
  while (!stop_asked() && !line_came()) CT_RETURN_IF_ERROR(turn());
  skip_to(now);
  return absl::OkStatus();
}

}  // namespace copytaster
