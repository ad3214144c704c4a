// The platforms, for catalog.cpp: one pair of functions each, defined in collectors/<name>.cpp.
#pragma once

#include <memory>

#include "core/collector.h"

namespace copytaster {

[[nodiscard]] const CollectorSpec& facebook_spec();
[[nodiscard]] std::unique_ptr<Collector> make_facebook(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& instagram_spec();
[[nodiscard]] std::unique_ptr<Collector> make_instagram(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& threads_spec();
[[nodiscard]] std::unique_ptr<Collector> make_threads(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& x_spec();
[[nodiscard]] std::unique_ptr<Collector> make_x(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& bluesky_spec();
[[nodiscard]] std::unique_ptr<Collector> make_bluesky(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& mastodon_spec();
[[nodiscard]] std::unique_ptr<Collector> make_mastodon(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& telegram_spec();
[[nodiscard]] std::unique_ptr<Collector> make_telegram(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& youtube_spec();
[[nodiscard]] std::unique_ptr<Collector> make_youtube(const CollectorSettings& settings);

[[nodiscard]] const CollectorSpec& feed_spec();
[[nodiscard]] std::unique_ptr<Collector> make_feed(const CollectorSettings& settings);

}  // namespace copytaster
