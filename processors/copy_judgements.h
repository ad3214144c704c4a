// What editors have said about two posts: that they are one statement, or that they are not. The newest
// answer about two posts holds, over whatever the rules find. Kept as Actions in the store; this is their
// memory.
//
// One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

struct CopyJudgement {
  std::string item_id, other_id;
  bool same = false;
  std::string by;
  absl::Time at = absl::InfinitePast();
};

// The Action it is kept as: verb "fold" or "unfold", subject item_id, details["of"] other_id.
[[nodiscard]] Action to_action(const CopyJudgement& judgement);
// nullopt: the action is about something else, or does not make sense.
[[nodiscard]] std::optional<CopyJudgement> to_judgement(const Action& action);

class CopyJudgements {
 public:
  // Of one post; further answers replace the oldest ones. Nobody judges a post a thousand times.
  static constexpr std::size_t kMostOfAPost = 256;
  static constexpr std::size_t kMostPosts = 1'000'000;

  explicit CopyJudgements(std::size_t most_posts = kMostPosts) : most_posts_(most_posts) {}

  // Of more posts than it may hold it takes what is said of those it knows.
  void put(const CopyJudgement& judgement);
  [[nodiscard]] const CopyJudgement* find(std::string_view item_id, std::string_view other_id) const;
  // All about one post, oldest first; item_id is that post.
  [[nodiscard]] const std::vector<CopyJudgement>& of(std::string_view item_id) const;
  // Whether it is kept apart from any.
  [[nodiscard]] bool sets_apart(std::string_view item_id) const;
  [[nodiscard]] bool empty() const { return of_.empty(); }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  void put_one_way(CopyJudgement judgement);
  void take_out(const std::string& item_id, const std::string& other_id);

  std::size_t most_posts_;
  StringMap<std::vector<CopyJudgement>> of_;
};

}  // namespace copytaster
