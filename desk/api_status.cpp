#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "desk/api.h"
#include "desk/health_json.h"
#include "desk/reply.h"
#include "desk/source_list.h"

namespace copytaster {
namespace {

std::string why_not_ready(const Desk& desk) {
  return desk.house.not_ready ? desk.house.not_ready() : std::string();
}

absl::StatusOr<std::string> status_json(const Desk& desk) {
  const StoreReader& store = *desk.house.store;
  const absl::Time now = desk.house.clock->now();
  CT_ASSIGN_OR_RETURN(const SourceCounts sources, count_sources(store, desk.house.sources.officials));
  const Counters counters = store.counters();
  const std::string why = why_not_ready(desk);
  JsonWriter json;
  json.begin_object().member("ready", why.empty()).member_if("why_not_ready", why);
  json.member("now", format_rfc3339(now)).key("counters").begin_object();
  json.member("captures", std::uint64_t{counters.captures()})
      .member("collected", std::uint64_t{counters.collected()});
  json.member("stored", std::uint64_t{counters.stored()});
  json.member("dead_lettered", std::uint64_t{counters.dead_lettered()}).end_object();
  json.key("sources").begin_object();
  sources.write(json);
  json.end_object().key("streams");
  write_streams(json, desk.house.sources.streams ? desk.house.sources.streams() : std::vector<StreamHealth>(),
                now);
  json.key("credentials");
  write_credentials(json, desk.house.sources.credentials, now);
  if (desk.house.letters.balance) {
    json.key("balance");
    write_balance(json, desk.house.letters.balance());
  }
  if (desk.house.letters.digest) {
    CT_ASSIGN_OR_RETURN(const DeadLetterDigest digest, desk.house.letters.digest());
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
