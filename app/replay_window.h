// What was handed on of each post last, as a collector knows it: what is not stored yet stands here, the rest
// in the store that is being made. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

class ReplayWindow {
 public:
  // Outlives it.
  explicit ReplayWindow(const StoreReader* made) : made_(made) {}

  struct Post {
    std::uint32_t version = 0;  // 0: it is not known
    bool stands = false;        // it was not taken back since
    std::string content_hash;
    [[nodiscard]] bool says(const Item& item) const { return stands && content_hash == item.content_hash(); }
  };
  // kDataLoss and the like: of the store.
  absl::StatusOr<Post> find(std::string_view item_id) const;

  // Something of it was handed on, and that is not stored yet.
  [[nodiscard]] bool is_waiting(std::string_view item_id) const { return posts_.contains(item_id); }
  // Both are followed by the parcel that says so in a given().
  void handed_on(const Item& item, const Post& before);
  void taken_back(std::string_view item_id, const Post& before);
  // The parcel goes to who stores it; stored(): all that was given is.
  void given(const Parcel& parcel);
  void stored();

 private:
  const StoreReader* made_;
  struct Waiting {
    Post post;
    int steps = 0;  // that are not stored yet
  };
  void put(std::string_view item_id, Post post);

  StringMap<Waiting> posts_;
  std::vector<std::string> given_;
};

}  // namespace copytaster
