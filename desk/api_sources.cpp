// Sources: every account that is followed, how it is and why, pausing and resuming it; and what is brought in
// by hand.
#include "core/json.h"
#include "core/log.h"
#include "core/source_health.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "desk/api.h"
#include "desk/body_fields.h"
#include "desk/one_line.h"
#include "desk/reply.h"
#include "desk/source_list.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestReason = 1000;

// Paging positions may hold signed URLs: the collector's business, not the desk's.
AccountState shown_state(AccountState state) {
  state.clear_cursor();
  state.clear_validator_url();
  state.set_last_error(without_secrets(state.last_error()));
  state.set_pause_reason(without_secrets(state.pause_reason()));
  state.set_moved_to(without_secrets(state.moved_to()));
  if (state.has_profile()) {
    state.mutable_profile()->set_url(without_secrets(state.profile().url()));
    state.mutable_profile()->set_profile_url(without_secrets(state.profile().profile_url()));
  }
  return state;
}

void write_source(JsonWriter& json, ListedSource source) {
  json.begin_object().member("id", source.id()).member("followed", source.account != nullptr);
  if (source.official != nullptr)
    json.member("official", source.official->name()).member("official_id", source.official->id());
  if (const Account* account = source.account) {
    json.member("platform", account->platform()).member("handle", account->handle());
    json.member("profile_url", without_secrets(account->profile_url()));
  }
  json.member("health", health_name(source.health)).member("alarm", source.needs_a_look());
  json.member_if("reason", without_secrets(health_reason(source.state)));
  json.key("state").raw(to_json(shown_state(std::move(source.state)))).end_object();
}

absl::StatusOr<std::string> sources_json(const Desk& desk, const ServerRequest& request) {
  CT_ASSIGN_OR_RETURN(const SourceQuery query, source_query(request));
  const std::string month = format_rfc3339(desk.house.clock->now()).substr(0, 7);
  CT_ASSIGN_OR_RETURN(SourceList list,
                      list_sources(*desk.house.store, desk.house.sources.officials, query, month));
  JsonWriter json;
  json.begin_object().key("sources").begin_array();
  for (ListedSource& source : list.sources) write_source(json, std::move(source));
  json.end_array().member("more", list.more).member("matched", std::uint64_t{list.matched});
  json.key("counts").begin_object();
  list.counts.write(json);
  json.end_object().member("former", std::uint64_t{list.former});
  json.key("not_collected").begin_object();
  for (const auto& [platform, accounts] : list.not_collected) json.member(platform, std::uint64_t{accounts});
  json.end_object();
  json.key("spent").begin_object().member("month", month).member("usd", list.spent_usd).end_object();
  return json.member("notice", desk.house.store->notice()).end_object().text();
}

ServerResponse change_hold(const Desk& desk, const std::string& id, const std::optional<Hold>& hold,
                           std::string_view by) {
  if (!desk.house.sources.hold)
    return error_reply(503, "unavailable", "No collector runs here.", "Ask the process that collects.");
  if (const absl::Status done = desk.house.sources.hold(id, hold, by); !done.ok()) return status_reply(done);
  log_info(hold ? "source.paused" : "source.resumed",
           hold ? "An account is not asked any more until somebody resumes it" : "An account is asked again",
           {{"account.id", id}, {"user.name", by}, {"reason", hold ? hold->reason() : std::string()}});
  JsonWriter json;
  json.begin_object().member("id", id).member("paused", hold.has_value()).end_object();
  return json_reply(json.text());
}

}  // namespace

ServerResponse get_sources(const Desk& desk, const ServerRequest& request, const std::string&) {
  auto body = sources_json(desk, request);
  return body.ok() ? with_etag(request, json_reply(*std::move(body))) : status_reply(body.status());
}

ServerResponse get_officials(const Desk& desk, const ServerRequest& request, const std::string&) {
  JsonWriter json;
  json.begin_object().key("officials").begin_array();
  for (const Official& official : desk.house.sources.officials) {
    json.begin_object().member("id", official.id()).member("name", official.name());
    json.member("kind", OfficialKind_Name(official.kind())).end_object();
  }
  json.end_array().member("notice", desk.house.store->notice()).end_object();
  return with_etag(request, json_reply(json.text()));
}

ServerResponse pause_source(const Desk& desk, const ServerRequest& request, const std::string& id) {
  const auto fields = body_fields(request, {"by", "reason"});
  if (!fields.ok()) return status_reply(fields.status());
  const auto field = [&](std::string_view name, std::size_t most) {
    const auto found = fields->find(name);
    return found == fields->end() ? std::string() : one_line(found->second, most);
  };
  Hold hold;
  hold.set_by(field("by", kLongestName));
  hold.set_reason(field("reason", kLongestReason));
  if (hold.by().empty() || hold.reason().empty())
    return error_reply(400, "invalid_argument", "Who pauses it, and why?", "Send the fields by and reason.");
  set_timestamp(hold.mutable_at(), desk.house.clock->now());
  return change_hold(desk, id, hold, hold.by());
}

ServerResponse resume_source(const Desk& desk, const ServerRequest& request, const std::string& id) {
  auto fields = body_fields(request, {"by"});
  if (!fields.ok()) return status_reply(fields.status());
  return change_hold(desk, id, std::nullopt, one_line((*fields)["by"], kLongestName));
}

ServerResponse post_intake(const Desk& desk, const ServerRequest& request, const std::string&) {
  if (!desk.house.sources.intake)
    return error_reply(503, "unavailable", "Nothing can be brought in here.",
                       "Ask the process that collects.");
  auto fields = body_fields(request, {"url", "text", "page", "official_id", "created_at", "by", "note"},
                            {"text", "page"});
  if (!fields.ok()) return status_reply(fields.status());
  IntakeRequest intake;
  intake.url = std::string(strip_space((*fields)["url"]));
  intake.text = std::move((*fields)["text"]);
  intake.page = std::move((*fields)["page"]);
  intake.official_id = std::string(strip_space((*fields)["official_id"]));
  intake.created_at = std::string(strip_space((*fields)["created_at"]));
  intake.by = std::move((*fields)["by"]);
  intake.note = std::move((*fields)["note"]);
  const auto brought = desk.house.sources.intake(std::move(intake));
  if (!brought.ok()) return status_reply(brought.status());
  JsonWriter json;
  json.begin_object().member("item_id", brought->item_id);
  if (brought->known) {
    json.member("known", true).member("corrected", brought->corrected).member("first_by", brought->first_by);
    json.member("first_at", format_rfc3339(brought->first_at));
  }
  json.end_object();
  ServerResponse response = json_reply(json.text());
  response.status = brought->known ? 200 : 201;
  return response;
}

}  // namespace copytaster
