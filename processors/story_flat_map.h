// A small map in one sorted vector: what hash maps iterate in an order that differs from run to run would
// make equal inputs give unequal sums.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace copytaster {

template <typename Key, typename Value>
class FlatMap {
 public:
  using Entry = std::pair<Key, Value>;

  [[nodiscard]] const Value* find(const Key& key) const {
    const auto at = place(key);
    return at != entries_.end() && at->first == key ? &at->second : nullptr;
  }
  [[nodiscard]] Value* find(const Key& key) { return const_cast<Value*>(std::as_const(*this).find(key)); }
  Value& operator[](const Key& key) {
    const auto at = entries_.begin() + (place(key) - entries_.cbegin());
    if (at != entries_.end() && at->first == key) return at->second;
    return entries_.emplace(at, key, Value())->second;
  }
  [[nodiscard]] auto begin() const { return entries_.begin(); }
  [[nodiscard]] auto end() const { return entries_.end(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::size_t memory_bytes() const { return entries_.capacity() * sizeof(Entry); }

 private:
  [[nodiscard]] auto place(const Key& key) const {
    return std::lower_bound(entries_.cbegin(), entries_.cend(), key,
                            [](const Entry& entry, const Key& wanted) { return entry.first < wanted; });
  }
  std::vector<Entry> entries_;
};

}  // namespace copytaster
