#include "core/stream_health.h"

#include <algorithm>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

using Details = google::protobuf::Map<std::string, std::string>;

std::string text_of(const Details& details, const char* name) {
  const auto found = details.find(name);
  return found == details.end() ? std::string() : found->second;
}

std::optional<absl::Time> time_of(const Details& details, const char* name) {
  return parse_date(text_of(details, name));
}

std::uint64_t count_of(const Details& details, const char* name) {
  return parse_number<std::uint64_t>(text_of(details, name)).value_or(0);
}

void keep(Details* details, const char* name, std::string value) {
  if (value.empty()) {
    details->erase(name);
  } else {
    (*details)[name] = std::move(value);
  }
}

void keep(Details* details, const char* name, const std::optional<absl::Time>& time) {
  keep(details, name, time ? format_rfc3339(*time) : std::string());
}

// Whole units, the largest that fits: "3 s", "12 min", "5 h", "9 days".
std::string age(absl::Time then, absl::Time now) {
  const std::int64_t seconds = std::max<std::int64_t>(absl::ToInt64Seconds(now - then), 0);
  if (seconds < 120) return str_cat(seconds, " s");
  if (seconds < 2 * 3600) return str_cat(seconds / 60, " min");
  if (seconds < 48 * 3600) return str_cat(seconds / 3600, " h");
  return str_cat(seconds / 86400, " days");
}

std::string second(absl::Time time) {
  return format_rfc3339(absl::FromUnixSeconds(absl::ToUnixSeconds(time)));
}

}  // namespace

bool is_stream(std::string_view account_id) {
  const std::size_t colon = account_id.find(':');
  return colon != std::string_view::npos && account_id.substr(colon + 1).starts_with("stream/");
}

StreamHealth stream_health(const AccountState& state) {
  const Details& details = state.profile().details();
  StreamHealth health;
  health.name = state.account_id();
  health.accounts = count_of(details, "accounts");
  health.reconnects = count_of(details, "reconnects");
  health.open_since = time_of(details, "open_since");
  health.last_frame = time_of(details, "last_frame");
  health.position_at = time_of(details, "position_at");
  health.polling_since = time_of(details, "polling_since");
  health.polling_why = text_of(details, "polling_why");
  health.gap_at = time_of(details, "gap_at");
  health.gap_why = text_of(details, "gap_why");
  health.last_error = state.last_error();
  return health;
}

void keep_stream_health(const StreamHealth& health, AccountState* state) {
  Details* details = state->mutable_profile()->mutable_details();
  keep(details, "accounts", str_cat(health.accounts));
  keep(details, "reconnects", str_cat(health.reconnects));
  keep(details, "open_since", health.open_since);
  keep(details, "last_frame", health.last_frame);
  keep(details, "position_at", health.position_at);
  keep(details, "polling_since", health.polling_since);
  keep(details, "polling_why", health.polling_why);
  keep(details, "gap_at", health.gap_at);
  keep(details, "gap_why", health.gap_why);
}

std::string_view stream_state_name(const StreamHealth& health) {
  if (health.open_since) return "open";
  return health.polling_since ? "polling" : "closed";
}

bool is_alarm(const StreamHealth& health) { return !health.open_since && health.polling_since; }

std::string stream_words(const StreamHealth& health, absl::Time now) {
  std::string out;
  if (health.open_since) {
    out = str_cat("open since ", second(*health.open_since));
  } else if (health.polling_since) {
    out = str_cat("does not open; its accounts are polled since ", second(*health.polling_since), ": ",
                  health.polling_why);
  } else {
    out = str_cat("not open, tried again", health.last_error.empty() ? "" : ": ", health.last_error);
  }
  str_append(&out, ", ", health.accounts, health.accounts == 1 ? " account" : " accounts");
  str_append(&out, ", last message ",
             health.last_frame ? str_cat(age(*health.last_frame, now), " ago") : std::string("never"));
  if (health.position_at) str_append(&out, ", position ", age(*health.position_at, now), " old");
  if (health.reconnects > 0)
    str_append(&out, ", opened again ", health.reconnects, health.reconnects == 1 ? " time" : " times");
  if (health.gap_at)
    str_append(&out, "; polled over a gap on ", second(*health.gap_at), ": ", health.gap_why);
  return out;
}

}  // namespace copytaster
