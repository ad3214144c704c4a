#include "collectors/stream_settings.h"

#include <utility>

#include "collectors/bluesky_jetstream.h"
#include "collectors/mastodon_stream.h"
#include "collectors/platforms_support.h"

namespace copytaster {
namespace {

absl::Status check_bluesky(const CollectorSettings& settings) {
  if (setting(settings, "jetstream", "").empty()) return absl::OkStatus();
  return BlueskyJetstream(settings).usable();
}

absl::Status check_mastodon(const CollectorSettings& settings) {
  if (setting(settings, "stream", "").empty()) return absl::OkStatus();
  return MastodonStream(settings).open_stream(StreamPlan()).status();
}

}  // namespace

absl::Status check_stream_settings(std::string_view platform, const CollectorSettings& settings) {
  static constexpr std::pair<std::string_view, absl::Status (*)(const CollectorSettings&)> kStreams[] = {
      {"bluesky", check_bluesky}, {"mastodon", check_mastodon}};
  for (const auto& [name, check] : kStreams)
    if (name == platform) return check(settings);
  return absl::OkStatus();
}

}  // namespace copytaster
