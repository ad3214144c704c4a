// How long posts are kept, and what becomes of one that its author has deleted: by platform, from the
// settings. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/strings.h"

namespace copytaster {

// What is done with a post that its platform says is gone. Never with one that cannot be read.
enum class DeletedPolicy : std::uint8_t {
  kKeep,    // evidence: its words are kept and shown to nobody
  kBlank,   // that it was there and is gone is kept; words, pictures and captures are erased
  kRemove,  // erased as on request, with a tombstone
};
[[nodiscard]] std::optional<DeletedPolicy> parse_deleted_policy(std::string_view text);

struct Retention {
  std::int64_t days = 0;            // 0: for ever
  StringMap<std::int64_t> days_of;  // by platform, instead of `days`
  DeletedPolicy deleted = DeletedPolicy::kKeep;
  StringMap<DeletedPolicy> deleted_of;

  [[nodiscard]] DeletedPolicy deleted_on(std::string_view platform) const {
    const auto found = deleted_of.find(platform);
    return found == deleted_of.end() ? deleted : found->second;
  }
  [[nodiscard]] std::int64_t days_on(std::string_view platform) const {
    const auto found = days_of.find(platform);
    return found == days_of.end() ? days : found->second;
  }
  // Whether anything expires at all.
  [[nodiscard]] bool expires() const;
  // Whether a post of that platform, from `posted` (Unix seconds), has been kept long enough.
  [[nodiscard]] bool is_over(std::string_view platform, std::int64_t posted, absl::Time now) const;
};

}  // namespace copytaster
