// A post of the X API as an Item (https://docs.x.com/x-api/fundamentals/data-dictionary). Pure.
//
// An edit is a new id; edit_history_tweet_ids lists all of one post, oldest first, and its first is the
// item's native id for good (https://docs.x.com/x-api/fundamentals/edit-posts). What a post points at stands
// beside it in the answer's "includes", if it can be read at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

// As long as the JsonDocument of the answer. Of two objects with one id the first.
class XIncludes {
 public:
  explicit XIncludes(Json includes);
  [[nodiscard]] Json user(std::string_view id) const { return find(users_, id); }
  [[nodiscard]] Json post(std::string_view id) const { return find(posts_, id); }
  // That one, or another version of the same post: who quotes the first is answered with the newest.
  [[nodiscard]] Json any_version(std::string_view id) const;
  [[nodiscard]] Json media(std::string_view key) const { return find(media_, key); }
  // What the answer cost in US dollars, with its "data": $0.005 each post, $0.010 each user, those included
  // too, for X charges for each resource that an answer returns
  // (https://docs.x.com/x-api/getting-started/pricing, August 2026). X charges one resource once in a UTC
  // day, which one answer cannot know: this is the most it cost. Whether included media are charged X does
  // not say; they are not counted.
  [[nodiscard]] double cost_usd(Json data) const;

 private:
  using ById = StringMap<Json>;
  [[nodiscard]] static Json find(const ById& all, std::string_view id);
  ById users_;
  ById posts_;
  ById versions_;  // by the ids of all their versions
  ById media_;
};

// Whose posts these are, where the answer does not say: a user costs twice as much as a post.
struct XOwner {
  std::string id;
  std::string username;
  std::string name;
};

// The id that stays the same over all edits; empty when the post has none.
[[nodiscard]] std::string x_canonical_id(Json post);
// The id of its newest version.
[[nodiscard]] std::string x_newest_id(Json post);

// Fails with the reason why the post cannot be read (kInvalidArgument).
[[nodiscard]] absl::StatusOr<Item> x_item(Json post, const XIncludes& includes, const XOwner& owner);

// What a user says of himself. details: "id".
[[nodiscard]] Account x_profile(Json user);

}  // namespace copytaster
