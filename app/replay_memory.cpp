#include "app/replay_memory.h"

#include <algorithm>
#include <ranges>

#include "app/versions.h"
#include "core/status.h"
#include "core/time.h"

namespace copytaster {
namespace {

// The old version that says what the new one says, if there is one.
const Item& like(const std::vector<Item>& old, const Item& item, std::uint32_t number) {
  const auto same = [&](const Item& one) { return one.content_hash() == item.content_hash(); };
  if (number >= 1 && number <= old.size() && same(old[number - 1])) return old[number - 1];
  const auto found = std::ranges::find_if(old, same);
  return found == old.end() ? old.back() : *found;
}

// What the fetching of a picture found out, without what is read from its bytes: that is read again.
Media as_fetched(const Media& known, const Media& wanted) {
  Media media;
  media.set_native_id(wanted.native_id());
  media.set_state(known.state());
  media.set_sha256(known.sha256());
  media.set_size_bytes(known.size_bytes());
  media.set_read_text(known.read_text());  // reading words again takes long, and is no rule of ours
  if (known.state() == MISSING) media.set_problem(known.problem());
  return media;
}

// As it was before its bytes came and the steps looked at it.
Media as_wanted(const Media& known) {
  Media media;
  media.set_kind(known.kind());
  media.set_url(known.url());
  media.set_preview_url(known.preview_url());
  media.set_alt_text(known.alt_text());
  media.set_caption(known.caption());
  media.set_credit(known.credit());
  media.set_native_id(known.native_id());
  return media;
}

}  // namespace

Item as_handed_on(Item stored) {
  stored = collected(std::move(stored));
  for (Media& media : *stored.mutable_media()) media = as_wanted(Media(media));
  stored.set_state(LIVE);
  stored.clear_gone_at();
  stored.clear_gone_proof();
  stored.clear_gone_capture_sha256();
  return stored;
}

absl::StatusOr<ReplayMemory> ReplayMemory::of(const StoreReader& old) {
  ReplayMemory memory(&old);
  absl::Status bad;
  CT_RETURN_IF_ERROR(old.each_item([&](const Item& newest) {
    if (newest.version() <= 1 && !newest.has_intake()) return true;
    auto versions = memory.versions(newest.id());
    if (!versions.ok()) return bad = versions.status(), false;
    for (Item& version : *versions) {
      if (!version.has_intake()) continue;
      std::pair key(version.capture_sha256(), to_time(version.collected_at()));
      memory.by_hand_.emplace(std::move(key), as_handed_on(std::move(version)));
    }
    return true;
  }));
  CT_RETURN_IF_ERROR(bad);
  return memory;
}

absl::StatusOr<std::vector<Item>> ReplayMemory::versions(std::string_view item_id) const {
  auto all = old_->versions(item_id);
  if (absl::IsNotFound(all.status())) return std::vector<Item>();
  return all;
}

std::vector<PictureResult> ReplayMemory::pictures(const std::vector<Item>& old, const Item& item,
                                                  std::uint32_t number) {
  std::vector<PictureResult> all;
  if (old.empty()) return all;
  const Item& before = like(old, item, number);
  for (int i = 0; i < item.media_size(); ++i) {
    const Media& media = item.media(i);
    const Media* known = same_picture(before, item, media);
    if (known == nullptr || known->state() == WANTED) continue;
    PictureResult& result = all.emplace_back();
    result.set_item_id(item.id());
    result.set_media_index(static_cast<std::uint32_t>(i));
    result.set_url(media.url());
    *result.mutable_media() = as_fetched(*known, media);
  }
  return all;
}

std::vector<EngagementAt> ReplayMemory::engagements(const std::vector<Item>& old, const Item* made) {
  std::vector<EngagementAt> all;
  if (old.empty()) return all;
  const auto is_there = [&](const EngagementAt& noted) {
    return made != nullptr && std::ranges::any_of(made->engagement_history(), [&](const EngagementAt& one) {
             return one.age_seconds() == noted.age_seconds();
           });
  };
  for (const EngagementAt& noted : old.back().engagement_history()) {
    if (is_there(noted)) continue;
    all.push_back(noted);
    all.back().set_item_id(old.back().id());
  }
  return all;
}

std::vector<Item> ReplayMemory::brought_in(std::string_view sha256, absl::Time at) {
  const auto [begin, end] = by_hand_.equal_range(std::pair(std::string(sha256), at));
  std::vector<Item> items;
  for (auto& [key, item] : std::ranges::subrange(begin, end)) items.push_back(std::move(item));
  by_hand_.erase(begin, end);
  return items;
}

std::vector<Item> ReplayMemory::rest() {
  std::vector<Item> items;
  for (auto& [key, item] : by_hand_) items.push_back(std::move(item));
  by_hand_.clear();
  std::ranges::stable_sort(items, {}, &Item::version);
  return items;
}

}  // namespace copytaster
