// The copies of a post's pictures in other posts, which may be in other stories.
#include <algorithm>

#include "core/photographer.h"
#include "core/rights.h"
#include "processors/picture_match.h"
#include "processors/pipeline_impl.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostCopies = 16;     // of one picture
constexpr std::size_t kMostElsewhere = 16;  // posts of other stories that are read for one

// What it is folded into may have got another name since it was decided: its post knows.
const Rights* rights_at(std::string_view key, const EarlierPosts& posts, Item* room) {
  const Item* item = posts.find(item_of_picture(key), room);
  if (item == nullptr) return nullptr;
  for (const Media& media : item->media()) {
    if (state_of(media.rights()) != kRightsGranted && media.has_rights() &&
        picture_key(item->id(), media) == key)
      return &media.rights();
  }
  return nullptr;
}

}  // namespace

// The ids of the posts that have the same pictures: the first one seen, and what else is folded into it.
std::vector<std::string> Pipeline::Impl::copies_of_pictures(const Item& item) const {
  std::vector<std::string> ids;
  const auto add = [&](std::string_view key) {
    const std::string_view id = item_of_picture(key);
    if (id != item.id() && std::ranges::find(ids, id) == ids.end()) ids.emplace_back(id);
  };
  for (const Media& media : item.media()) {
    if (media.kind() != PICTURE) continue;
    const std::string first =
        media.folded_into().empty() ? picture_key(item.id(), media) : media.folded_into();
    add(first);
    for (const std::string& key : copies.pictures().folded_into(first, kMostCopies)) add(key);
  }
  return ids;
}

std::vector<std::string> Pipeline::Impl::elsewhere(const StoryMaterial& material) const {
  // Others of a large story, which are not read, tell of its pictures as those of other stories do.
  absl::flat_hash_set<std::string_view> here;
  for (const StoryPost& post : material.posts) here.insert(post.item->id());
  std::vector<std::string> out;
  for (const StoryPost& post : material.posts) {
    for (std::string& id : copies_of_pictures(*post.item)) {
      if (here.contains(id) || std::ranges::find(out, id) != out.end()) continue;
      if (out.size() == kMostElsewhere) return out;
      out.push_back(std::move(id));
    }
  }
  return out;
}

// A photographer is credited in every story that shows the picture: these are made anew.
void Pipeline::Impl::tell_copies(const Item& item) {
  const bool tells = std::ranges::any_of(item.media(), [](const Media& media) {
    return media.kind() == PICTURE && names_photographer(media.attribution());
  });
  if (!tells) return;
  for (const std::string& id : copies_of_pictures(item)) stories.touch(id);
}

// As decided, and nothing else: behind an address another picture may stand than the one that was decided
// about.
void Pipeline::Impl::set_rights(Item& item, const EarlierPosts* posts) const {
  if (decisions.empty()) return;
  for (Media& media : *item.mutable_media()) {
    if (media.kind() != PICTURE) continue;
    const Rights* rights = decisions.find(item, media);
    Item room;
    if (rights == nullptr && posts != nullptr && !media.folded_into().empty())
      rights = rights_at(media.folded_into(), *posts, &room);
    if (rights != nullptr) {
      *media.mutable_rights() = *rights;
    } else {
      media.clear_rights();
    }
  }
}

// The posts that are known to show it; those that come later find it decided.
void Pipeline::Impl::decide(const RightsDecision& decision, const EarlierPosts* posts) {
  decisions.put(decision);
  std::vector<std::string> ids = {decision.item_id};
  Item room;
  const Item* item = posts == nullptr ? nullptr : posts->find(decision.item_id, &room);
  for (int i = 0; item != nullptr && i < item->media_size(); ++i) {
    const Media& media = item->media(i);
    if (!is_about(decision, *item, media)) continue;
    const std::string first =
        media.folded_into().empty() ? picture_key(item->id(), media) : media.folded_into();
    std::vector<std::string> keys = copies.pictures().folded_into(first, PictureIndex::kMostMoved);
    keys.push_back(first);
    for (const std::string& key : keys) ids.emplace_back(item_of_picture(key));
  }
  std::ranges::sort(ids);
  const auto twice = std::ranges::unique(ids);
  ids.erase(twice.begin(), twice.end());
  for (std::string& id : ids) {
    stories.touch(id);
    Revision revision;
    revision.item_id = std::move(id);
    revision.decided = decision;
    revise(std::move(revision));
  }
}

}  // namespace copytaster
