#include "app/indexing.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/crash_point.h"
#include "core/log.h"
#include "core/status.h"

namespace copytaster {
namespace {
constexpr std::size_t kListsATurn = 64;
constexpr std::size_t kCommitEvery = 10'000;
constexpr int kMostRenewals = 3;
}  // namespace

absl::StatusOr<std::unique_ptr<Indexing>> Indexing::open(Store* store, const std::string& directory) {
  CT_ASSIGN_OR_RETURN(auto writer, open_search_writer(directory));
  std::unique_ptr<Indexing> indexing(new Indexing(store, directory, std::move(writer)));
  indexing->complete_ = indexing->writer_->complete();
  return indexing;
}

absl::StatusOr<std::size_t> Indexing::turn(absl::Duration wait) {
  if (search_index_is_marked(directory_)) return renew(absl::DataLossError("a search could not read it"));
  const std::uint64_t asked = asked_;
  absl::StatusOr<std::size_t> work = complete_ ? follow() : rebuild();
  if (absl::IsDataLoss(work.status())) return renew(work.status());
  if (!complete_ || !work.ok()) return work;
  const std::size_t done = *work;
  if (done > 0) return done;
  // No list is left that was there when it was asked for.
  if (asked > rewritten_) {
    const absl::Status rewritten = rewrite(asked);
    if (absl::IsDataLoss(rewritten)) return renew(rewritten);
    CT_RETURN_IF_ERROR(rewritten);
    return done;
  }
  std::unique_lock lock(mutex_);
  news_.wait_for(lock, absl::ToChronoNanoseconds(std::min(wait, absl::Hours(1))),
                 [&] { return woken_ || stopping_; });
  woken_ = false;
  return done;
}

// It is only an index: what is damaged is made anew, a few times; then the disk is to blame.
absl::StatusOr<std::size_t> Indexing::renew(const absl::Status& why) {
  if (++renewals_ > kMostRenewals) return absl::UnavailableError(std::string(why.message()));
  writer_.reset();
  complete_ = false;
  CT_ASSIGN_OR_RETURN(writer_, renew_search_writer(directory_, std::string(why.message())));
  return rebuild();
}

absl::StatusOr<std::size_t> Indexing::rebuild() {
  std::size_t done = 0;
  absl::Status bad;
  CT_RETURN_IF_ERROR(store_->each_item([&](const Item& item) {
    bad = writer_->add(item);
    if (bad.ok() && ++done % kCommitEvery == 0) bad = writer_->commit();
    return bad.ok() && !stopping_;
  }));
  CT_RETURN_IF_ERROR(bad);
  if (stopping_) return done;  // begun again at the next start
  CT_RETURN_IF_ERROR(writer_->set_complete());
  complete_ = true;
  if (done > 0)
    log_info("search.rebuilt", "The search index was made anew from the store", {{"items", done}});
  return done;
}

absl::StatusOr<std::size_t> Indexing::follow() {
  CT_ASSIGN_OR_RETURN(const std::vector<Changed> lists, store_->changed(kListsATurn));
  if (lists.empty()) return std::size_t{0};
  std::set<std::string_view> ids;
  for (const Changed& list : lists) ids.insert(list.item_ids.begin(), list.item_ids.end());
  for (const std::string_view id : ids) {
    auto item = store_->item(id);
    if (absl::IsNotFound(item.status())) {  // erased: out of the index, too
      item = Item();
      item->set_id(std::string(id));
      item->set_state(GONE);
    }
    CT_RETURN_IF_ERROR(item.status());
    CT_RETURN_IF_ERROR(writer_->add(*item));
  }
  crash_point(CrashPoint::kIndexBefore);
  CT_RETURN_IF_ERROR(writer_->commit());
  crash_point(CrashPoint::kIndexAfter);
  auto batch = store_->batch();
  CT_RETURN_IF_ERROR(store_->stage_indexed(*batch, lists.back().position));
  CT_RETURN_IF_ERROR(store_->write(*batch, Durability::kLater));
  return ids.size();
}

absl::Status Indexing::rewrite(std::uint64_t number) {
  absl::StatusOr<std::unique_ptr<SearchWriter>> anew = rewrite_search_index(directory_, std::move(writer_));
  if (!anew.ok()) {
    // It may be as it was: what was asked for is tried again.
    CT_ASSIGN_OR_RETURN(writer_, open_search_writer(directory_));
    complete_ = writer_->complete();
    return anew.status();
  }
  writer_ = *std::move(anew);
  complete_ = writer_->complete();
  rewritten_ = number;
  return absl::OkStatus();
}

std::uint64_t Indexing::ask_rewriting() {
  const std::uint64_t number = ++asked_;
  wake();
  return number;
}

void Indexing::wake() {
  {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
  }
  news_.notify_one();
}

void Indexing::stop() {
  stopping_ = true;
  wake();
}

bool Indexing::idle() const {
  if (!complete_ || search_index_is_marked(directory_)) return false;
  const auto lists = store_->changed(1);
  return lists.ok() && lists->empty();
}

}  // namespace copytaster
