// The eraser's pictures: files that no post shows any more. The store is read at the moment at which one is
// unlinked, and with it what still waits in the log: a post whose fetched picture has the same bytes may not
// be known before.
#include <algorithm>
#include <array>
#include <utility>

#include "app/eraser.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

constexpr absl::Duration kLongestPause = absl::Minutes(5);
constexpr std::array kConsumers = std::to_array<std::string_view>({"process", "pictures"});

}  // namespace

void Eraser::await_pictures(const std::string& receipt_id, const StringSet& pictures) {
  const std::scoped_lock lock(mutex_);
  for (const std::string& sha256 : pictures)
    awaited_[receipt_id] += pictures_[sha256].insert(receipt_id).second ? 1 : 0;
}

bool Eraser::may_keep_picture(const std::string& sha256) {
  {
    const std::scoped_lock lock(mutex_);
    if (unlinking_ == sha256) return false;
    in_hand_.erase(sha256);
    if (!erased_pictures_.contains(sha256)) return true;
  }
  return d_.media->has(sha256);  // it may have been fetched anew since
}

// Nothing before the position waits any more.
bool Eraser::log_has_passed(std::uint64_t position) const {
  return std::ranges::none_of(kConsumers, [&](std::string_view consumer) {
    return d_.bus->position(consumer) < position && d_.bus->lag(consumer) > 0;
  });
}

absl::StatusOr<bool> Eraser::take_pictures() {
  Pictures pictures = pictures_in_hand();
  if (pictures.empty()) return false;
  StringSet names;
  for (const auto& [sha256, receipts] : pictures) names.insert(sha256);
  // The log first: what leaves it in between stands with the posts.
  CT_ASSIGN_OR_RETURN(const PicturesInLog coming, pictures_on_the_way(names));
  for (const std::string& sha256 : coming.pictures) names.erase(sha256);
  CT_ASSIGN_OR_RETURN(const StringSet unused, unused_pictures(reads_, names));
  Pictures later, shown, gone;
  absl::Status away;
  for (auto& [sha256, receipts] : pictures) {
    Pictures* to = names.contains(sha256) && !unused.contains(sha256) ? &shown : &later;
    if (unused.contains(sha256) && away.ok() && !stopping_) {
      const auto unlinked = unlink(sha256);
      if (unlinked.ok() && *unlinked) to = &gone;
      // No file has such a name.
      if (absl::IsInvalidArgument(unlinked.status())) to = &shown;
      if (to == &later) away = unlinked.status();
    }
    to->emplace(sha256, std::move(receipts));
  }
  pictures_await_ = coming.end;
  const bool may_be_away = d_.pause_when_away > absl::ZeroDuration();
  put_off(later, may_be_away ? away : absl::OkStatus());
  CT_RETURN_IF_ERROR(settle_pictures(shown, gone));
  if (!may_be_away) CT_RETURN_IF_ERROR(away);
  return !shown.empty() || !gone.empty();
}

// Nothing while their time has not come.
Eraser::Pictures Eraser::pictures_in_hand() {
  const absl::Duration since = d_.clock->now() - pictures_tried_;
  const bool pauses = since >= absl::ZeroDuration() && since < pictures_pause_;  // a clock may be set back
  if (pauses || !log_has_passed(pictures_await_)) return {};
  const std::scoped_lock lock(mutex_);
  for (const auto& [sha256, receipts] : pictures_) in_hand_.insert(sha256);
  return std::exchange(pictures_, {});
}

absl::StatusOr<PicturesInLog> Eraser::pictures_on_the_way(const StringSet& pictures) const {
  std::uint64_t from = UINT64_MAX;
  for (const std::string_view consumer : kConsumers) {
    const std::uint64_t at = d_.bus->position(consumer);
    if (at > 0 || d_.bus->lag(consumer) > 0) from = std::min(from, at);
  }
  if (from == UINT64_MAX) return PicturesInLog();
  return pictures_in_log(reads_, from, pictures);
}

absl::StatusOr<bool> Eraser::unlink(const std::string& sha256) {
  {
    const std::scoped_lock lock(mutex_);
    if (in_hand_.erase(sha256) == 0) return false;
    erased_pictures_.insert(sha256);
    unlinking_ = sha256;
  }
  const absl::Status erased = d_.media->erase(sha256);
  const std::scoped_lock lock(mutex_);
  unlinking_.clear();
  CT_RETURN_IF_ERROR(erased);
  return true;
}

// They are counted in the batch that strikes them off: once, also where a stop lay between and the file was
// gone already.
absl::Status Eraser::settle_pictures(const Pictures& shown, const Pictures& gone) {
  if (shown.empty() && gone.empty()) return absl::OkStatus();
  auto batch = d_.store->batch();
  struct Counts {
    std::size_t struck_off = 0, erased = 0;
  };
  std::map<std::string, Counts> counts;  // by receipt
  for (const Pictures* all : {&shown, &gone}) {
    for (const auto& [sha256, receipts] : *all) {
      batch->erase(Space::kErasures, unused_picture_key(sha256));
      for (const std::string& id : receipts) {
        batch->erase(Space::kErasures, picture_of_erasure_key(id, sha256));
        ++counts[id].struck_off;
        counts[id].erased += all == &gone ? 1 : 0;
      }
    }
  }
  std::vector<Erasure> counted;
  for (const auto& [id, count] : counts)
    CT_RETURN_IF_ERROR(count_pictures(id, count.erased, *batch, counted));
  CT_RETURN_IF_ERROR(d_.store->write(*batch, Durability::kLater));
  const std::scoped_lock lock(mutex_);
  for (Erasure& receipt : counted) {
    const auto waiting = for_files_.find(receipt.id());
    if (waiting != for_files_.end()) waiting->second.receipt = std::move(receipt);
  }
  for (const auto& [id, count] : counts) {
    std::size_t& left = awaited_[id];
    left -= std::min(left, count.struck_off);
    if (left == 0) awaited_.erase(id);
  }
  return absl::OkStatus();
}

absl::Status Eraser::count_pictures(const std::string& receipt_id, std::size_t erased, WriteBatch& batch,
                                    std::vector<Erasure>& counted) const {
  const auto bytes = reads_.get(Space::kErasures, receipt_key(receipt_id));
  if (absl::IsNotFound(bytes.status())) return absl::OkStatus();
  CT_RETURN_IF_ERROR(bytes.status());
  Erasure receipt;
  if (!receipt.ParseFromString(*bytes))
    return absl::DataLossError(str_cat("the receipt ", receipt_id, " does not parse"));
  receipt.set_pictures(receipt.pictures() + erased);
  CT_RETURN_IF_ERROR(d_.store->stage_erasure(batch, receipt));
  counted.push_back(std::move(receipt));
  return absl::OkStatus();
}

void Eraser::put_off(const Pictures& later, const absl::Status& away) {
  {
    const std::scoped_lock lock(mutex_);
    in_hand_.clear();
    for (const auto& [sha256, receipts] : later) pictures_[sha256].insert(receipts.begin(), receipts.end());
  }
  pictures_tried_ = d_.clock->now();
  if (away.ok()) {
    pictures_pause_ = absl::ZeroDuration();
    return;
  }
  pictures_pause_ = std::min(std::max(2 * pictures_pause_, d_.pause_when_away), kLongestPause);
  log_warn("erasure.pictures.away", "Pictures of erased posts cannot be erased now; they are erased later",
           {{"pictures", later.size()},
            {"error.message", std::string(away.message())},
            {"retry_in_ms", absl::ToInt64Milliseconds(pictures_pause_)}});
}

}  // namespace copytaster
