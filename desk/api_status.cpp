#include <array>

#include "core/json.h"
#include "core/source_health.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "desk/api.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

std::string why_not_ready(const Desk& desk) {
  return desk.house.not_ready ? desk.house.not_ready() : std::string();
}

struct SourceCounts {
  std::uint64_t all = 0, alarms = 0;
  std::array<std::uint64_t, kSourceHealths> by_health = {};
};

// Of those that are followed now.
absl::StatusOr<SourceCounts> count_sources(const Desk& desk) {
  CT_ASSIGN_OR_RETURN(const std::vector<AccountState> states, desk.house.store->account_states());
  StringMap<SourceHealth> health;
  for (const AccountState& state : states) health[state.account_id()] = health_of(state);
  SourceCounts out;
  for (const Official& official : desk.house.sources.officials) {
    for (const Account& account : official.accounts()) {
      const auto known = health.find(account.id());
      const SourceHealth is = known == health.end() ? SourceHealth::kNew : known->second;
      ++out.all;
      ++out.by_health[static_cast<std::size_t>(is)];
      out.alarms += is_alarm(is) ? 1 : 0;
    }
  }
  return out;
}

absl::StatusOr<std::string> status_json(const Desk& desk) {
  const Store& store = *desk.house.store;
  CT_ASSIGN_OR_RETURN(const SourceCounts sources, count_sources(desk));
  const Counters counters = store.counters();
  const std::string why = why_not_ready(desk);
  JsonWriter json;
  json.begin_object().member("ready", why.empty()).member_if("why_not_ready", why);
  json.member("now", format_rfc3339(desk.house.clock->now())).key("counters").begin_object();
  json.member("captures", std::uint64_t{counters.captures()})
      .member("collected", std::uint64_t{counters.collected()});
  json.member("stored", std::uint64_t{counters.stored()});
  json.member("dead_lettered", std::uint64_t{counters.dead_lettered()}).end_object();
  json.key("sources").begin_object().member("all", sources.all).member("alarms", sources.alarms);
  for (std::size_t i = 0; i < kSourceHealths; ++i)
    json.member(health_name(static_cast<SourceHealth>(i)), sources.by_health[i]);
  json.end_object();
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
