// The eraser's end: what stands apart from the posts, and the files.
#include <algorithm>
#include <array>
#include <utility>

#include "app/eraser.h"
#include "app/erasure_action.h"
#include "app/indexing.h"
#include "core/bytes.h"
#include "core/chain.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "storage/erasure_keys.h"
#include "storage/rewriting.h"

namespace copytaster {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{1} << 20;
constexpr std::size_t kCameALook = 1024;  // captures
constexpr absl::Duration kTakeMetEvery = absl::Seconds(15);
// Without anybody who asked for it files are not written anew more often.
constexpr absl::Duration kRewriteEvery = absl::Hours(1);
constexpr int kRewritingShare = 60;  // of the time: one part
constexpr std::array kConsumers = std::to_array<std::string_view>({"process", "pictures"});
// Where words stood; positions, counters and marks hold none.
constexpr std::array kRewritten = std::to_array<Space>(
    {Space::kCaptures, Space::kItems, Space::kVersions, Space::kStories, Space::kAccounts,
     Space::kDeadLetters, Space::kLog, Space::kChain, Space::kErasures});

// A clock that was set back puts nothing off.
bool is_due(absl::Time last, absl::Duration every, absl::Time now) {
  return now < last || now - last >= every;
}

// A capture and all its links at once, so that at no moment a link names what is not there.
absl::Status stage_capture(const KeyValue& key_value, Store& store, WriteBatch& batch,
                           const std::string& sha256, const std::vector<std::uint64_t>& links,
                           Erasure* receipt) {
  for (const std::uint64_t number : links) {
    const std::string key = big_endian(number);
    CT_ASSIGN_OR_RETURN(const std::string bytes, key_value.get(Space::kChain, key));
    CT_ASSIGN_OR_RETURN(const ChainRecord record, parse_chain_record(bytes));
    batch.put(Space::kChain, key, erase_chain_record(record, receipt->id()));
    receipt->add_links(number);
  }
  batch.put(Space::kErasures, erased_capture_key(sha256), receipt->id());
  receipt->set_captures(receipt->captures() + 1);
  return store.stage_capture_erased(batch, sha256);
}

// The receipt goes with what it counts.
absl::Status erase_captures(const KeyValue& key_value, Store& store, const CapturesToErase& captures,
                            Erasure* receipt) {
  auto batch = store.batch();
  for (const auto& [sha256, links] : captures) {
    CT_RETURN_IF_ERROR(stage_capture(key_value, store, *batch, sha256, links, receipt));
    if (batch->bytes() < kBatchBytes) continue;
    CT_RETURN_IF_ERROR(store.stage_erasure(*batch, *receipt));
    CT_RETURN_IF_ERROR(store.write(*batch, Durability::kLater));
  }
  CT_RETURN_IF_ERROR(store.stage_erasure(*batch, *receipt));
  return store.write(*batch, Durability::kLater);
}

}  // namespace

