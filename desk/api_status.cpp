#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "desk/api.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

std::string why_not_ready(const Desk& desk) {
  return desk.house.not_ready ? desk.house.not_ready() : std::string();
}

absl::StatusOr<std::string> sources_json(const Desk& desk) {
  CT_ASSIGN_OR_RETURN(std::vector<AccountState> states, desk.house.store->account_states());
  JsonWriter json;
  json.begin_object().key("sources").begin_array();
  for (AccountState& state : states) {
    // Paging positions may hold signed URLs: the collector's business, not the desk's.
    state.clear_cursor();
    state.clear_validator_url();
    state.set_last_error(without_secrets(state.last_error()));
    if (state.has_profile()) {
      state.mutable_profile()->set_url(without_secrets(state.profile().url()));
      state.mutable_profile()->set_profile_url(without_secrets(state.profile().profile_url()));
    }
    json.raw(to_json(state));
  }
  return json.end_array().member("notice", desk.house.store->notice()).end_object().text();
}

absl::StatusOr<std::string> status_json(const Desk& desk) {
  const Store& store = *desk.house.store;
  CT_ASSIGN_OR_RETURN(const std::vector<AccountState> states, store.account_states());
  std::uint64_t failing = 0, paused = 0;
  for (const AccountState& state : states) {
    failing += state.failures() > 0 ? 1 : 0;
    paused += state.paused() ? 1 : 0;
  }
  const Counters counters = store.counters();
  const std::string why = why_not_ready(desk);
  JsonWriter json;
  json.begin_object().member("ready", why.empty()).member_if("why_not_ready", why);
  json.member("now", format_rfc3339(desk.house.clock->now())).key("counters").begin_object();
  json.member("captures", std::uint64_t{counters.captures()})
      .member("collected", std::uint64_t{counters.collected()});
  json.member("stored", std::uint64_t{counters.stored()});
  json.member("dead_lettered", std::uint64_t{counters.dead_lettered()}).end_object();
  json.key("sources").begin_object().member("all", std::uint64_t{states.size()});
  json.member("failing", failing).member("paused", paused).end_object();
  if (desk.house.dead_letters) {
    CT_ASSIGN_OR_RETURN(const DeadLetterDigest digest, desk.house.dead_letters());
    json.key("dead_letters").begin_object();
    digest.write(json);
    json.end_object();
  }
  json.member("login", desk.gate->needs_token());
  return json.member("notice", store.notice()).end_object().text();
}

}  // namespace

ServerResponse get_sources(const Desk& desk, const ServerRequest& request, const std::string&) {
  auto body = sources_json(desk);
  return body.ok() ? with_etag(request, json_reply(*std::move(body))) : status_reply(body.status());
}

ServerResponse get_status(const Desk& desk, const ServerRequest&, const std::string&) {
  auto body = status_json(desk);
  return body.ok() ? json_reply(*std::move(body)) : status_reply(body.status());
}

ServerResponse get_livez(const Desk&, const ServerRequest&, const std::string&) {
  return reply(200, "text/plain; charset=utf-8", "live\n");
}

ServerResponse get_readyz(const Desk& desk, const ServerRequest&, const std::string&) {
  const std::string why = why_not_ready(desk);
  if (why.empty()) return reply(200, "text/plain; charset=utf-8", "ready\n");
  return error_reply(503, "not_ready", why);
}

}  // namespace copytaster
