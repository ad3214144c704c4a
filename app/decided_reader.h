// The store as the desk and the exports read it: every picture with the newest that an editor has decided
// about it. A decision is in force from the moment it is kept, also for posts and stories whose records the
// processing has not made anew, or never will: what stands in a record is never asked alone.
//
// Any thread may read, and put(). What it reads through outlives it.
#pragma once

#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/forwarding_reader.h"
#include "core/strings.h"
#include "processors/rights_decisions.h"

namespace copytaster {

// Of older versions and of serialised items the rights are as they were written down.
class DecidedReader final : public ForwardingReader {
 public:
  explicit DecidedReader(const StoreReader& below) : ForwardingReader(below) {}

  // Takes up what is kept as Actions. Errors as each_action's.
  absl::Status load(const Store& store);
  void put(const RightsDecision& decision);
  [[nodiscard]] bool full() const;  // RightsDecisions::full()
  // As it is now; without a state: nobody has said anything.
  [[nodiscard]] Rights rights(const Item& item, const Media& media) const;
  // The newest about a file of these bytes: by themselves, or where they stand in a post that was decided
  // about, in another one of its story, or in one that was read since the start (four such posts at most).
  [[nodiscard]] Rights of_bytes(std::string_view sha256) const;

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override;
  [[nodiscard]] absl::StatusOr<const Item*> item_in(std::string_view id, Item* room) const override;
  [[nodiscard]] absl::StatusOr<Story> story(std::string_view id) const override;
  [[nodiscard]] absl::StatusOr<std::vector<Story>> stories(std::size_t limit) const override;
  absl::Status each_item(const std::function<bool(const Item&)>& visit) const override;

 private:
  void decide(Item& item) const;
  void decide(Story& story) const;
  // Remembers that these bytes are withheld in this post, though nothing is said of the bytes themselves.
  void take_note(const Item& item, const Media& media) const;
  // Notes what the decision withholds in the post it was made at, and in the others of its story.
  void look_around(const RightsDecision& decision) const;
  [[nodiscard]] std::vector<std::string> posts_to_ask(std::string_view sha256) const;

  static constexpr std::size_t kMostNoted = 100'000;  // files
  static constexpr std::size_t kMostPlaces = 1'000;   // posts
  static constexpr std::size_t kMostPostsOfOne = 4;

  mutable std::shared_mutex mutex_;  // of all below; nothing is read from the store under it
  RightsDecisions decisions_;
  mutable StringMap<std::vector<std::string>> noted_;  // SHA-256 -> ids of posts
  // Posts where a picture is withheld by where it stands: its bytes were not here, and may come any time.
  std::vector<std::string> places_;
};

}  // namespace copytaster
