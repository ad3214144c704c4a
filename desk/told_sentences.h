// What a person was reported with, so that she is not reported with it twice: people post the same thing in
// other words on another platform. Not thread-safe; bounded a person.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace copytaster {

class ToldSentences {
 public:
  void add(const std::string& person, std::string_view sentence);
  // Most of the words were told, and every number. Others may say the same: that is news.
  [[nodiscard]] bool repeats(const std::string& person, std::string_view sentence) const;

 private:
  using Bag = absl::flat_hash_set<std::string>;
  static Bag bag_of(std::string_view sentence);

  absl::flat_hash_map<std::string, std::vector<Bag>> told_;
};

}  // namespace copytaster
