// The steps over what a turn has taken in; and what they have put into memory and into other posts taken back
// again, where a post cannot be processed or a turn comes to nothing. The processing thread.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "app/parallel.h"
#include "app/processing.h"
#include "app/processing_metrics.h"
#include "app/processing_turn.h"
#include "core/copytaster.pb.h"

namespace copytaster {

class TurnSteps {
 public:
  // All outlive it. The stateless steps run on the threads of `parallel`.
  TurnSteps(const ProcessingDependencies& dependencies, Parallel* parallel, ProcessingMetrics* metrics)
      : d_(dependencies), parallel_(parallel), metrics_(metrics) {}

  // All steps for what was fetched; where only counts came, what reads them.
  absl::Status run(Turn& turn) const;
  // The item leaves the turn and becomes a dead letter: stored counts down, dead-lettered up. What was stored
  // of it before stays, in the store and in memory.
  absl::Status refuse(Turn& turn, const std::string& item_id, const absl::Status& why) const;
  // What an attempt has put into memory and not into the store is taken out again.
  absl::Status abandon(Turn& turn) const;

 private:
  [[nodiscard]] std::vector<absl::Status> prepare(const Turn& turn, std::vector<Item*>& items) const;
  absl::Status prepare_and_place(Turn& turn) const;
  absl::Status weigh(Turn& turn) const;
  void tell_answers(const Turn& turn) const;
  absl::Status take_revisions(Turn& turn) const;
  void put_back(std::vector<Item> known) const;
  absl::Status unteach_all(Turn& turn, const std::string& refused) const;
  absl::Status place_again(Turn& turn, const std::string& refused) const;

  const ProcessingDependencies d_;
  Parallel* parallel_;
  ProcessingMetrics* metrics_;
};

}  // namespace copytaster
