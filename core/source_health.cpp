#include "core/source_health.h"

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

std::string day(const google::protobuf::Timestamp& time) {
  return format_rfc3339(to_time(time)).substr(0, 10);
}

// A wait that lasts longer than this is no politeness any more: nobody reads the source.
constexpr absl::Duration kLongestWait = absl::Hours(24);

bool waits_too_long(const AccountState& state) {
  return state.has_last_success() && state.has_last_attempt() &&
         to_time(state.last_attempt()) - to_time(state.last_success()) > kLongestWait;
}

// after_failure() begins an error with the name of its code.
std::string_view what_to_do(const AccountState& state) {
  if (state.last_error().find("forbidden address") != std::string::npos)
    return "; a server of the house itself may be asked when fetch.allow of settings.toml names its address "
           "and port";
  return state.paused() && state.last_error().starts_with("UNAUTHENTICATED")
             ? "; make a new token (or key), put it into its file and restart the service"
             : "";
}

}  // namespace

SourceHealth health_of(const AccountState& state) {
  if (state.has_hold()) return SourceHealth::kHeld;
  if (state.ended()) return SourceHealth::kEnded;
  if (state.paused()) return SourceHealth::kBlocked;
  if (state.failures() > 0) return SourceHealth::kFailing;
  if (!state.last_error().empty())
    return waits_too_long(state) ? SourceHealth::kFailing : SourceHealth::kWaiting;
  if (!state.has_last_success()) return SourceHealth::kNew;
  return state.has_quiet_since() ? SourceHealth::kQuiet : SourceHealth::kGood;
}

std::string_view health_name(SourceHealth health) {
  switch (health) {
    case SourceHealth::kNew:
      return "new";
    case SourceHealth::kGood:
      return "good";
    case SourceHealth::kQuiet:
      return "quiet";
    case SourceHealth::kWaiting:
      return "waiting";
    case SourceHealth::kFailing:
      return "failing";
    case SourceHealth::kBlocked:
      return "blocked";
    case SourceHealth::kHeld:
      return "paused";
    case SourceHealth::kEnded:
      return "ended";
  }
  return "new";
}

std::string health_reason(const AccountState& state) {
  switch (health_of(state)) {
    case SourceHealth::kHeld: {
      const Hold& hold = state.hold();
      return str_cat("paused by ", hold.by().empty() ? "somebody" : hold.by(), " on ", day(hold.at()),
                     hold.reason().empty() ? "" : ": ", hold.reason());
    }
    case SourceHealth::kQuiet:
      return state.posted_size() == 0
                 ? "silent for longer than usual"
                 : str_cat("silent since ",
                           format_rfc3339(absl::FromUnixSeconds(state.posted(state.posted_size() - 1))),
                           ", three times longer than usual");
    case SourceHealth::kFailing:
    case SourceHealth::kBlocked: {
      if (state.failures() == 0 && state.has_last_success())
        return str_cat(state.last_error(), " (not read since ", format_rfc3339(to_time(state.last_success())),
                       ")");
      const std::string since =
          state.has_failing_since() ? str_cat(" since ", day(state.failing_since())) : "";
      return str_cat(state.last_error(), " (", state.failures(), state.failures() == 1 ? " time" : " times",
                     since, ")", what_to_do(state));
    }
    case SourceHealth::kWaiting:
    case SourceHealth::kEnded:
      return state.last_error();
    case SourceHealth::kNew:
    case SourceHealth::kGood:
      break;
  }
  return "";
}

bool is_alarm(SourceHealth health) {
  return health == SourceHealth::kQuiet || health == SourceHealth::kFailing ||
         health == SourceHealth::kBlocked || health == SourceHealth::kEnded;
}

}  // namespace copytaster
