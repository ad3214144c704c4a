#include "app/decided_reader.h"

#include <mutex>

#include "core/rights.h"
#include "core/status.h"

namespace copytaster {

absl::Status DecidedReader::load(const Store& store) {
  return store.each_action([&](const Action& action) {
    if (const auto decision = to_rights_decision(action)) put(*decision);
    return true;
  });
}

void DecidedReader::put(const RightsDecision& decision) {
  const std::unique_lock lock(mutex_);
  decisions_.put(decision);
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

Rights DecidedReader::of_bytes(std::string_view sha256) const {
  Item bare;
  bare.add_media()->set_sha256(std::string(sha256));
  return rights(bare, bare.media(0));
}

void DecidedReader::decide(Item& item) const {
  for (Media& media : *item.mutable_media()) {
    if (media.kind() != PICTURE) continue;
    if (Rights now = rights(item, media); !now.state().empty()) *media.mutable_rights() = std::move(now);
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
    const auto item = below_.item_in(picture.item_id(), &room);
    const int index = static_cast<int>(picture.media_index());
    if (item.ok() && index < (*item)->media_size() && (*item)->media(index).sha256() == picture.sha256())
      now = newest_rights(now, rights(**item, (*item)->media(index)));
    if (!now.state().empty()) *picture.mutable_rights() = std::move(now);
  }
}

absl::StatusOr<Item> DecidedReader::item(std::string_view id) const {
  CT_ASSIGN_OR_RETURN(Item item, below_.item(id));
  decide(item);
  return item;
}

absl::StatusOr<const Item*> DecidedReader::item_in(std::string_view id, Item* room) const {
  CT_ASSIGN_OR_RETURN(*room, item(id));
  return room;
}

absl::StatusOr<Story> DecidedReader::story(std::string_view id) const {
  CT_ASSIGN_OR_RETURN(Story story, below_.story(id));
  decide(story);
  return story;
}

absl::StatusOr<std::vector<Story>> DecidedReader::stories(std::size_t limit) const {
  CT_ASSIGN_OR_RETURN(std::vector<Story> all, below_.stories(limit));
  for (Story& story : all) decide(story);
  return all;
}

absl::Status DecidedReader::each_item(const std::function<bool(const Item&)>& visit) const {
  {
    const std::shared_lock lock(mutex_);
    if (decisions_.empty()) return below_.each_item(visit);
  }
  return below_.each_item([&](const Item& stored) {
    Item item = stored;
    decide(item);
    return visit(item);
  });
}

}  // namespace copytaster
