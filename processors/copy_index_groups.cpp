// The groups of CopyIndex: who is shown, who is folded, and what must be rewritten when that changes.
#include <algorithm>
#include <array>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "processors/copy_index.h"
#include "processors/copy_index_post.h"

namespace copytaster {
namespace {

constexpr std::array<std::string_view, 9> kRules = {
    "", "exact-text", "near-text", "cross-post", "same-words", "reshare", "picture", "same-link", "editor"};
constexpr std::uint8_t kEditor = 8;

std::uint8_t rule_code(std::string_view rule) {
  const auto found = std::ranges::find(kRules, rule);
  return static_cast<std::uint8_t>(found == kRules.end() ? 0 : found - kRules.begin());
}

std::uint8_t score_code(float score) {
  return static_cast<std::uint8_t>(std::clamp(score, 0.0F, 1.0F) * 255);
}

}  // namespace

void CopyIndex::join(std::uint32_t root, std::uint32_t member) {
  Post& top = post(root);
  Post& one = post(member);
  one.root = root;
  one.group_previous = root;
  one.group_next = top.group_next;
  if (top.group_next != kNoPost) post(top.group_next).group_previous = member;
  top.group_next = member;
  ++top.copies;
}

void CopyIndex::leave(std::uint32_t member) {
  Post& one = post(member);
  if (one.root == member) return;
  --post(one.root).copies;
  post(one.group_previous).group_next = one.group_next;
  if (one.group_next != kNoPost) post(one.group_next).group_previous = one.group_previous;
  one.root = member;
  one.group_next = one.group_previous = kNoPost;
}

DuplicateOf CopyIndex::fold_of(std::uint32_t member, std::uint32_t root, std::uint32_t through) const {
  const Post& one = post(member);
  DuplicateOf fold;
  fold.set_item_id(shown_id(root));
  fold.set_rule(std::string(kRules[one.rule]));
  fold.set_score(static_cast<float>(one.score) / 255);
  fold.set_relation(one.person == shown_person(root) ? "same-person" : "other-person");
  const Post& top = post(root);
  std::string why = "was there first";
  if (post(through).gone) {
    why = "is gone";
  } else if (post(through).reshare) {
    why = "is a reshare";
  } else if (stands_in(root)) {
    // What was shown then is not known any more.
  } else if (top.person == post(through).person && top.words > post(through).words) {
    why = "is shorter";
  } else if (top.seconds < post(through).seconds) {
    why = "was posted later";
  }
  fold.set_reason(member == through ? str_cat("the same as ", fold.item_id(), "; this one ", why)
                                    : str_cat("a copy of ", id_of(through), ", which ", why));
  if (member != through) fold.set_like_id(std::string(id_of(through)));
  if (one.rule == kEditor) {
    const auto& said = judgements_.of(id_of(member));
    const auto same = std::find_if(said.rbegin(), said.rend(), [](const CopyJudgement& j) { return j.same; });
    if (same != said.rend()) fold.set_by(same->by);
    fold.set_reason("an editor has said so");
  }
  return fold;
}

// Which of two is the better one to show.
bool CopyIndex::overtakes(std::uint32_t challenger, std::uint32_t root) const {
  const Post& a = post(challenger);
  const Post& b = post(root);
  if (a.gone != b.gone) return b.gone;
  if (a.reshare != b.reshare) return b.reshare;
  if (a.person == b.person) {
    // The same person's fullest text; of about equal ones the first.
    if (a.words * 4 >= b.words * 5) return true;
    if (b.words * 4 >= a.words * 5) return false;
  }
  return a.seconds < b.seconds;
}

// What is stored under a post that left the window stays there; and of too many not all could be rewritten.
bool CopyIndex::may_overtake(std::uint32_t challenger, std::uint32_t root) const {
  return !stands_in(root) && post(root).copies <= kMaxGroupToRefold && overtakes(challenger, root);
}

// All of from's group, from itself included, become copies of `to`, which is no copy or one of that group. Of
// a group that is too large only so many are rewritten: the others lead to `from`, and it to `to`.
void CopyIndex::move_root(std::uint32_t from, std::uint32_t to, std::vector<Refold>& refolds) {
  if (post(to).root == from) {
    leave(to);
    refolds.push_back({std::string(id_of(to)), {}});
  }
  std::vector<std::uint32_t> members = members_of(from);
  gather(members, to);
  if (members.size() > kMaxGroupToRefold) members.resize(kMaxGroupToRefold);
  for (const std::uint32_t member : members)
    refolds.push_back({std::string(id_of(member)), fold_of(member, to, from)});
}

void CopyIndex::fold(std::uint32_t number, const Item& item, std::vector<Refold>& refolds) {
  const std::string& shown = item.duplicate_of().item_id();
  const auto group = shown.empty() || shown == item.id() ? std::nullopt : group_of(shown);
  if (!group) return step_out(number);
  const std::uint32_t root = *group;
  if (root == number) {  // it is shown for that one already, or stands in for it
    if (!stands_in(number)) refolds.push_back({item.id(), {}});
    return;
  }
  step_out(number);
  Post& one = post(number);
  one.rule = rule_code(item.duplicate_of().rule());
  one.score = score_code(item.duplicate_of().score());
  if (!may_overtake(number, root)) {
    std::vector<Refold> moved;
    move_root(number, root, moved);
    // The item itself has been told by dedupe, with better words.
    for (Refold& refold : moved) {
      if (refold.item_id != item.id()) refolds.push_back(std::move(refold));
    }
    return;
  }
  Post& top = post(root);
  top.rule = one.rule;
  top.score = one.score;
  refolds.push_back({item.id(), {}});
  move_root(root, number, refolds);
}

// An original that comes after its reshares takes their place.
void CopyIndex::adopt_waiting(std::uint32_t number, const Item& item, std::vector<Refold>& refolds) {
  return_to(number, item.id());
  if (waiting_.empty()) return;
  const auto waiting = waiting_.find(stable_hash(item.id()));
  if (waiting == waiting_.end()) return;
  const std::vector<std::uint32_t> reshares = std::move(waiting->second);
  waiting_.erase(waiting);
  for (const std::uint32_t reshare : reshares) {
    if (reshare < first_ || post(reshare).dead) continue;
    const std::uint32_t root = post(reshare).root;
    const std::uint32_t own_root = post(number).root;
    if (root == own_root || stands_in(root) || keeps_apart(id_of(reshare), own_root)) continue;
    Post& one = post(root);
    one.rule = one.reshare ? rule_code("reshare") : post(reshare).rule;
    one.score = one.reshare ? 255 : post(reshare).score;
    move_root(root, own_root, refolds);
  }
}

// A reshare of what is not here stands for it until it comes.
void CopyIndex::wait_for_original(std::uint32_t number, const Item& item) {
  const std::string& original = item.repost_of().item_id();
  if (original.empty() || post(number).words >= kWordsOfOwnStatement || number_of(original)) return;
  std::vector<std::uint32_t>& waiting = waiting_[stable_hash(original)];
  if (waiting.size() < kMaxGroupToRefold && std::ranges::find(waiting, number) == waiting.end())
    waiting.push_back(number);
}

// Of too many the newest wait on.
void CopyIndex::bound_waiting() {
  if (waiting_.size() <= settings_.max_sketches) return;
  const std::size_t kept = std::min(size(), settings_.max_sketches / 2);
  const std::uint32_t oldest = next_ - static_cast<std::uint32_t>(kept);
  absl::erase_if(waiting_, [&](auto& one) {
    std::erase_if(one.second, [&](std::uint32_t number) { return number < oldest || post(number).dead; });
    return one.second.empty();
  });
}

std::vector<Refold> CopyIndex::remember(const Item& item, const LookUp& look_up) {
  std::vector<Refold> refolds;
  const std::uint32_t number = insert(item, look_up);
  fold(number, item, refolds);
  adopt_waiting(number, item, refolds);
  if (post(number).root == number) wait_for_original(number, item);
  expire(post(number).seconds);
  return refolds;
}

std::vector<Refold> CopyIndex::unite(std::string_view item_id, const DuplicateOf& fold) {
  std::vector<Refold> refolds;
  const auto item = number_of(item_id);
  const auto other = group_of(fold.item_id());
  if (!item || !other) return refolds;
  const std::uint32_t root = post(*item).root;
  if (root == *other || keeps_apart(id_of(root), *other)) return refolds;
  join_groups(root, *other, rule_code(fold.rule()), score_code(fold.score()), refolds);
  return refolds;
}

// Both of them roots. Nothing happens where what is shown for either has left the window.
void CopyIndex::join_groups(std::uint32_t one, std::uint32_t other, std::uint8_t rule, std::uint8_t score,
                            std::vector<Refold>& refolds) {
  if (stands_in(one) && stands_in(other)) return;
  const bool wins = stands_in(one) || may_overtake(one, other);
  const std::uint32_t folded = wins ? other : one;
  post(folded).rule = rule;
  post(folded).score = score;
  move_root(folded, wins ? one : other, refolds);
}

// A post may be in another group than the stored one: what changed it was refused.
void CopyIndex::restore_fold(std::uint32_t number, const Item& item) {
  const std::string& shown = item.duplicate_of().item_id();
  const auto root = group_of(shown);
  if (root == number) {  // it had been made the root of what it is stored as a copy of, or stands in for it
    if (!stands_in(number)) gather(members_of(number), *number_of(shown));
    return;
  }
  step_out(number);
  if (root) return gather(members_of(number), *root);
  const bool same_person = item.duplicate_of().relation() == "same-person";
  stand_in(number, shown, same_person ? post(number).person : 0);
}

void CopyIndex::restore(const Item& item) {
  (void)pictures_.keep_only(item);  // where a newer version was refused
  const std::uint32_t number = insert(item, look_up(item));
  const std::string& shown = item.duplicate_of().item_id();
  if (!shown.empty() && shown != item.id()) {
    Post& one = post(number);
    one.rule = rule_code(item.duplicate_of().rule());
    one.score = score_code(item.duplicate_of().score());
    restore_fold(number, item);
  } else {
    step_out(number);
    wait_for_original(number, item);
  }
  std::vector<Refold> said_already;
  adopt_waiting(number, item, said_already);
  note_newest(post(number).seconds);
  trim();
}

void CopyIndex::restore_pictures(const Item& item) { remember_pictures(item); }

void CopyIndex::settle(bool all) {
  has_dropped_ = has_dropped_ || !all;
  const std::int64_t oldest = newest_ - absl::ToInt64Seconds(settings_.window);
  for (std::uint32_t number = first_; number != next_; ++number) {
    if (!post(number).dead && post(number).seconds < oldest) drop(number);
  }
  trim();
}

bool CopyIndex::is_kept_apart(std::string_view item_id, std::uint32_t root) const {
  return std::ranges::any_of(judgements_.of(item_id), [&](const CopyJudgement& said) {
    return !said.same && is_of_group(said.other_id, root);
  });
}

bool CopyIndex::keeps_apart(std::string_view item_id, std::uint32_t root) const {
  if (judgements_.empty()) return false;
  if (is_kept_apart(item_id, root)) return true;
  const auto own = number_of(item_id);
  if (!own || post(*own).root != *own || *own == root) return false;
  if (const Past* past = past_of(*own)) {
    const auto left_apart = [&](const std::string& id) { return !number_of(id) && is_kept_apart(id, root); };
    if (left_apart(past->shown) || std::ranges::any_of(past->judged, left_apart)) return true;
  }
  std::size_t looked = 0;
  for (std::uint32_t at = post(*own).group_next; at != kNoPost && looked < kMaxGroupToRefold;
       at = post(at).group_next, ++looked) {
    if (is_kept_apart(id_of(at), root)) return true;
  }
  return false;
}

// What is folded into it is another's from now on.
void CopyIndex::go_alone(std::uint32_t number, std::vector<Refold>& refolds) {
  if (post(number).root != number || stands_in(number)) {
    step_out(number);
    refolds.push_back({id_of(number), {}});
    return;
  }
  part(copies_by_words(number, [](std::string_view) { return false; }), refolds);
}

// Somebody in the one group is kept apart from somebody in the other: only one of the two goes over, one that
// nothing is folded into if there is one. Where each of them is kept apart from the other's group, they meet
// outside of both.
void CopyIndex::move_alone(std::uint32_t item, std::uint32_t other, std::vector<Refold>& refolds) {
  for (const bool shown : {false, true}) {
    for (const auto& [mover, stays] : {std::pair(other, item), std::pair(item, other)}) {
      const std::uint32_t to = post(stays).root;
      if ((post(mover).copies > 0 && !shown) || is_kept_apart(id_of(mover), to)) continue;
      go_alone(mover, refolds);
      post(mover).rule = kEditor;
      post(mover).score = 255;
      return move_root(mover, to, refolds);
    }
  }
  go_alone(item, refolds);
  go_alone(other, refolds);
  join_groups(item, other, kEditor, 255, refolds);
}

std::vector<Refold> CopyIndex::answer(const CopyJudgement& judgement) {
  judgements_.put(judgement);
  std::vector<Refold> refolds;
  const auto root = group_of(judgement.item_id);
  const auto other_root = group_of(judgement.other_id);
  if (!judgement.same) {
    const bool one_group = (root && is_of_group(judgement.other_id, *root)) ||
                           (other_root && is_of_group(judgement.item_id, *other_root));
    if (!one_group) return refolds;
    const std::uint32_t group = root ? *root : *other_root;
    const std::string& leaver = shown_id(group) == judgement.item_id ? judgement.other_id : judgement.item_id;
    if (post(group).has_past) std::erase(pasts_.find(group)->second.judged, leaver);
    return take_out(leaver);
  }
  if (!root || !other_root || *root == *other_root) return refolds;
  const auto item = number_of(judgement.item_id);
  const auto other = number_of(judgement.other_id);
  if (!keeps_apart(id_of(*root), *other_root) && !keeps_apart(id_of(*other_root), *root)) {
    join_groups(*root, *other_root, kEditor, 255, refolds);
  } else if (item && other) {
    move_alone(*item, *other, refolds);
  }
  return refolds;
}

std::vector<Refold> CopyIndex::take_out(std::string_view item_id) {
  if (const auto number = number_of(item_id)) step_out(*number);
  return {{std::string(item_id), {}}};
}

std::vector<Refold> CopyIndex::forget(std::string_view item_id) {
  std::vector<Refold> refolds;
  const auto number = number_of(item_id);
  if (!number) return refolds;
  post(*number).gone = true;
  if (post(*number).root != *number || post(*number).copies == 0 || stands_in(*number)) return refolds;
  const std::uint32_t heir = heir_of(*number);
  if (!overtakes(heir, *number)) return refolds;
  post(*number).rule = post(heir).rule;
  post(*number).score = post(heir).score;
  move_root(*number, heir, refolds);
  return refolds;
}

// Those of the first kMaxGroupToRefold copies of a root that do not belong to itself whatever it says.
std::vector<std::uint32_t> CopyIndex::copies_by_words(std::uint32_t root, PassesOn passes_on) const {
  std::vector<std::uint32_t> copies;
  std::size_t looked = 0;
  for (std::uint32_t at = post(root).group_next; at != kNoPost && looked < kMaxGroupToRefold;
       at = post(at).group_next, ++looked) {
    const std::string id = id_of(at);
    const CopyJudgement* said = judgements_.empty() ? nullptr : judgements_.find(id, id_of(root));
    const bool stays = post(at).reshare ? passes_on(id) : said != nullptr && said->same;
    if (!stays) copies.push_back(at);
  }
  return copies;
}

// They leave their root and become a group of their own, under the best of them.
void CopyIndex::part(std::span<const std::uint32_t> members, std::vector<Refold>& refolds) {
  if (members.empty()) return;
  std::uint32_t heir = members.front();
  for (const std::uint32_t member : members) {
    if (overtakes(member, heir)) heir = member;
  }
  for (const std::uint32_t member : members) leave(member);
  refolds.push_back({id_of(heir), {}});
  for (const std::uint32_t member : members) {
    if (member == heir) continue;
    join(heir, member);
    refolds.push_back({id_of(member), fold_of(member, heir, member)});
  }
}

std::vector<Refold> CopyIndex::release(const LookUp& look_up, PassesOn passes_on) {
  std::vector<Refold> refolds;
  if (!look_up.number) return refolds;
  const std::uint32_t number = *look_up.number;
  const Post& one = post(number);
  const bool same_words = one.exact == static_cast<std::uint32_t>(look_up.sketch.exact >> 32);
  if (same_words || one.reshare || one.copies == 0 || stands_in(number)) return refolds;
  part(copies_by_words(number, passes_on), refolds);
  return refolds;
}

}  // namespace copytaster
