#include "app/eraser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/erasure_action.h"
#include "app/expired.h"
#include "core/status.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

constexpr std::size_t kPostsAnOrder = 256;
constexpr std::size_t kMostExpired = 20'000;
constexpr absl::Duration kLookForExpiredEvery = absl::Hours(1);
constexpr std::array kConsumers = std::to_array<std::string_view>({"process", "pictures"});

// A clock that was set back puts nothing off.
bool is_due(absl::Time last, absl::Duration every, absl::Time now) {
  return now < last || now - last >= every;
}

}  // namespace

absl::Status Eraser::restore() {
  CT_ASSIGN_OR_RETURN(const std::vector<Erasure> receipts, d_.store->erasures(SIZE_MAX));
  const std::scoped_lock lock(mutex_);
  CT_RETURN_IF_ERROR(d_.key_value->scan(Space::kErasures, kWatchedAccounts, behind_prefix(kWatchedAccounts),
                                        [&](std::string_view key, std::string_view receipt_id) {
                                          key.remove_prefix(kWatchedAccounts.size());
                                          const std::size_t end = key.find('\0');
                                          if (end == std::string_view::npos) return true;
                                          watched_[std::string(key.substr(0, end))].emplace(
                                              key.substr(end + 1), receipt_id);
                                          return true;
                                        }));
  for (const Erasure& receipt : receipts) {
    if (receipt.has_files_at()) continue;
    Job job;
    job.receipt = receipt;
    queue_.push_front(std::move(job));  // the oldest first
  }
  for (const std::string_view consumer : kConsumers)
    position_ = std::max(position_, d_.bus->position(consumer));
  CT_RETURN_IF_ERROR(each_name(kMetCaptures, [&](std::string_view name) {
    const std::size_t slash = name.find('/');
    if (slash != std::string_view::npos)
      met_[std::string(name.substr(0, slash))].emplace(name.substr(slash + 1));
  }));
  CT_RETURN_IF_ERROR(
      d_.key_value->scan(Space::kErasures, kCameCaptures, behind_prefix(kCameCaptures),
                         [&](std::string_view, std::string_view) { return came_ = true, false; }));
  CT_RETURN_IF_ERROR(each_name(kPicturesOfErasures, [&](std::string_view name) {
    const std::size_t slash = name.rfind('/');
    if (slash == std::string_view::npos) return;
    const std::string receipt_id(name.substr(0, slash)), sha256(name.substr(slash + 1));
    awaited_[receipt_id] += pictures_[sha256].insert(receipt_id).second ? 1 : 0;
  }));
  CT_RETURN_IF_ERROR(
      each_name(kUnusedPictures, [&](std::string_view name) { pictures_[std::string(name)]; }));
  for (const auto& one : pictures_) erased_pictures_.insert(one.first);  // perhaps, before a stop
  return absl::OkStatus();
}

absl::Status Eraser::each_name(std::string_view prefix,
                               const std::function<void(std::string_view name)>& visit) const {
  return reads_.scan(Space::kErasures, prefix, behind_prefix(prefix),
                     [&](std::string_view key, std::string_view) {
                       visit(key.substr(prefix.size()));
                       return true;
                     });
}

std::vector<EraserOrder> Eraser::take_orders() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(orders_, {});
}

void Eraser::committed(std::vector<Erasure> receipts, const std::vector<std::string>& ordered,
                       std::uint64_t position) {
  if (receipts.empty()) return;
  const std::scoped_lock lock(mutex_);
  position_ = std::max(position_, position);
  for (Erasure& receipt : receipts) {
    if (std::ranges::find(ordered, receipt.id()) != ordered.end()) {
      ordered_back_ = std::move(receipt);
      continue;
    }
    Job job;
    job.receipt = std::move(receipt);
    queue_.push_back(std::move(job));
  }
}

void Eraser::met(const std::string& capture_sha256, const std::string& receipt_id) {
  const std::scoped_lock lock(mutex_);
  met_[receipt_id].insert(capture_sha256);
}

bool Eraser::watches(std::string_view account_id) const {
  const std::scoped_lock lock(mutex_);
  return watched_.contains(account_id);
}

void Eraser::came(std::string_view account_id) {
  const std::scoped_lock lock(mutex_);
  came_ = came_ || watched_.contains(account_id);
}

void Eraser::note_unused(const std::string& picture_sha256) {
  const std::scoped_lock lock(mutex_);
  if (!picture_sha256.empty()) pictures_[picture_sha256];
}

bool Eraser::has_erased_picture(std::string_view sha256) const {
  const std::scoped_lock lock(mutex_);
  return erased_pictures_.contains(sha256);
}

bool Eraser::idle() const {
  const std::scoped_lock lock(mutex_);
  return !busy_ && queue_.empty() && orders_.empty() && !somebody_waits();
}

bool Eraser::somebody_waits() const {
  return std::ranges::any_of(for_files_, [&](const auto& one) {
    return one.second.asked && !(one.second.written && awaited_.contains(one.first));
  });
}

bool Eraser::begin_next() {
  const std::scoped_lock lock(mutex_);
  if (queue_.empty()) return false;
  job_ = std::move(queue_.front());
  queue_.pop_front();
  return busy_ = true;
}

