// What a collector on a machine of its own remembers of the posts that it has handed on: enough to tell
// whether a post is news, which pictures are still to be fetched and which posts are to be read again. The
// stored posts are the desk's.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "bus/remote_key_value.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// One thread.
class KnownPosts {
 public:
  // `memory` outlives it. Older posts than `keep` are forgotten, and the oldest where there are more than
  // kMost.
  KnownPosts(RemoteKeyValue* memory, absl::Duration keep) : memory_(memory), keep_(keep) {}

  static constexpr std::size_t kMost = 100'000;

  // A parcel that was handed on, by this collector or by the one before it, in the order of the log.
  void take(const Parcel& parcel);
  void prune(absl::Time now);
  // Of accounts that are others' now.
  void forget_account(std::string_view account_id);
  [[nodiscard]] std::size_t size() const { return by_age_.size(); }

 private:
  [[nodiscard]] bool find(std::string_view item_id, Item* item) const;
  void put(const Item& item);
  void drop(const std::string& item_id);

  RemoteKeyValue* memory_;
  absl::Duration keep_;
  struct Place {
    std::int64_t age;  // Unix seconds
    std::string account_id;
  };
  std::map<std::string, Place, std::less<>> places_;
  std::set<std::pair<std::int64_t, std::string>> by_age_;
};

}  // namespace copytaster
