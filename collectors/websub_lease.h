// What an account's stored state says of WebSub: which hub its feed offers now, and what a hub has granted.
// Both stand in the details of AccountState.profile (docs/formats.md), so that a restart knows them, and so
// that an account that is followed no more is still known to a hub. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "collectors/websub.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The hub that is asked of those a feed offers, under the feed's own address.
struct WebSubSource {
  std::string hub;
  std::string topic;
  [[nodiscard]] explicit operator bool() const { return !hub.empty() && !topic.empty(); }
  friend bool operator==(const WebSubSource&, const WebSubSource&) = default;
};

struct WebSubLease {
  WebSubSource source;
  absl::Time until = absl::InfinitePast();
  std::string home;  // which callback address it was granted to: WebSubHome::mark()
};

// Takes over what a whole answer offers (details "hub" and "topic"), and forgets what it offers no more.
// `said`: the profile in that answer. Of several hubs the first with https counts: no other gets a secret.
void note_websub_offer(const Capture& answer, const Account& said, AccountState* state);
// As noted; empty: none.
[[nodiscard]] WebSubSource websub_source(const AccountState& state);

// Detail "websub". One without a source: none was granted, or it has ended.
[[nodiscard]] WebSubLease websub_lease(const AccountState& state);
void set_websub_lease(const WebSubLease& lease, AccountState* state);

}  // namespace copytaster
