// What CopyIndex keeps of posts that have left the window while copies of theirs are here: under which id the
// group is stored, and whom an editor has judged.
#include <algorithm>
#include <utility>

#include "core/text.h"
#include "processors/copy_index.h"
#include "processors/copy_index_post.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostJudged = 64;  // of a group; nobody judges more of one statement

}  // namespace

const CopyIndex::Past* CopyIndex::past_of(std::uint32_t root) const {
  if (!post(root).has_past) return nullptr;
  const auto found = pasts_.find(root);
  return found == pasts_.end() ? nullptr : &found->second;
}

bool CopyIndex::stands_in(std::uint32_t root) const {
  const Past* past = past_of(root);
  return past != nullptr && !past->shown.empty();
}

bool CopyIndex::stands_in_for(std::uint32_t root, std::string_view item_id) const {
  const Past* past = past_of(root);
  return past != nullptr && past->shown == item_id;
}

std::string CopyIndex::shown_id(std::uint32_t root) const {
  return stands_in(root) ? past_of(root)->shown : id_of(root);
}

std::uint32_t CopyIndex::shown_person(std::uint32_t root) const {
  return stands_in(root) ? past_of(root)->person : post(root).person;
}

std::optional<std::uint32_t> CopyIndex::group_of(std::string_view item_id) const {
  if (const auto number = number_of(item_id)) return post(*number).root;
  if (stand_ins_.empty()) return std::nullopt;
  const auto found = stand_ins_.find(stable_hash(item_id));
  if (found == stand_ins_.end() || !stands_in_for(found->second, item_id)) return std::nullopt;
  return found->second;
}

CopyIndex::Past& CopyIndex::make_past(std::uint32_t root) {
  post(root).has_past = true;
  return pasts_[root];
}

void CopyIndex::stand_in(std::uint32_t root, std::string id, std::uint32_t person) {
  stand_ins_[stable_hash(id)] = root;
  Past& past = make_past(root);
  past.shown = std::move(id);
  past.person = person;
}

void CopyIndex::note_judged(std::uint32_t root, std::string_view item_id) {
  std::vector<std::string>& judged = make_past(root).judged;
  if (judged.size() < kMostJudged && std::ranges::find(judged, item_id) == judged.end())
    judged.emplace_back(item_id);
}

void CopyIndex::forget_past(std::uint32_t root) {
  if (!post(root).has_past) return;
  const auto found = pasts_.find(root);
  if (!found->second.shown.empty()) stand_ins_.erase(stable_hash(found->second.shown));
  pasts_.erase(found);
  post(root).has_past = false;
}

void CopyIndex::pass_past(std::uint32_t from, std::uint32_t to) {
  if (!post(from).has_past) return;
  Past past = std::move(pasts_.find(from)->second);
  forget_past(from);
  for (const std::string& id : past.judged) note_judged(to, id);
  if (!past.shown.empty() && !stands_in(to)) stand_in(to, std::move(past.shown), past.person);
}

bool CopyIndex::is_of_group(std::string_view item_id, std::uint32_t root) const {
  if (const auto number = number_of(item_id)) return post(*number).root == root;
  const Past* past = past_of(root);
  return past != nullptr &&
         (past->shown == item_id || std::ranges::find(past->judged, item_id) != past->judged.end());
}

void CopyIndex::note_place_of(std::string_view item_id, std::string_view shown) {
  if (number_of(item_id)) return;
  if (const auto root = group_of(shown)) note_judged(*root, item_id);
}

// Of the copies of a root the one to show in its place, among the first kMaxGroupToRefold.
std::uint32_t CopyIndex::heir_of(std::uint32_t root) const {
  std::uint32_t heir = post(root).group_next;
  std::size_t looked = 0;
  for (std::uint32_t at = heir; at != kNoPost && looked < kMaxGroupToRefold;
       at = post(at).group_next, ++looked) {
    if (overtakes(at, heir)) heir = at;
  }
  return heir;
}

// All of from's group, from itself left out, stand under `to`, one of them. What is stored stays.
void CopyIndex::hand_over(std::uint32_t from, std::uint32_t to) {
  leave(to);
  Post& old = post(from);
  Post& top = post(to);
  top.copies = old.copies;
  top.group_next = old.group_next;
  if (top.group_next != kNoPost) post(top.group_next).group_previous = to;
  for (std::uint32_t at = top.group_next; at != kNoPost; at = post(at).group_next) post(at).root = to;
  old.copies = 0;
  old.group_next = kNoPost;
  pass_past(from, to);
}

// The post is in no group any more. One that is shown itself keeps its copies; one that only stands in does
// not.
void CopyIndex::step_out(std::uint32_t number) {
  if (post(number).root != number) return leave(number);
  if (!stands_in(number)) return;
  if (post(number).copies > 0) {
    hand_over(number, heir_of(number));
  } else {
    forget_past(number);
  }
}

// A group that leaves the window with its last post leaves nothing behind.
void CopyIndex::leave_window(std::uint32_t number) {
  Post& one = post(number);
  const bool judged = !judgements_.empty() && judgements_.sets_apart(id_of(number));
  if (one.root != number) {
    const std::uint32_t root = one.root;
    leave(number);
    if (judged) note_judged(root, id_of(number));
  } else if (one.copies > 0) {
    const std::uint32_t heir = heir_of(number);
    const bool stood_in = stands_in(number);
    hand_over(number, heir);
    if (!stood_in) stand_in(heir, id_of(number), one.person);
    if (stood_in && judged) note_judged(heir, id_of(number));
  } else {
    forget_past(number);
  }
}

// A root and its copies, itself first.
std::vector<std::uint32_t> CopyIndex::members_of(std::uint32_t root) const {
  std::vector<std::uint32_t> members = {root};
  for (std::uint32_t at = post(root).group_next; at != kNoPost; at = post(at).group_next)
    members.push_back(at);
  return members;
}

// All members of a group come under `to`, a root or one of them.
void CopyIndex::gather(std::span<const std::uint32_t> members, std::uint32_t to) {
  for (const std::uint32_t member : members) leave(member);
  for (const std::uint32_t member : members) {
    if (member != to) join(to, member);
  }
  pass_past(members.front(), to);
}

// The post that another stood in for is here again: as it is stored.
void CopyIndex::return_to(std::uint32_t number, std::string_view item_id) {
  if (stand_ins_.empty()) return;
  const auto found = stand_ins_.find(stable_hash(item_id));
  if (found == stand_ins_.end() || !stands_in_for(found->second, item_id)) return;
  const std::uint32_t from = found->second;
  stand_ins_.erase(found);
  pasts_.find(from)->second.shown.clear();
  if (from != post(number).root) gather(members_of(from), post(number).root);
}

}  // namespace copytaster
