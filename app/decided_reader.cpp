#include "app/decided_reader.h"

#include <algorithm>
#include <mutex>

#include "core/rights.h"
#include "core/status.h"

namespace copytaster {
namespace {

bool stands_for_a_place(const RightsDecision& decision) {
  return std::ranges::any_of(decision.pictures,
                             [](const std::string& name) { return name.find("#@") != std::string::npos; });
}

}  // namespace

absl::Status DecidedReader::load(const Store& store) {
  return store.each_action([&](const Action& action) {
    if (const auto decision = to_rights_decision(action)) put(*decision);
    return true;
  });
}

void DecidedReader::put(const RightsDecision& decision) {
  const bool withheld = !may_export_file(decision.rights);
  {
    const std::unique_lock lock(mutex_);
    decisions_.put(decision);
    if (withheld && stands_for_a_place(decision) && places_.size() < kMostPlaces &&
        std::ranges::find(places_, decision.item_id) == places_.end()) {
      places_.push_back(decision.item_id);
    }
  }
  if (withheld) look_around(decision);
}

bool DecidedReader::full() const {
  const std::shared_lock lock(mutex_);
  return decisions_.full();
}

Rights DecidedReader::rights(const Item& item, const Media& media) const {
  const std::shared_lock lock(mutex_);
  const Rights* decided = decisions_.find(item, media);
  return decided == nullptr ? media.rights() : newest_rights(*decided, media.rights());
}

std::vector<std::string> DecidedReader::posts_to_ask(std::string_view sha256) const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> ids = places_;
  if (const auto noted = noted_.find(sha256); noted != noted_.end())
    ids.insert(ids.end(), noted->second.begin(), noted->second.end());
  return ids;
}

Rights DecidedReader::of_bytes(std::string_view sha256) const {
  Item bare;
  bare.add_media()->set_sha256(std::string(sha256));
  Rights newest = rights(bare, bare.media(0));
  for (const std::string& id : posts_to_ask(sha256)) {
    Item room;
    const auto item = below().item_in(id, &room);
    if (!item.ok()) continue;
    for (const Media& media : (*item)->media()) {
      if (media.sha256() == sha256) newest = newest_rights(newest, rights(**item, media));
    }
  }
  return newest;
}

void DecidedReader::take_note(const Item& item, const Media& media) const {
  if (media.sha256().empty()) return;
  const auto has_it = [&](const auto& noted) {
    return noted != noted_.end() && (noted->second.size() >= kMostPostsOfOne ||
                                     std::ranges::find(noted->second, item.id()) != noted->second.end());
  };
  {
    const std::shared_lock lock(mutex_);
    if (has_it(noted_.find(media.sha256()))) return;
  }
  const std::unique_lock lock(mutex_);
  const auto noted = noted_.find(media.sha256());
  if (has_it(noted) || (noted == noted_.end() && noted_.size() >= kMostNoted)) return;
  noted_[media.sha256()].push_back(item.id());
}

void DecidedReader::look_around(const RightsDecision& decision) const {
  const auto at = item(decision.item_id);  // reading it takes note
  if (!at.ok() || at->story_id().empty()) return;
  const auto story = below().story(at->story_id());
  if (!story.ok()) return;
  for (const StoryPicture& picture : story->pictures()) {
    (void)item(picture.item_id());
    for (const std::string& id : picture.also_in()) (void)item(id);
  }
}

void DecidedReader::decide(Item& item) const {
  for (Media& media : *item.mutable_media()) {
    if (media.kind() != PICTURE) continue;
    Rights now = rights(item, media);
    if (now.state().empty()) continue;
    if (!may_export_file(now)) take_note(item, media);
    *media.mutable_rights() = std::move(now);
  }
}

// The post's own record may tell more than the picture's bytes: what they are folded into, where they stand.
void DecidedReader::decide(Story& story) const {
  for (StoryPicture& picture : *story.mutable_pictures()) {
    Item bare;
    bare.set_id(picture.item_id());
    Media& media = *bare.add_media();
    media.set_sha256(picture.sha256());
    if (picture.has_rights()) *media.mutable_rights() = picture.rights();
    Rights now = rights(bare, media);
    Item room;
    const auto item = below().item_in(picture.item_id(), &room);
    const int index = static_cast<int>(picture.media_index());
    if (item.ok() && index < (*item)->media_size() && (*item)->media(index).sha256() == picture.sha256())
      now = newest_rights(now, rights(**item, (*item)->media(index)));
    if (!now.state().empty()) *picture.mutable_rights() = std::move(now);
  }
}

absl::StatusOr<Item> DecidedReader::item(std::string_view id) const {
  CT_ASSIGN_OR_RETURN(Item item, below().item(id));
  decide(item);
  return item;
}

absl::StatusOr<const Item*> DecidedReader::item_in(std::string_view id, Item* room) const {
  CT_ASSIGN_OR_RETURN(*room, item(id));
  return room;
}

absl::StatusOr<Story> DecidedReader::story(std::string_view id) const {
  CT_ASSIGN_OR_RETURN(Story story, below().story(id));
  decide(story);
  return story;
}

absl::StatusOr<std::vector<Story>> DecidedReader::stories(std::size_t limit) const {
  CT_ASSIGN_OR_RETURN(std::vector<Story> all, below().stories(limit));
  for (Story& story : all) decide(story);
  return all;
}

absl::Status DecidedReader::each_item(const std::function<bool(const Item&)>& visit) const {
  {
    const std::shared_lock lock(mutex_);
    if (decisions_.empty()) return below().each_item(visit);
  }
  return below().each_item([&](const Item& stored) {
    Item item = stored;
    decide(item);
    return visit(item);
  });
}

}  // namespace copytaster