absl::Status Eraser::take_evidence(Job& job) {
  Erasure& receipt = job.receipt;
  CaptureSearch search;
  CT_ASSIGN_OR_RETURN(search.subject, subject_of(reads_, receipt));
  search.holds_words = d_.holds_words;
  StringSet pictures;
  for (const ErasureWork& work : job.work) {
    search.wanted.insert(work.captures.begin(), work.captures.end());
    pictures.insert(work.pictures.begin(), work.pictures.end());
  }
  // What has only become too old takes no evidence from younger posts; nobody has asked for its words to go.
  if (receipt.basis() == kByRetention) {
    search.spared = job.survey.captures_in_use;
  } else {
    search.work = job.work;
  }
  // Of a post that is only blanked the proof that it is gone stays.
  for (const ErasureWork& work : job.work) {
    const auto blank = d_.store->item(work.item_id);
    if (blank.ok() && !blank->gone_capture_sha256().empty())
      search.spared.insert(blank->gone_capture_sha256());
  }
  CT_RETURN_IF_ERROR(spare_held(receipt, &search.spared));
  absl::erase_if(pictures,
                 [&](const std::string& sha256) { return job.survey.pictures_in_use.contains(sha256); });
  watch(job);
  CT_ASSIGN_OR_RETURN(const CapturesToErase captures, find_captures(reads_, search));
  CT_RETURN_IF_ERROR(erase_captures(reads_, *d_.store, captures, &receipt));
  // One that is being tried again would be written anew behind this.
  std::unique_lock<std::mutex> lock;
  if (d_.letters != nullptr) lock = std::unique_lock(*d_.letters);
  CT_ASSIGN_OR_RETURN(const auto letters, letters_of(reads_, search.subject, job.work));
  auto batch = d_.store->batch();
  for (const std::string& id : letters) CT_RETURN_IF_ERROR(d_.store->stage_dead_letter_erased(*batch, id));
  for (const std::string& account : search.subject.accounts) {
    // Nothing of what it said of itself; that nobody asks it stays.
    const auto known = d_.store->account_state(account);
    AccountState bare;
    bare.set_account_id(account);
    if (known.ok() && known->has_hold()) *bare.mutable_hold() = known->hold();
    batch->erase(Space::kAccounts, account);
    if (bare.has_hold()) CT_RETURN_IF_ERROR(d_.store->stage_account(*batch, bare));
  }
  stage_watch(*batch, job);
  for (const ErasureWork& work : job.work)
    batch->erase(Space::kErasures, erasure_work_key(receipt.id(), work.item_id));
  for (const std::string& sha256 : pictures)
    batch->put(Space::kErasures, picture_of_erasure_key(receipt.id(), sha256), "");
  receipt.set_dead_letters(receipt.dead_letters() + letters.size());
  receipt.set_drafts(receipt.drafts() + job.survey.drafts);
  CT_RETURN_IF_ERROR(d_.store->stage_erasure(*batch, receipt));
  CT_RETURN_IF_ERROR(d_.store->write(*batch, Durability::kSynced));
  await_pictures(receipt.id(), pictures);
  log_info("erasure.evidence", "What stood apart from erased posts is erased",
           {{"erasure.id", receipt.id()},
            {"captures", receipt.captures()},
            {"pictures.to_erase", pictures.size()},
            {"dead_letters", receipt.dead_letters()}});
  return absl::OkStatus();
}

// Of an account that goes as a whole nothing comes any more; what only expired may be shown again.
bool Eraser::is_watched(const Job& job) const {
  return job.receipt.basis() != kByRetention && subject_kind(job.receipt.subject()) == kOfItem &&
         d_.store->tombstone(job.receipt.subject()).ok();
}

// Before the captures are searched: a turn that finds it watched notes what came, and what a turn before that
// has passed over stands in the chain already.
void Eraser::watch(const Job& job) {
  if (!is_watched(job)) return;
  const std::scoped_lock lock(mutex_);
  for (const ErasureWork& work : job.work) {
    if (!work.account_id.empty()) watched_[work.account_id].emplace(work.item_id, job.receipt.id());
  }
}

void Eraser::stage_watch(WriteBatch& batch, const Job& job) const {
  if (!is_watched(job)) return;
  for (const ErasureWork& work : job.work) {
    if (!work.account_id.empty())
      batch.put(Space::kErasures, watched_key(work.account_id, work.item_id), job.receipt.id());
  }
}

// Not more than a look takes; it goes on at once where there are others.
absl::StatusOr<std::vector<Eraser::CameCapture>> Eraser::came_captures() {
  std::vector<CameCapture> came;
  bool more = false;
  CT_RETURN_IF_ERROR(
      reads_.scan(Space::kErasures, kCameCaptures, behind_prefix(kCameCaptures),
                  [&](std::string_view key, std::string_view) {
                    more = came.size() == kCameALook;
                    if (more) return false;
                    const auto fields = split(key.substr(kCameCaptures.size()), '\0');
                    const std::string_view sha256 = split(fields.back(), '/').front();
                    came.push_back({std::string(key), std::string(fields.front()), std::string(sha256)});
                    return true;
                  }));
  if (!more) return came;
  met_taken_ = absl::InfinitePast();
  const std::scoped_lock lock(mutex_);
  came_ = true;
  return came;
}

