// The lists of PictureIndex: which pictures have the same bytes, which are of one item, which are folded into
// one, and what becomes of these when some go.
#include "processors/picture_index_lists.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/text.h"
#include "processors/picture_index.h"

namespace copytaster {

void PictureIndex::append(std::uint64_t to, Lists& lists, Links Entry::*links, std::uint32_t number) {
  List& list = lists[to];
  entries_[number].*links = {kNone, list.last};
  (list.last == kNone ? list.first : (entries_[list.last].*links).next) = number;
  list.last = number;
}

void PictureIndex::remove(std::uint64_t from, Lists& lists, Links Entry::*links, std::uint32_t number) {
  const auto known = lists.find(from);
  if (known == lists.end()) return;
  List& list = known->second;
  const Links own = std::exchange(entries_[number].*links, Links());
  (own.previous == kNone ? list.first : (entries_[own.previous].*links).next) = own.next;
  (own.next == kNone ? list.last : (entries_[own.next].*links).previous) = own.previous;
  if (list.first == kNone) lists.erase(known);
}

void PictureIndex::set_fold(std::uint32_t number, const std::string& into) {
  Entry& entry = entries_[number];
  if (entry.folded) {
    const auto known = folded_into_.find(number);
    if (known->second == into) return;
    remove(stable_hash(known->second), by_first_, &Entry::fellows, number);
    folded_bytes_ -= heap_bytes(known->second);
    folded_into_.erase(known);
  }
  entry.folded = !into.empty();
  if (!entry.folded) return;
  folded_bytes_ += heap_bytes(folded_into_[number] = into);
  append(stable_hash(into), by_first_, &Entry::fellows, number);
}

void PictureIndex::forget(std::uint32_t number) {
  Entry& entry = entries_[number];
  by_key_.erase(stable_hash(entry.key));
  if (entry.has_sha) remove(head_of(entry.sha), by_sha_, &Entry::same, number);
  remove(stable_hash(item_of_picture(entry.key)), by_item_, &Entry::siblings, number);
  set_fold(number, "");
  key_bytes_ -= heap_bytes(entry.key);
  entry.key = std::string();
}

PictureMove PictureIndex::move_fellows(const std::string& from) {
  PictureMove move;
  std::vector<std::uint32_t> fellows;
  if (const auto list = by_first_.find(stable_hash(from)); list != by_first_.end()) {
    for (std::uint32_t at = list->second.first; at != kNone; at = entries_[at].fellows.next) {
      if (folded_into_.at(at) == from) fellows.push_back(at);
    }
  }
  if (fellows.empty()) return move;
  std::ranges::sort(fellows);  // the first seen
  move.from = from;
  move.to = entries_[fellows.front()].key;
  for (const std::uint32_t number : fellows) {
    set_fold(number, number == fellows.front() ? "" : move.to);
    add_marks(number, std::nullopt);
    if (move.keys.size() < kMostMoved) move.keys.push_back(entries_[number].key);
  }
  return move;
}

std::vector<std::string> PictureIndex::folded_into(std::string_view key, std::size_t most) const {
  std::vector<std::string> keys;
  const auto list = by_first_.find(stable_hash(key));
  if (list == by_first_.end()) return keys;
  for (std::uint32_t at = list->second.first; at != kNone && keys.size() < most;
       at = entries_[at].fellows.next) {
    if (folded_into_.at(at) == key) keys.push_back(entries_[at].key);
  }
  return keys;
}

std::vector<PictureMove> PictureIndex::keep_only(const Item& item) {
  std::vector<PictureMove> moves;
  const auto known = by_item_.find(stable_hash(item.id()));
  if (known == by_item_.end()) return moves;
  absl::flat_hash_set<std::string> kept;
  for (const Media& media : item.media()) kept.insert(picture_key(item.id(), media));
  std::vector<std::uint32_t> lost;
  for (std::uint32_t at = known->second.first; at != kNone; at = entries_[at].siblings.next) {
    if (item_of_picture(entries_[at].key) == item.id() && !kept.contains(entries_[at].key))
      lost.push_back(at);
  }
  for (const std::uint32_t number : lost) {
    const std::string key = entries_[number].key;
    forget(number);
    PictureMove move = move_fellows(key);
    if (!move.keys.empty()) moves.push_back(std::move(move));
  }
  return moves;
}

void PictureIndex::drop_oldest_half() {
  const auto gone = static_cast<std::uint32_t>(entries_.size() / 2);
  const auto left = static_cast<std::uint32_t>(entries_.size()) - gone;
  auto folds = std::exchange(folded_into_, {});
  by_key_.clear();
  for (Lists* lists : {&by_sha_, &by_item_, &by_first_}) lists->clear();
  near_.clear();
  marks_.drop_before(gone);
  key_bytes_ = folded_bytes_ = 0;
  for (std::uint32_t number = 0; number < left; ++number) {
    Entry& entry = entries_[number];
    entry = std::move(entries_[number + gone]);
    if (entry.key.empty()) continue;
    key_bytes_ += heap_bytes(entry.key);
    by_key_[stable_hash(entry.key)] = number;
    append(stable_hash(item_of_picture(entry.key)), by_item_, &Entry::siblings, number);
    if (entry.has_sha) append(head_of(entry.sha), by_sha_, &Entry::same, number);
    if (entry.has_bits) list(number, bits_[number + gone]);
    if (std::exchange(entry.folded, false)) set_fold(number, folds.at(number + gone));
  }
  entries_.shorten(left);
  bits_.shorten(left);
}

}  // namespace copytaster
