// What a turn of the processing takes in: posts, which get their versions here, and what is told of posts
// that are known. The processing thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "app/processing_turn.h"
#include "app/turn_erasures.h"
#include "core/clock.h"
#include "core/copytaster.pb.h"
#include "core/store.h"

namespace copytaster {

class TurnParcels {
 public:
  // All outlive it. `edition`: ours (app/edition.h); what it has prepared is not prepared again.
  TurnParcels(const StoreReader* store, const Clock* clock, const TurnErasures* erasures, std::string edition)
      : store_(store), clock_(clock), erasures_(erasures), edition_(std::move(edition)) {}

  // Uses it up, but for what it says of pictures.
  absl::Status take(Turn& turn, Parcel& parcel) const;
  // Puts the facts about pictures in place.
  absl::Status take_pictures(Turn& turn, const std::vector<PictureResult>& results) const;
  // What is no post: the log could not give it back, or a part of it could not be taken in.
  void take_letter(Turn& turn, DeadLetter letter) const;

 private:
  absl::Status take_item(Turn& turn, Item fetched, bool prepared) const;
  absl::Status take_deletion(Turn& turn, const Deletion& deletion) const;
  absl::Status take_engagement(Turn& turn, const EngagementAt& noted) const;

  const StoreReader* store_;
  const Clock* clock_;
  const TurnErasures* erasures_;
  const std::string edition_;
};

}  // namespace copytaster
