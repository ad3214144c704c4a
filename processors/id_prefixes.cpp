#include "processors/id_prefixes.h"

#include "core/text.h"

namespace copytaster {

std::size_t id_prefix_size(std::string_view id) { return id.find_last_of("/:?#=&") + 1; }  // npos + 1 == 0

std::size_t IdPrefixes::Hash::operator()(std::string_view text) const { return stable_hash(text); }

std::uint32_t IdPrefixes::take(std::string_view prefix) {
  if (const auto found = numbers_.find(prefix); found != numbers_.end()) {
    ++entries_[*found].ids;
    return *found;
  }
  auto number = static_cast<std::uint32_t>(entries_.size());
  if (free_.empty()) {
    entries_.emplace_back();
  } else {
    number = free_.back();
    free_.pop_back();
  }
  Entry& entry = entries_[number];
  entry.text = prefix;
  entry.ids = 1;
  text_bytes_ += entry.text.capacity();
  numbers_.insert(number);
  return number;
}

void IdPrefixes::give_back(std::uint32_t number) {
  Entry& entry = entries_[number];
  if (--entry.ids > 0) return;
  numbers_.erase(number);
  text_bytes_ -= entry.text.capacity();
  std::string().swap(entry.text);
  free_.push_back(number);
}

std::size_t IdPrefixes::memory_bytes() const {
  return entries_.size() * sizeof(Entry) + free_.capacity() * sizeof(std::uint32_t) + text_bytes_ +
         numbers_.capacity() * (sizeof(std::uint32_t) + 1);
}

}  // namespace copytaster
