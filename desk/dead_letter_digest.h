// Dead letters at a glance: how many for which reason, and the newest. Bounded, however many there are.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/json.h"

namespace copytaster {

class DeadLetterDigest {
 public:
  static constexpr std::size_t kNewest = 20;
  static constexpr std::size_t kReasons = 50;  // further ones are counted as kOtherReasons
  static constexpr std::string_view kOtherReasons = "other reasons";

  struct Reason {
    std::string stage, reason;
    std::uint64_t count = 0;
  };

  void add(const DeadLetter& letter);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  // Most frequent first.
  [[nodiscard]] std::vector<Reason> reasons() const;
  // Newest first, without their payload.
  [[nodiscard]] const std::vector<DeadLetter>& newest() const { return newest_; }
  // Members "count", "reasons" and "newest" of the object that is open in `json`.
  void write(JsonWriter& json) const;

 private:
  std::uint64_t count_ = 0;
  std::map<std::pair<std::string, std::string>, std::uint64_t> by_reason_;  // stage, reason
  std::vector<DeadLetter> newest_;
};

}  // namespace copytaster
