// Which content of which post was handed on last, for the newest posts of one account: so that a page
// that shows them again hands on nothing, also before they are processed. Bounded; not thread-safe.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "core/strings.h"

namespace copytaster {

class SeenPosts {
 public:
  static constexpr std::size_t kMost = 200;

  // Null when unknown.
  [[nodiscard]] const std::string* find(std::string_view key) const {
    const auto found = latest_.find(key);
    return found == latest_.end() ? nullptr : &found->second;
  }
  void put(std::string_view key, std::string_view content) {
    const auto found = latest_.find(key);
    if (found != latest_.end()) {
      found->second = std::string(content);
      return;
    }
    latest_.emplace(std::string(key), std::string(content));
    order_.emplace_back(key);
    while (order_.size() > kMost) {
      latest_.erase(order_.front());
      order_.pop_front();
    }
  }
  // A deleted post that comes back is news again.
  void forget(std::string_view key) {
    const auto found = latest_.find(key);
    if (found != latest_.end()) found->second.clear();
  }

 private:
  StringMap<std::string> latest_;
  std::deque<std::string> order_;
};

}  // namespace copytaster