Eraser::Watched Eraser::watched_of(const std::vector<CameCapture>& came) const {
  Watched watched;
  const std::scoped_lock lock(mutex_);
  for (const CameCapture& one : came) {
    const auto found = watched_.find(one.account_id);
    if (found != watched_.end()) watched.insert(*found);
  }
  return watched;
}

// Captures that hold words of erased posts go to the others of their kind, in the write that strikes them
// off.
absl::Status Eraser::look_at_came() {
  {
    const std::scoped_lock lock(mutex_);
    if (!std::exchange(came_, false)) return absl::OkStatus();
  }
  CT_ASSIGN_OR_RETURN(const std::vector<CameCapture> came, came_captures());
  Watched watched = watched_of(came);
  auto batch = d_.store->batch();
  std::vector<std::pair<std::string, std::string>> found;  // capture, receipt
  for (const CameCapture& one : came) {
    if (stopping_) return absl::CancelledError("stopped while captures were read");
    batch->erase(Space::kErasures, one.key);
    const auto capture = d_.store->capture(one.sha256);
    if (absl::IsNotFound(capture.status())) continue;
    CT_RETURN_IF_ERROR(capture.status());
    for (const auto& [item_id, receipt_id] : watched[one.account_id]) {
      if (d_.holds_words && !d_.holds_words(*capture, {item_id})) continue;
      batch->put(Space::kErasures, met_capture_key(receipt_id, one.sha256), "");
      found.emplace_back(one.sha256, receipt_id);
    }
  }
  CT_RETURN_IF_ERROR(d_.store->write(*batch, Durability::kLater));
  for (const auto& [sha256, receipt_id] : found) met(sha256, receipt_id);
  return absl::OkStatus();
}

// A request was refused while something was on hold (check_erase): what is held since comes too late.
absl::Status Eraser::spare_held(const Erasure& receipt, StringSet* spared) const {
  if (receipt.basis() == kByRequest) return absl::OkStatus();
  CT_ASSIGN_OR_RETURN(const auto held, held_captures(reads_, d_.holds));
  for (const auto& [sha256, hold] : held) spared->insert(sha256);
  return absl::OkStatus();
}

absl::StatusOr<bool> Eraser::take_met() {
  {
    const std::scoped_lock lock(mutex_);
    const absl::Time now = d_.clock->now();
    // The files that somebody waits for are written anew once, and not again for what was met meanwhile.
    if ((met_.empty() && !came_) || (!somebody_waits() && !is_due(met_taken_, kTakeMetEvery, now)))
      return false;
    met_taken_ = now;
  }
  CT_RETURN_IF_ERROR(look_at_came());
  std::map<std::string, std::set<std::string>> met;
  {
    const std::scoped_lock lock(mutex_);
    met = std::exchange(met_, {});
  }
  for (const auto& [id, captures] : met) CT_RETURN_IF_ERROR(take_met(id, captures));
  return true;
}

absl::Status Eraser::take_met(const std::string& id, const std::set<std::string>& captures) {
  auto batch = d_.store->batch();
  for (const std::string& sha256 : captures) batch->erase(Space::kErasures, met_capture_key(id, sha256));
  Erasure receipt;
  const auto bytes = reads_.get(Space::kErasures, receipt_key(id));
  if (!bytes.ok() && !absl::IsNotFound(bytes.status())) return bytes.status();
  if (bytes.ok() && !receipt.ParseFromString(*bytes))
    return absl::DataLossError(str_cat("the receipt ", id, " does not parse"));
  if (!bytes.ok() || receipt.basis() == kByRetention)  // see take_evidence()
    return d_.store->write(*batch, Durability::kLater);
  CaptureSearch search;
  search.wanted.insert(captures.begin(), captures.end());
  CT_RETURN_IF_ERROR(spare_held(receipt, &search.spared));
  CT_ASSIGN_OR_RETURN(const CapturesToErase found, find_captures(reads_, search));
  receipt.clear_files_at();
  CT_RETURN_IF_ERROR(erase_captures(reads_, *d_.store, found, &receipt));
  CT_RETURN_IF_ERROR(d_.store->write(*batch, Durability::kLater));  // behind the receipt that is open again
  const std::scoped_lock lock(mutex_);
  for_files_[id].receipt = receipt;
  return absl::OkStatus();
}

