// What no capture gives: the end of the log, posts that came by hand, posts whose captures are lost, counts
// (replay_stages.h).
#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "app/replay_stages.h"
#include "bus/parcel_record.h"
#include "core/bytes.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kItemsAtOnce = 64;

// What was appended and not processed. Its captures stand in the chain: only what they do not give is new.
class LogReplay final : public ReplayStage {
 public:
  explicit LogReplay(const ReplayDependencies& d) : d_(d) {}

  absl::StatusOr<std::optional<ReplayStep>> next() override {
    if (!position_) {
      const auto stored = d_.old_key_value->get(Space::kPositions, "process");
      position_ = stored.ok() ? from_big_endian(*stored) : 0;
    }
    std::optional<std::string> bytes;
    CT_RETURN_IF_ERROR(d_.old_key_value->scan(Space::kLog, big_endian(*position_), "",
                                              [&](std::string_view key, std::string_view value) {
                                                position_ = from_big_endian(key) + 1;
                                                bytes = std::string(value);
                                                return false;
                                              }));
    if (!bytes) return std::optional<ReplayStep>();
    return take(read_parcel(*position_ - 1, *bytes));
  }

 private:
  absl::StatusOr<std::optional<ReplayStep>> take(Parcel parcel) {
    ReplayStep step;
    step.alone = true;
    for (DeadLetter& letter : *parcel.mutable_dead_letters()) step.letters.push_back(std::move(letter));
    parcel.clear_dead_letters();
    parcel.clear_actions();  // they stand among the editors' actions: the chain's stage, replay_erasures()
    std::vector<Item> items(std::make_move_iterator(parcel.mutable_items()->begin()),
                            std::make_move_iterator(parcel.mutable_items()->end()));
    parcel.clear_items();
    for (Item& item : items) {
      CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d_.window->find(item.id()));
      CT_ASSIGN_OR_RETURN(const bool given, is_given(item, known));
      if (given) continue;
      d_.window->handed_on(item, known);
      *parcel.add_items() = std::move(item);
    }
    for (const Deletion& deletion : parcel.deletions()) {
      CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d_.window->find(deletion.item_id()));
      if (deletion.state() == GONE) d_.window->taken_back(deletion.item_id(), known);
    }
    step.parcel = std::move(parcel);
    return step;
  }

  // The chain has given what its captures say, all of it: an edit given again behind a later one would be a
  // version more, and the newest. But for what somebody brought in: that it gives only as it was stored. And
  // what was taken back is served again by the same words: that makes no version.
  absl::StatusOr<bool> is_given(const Item& item, const ReplayWindow::Post& known) const {
    if (item.has_intake() || known.version == 0) return false;
    if (known.says(item)) return true;
    if (!known.stands && known.content_hash == item.content_hash()) return false;
    const auto capture = d_.old_key_value->get(Space::kCaptures, item.capture_sha256());
    if (absl::IsNotFound(capture.status()) || absl::IsDataLoss(capture.status())) return false;
    CT_RETURN_IF_ERROR(capture.status());
    // All before this step is stored: each of this stage is alone.
    const auto versions = d_.made->versions(item.id());
    if (absl::IsNotFound(versions.status())) return false;
    CT_RETURN_IF_ERROR(versions.status());
    return std::ranges::any_of(*versions, [&](const Item& one) {
      return one.capture_sha256() == item.capture_sha256() || one.content_hash() == item.content_hash();
    });
  }

  ReplayDependencies d_;
  std::optional<std::uint64_t> position_;
};

// Walks over the posts of the old store, some at a time.
class OldPosts {
 public:
  explicit OldPosts(const KeyValue* old) : old_(old) {}

  // Empty: that was all.
  absl::StatusOr<std::vector<std::string>> next() {
    std::vector<std::string> ids;
    CT_RETURN_IF_ERROR(old_->scan(Space::kItems, from_, "", [&](std::string_view key, std::string_view) {
      ids.emplace_back(key);
      return ids.size() < kItemsAtOnce;
    }));
    if (!ids.empty()) from_ = ids.back() + '\0';
    return ids;
  }

 private:
  const KeyValue* old_;
  std::string from_;
};

// Posts brought in whose capture did not bring them, and posts that no capture gives any more.
class RestReplay final : public ReplayStage {
 public:
  explicit RestReplay(const ReplayDependencies& d) : d_(d), posts_(d.old_key_value) {}

