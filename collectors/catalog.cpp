#include "collectors/catalog.h"

#include <array>

#include "collectors/elsewhere.h"
#include "collectors/platforms.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

// Its servers have any host, so that it would take the profiles of other platforms for its own.
bool takes_any_host(const CollectorSpec& spec) {
  return spec.url_shapes.front().starts_with("https://HOST/");
}

}  // namespace

std::span<const CatalogEntry> catalog() {
  static constexpr std::array<CatalogEntry, 9> kPlatforms = {{
      {facebook_spec, make_facebook},
      {instagram_spec, make_instagram},
      {threads_spec, make_threads},
      {x_spec, make_x},
      {bluesky_spec, make_bluesky},
      {mastodon_spec, make_mastodon},
      {telegram_spec, make_telegram},
      {youtube_spec, make_youtube},
      {feed_spec, make_feed},
  }};
  return kPlatforms;
}

Collectors::Collectors(const StringMap<CollectorSettings>& settings) {
  for (const CatalogEntry& entry : catalog()) {
    const std::string name(entry.spec().name);
    auto found = settings.find(entry.spec().name);
    by_name_[name] = entry.make(found == settings.end() ? CollectorSettings() : found->second);
  }
}

absl::StatusOr<Account> Collectors::recognise(std::string_view profile_url) const {
  std::string shapes;
  const absl::StatusOr<Account> elsewhere = account_elsewhere(profile_url);
  const bool is_elsewhere = !absl::IsNotFound(elsewhere.status());
  for (const CatalogEntry& entry : catalog()) {
    if (is_elsewhere && takes_any_host(entry.spec())) continue;
    auto account = find(entry.spec().name)->recognise(profile_url);
    if (account.ok() || !absl::IsNotFound(account.status())) return account;
    for (const std::string_view shape : entry.spec().url_shapes) {
      str_append(&shapes, shapes.empty() ? "" : ", ", shape);
    }
  }
  if (is_elsewhere && !elsewhere.ok()) return elsewhere.status();
  if (elsewhere.ok()) {
    return absl::InvalidArgumentError(
        str_cat("nothing is collected from ", label_elsewhere(elsewhere->platform()), " ('",
                without_secrets(profile_url), "'): bring its posts in by hand"));
  }
  return absl::InvalidArgumentError(
      str_cat("no platform knows '", without_secrets(profile_url), "'; known are ", shapes));
}

const Collector* Collectors::find(std::string_view platform) const {
  auto found = by_name_.find(platform);
  return found == by_name_.end() ? nullptr : found->second.get();
}

}  // namespace copytaster