// A page may show an erased post again and again. For that the files are written anew for a small part of the
// time only: where they are large, once an hour.
absl::Duration Eraser::rewriting_pace(const std::vector<Erasure>& done) const {
  const bool requested =
      std::ranges::any_of(done, [](const Erasure& receipt) { return receipt.basis() == kByRequest; });
  return requested ? std::min(kRewriteEvery, kRewritingShare * rewriting_took_) : kRewriteEvery;
}

absl::StatusOr<bool> Eraser::rewrite() {
  std::vector<Erasure> done;
  std::uint64_t trimmed = UINT64_MAX;
  {
    const std::scoped_lock lock(mutex_);
    // Words do not wait for a media store that is away.
    const bool away = pictures_pause_ > absl::ZeroDuration();
    for (const auto& [id, waiting] : for_files_) {
      if (!awaited_.contains(id) || (away && !waiting.written)) done.push_back(waiting.receipt);
    }
    if (done.empty() || (!somebody_waits() && !is_due(rewritten_, rewriting_pace(done), d_.clock->now())))
      return false;
    // What is still on the bus would be in the files again.
    for (const std::string_view consumer : kConsumers) {
      const std::uint64_t at = d_.bus->position(consumer);
      if (at < position_ && d_.bus->lag(consumer) > 0) return false;
      if (at > 0 || d_.bus->lag(consumer) > 0) trimmed = std::min(trimmed, at);
    }
  }
  if (d_.indexing != nullptr) {
    if (!index_asked_) index_asked_ = d_.indexing->ask_rewriting();
    if (!d_.indexing->is_rewritten(*index_asked_)) return false;
  }
  const absl::Time begun = d_.clock->now();
  if (trimmed != UINT64_MAX) {
    auto batch = d_.store->batch();
    batch->erase_range(Space::kLog, big_endian(std::uint64_t{0}), big_endian(trimmed));
    CT_RETURN_IF_ERROR(d_.store->write(*batch, Durability::kSynced));
  }
  CT_RETURN_IF_ERROR(rewrite_files(*d_.key_value, kRewritten, &stopping_));
  index_asked_.reset();
  rewritten_ = d_.clock->now();
  rewriting_took_ = std::max(rewritten_ - begun, absl::ZeroDuration());
  CT_RETURN_IF_ERROR(finish_receipts(done));
  return true;
}

// Those whose pictures are still there stay open.
absl::Status Eraser::finish_receipts(const std::vector<Erasure>& done) {
  std::vector<Erasure> closed;
  {
    const std::scoped_lock lock(mutex_);
    for (const Erasure& receipt : done) {
      const auto waiting = for_files_.find(receipt.id());
      if (!awaited_.contains(receipt.id()))
        closed.push_back(receipt);
      else if (waiting != for_files_.end())
        waiting->second.written = true;
    }
  }
  auto batch = d_.store->batch();
  for (Erasure& receipt : closed) {
    set_timestamp(receipt.mutable_files_at(), d_.clock->now());
    CT_RETURN_IF_ERROR(d_.store->stage_erasure(*batch, receipt));
    log_info("erasure.done", "No file of the store holds any more what was erased",
             {{"erasure.id", receipt.id()},
              {"erasure.basis", receipt.basis()},
              {"items", receipt.items()},
              {"captures", receipt.captures()},
              {"pictures", receipt.pictures()}});
  }
  CT_RETURN_IF_ERROR(d_.store->write(*batch, Durability::kSynced));
  const std::scoped_lock lock(mutex_);
  for (const Erasure& receipt : closed) for_files_.erase(receipt.id());
  return absl::OkStatus();
}

}  // namespace copytaster
