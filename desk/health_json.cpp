#include "desk/health_json.h"

#include <optional>

#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

void time_if(JsonWriter& json, std::string_view name, const std::optional<absl::Time>& time) {
  if (time) json.member(name, format_rfc3339(*time));
}

}  // namespace

void write_streams(JsonWriter& json, const std::vector<StreamHealth>& streams, absl::Time now) {
  json.begin_array();
  for (const StreamHealth& stream : streams) {
    json.begin_object().member("name", stream.name).member("state", stream_state_name(stream));
    json.member("alarm", is_alarm(stream)).member("words", without_secrets(stream_words(stream, now)));
    json.member("accounts", stream.accounts).member("reconnects", stream.reconnects);
    time_if(json, "open_since", stream.open_since);
    time_if(json, "last_message", stream.last_frame);
    time_if(json, "position_at", stream.position_at);
    time_if(json, "polling_since", stream.polling_since);
    json.member_if("polling_why", without_secrets(stream.polling_why));
    time_if(json, "gap_at", stream.gap_at);
    json.member_if("gap_why", without_secrets(stream.gap_why));
    json.member_if("last_error", without_secrets(stream.last_error)).end_object();
  }
  json.end_array();
}

void write_balance(JsonWriter& json, const Balance& balance) {
  json.begin_object().member("collected", balance.collected).member("stored", balance.stored);
  json.member("dead_lettered", balance.dead_lettered).member("settled", balance.settled);
  if (balance.settled) {
    json.member("unaccounted", balance.unaccounted());
  } else {
    json.member("waiting", balance.waiting());
  }
  json.end_object();
}

void write_credentials(JsonWriter& json, const std::vector<CredentialHealth>& credentials, absl::Time now) {
  json.begin_array();
  for (const CredentialHealth& credential : credentials) {
    const CredentialState state = credential_state(credential, now);
    json.begin_object().member("platform", credential.platform).member("setting", credential.setting);
    json.member("state", credential_state_name(state)).member("alarm", is_alarm(state));
    json.member("words", credential_words(credential, now)).member("stated", credential.stated.has_value());
    time_if(json, "expires", credential_expires(credential));
    time_if(json, "put_at", credential.put);
    json.end_object();
  }
  json.end_array();
}

}  // namespace copytaster
