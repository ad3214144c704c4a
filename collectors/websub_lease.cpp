#include "collectors/websub_lease.h"

#include <algorithm>

#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr char kHub[] = "hub";
constexpr char kTopic[] = "topic";
constexpr char kLease[] = "websub";
constexpr std::size_t kLongestUrl = 2048;  // a longer one is somebody's joke

std::string detail(const AccountState& state, const char* name) {
  const auto& details = state.profile().details();
  const auto found = details.find(name);
  return found == details.end() ? std::string() : found->second;
}

bool is_usable(std::string_view url) { return url.size() <= kLongestUrl && is_valid_utf8(url); }

}  // namespace

void note_websub_offer(const Capture& answer, const Account& said, AccountState* state) {
  const WebSubOffer offer = websub_offer(answer, said);
  const auto hub = std::find_if(offer.hubs.begin(), offer.hubs.end(), [](const std::string& url) {
    return starts_with_ignore_case(url, "https://") && is_usable(url);
  });
  if (hub == offer.hubs.end() || offer.topic.empty() || !is_usable(offer.topic)) {
    if (!websub_source(*state)) return;
    state->mutable_profile()->mutable_details()->erase(kHub);
    state->mutable_profile()->mutable_details()->erase(kTopic);
    return;
  }
  auto& details = *state->mutable_profile()->mutable_details();
  details[kHub] = *hub;
  details[kTopic] = offer.topic;
}

WebSubSource websub_source(const AccountState& state) { return {detail(state, kHub), detail(state, kTopic)}; }

WebSubLease websub_lease(const AccountState& state) {
  const Position text(detail(state, kLease));
  WebSubLease lease;
  lease.source = {std::string(text.get("hub")), std::string(text.get("topic"))};
  lease.home = std::string(text.get("home"));
  if (text.time("until") > 0) lease.until = absl::FromUnixMillis(text.time("until"));
  return lease;
}

void set_websub_lease(const WebSubLease& lease, AccountState* state) {
  if (!lease.source) {
    if (!detail(*state, kLease).empty()) state->mutable_profile()->mutable_details()->erase(kLease);
    return;
  }
  Position text("");
  text.set("hub", lease.source.hub);
  text.set("topic", lease.source.topic);
  text.set("until", absl::ToUnixMillis(lease.until));
  text.set("home", lease.home);
  (*state->mutable_profile()->mutable_details())[kLease] = text.text();
}

}  // namespace copytaster
