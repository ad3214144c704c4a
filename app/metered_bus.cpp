#include "app/metered_bus.h"

#include <algorithm>
#include <chrono>

#include "core/status.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kConsumer = "process";
constexpr std::size_t kMostReached = 10'000;

// Never jumps: ages are told in it.
absl::Duration steady_now() { return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch()); }

}  // namespace

MeteredBus::MeteredBus(std::unique_ptr<Bus> below, const Clock* clock, std::function<void()> after_commit)
    : below_(std::move(below)),
      clock_(clock),
      after_commit_(std::move(after_commit)),
      end_to_end_(duration_histogram("copytaster_end_to_end_seconds",
                                     "From the answer that brought a post to its being stored and shown.")),
      started_(steady_now()) {}

absl::Status MeteredBus::append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration wait) {
  const absl::Duration begun = steady_now();
  const absl::Status done = below_->append(parcels, together, wait);
  if (parcels.empty() && together == nullptr) {  // it was only asked for room
    if (done.ok() || absl::IsResourceExhausted(done)) note_full(!done.ok(), begun);
    return done;
  }
  // An empty parcel is let into a full log, too: it tells nothing.
  const bool full = absl::IsResourceExhausted(done);
  if (full || (!parcels.empty() && parcels.front().items_size() > 0)) note_full(full, begun);
  // A full bus is back-pressure, not an error.
  if (!absl::IsResourceExhausted(done)) collect_.failed(done);
  CT_RETURN_IF_ERROR(done);
  const absl::Duration now = steady_now();
  collect_.seconds.observe(now - begun);
  for (const Parcel& parcel : parcels) collect_.sent.add(static_cast<std::uint64_t>(parcel.items_size()));
  const std::scoped_lock lock(mutex_);
  appended_.insert(appended_.end(), parcels.size(), now);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Delivery>> MeteredBus::poll(std::string_view consumer, std::size_t max,
                                                       absl::Duration wait) {
  auto deliveries = below_->poll(consumer, max, wait);
  if (consumer != kConsumer) return deliveries;
  process_.failed(deliveries.status());
  if (!deliveries.ok() || deliveries->empty()) return deliveries;
  const absl::Duration now = steady_now();
  std::size_t items = 0;
  const std::scoped_lock lock(mutex_);
  for (const Delivery& delivery : *deliveries) {
    Taken taken{delivery.position, now, {}};
    for (const Item& item : delivery.parcel.items()) taken.collected.push_back(to_time(item.collected_at()));
    items += taken.collected.size();
    taken_.push_back(std::move(taken));
  }
  process_.received.add(items);
  process_.in_progress.set(process_.in_progress.value() + static_cast<double>(items));
  return deliveries;
}

absl::Status MeteredBus::commit(std::string_view consumer, std::uint64_t position, WriteBatch* together) {
  const absl::Status done = below_->commit(consumer, position, together);
  if (consumer != kConsumer) return done;
  process_.failed(done);
  CT_RETURN_IF_ERROR(done);
  note_done(position);
  if (after_commit_) after_commit_();
  return absl::OkStatus();
}

// Collectors try again each turn: from the first refusal to the first append that is let in.
void MeteredBus::note_full(bool full, absl::Duration now) {
  const std::scoped_lock lock(mutex_);
  if (full == full_since_.has_value()) return;
  full_.set(full ? 1 : 0);
  if (full) {
    full_since_ = now;
    return;
  }
  held_back_.observe(now - *full_since_);
  full_since_.reset();
}

void MeteredBus::note_done(std::uint64_t position) {
  const absl::Time stored_at = clock_->now();
  const absl::Duration now = steady_now();
  const std::scoped_lock lock(mutex_);
  std::size_t items = 0;
  if (!taken_.empty()) process_.seconds.observe(now - taken_.front().at);
  for (; !taken_.empty() && taken_.front().position < position; taken_.pop_front()) {
    for (const absl::Time collected : taken_.front().collected)
      end_to_end_.observe(std::max(stored_at - collected, absl::ZeroDuration()));
    items += taken_.front().collected.size();
  }
  process_.sent.add(items);
  process_.in_progress.set(process_.in_progress.value() - static_cast<double>(items));
  reached_.emplace_back(position, now);
  if (reached_.size() > kMostReached) reached_.pop_front();
  const std::uint64_t waiting = below_->lag(kConsumer);
  while (appended_.size() > waiting) appended_.pop_front();
}

absl::Duration MeteredBus::oldest_waiting(std::string_view consumer) const {
  const std::scoped_lock lock(mutex_);
  const std::uint64_t waiting = below_->lag(consumer);
  if (waiting == 0) return absl::ZeroDuration();
  if (waiting > appended_.size()) return steady_now() - started_;
  return steady_now() - appended_[appended_.size() - waiting];
}

absl::Duration MeteredBus::since_reached(std::uint64_t position) const {
  const std::scoped_lock lock(mutex_);
  const auto found = std::lower_bound(reached_.begin(), reached_.end(), position,
                                      [](const auto& entry, std::uint64_t at) { return entry.first < at; });
  return found == reached_.end() ? absl::ZeroDuration() : steady_now() - found->second;
}

}  // namespace copytaster