absl::StatusOr<bool> Eraser::step() {
  if (job_ || begin_next()) return do_job();
  using Step = absl::StatusOr<bool> (Eraser::*)();
  for (const Step next : {Step(&Eraser::take_met), Step(&Eraser::take_pictures), Step(&Eraser::rewrite),
                          Step(&Eraser::look_for_expired)}) {
    CT_ASSIGN_OR_RETURN(const bool done, (this->*next)());
    if (done) return true;
  }
  return false;
}

absl::StatusOr<bool> Eraser::do_job() {
  Job& job = *job_;
  if (job.waiting) {
    const std::scoped_lock lock(mutex_);
    if (!ordered_back_ || ordered_back_->id() != job.receipt.id()) return false;
    job.receipt = *std::exchange(ordered_back_, std::nullopt);
    job.waiting = false;
  }
  switch (job.stage) {
    case Stage::kFind:
      CT_RETURN_IF_ERROR(find(job));
      break;
    case Stage::kItems:
      CT_RETURN_IF_ERROR(hand_over(job));
      break;
    case Stage::kSurvey:
      CT_RETURN_IF_ERROR(survey(job));
      break;
    case Stage::kLoosen:
      CT_RETURN_IF_ERROR(loosen(job));
      break;
    case Stage::kEvidence: {
      CT_RETURN_IF_ERROR(take_evidence(job));
      const std::scoped_lock lock(mutex_);
      for_files_.insert_or_assign(job.receipt.id(), ForFiles{job.receipt, job.receipt.basis() == kByRequest});
      busy_ = false;
      job_.reset();
      index_asked_.reset();  // what it changed is not in an index that was asked for before
      break;
    }
  }
  return true;
}

absl::Status Eraser::find(Job& job) {
  CT_ASSIGN_OR_RETURN(const ErasureSubject subject, subject_of(reads_, job.receipt));
  CT_ASSIGN_OR_RETURN(job.items, items_of(reads_, subject));
  job.stage = Stage::kItems;
  return absl::OkStatus();
}

absl::Status Eraser::hand_over(Job& job) {
  if (job.ordered == job.items.size()) {
    job.stage = Stage::kSurvey;
    return absl::OkStatus();
  }
  EraserOrder next;
  next.receipt = job.receipt;
  next.entomb = job.entomb;
  const std::size_t until = std::min(job.items.size(), job.ordered + kPostsAnOrder);
  next.erase.assign(job.items.begin() + static_cast<std::ptrdiff_t>(job.ordered),
                    job.items.begin() + static_cast<std::ptrdiff_t>(until));
  job.ordered = until;
  job.waiting = true;
  return order(std::move(next));
}

absl::Status Eraser::survey(Job& job) {
  CT_ASSIGN_OR_RETURN(job.work, erasure_work(reads_, job.receipt.id()));
  CT_ASSIGN_OR_RETURN(job.survey, survey_erasure(reads_, job.work));
  job.stage = Stage::kLoosen;
  std::vector<std::string> ids;
  for (const ErasureWork& work : job.work) ids.push_back(work.item_id);
  if (d_.forget && !ids.empty()) d_.forget(ids);
  return absl::OkStatus();
}

absl::Status Eraser::loosen(Job& job) {
  if (job.survey.loose.empty() && job.survey.stories.empty()) {
    job.stage = Stage::kEvidence;
    return absl::OkStatus();
  }
  EraserOrder next;
  next.receipt = job.receipt;
  const auto take = [](std::vector<std::string>& from, std::vector<std::string>& to) {
    const auto begin = from.end() - static_cast<std::ptrdiff_t>(std::min(from.size(), kPostsAnOrder));
    to.assign(begin, from.end());
    from.erase(begin, from.end());
  };
  take(job.survey.loose, next.loosen);
  take(job.survey.stories, next.stories);
  job.waiting = true;
  return order(std::move(next));
}

// An empty parcel: the processing takes the order with it. It is let in also when the log is full.
absl::Status Eraser::order(EraserOrder order) {
  {
    const std::scoped_lock lock(mutex_);
    orders_.push_back(std::move(order));
  }
  const Parcel nudge;
  return d_.bus->append({&nudge, 1U}, nullptr, absl::ZeroDuration());
}

absl::StatusOr<bool> Eraser::look_for_expired() {
  if (d_.retention == nullptr || !d_.retention->expires()) return false;
  const absl::Time now = d_.clock->now();
  if (!is_due(looked_, kLookForExpiredEvery, now)) return false;
  looked_ = now;
  CT_ASSIGN_OR_RETURN(const bool believed, expiry_clock_.believes(now));
  if (!believed) return false;
  Job job;
  CT_ASSIGN_OR_RETURN(job.items, find_expired(reads_, *d_.store, *d_.retention, d_.holds, now, kMostExpired));
  if (job.items.empty()) return false;
  if (job.items.size() == kMostExpired) looked_ = absl::InfinitePast();  // there are more
  job.receipt =
      begin_receipt(kOfRetention, "copytaster", now, "kept as long as the settings say", kByRetention);
  job.stage = Stage::kItems;
  job.entomb = true;
  const std::scoped_lock lock(mutex_);
  queue_.push_back(std::move(job));
  return true;
}

}  // namespace copytaster
