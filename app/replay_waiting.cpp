// What had been acknowledged and waited in the old store for others than the processing: pictures that were
// to be looked at, erasures that had not begun (replay_stages.h).
#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "app/erasure_action.h"
#include "app/picture_work.h"
#include "app/replay_stages.h"
#include "app/turn_writes.h"
#include "app/versions.h"
#include "bus/parcel_record.h"
#include "core/bytes.h"
#include "core/status.h"
#include "storage/erasure_keys.h"

namespace copytaster {
namespace {

constexpr std::size_t kParcelsAtOnce = 64;

// Of who never committed anything: what the log still holds, as the bus takes it.
absl::StatusOr<std::uint64_t> position_of(const KeyValue& key_value, std::string_view consumer) {
  const auto stored = key_value.get(Space::kPositions, consumer);
  if (absl::IsNotFound(stored.status())) return std::uint64_t{0};
  CT_RETURN_IF_ERROR(stored.status());
  return from_big_endian(*stored);
}

// Pictures of the log from the slower position on: the processing may have passed a record whose pictures
// nobody had looked at. Of such records nothing else is taken: the processing has stored the rest, and an
// older version of a post or an older count put behind newer ones would stand as the newest. Behind all
// posts, for also those that no capture gives have pictures.
//
// Safe to do again: a picture that stands already as it is told is passed over, and since the log is read to
// its end, of several words about one picture the last is the last here, too. What somebody only noted of
// pictures comes out of the captures.
class PictureReplay final : public ReplayStage {
 public:
  explicit PictureReplay(const ReplayDependencies& d) : d_(d) {}

  absl::StatusOr<std::optional<ReplayStep>> next() override {
    while (true) {
      if (parcels_.empty()) CT_RETURN_IF_ERROR(read_on());
      if (parcels_.empty()) return std::optional<ReplayStep>();
      ReplayStep step;
      step.alone = true;
      const std::vector<PictureResult> pictures = std::move(parcels_.front());
      parcels_.pop_front();
      for (const PictureResult& result : pictures) {
        CT_ASSIGN_OR_RETURN(const bool news, is_news(result));
        if (news) *step.parcel.add_pictures() = result;
      }
      if (step.parcel.pictures_size() > 0) return step;
    }
  }

 private:
  absl::Status read_on() {
    if (!position_) {
      CT_ASSIGN_OR_RETURN(const auto processed, position_of(*d_.old_key_value, TurnWrites::kConsumer));
      CT_ASSIGN_OR_RETURN(const auto looked_at, position_of(*d_.old_key_value, PictureWork::kConsumer));
      position_ = std::min(processed, looked_at);
    }
    return d_.old_key_value->scan(Space::kLog, big_endian(*position_), "",
                                  [&](std::string_view key, std::string_view value) {
                                    const std::uint64_t number = from_big_endian(key);
                                    position_ = number + 1;
                                    take(read_parcel(number, value));
                                    return parcels_.size() < kParcelsAtOnce;
                                  });
  }

  void take(Parcel parcel) {
    std::vector<PictureResult> pictures;
    for (PictureResult& result : *parcel.mutable_pictures()) {
      if (result.media().state() != WANTED) pictures.push_back(std::move(result));
    }
    if (!pictures.empty()) parcels_.push_back(std::move(pictures));
  }

  absl::StatusOr<bool> is_news(const PictureResult& result) const {
    const auto made = d_.made->item(result.item_id());
    if (absl::IsNotFound(made.status())) return false;
    CT_RETURN_IF_ERROR(made.status());
    Item told = *made;
    (void)apply_picture(told, result);
    for (int i = 0; i < told.media_size(); ++i) {
      const Media &before = made->media(i), &after = told.media(i);
      if (before.state() != after.state() || before.sha256() != after.sha256()) return true;
    }
    return false;
  }

  ReplayDependencies d_;
  std::optional<std::uint64_t> position_;
  std::deque<std::vector<PictureResult>> parcels_;
};

// Erasures that were accepted and have no receipt. Last of all, so that each finds all that it is about; the
// receipt it begins has the id that was told to who asked, and is not done: the service that opens the store
// takes it up at its start, like one that a stop has cut short.
class ErasureReplay final : public ReplayStage {
 public:
  explicit ErasureReplay(const ReplayDependencies& d) : d_(d) {}

  absl::StatusOr<std::optional<ReplayStep>> next() override {
    if (!std::exchange(begun_, true)) CT_RETURN_IF_ERROR(read_actions());
    if (waiting_.empty()) return std::optional<ReplayStep>();
    ReplayStep step;
    step.alone = true;
    *step.parcel.add_actions() = std::move(waiting_.front());
    waiting_.pop_front();
    ++d_.counts->erasures;
    return step;
  }

 private:
  absl::Status read_actions() {
    absl::Status bad;
    CT_RETURN_IF_ERROR(d_.old->each_action([&](const Action& action) {
      const auto request = to_erase_request(action);
      if (!request) return true;
      const auto begun = d_.old_key_value->get(Space::kErasures, receipt_key(begin_receipt(*request).id()));
      if (absl::IsNotFound(begun.status())) {
        waiting_.push_back(action);
        return true;
      }
      bad = begun.status();
      return bad.ok();
    }));
    return bad;
  }

  ReplayDependencies d_;
  bool begun_ = false;
  std::deque<Action> waiting_;
};

}  // namespace

std::unique_ptr<ReplayStage> replay_pictures(const ReplayDependencies& d) {
  return std::make_unique<PictureReplay>(d);
}
std::unique_ptr<ReplayStage> replay_erasures(const ReplayDependencies& d) {
  return std::make_unique<ErasureReplay>(d);
}

}  // namespace copytaster
