#include "collectors/rhythm.h"

#include <algorithm>
#include <vector>

#include "core/time.h"

namespace copytaster {
namespace {

constexpr int kMostPosts = 21;
constexpr std::size_t kFewestGaps = 5;
constexpr absl::Duration kLeastSilence = absl::Hours(6);

}  // namespace

void note_post(absl::Time created, absl::Time now, AccountState* state) {
  const std::int64_t at = absl::ToUnixSeconds(std::min(created, now));
  auto* posted = state->mutable_posted();
  const auto place = std::lower_bound(posted->begin(), posted->end(), at);
  if (place != posted->end() && *place == at) return;
  const auto index = place - posted->begin();
  if (posted->size() == kMostPosts) {
    if (index == 0) return;  // older than all we keep
    posted->erase(posted->begin());
    posted->Add(at);
    std::rotate(posted->begin() + index - 1, posted->end() - 1, posted->end());
    return;
  }
  posted->Add(at);
  std::rotate(posted->begin() + index, posted->end() - 1, posted->end());
}

std::optional<absl::Duration> median_gap(const AccountState& state) {
  std::vector<std::int64_t> gaps;
  for (int i = 1; i < state.posted_size(); ++i) gaps.push_back(state.posted(i) - state.posted(i - 1));
  if (gaps.size() < kFewestGaps) return std::nullopt;
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return absl::Seconds(*middle);
}

std::optional<absl::Time> quiet_from(const AccountState& state) {
  const auto gap = median_gap(state);
  if (!gap) return std::nullopt;
  const std::int64_t last = state.posted(state.posted_size() - 1);
  return absl::FromUnixSeconds(last) + std::max(3 * *gap, kLeastSilence);
}

Voice listen(absl::Time now, AccountState* state) {
  const auto from = quiet_from(*state);
  const bool quiet = from && now > *from;
  if (quiet == state->has_quiet_since()) return Voice::kSame;
  if (!quiet) {
    state->clear_quiet_since();
    return Voice::kSpeaksAgain;
  }
  set_timestamp(state->mutable_quiet_since(), now);
  return Voice::kWentQuiet;
}

}  // namespace copytaster
