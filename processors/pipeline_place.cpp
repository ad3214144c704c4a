// How a post is placed: folded, put into its story, weighed; and what that teaches about others.
#include <algorithm>
#include <optional>

#include "core/item.h"
#include "processors/dedupe.h"
#include "processors/pipeline_impl.h"

namespace copytaster {

// What fell out of memory's window is not judged anew: what it repeats, and who else is in its story, is
// not known any more. What is stored stays.
bool Pipeline::Impl::fold_stays(const Item& item) const {
  if (!copies.has_dropped()) return false;
  const std::string& original = item.duplicate_of().item_id();
  const CopyJudgement* said = copies.judgements().find(item.id(), original);
  if (said != nullptr && !said->same) return false;
  if (!original.empty() && !copies.find(original)) return true;
  return !item.story_id().empty() && !copies.find(item.id());
}

bool Pipeline::Impl::story_stays(const Item& item) const {
  return !item.story_id().empty() && stories.has_dropped() && !stories.story_of(item.id());
}

// Whose copy a post is that has left the window only the store knows.
std::vector<Refold> Pipeline::Impl::part_as_stored(const CopyJudgement& judgement,
                                                   const EarlierPosts* posts) {
  if (posts == nullptr || (copies.find(judgement.item_id) && copies.find(judgement.other_id))) return {};
  const std::string shown = shown_for(judgement.item_id, *posts);
  if (shown.empty() || shown != shown_for(judgement.other_id, *posts)) return {};
  std::vector<Refold> refolds =
      copies.take_out(shown == judgement.item_id ? judgement.other_id : judgement.item_id);
  const std::string& stays = shown == judgement.other_id ? judgement.item_id : judgement.other_id;
  copies.note_place_of(stays, shown);
  return refolds;
}

// "" where it is not stored.
std::string Pipeline::Impl::shown_for(std::string_view item_id, const EarlierPosts& posts) {
  constexpr int kMostHops = 8;
  std::string shown;
  std::string next(item_id);
  Item room;
  for (int hop = 0; hop < kMostHops && !next.empty(); ++hop) {
    const Item* item = posts.find(next, &room);
    if (item == nullptr) break;
    shown = next;
    next = item->duplicate_of().item_id();
  }
  return shown;
}

// What an edit let go and found again at once is stored as it was: a typo was mended.
void Pipeline::Impl::drop_what_came_back(std::string_view item_id, std::vector<Refold>& released,
                                         std::vector<Refold>& refolds) const {
  const auto root = copies.group_of(item_id);
  if (!root || copies.number_of(item_id) != root || copies.group_of(released.front().item_id) != root) return;
  absl::flat_hash_set<std::string> ids;
  for (const Refold& one : released) ids.insert(one.item_id);
  std::erase_if(refolds, [&](const Refold& one) { return ids.contains(one.item_id); });
  released.clear();
}

// Who is kept apart from this one and has left the window: in whose group, is told by what is stored.
void Pipeline::Impl::note_judged(std::string_view item_id, const EarlierPosts* posts) {
  if (posts == nullptr || copies.judgements().empty()) return;
  Item room;
  for (const CopyJudgement& said : copies.judgements().of(item_id)) {
    if (said.same || copies.group_of(said.other_id)) continue;
    const Item* other = posts->find(said.other_id, &room);
    if (other != nullptr) copies.note_place_of(said.other_id, other->duplicate_of().item_id());
  }
}

void Pipeline::Impl::fold(Item& item, const EarlierPosts* posts) {
  take(copies.forget_lost_pictures(item));
  note_judged(item.id(), posts);
  const LookUp look_up = copies.look_up(item);
  const auto passes_on = [&](std::string_view id) {
    Item room;
    const Item* reshare = posts == nullptr ? nullptr : posts->find(id, &room);
    return reshare == nullptr || reshare->repost_of().item_id() == item.id();
  };
  std::vector<Refold> released = copies.release(look_up, passes_on);
  const Folding folding = fold_item(item, look_up, copies, posts);
  std::vector<Refold> refolds = copies.remember(item, look_up);
  if (!released.empty()) drop_what_came_back(item.id(), released, refolds);
  take(std::move(released), &item);
  take(std::move(refolds), &item);
  for (const DuplicateOf& also : folding.also) take(copies.unite(item.id(), also), &item);
}

absl::Status Pipeline::Impl::place(Item& item, const EarlierPosts* posts) {
  stories.settle();
  Context with = context(true);
  with.posts = posts;
  const bool newsroom = is_newsroom(item, officials);
  // What was said of it before it came again is newer than what it comes with, and older than what is found
  // out now.
  if (revised.erase(item.id()) > 0) {
    for (const Revision& revision : revisions) {
      if (revision.item_id == item.id()) apply(revision, item);
    }
    std::erase_if(revisions, [&](const Revision& revision) { return revision.item_id == item.id(); });
  }
  const std::size_t before = revisions.size();
  if (newsroom) {  // our own coverage repeats nobody, and nobody's post is a copy of it
    item.clear_duplicate_of();
    item.clear_may_copy();
  } else if (!fold_stays(item)) {
    fold(item, posts);
  }
  if (newsroom || !story_stays(item)) {
    CT_RETURN_IF_ERROR(run("stories", item, with));
    take(stories.remember(item, officials, &copies), item);
  }
  follow_roots(before);
  set_rights(item, posts);
  if (!newsroom) tell_copies(item);
  return run("newsworthiness", item, with);
}

}  // namespace copytaster
