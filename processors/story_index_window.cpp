// What StoryIndex lets go of, and what it takes.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "processors/story_index.h"

namespace copytaster {

// Stories that nobody can join any more give up their words; those outside the window are forgotten.
void StoryIndex::expire() {
  const std::int64_t closed = newest_ - 2 * absl::ToInt64Seconds(settings_.open);
  const std::int64_t oldest = newest_ - absl::ToInt64Seconds(settings_.window);
  // A story of reshares alone has no profile: its posts say when it was.
  const auto is_over = [oldest](const Story& story) {
    return story.profile.last < oldest &&
           std::ranges::none_of(story.members, [oldest](const Member& m) { return m.seconds >= oldest; });
  };
  std::vector<StoryNumber> dropped;
  for (auto& [number, story] : stories_) {
    if (is_over(story) || story_of_item_.size() > settings_.max_items) dropped.push_back(number);
    if (story.profile.last >= closed) continue;
    story.profile.terms = {};
    for (Member& member : story.members) std::vector<std::uint32_t>().swap(member.keys);
  }
  // First those to which nothing has come for the longest.
  std::ranges::sort(dropped, {},
                    [this](StoryNumber number) { return stories_.find(number)->second.touched; });
  for (const StoryNumber number : dropped) {
    const auto found = stories_.find(number);
    const bool over = is_over(found->second);
    if (!over && story_of_item_.size() <= settings_.max_items) continue;
    // Its record may not be made yet from what came last.
    if (!over) let_go_[found->second.id] = members(found->second.id);
    for (const Member& member : found->second.members) story_of_item_.erase(member.id);
    by_id_.erase(found->second.id);
    stories_.erase(found);
    has_dropped_ = true;
  }
  absl::erase_if(postings_, [&](auto& entry) {
    std::erase_if(entry.second, [&](StoryNumber number) {
      const auto story = stories_.find(number);
      return story == stories_.end() || story->second.profile.last < closed;
    });
    return entry.second.empty();
  });
}

std::size_t StoryIndex::memory_bytes() const {
  std::size_t bytes = sizeof *this + stats_.memory_bytes();
  for (const auto& [number, story] : stories_) {
    bytes += sizeof story + story.profile.terms.memory_bytes() + story.profile.entities.memory_bytes();
    for (const Member& member : story.members)
      bytes +=
          sizeof member + member.id.capacity() + member.keys.capacity() * 4 + member.names.capacity() * 8;
  }
  for (const auto& [key, stories] : postings_) bytes += 32 + stories.capacity() * sizeof(StoryNumber);
  return bytes + (story_of_item_.capacity() + by_id_.capacity()) * (sizeof(std::string) + 8);
}

}  // namespace copytaster
