#include "app/replay_bus.h"

#include <limits>
#include <utility>

#include "core/dead_letter.h"
#include "core/status.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20;

void count(const ReplayStep& step, Counters* counters) {
  auto letters = std::uint64_t{0};
  for (const DeadLetter& letter : step.letters) letters += posts_of(letter);
  counters->set_dead_lettered(counters->dead_lettered() + letters);
  counters->set_collected(counters->collected() + letters +
                          static_cast<std::uint64_t>(step.parcel.items_size()));
}

}  // namespace

absl::Status ReplayBus::append(std::span<const Parcel> /*parcels*/, WriteBatch* /*together*/,
                               absl::Duration /*wait*/) {
  return absl::UnimplementedError("what is replayed is given, and nothing is added to it");
}

// Sees to it that `ahead_` is the next step; false: there is none, or only one of the next stage.
absl::StatusOr<bool> ReplayBus::look_ahead(bool may_change_stage) {
  while (!ahead_ && stage_ < stages_.size()) {
    CT_ASSIGN_OR_RETURN(ahead_, stages_[stage_]->next());
    if (ahead_) break;
    if (!may_change_stage) return false;
    ++stage_;
  }
  return ahead_.has_value();
}

absl::StatusOr<std::vector<Delivery>> ReplayBus::poll(std::string_view /*consumer*/, std::size_t max,
                                                      absl::Duration /*wait*/) {
  window_->stored();
  std::vector<Delivery> given;
  const auto batch = made_->batch();
  Counters counters;
  for (std::size_t bytes = 0; given.size() < max && bytes < kMostBytes;) {
    CT_ASSIGN_OR_RETURN(const bool more, look_ahead(given.empty()));
    if (!more || (ahead_->alone && !given.empty())) break;
    ReplayStep step = *std::exchange(ahead_, std::nullopt);
    count(step, &counters);
    for (const DeadLetter& letter : step.letters)
      CT_RETURN_IF_ERROR(made_->stage_dead_letter(*batch, letter));
    window_->given(step.parcel);
    bytes += step.parcel.ByteSizeLong();
    given.push_back({given_++, std::move(step.parcel)});
    if (step.alone) break;
  }
  CT_RETURN_IF_ERROR(made_->stage_counters(*batch, counters));
  CT_RETURN_IF_ERROR(made_->write(*batch, Durability::kLater));
  return given;
}

absl::Status ReplayBus::commit(std::string_view /*consumer*/, std::uint64_t position, WriteBatch* together) {
  if (together != nullptr) CT_RETURN_IF_ERROR(made_->write(*together, Durability::kLater));
  committed_ = position;
  return absl::OkStatus();
}

std::uint64_t ReplayBus::lag(std::string_view /*consumer*/) const {
  const bool ended = !ahead_ && stage_ >= stages_.size();
  return ended ? given_ - committed_ : std::numeric_limits<std::uint32_t>::max();
}

std::uint64_t ReplayBus::position(std::string_view /*consumer*/) const { return committed_; }

}  // namespace copytaster
