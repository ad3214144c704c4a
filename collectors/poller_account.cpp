#include "collectors/poller_account.h"

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostError = 500;
constexpr std::size_t kMostValidator = 1024;  // longer ones are somebody's joke
// The address an account has moved to fails so often in a row: the old one is tried again.
constexpr std::uint32_t kFailuresToDoubtMove = 5;

Counter* polls(std::string_view platform, std::string_view result) {
  return &counter("copytaster_collect_polls_total", "Pages asked for, by what came.",
                  {{"platform", platform}, {"result", result}});
}

std::string short_text(std::string_view text) {
  std::string out = to_valid_utf8(text);
  out.resize(utf8_floor(out, kMostError));
  return out;
}

}  // namespace

CollectMetrics::CollectMetrics(std::string_view platform)
    : ok(polls(platform, "ok")),
      not_modified(polls(platform, "not_modified")),
      limited(polls(platform, "limited")),
      failed(polls(platform, "failed")),
      items(&counter("copytaster_collect_items_total", "Item versions handed to the bus.",
                     {{"platform", platform}})),
      refused(&counter("copytaster_collect_dead_letters_total", "Posts that could not be read.",
                       {{"platform", platform}})),
      rereads(&counter("copytaster_collect_rereads_total", "Known posts read once more.",
                       {{"platform", platform}})),
      seconds(&duration_histogram("copytaster_collect_request_seconds", "From asking to the whole answer.",
                                  {{"platform", platform}})),
      last_success(&gauge("copytaster_collect_last_success_timestamp_seconds",
                          "When an account of the platform was last read.", {{"platform", platform}})) {}

void AccountRun::follow() {
  const std::string_view address = followed_address(state);
  if (address.empty()) {
    account.mutable_details()->erase("moved_to");
  } else {
    (*account.mutable_details())["moved_to"] = std::string(address);
  }
}

bool needs_operator(const absl::Status& error) {
  return absl::IsUnauthenticated(error) || absl::IsPermissionDenied(error) ||
         absl::IsFailedPrecondition(error) || absl::IsNotFound(error);
}

std::string_view hint_for(const absl::Status& error) {
  switch (error.code()) {
    case absl::StatusCode::kUnauthenticated:
      return "renew the platform's token and restart";
    case absl::StatusCode::kPermissionDenied:
      return "see whether the platform or the address guard forbids it";
    case absl::StatusCode::kFailedPrecondition:
      return "copytaster check says which setting is missing";
    case absl::StatusCode::kNotFound:
      return "the account seems to be gone: look, and correct officials.toml";
    case absl::StatusCode::kInvalidArgument:
      return "the answer is not what this collector reads: see whether the URL is right";
    default:
      return {};
  }
}

AccountState after_failure(const AccountState& before, const absl::Status& error, absl::Time now) {
  AccountState state = before;
  set_timestamp(state.mutable_last_attempt(), now);
  state.set_failures(before.failures() + 1);
  state.set_last_error(
      short_text(str_cat(absl::StatusCodeToString(error.code()), ": ", from_absl(error.message()))));
  if (!state.has_failing_since()) set_timestamp(state.mutable_failing_since(), now);
  state.set_paused(needs_operator(error));
  state.set_pause_reason(state.paused() ? state.last_error() : "");
  if (!followed_address(state).empty() && state.failures() >= kFailuresToDoubtMove) {
    state.clear_moved_to();
    state.clear_moved_polls();
  }
  return state;
}

AccountState after_limit(const AccountState& before, std::string_view why, absl::Time now) {
  AccountState state = before;
  set_timestamp(state.mutable_last_attempt(), now);
  state.set_last_error(short_text(why));
  return state;
}

AccountState after_success(const AccountState& before, absl::Time now) {
  AccountState state = before;
  set_timestamp(state.mutable_last_attempt(), now);
  set_timestamp(state.mutable_last_success(), now);
  state.set_failures(0);
  state.clear_failing_since();
  state.clear_last_error();
  state.set_paused(false);
  state.clear_pause_reason();
  return state;
}

// Rounded up: a timestamp holds whole nanoseconds, and nobody is asked before the time.
void set_due(AccountState* state, absl::Time due) {
  set_timestamp(state->mutable_next_due(),
                absl::UnixEpoch() + absl::Ceil(due - absl::UnixEpoch(), absl::Nanoseconds(1)));
}

bool note_address(std::string_view asked, std::string_view permanent_url, AccountState* state) {
  if (!followed_address(*state).empty() && (permanent_url.empty() || permanent_url == state->moved_to()))
    return false;
  const bool downgrade = asked.starts_with("https:") && permanent_url.starts_with("http:");
  if (permanent_url.empty() || downgrade || !is_valid_utf8(permanent_url)) {
    state->clear_moved_to();
    state->clear_moved_polls();
    return false;
  }
  const bool again = state->moved_to() == permanent_url;
  state->set_moved_to(std::string(permanent_url));
  state->set_moved_polls(again ? state->moved_polls() + 1 : 1);
  return state->moved_polls() == kMovesToBelieve;
}

std::string_view followed_address(const AccountState& state) {
  return state.moved_polls() >= kMovesToBelieve ? std::string_view(state.moved_to()) : std::string_view();
}

void merge_profile(const Account& said, AccountState* state) {
  if (said.ByteSizeLong() == 0) return;
  Account* profile = state->mutable_profile();
  // Maps merge by key; strings that are empty are not said and change nothing.
  profile->MergeFrom(said);
}

bool make_conditional(const AccountState& state, absl::Time now, absl::Duration full_every,
                      HttpRequest* request) {
  if (state.validator_url().empty() || state.validator_url() != without_secrets(request->url)) return false;
  if (!state.has_last_full_fetch()) return false;
  const absl::Duration since = now - to_time(state.last_full_fetch());
  if (since >= full_every || since < absl::ZeroDuration()) return false;  // the latter: a clock set back
  if (!state.etag().empty()) request->headers.push_back({"If-None-Match", state.etag()});
  if (!state.last_modified().empty())
    request->headers.push_back({"If-Modified-Since", state.last_modified()});
  return true;
}

void set_validators(std::string_view clean_url, const HttpResponse& response, AccountState* state) {
  clear_validators(state);
  const std::string etag(header_value(response.headers, "etag"));
  const std::string modified(header_value(response.headers, "last-modified"));
  if (etag.empty() && modified.empty()) return;
  if (etag.size() > kMostValidator || modified.size() > kMostValidator) return;
  // They are sent back byte by byte; proto strings and headers hold only clean text.
  if (!is_valid_utf8(etag) || !is_valid_utf8(modified)) return;
  state->set_validator_url(std::string(clean_url));
  state->set_etag(etag);
  state->set_last_modified(modified);
}

void clear_validators(AccountState* state) {
  state->clear_validator_url();
  state->clear_etag();
  state->clear_last_modified();
}

}  // namespace copytaster
