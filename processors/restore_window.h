// Which stored items a start takes back into memory, and in what order. An item is asked about by its
// outline: what memory would have let go long ago is never read.
//
//   copies     posts of the window, at most max_posts, the newest (CopySettings)
//   stories    posts of a story that has one in the stories' window; our own articles as long as they are
//              background of such a story (StorySettings)
//   pictures   older posts with pictures, the newest max_pictures: they are not bound to the window
//
// The window ends with the newest post, as it does while posts come. First all items are noted, in any order;
// then they are asked about. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/item_outline.h"
#include "core/officials.h"
#include "processors/copy_settings.h"
#include "processors/story_settings.h"

namespace copytaster {

// What of memory an item goes back into.
struct RestoreParts {
  bool copies = false, stories = false, pictures = false;
  [[nodiscard]] bool any() const { return copies || stories || pictures; }
};

class RestoreWindow {
 public:
  // `officials` outlive it.
  RestoreWindow(const Officials& officials, const CopySettings& copies, const StorySettings& stories)
      : officials_(officials), copies_(copies), stories_(stories) {}

  // `bytes`: of its record.
  void note(const ItemOutline& outline, std::size_t bytes);
  // To be called once, after the last note().
  void close();
  [[nodiscard]] bool is_newsroom(const ItemOutline& outline) const;
  [[nodiscard]] RestoreParts parts_of(const ItemOutline& outline) const;
  // Where an item stands in the order in which memory takes it: Unix seconds; without a date, last.
  [[nodiscard]] static std::int64_t place_of(const ItemOutline& outline);
  // Places at which to begin anew, ascending, the first 0, so that the records wanted between one and the
  // next are about `most_bytes` or one hour's.
  [[nodiscard]] std::vector<std::int64_t> slices(std::size_t most_bytes) const;

 private:
  struct Hour {
    std::size_t posts = 0, bytes = 0, media = 0, media_bytes = 0;
  };

  const Officials& officials_;
  CopySettings copies_;
  StorySettings stories_;
  std::int64_t newest_ = 0;
  std::map<std::int64_t, Hour> hours_;  // by place / 3600
  // Hash of a story's id -> its newest post, of those that may lie in the window. Two that share a hash keep
  // each other alive: harmless.
  absl::flat_hash_map<std::uint64_t, std::uint32_t> lives_;
  std::int64_t copies_from_ = 0, stories_from_ = 0, articles_from_ = 0, pictures_from_ = 0;
};

}  // namespace copytaster