  absl::StatusOr<std::optional<ReplayStep>> next() override {
    if (!std::exchange(begun_, true)) {
      for (Item& item : d_.memory->rest()) {
        CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d_.window->find(item.id()));
        if (known.says(item)) continue;
        ++d_.counts->by_hand;
        CT_RETURN_IF_ERROR(push(std::move(item)));
      }
    }
    while (steps_.empty()) {
      CT_ASSIGN_OR_RETURN(const std::vector<std::string> ids, posts_.next());
      if (ids.empty()) return std::optional<ReplayStep>();
      for (const std::string& id : ids) CT_RETURN_IF_ERROR(look_at(id));
    }
    std::optional<ReplayStep> step = std::move(steps_.front());
    steps_.pop_front();
    return step;
  }

 private:
  absl::Status look_at(const std::string& id) {
    CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d_.window->find(id));
    if (known.version > 0 || d_.made->tombstone(str_cat("item:", id)).ok()) return absl::OkStatus();
    CT_ASSIGN_OR_RETURN(const bool refused, is_refused(id));
    if (refused) return absl::OkStatus();
    CT_ASSIGN_OR_RETURN(const std::vector<Item> versions, d_.memory->versions(id));
    if (versions.empty() || d_.made->tombstone(str_cat("account:", versions.back().account_id())).ok())
      return absl::OkStatus();
    ++d_.counts->kept;
    if (d_.counts->kept_ids.size() < ReplayCounts::kMostIds) d_.counts->kept_ids.push_back(id);
    for (const Item& version : versions) CT_RETURN_IF_ERROR(push(as_handed_on(version)));
    const Item& newest = versions.back();
    return newest.state() == GONE ? push_deletion(newest) : absl::OkStatus();
  }

  // It was handed on, and today's steps do not take it: it is a dead letter.
  absl::StatusOr<bool> is_refused(const std::string& id) const {
    const std::string prefix = str_cat("process:", sha256_hex(id).substr(0, 32), ":");
    bool found = false;
    CT_RETURN_IF_ERROR(d_.made_key_value->scan(Space::kDeadLetters, prefix, prefix + "\x7f",
                                               [&](std::string_view, std::string_view) {
                                                 found = true;
                                                 return false;
                                               }));
    return found;
  }

  absl::Status push(Item item) {
    ReplayStep step;
    step.parcel.set_account_id(item.account_id());
    step.parcel.set_capture_sha256(item.capture_sha256());
    step.alone = true;
    CT_ASSIGN_OR_RETURN(ReplayedPost post, add_post(d_, std::move(item), &step));
    steps_.push_back(std::move(step));
    if (auto looks = pictures_step(std::move(post.pictures))) steps_.push_back(*std::move(looks));
    return absl::OkStatus();
  }

  absl::Status push_deletion(const Item& gone) {
    CT_ASSIGN_OR_RETURN(const ReplayWindow::Post known, d_.window->find(gone.id()));
    d_.window->taken_back(gone.id(), known);
    ReplayStep step;
    step.alone = true;
    Deletion* deletion = step.parcel.add_deletions();
    deletion->set_item_id(gone.id());
    deletion->set_state(GONE);
    deletion->set_proof(gone.gone_proof());
    *deletion->mutable_seen_at() = gone.gone_at();
    deletion->set_capture_sha256(gone.gone_capture_sha256());
    steps_.push_back(std::move(step));
    return absl::OkStatus();
  }

  ReplayDependencies d_;
  OldPosts posts_;
  bool begun_ = false;
  std::deque<ReplayStep> steps_;
};

// Pages that showed nothing new but counts were not kept; the counts were.
class EngagementReplay final : public ReplayStage {
 public:
  explicit EngagementReplay(const ReplayDependencies& d) : d_(d), posts_(d.old_key_value) {}

  absl::StatusOr<std::optional<ReplayStep>> next() override {
    while (true) {
      CT_ASSIGN_OR_RETURN(const std::vector<std::string> ids, posts_.next());
      if (ids.empty()) return std::optional<ReplayStep>();
      ReplayStep step;
      for (const std::string& id : ids) CT_RETURN_IF_ERROR(look_at(id, &step.parcel));
      if (step.parcel.engagements_size() > 0) return step;
    }
  }

 private:
  absl::Status look_at(const std::string& id, Parcel* parcel) {
    CT_ASSIGN_OR_RETURN(const std::vector<Item> old, d_.memory->versions(id));
    if (old.empty() || old.back().engagement_history().empty()) return absl::OkStatus();
    const auto made = d_.made->item(id);
    if (absl::IsNotFound(made.status())) return absl::OkStatus();
    CT_RETURN_IF_ERROR(made.status());
    const Item& newest = old.back();
    const auto missing = ReplayMemory::engagements(old, &*made);
    for (const EngagementAt& one : missing) *parcel->add_engagements() = one;
    const Engagement& now = missing.empty() ? made->engagement() : missing.back().engagement();
    if (now.SerializeAsString() == newest.engagement().SerializeAsString()) return absl::OkStatus();
    // Told again at an age that is noted: it is the count of today, and no further note.
    EngagementAt* last = parcel->add_engagements();
    *last = *newest.engagement_history().rbegin();
    last->set_item_id(id);
    *last->mutable_engagement() = newest.engagement();
    return absl::OkStatus();
  }

  ReplayDependencies d_;
  OldPosts posts_;
};

}  // namespace

std::unique_ptr<ReplayStage> replay_log(const ReplayDependencies& d) {
  return std::make_unique<LogReplay>(d);
}
std::unique_ptr<ReplayStage> replay_rest(const ReplayDependencies& d) {
  return std::make_unique<RestReplay>(d);
}
std::unique_ptr<ReplayStage> replay_engagements(const ReplayDependencies& d) {
  return std::make_unique<EngagementReplay>(d);
}

}  // namespace copytaster
