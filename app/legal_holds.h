// What must not be erased, whoever asks: a post, a story, all of an account or of an official. Kept as
// Actions (verbs "keep" and "unkeep"), read back at a start. Any thread.
#pragma once

#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/store.h"

namespace copytaster {

struct LegalHold {
  std::string subject;  // "item:ID", "account:ID", "official:ID" or a story's id, "story:…"
  std::string by, reason;
  absl::Time at;
};
// How it is told to who wants to erase.
[[nodiscard]] std::string to_text(const LegalHold& hold);

[[nodiscard]] Action to_action(const LegalHold& hold, bool keep);

class LegalHolds {
 public:
  static constexpr std::size_t kMost = 100'000;

  absl::Status load(const Store& store);
  // Takes what a "keep" or "unkeep" says; other Actions are none of its business.
  void put(const Action& action);
  [[nodiscard]] bool full() const;
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::vector<LegalHold> all() const;  // by subject
  [[nodiscard]] std::optional<LegalHold> find(std::string_view subject) const;
  // On the post, its story, its account or its official.
  [[nodiscard]] std::optional<LegalHold> on(std::string_view item_id, std::string_view account_id,
                                            std::string_view official_id, std::string_view story_id) const;
  [[nodiscard]] std::optional<LegalHold> on(const Item& item) const {
    return on(item.id(), item.account_id(), item.official_id(), item.story_id());
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, LegalHold, std::less<>> holds_;
};

}  // namespace copytaster
