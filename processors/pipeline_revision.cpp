// What a Revision does to the stored item that it is about.
#include <algorithm>

#include "processors/picture_match.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

void move_pictures(const Revision& revision, Item& item) {
  for (Media& media : *item.mutable_media()) {
    if (media.folded_into() != revision.picture_from) continue;
    if (picture_key(item.id(), media) == revision.picture_to) {
      media.clear_folded_into();
      media.clear_fold();
      continue;
    }
    media.set_folded_into(revision.picture_to);
    // What it was found to be stays true.
    if (media.has_fold() && media.fold().like_key().empty())
      media.mutable_fold()->set_like_key(revision.picture_from);
  }
}

}  // namespace

void apply(const Revision& revision, Item& item) {
  if (!revision.picture_from.empty()) move_pictures(revision, item);
  if (revision.duplicate_of) {
    if (revision.duplicate_of->item_id().empty()) {
      item.clear_duplicate_of();
    } else {
      *item.mutable_duplicate_of() = *revision.duplicate_of;
    }
  }
  if (revision.decided) {
    for (Media& media : *item.mutable_media()) {
      if (media.kind() == PICTURE && is_about(*revision.decided, item, media))
        *media.mutable_rights() = revision.decided->rights;
    }
  }
  if (!revision.answered.empty()) {
    auto& asked = *item.mutable_may_copy();
    asked.erase(std::remove_if(asked.begin(), asked.end(),
                               [&](const DuplicateOf& one) {
                                 return one.item_id() == revision.answered ||
                                        one.like_id() == revision.answered;
                               }),
                asked.end());
  }
  if (!revision.story_id) return;
  item.set_story_id(*revision.story_id);
  *item.mutable_story_evidence() = revision.story_evidence;
}

}  // namespace copytaster
