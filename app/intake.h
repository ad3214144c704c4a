// Manual intake: posts that no collector reads, brought in by an editor as an address, a text or a saved
// page. They become items like all others, always marked with who brought them in and when (Item.intake),
// with the pasted bytes kept as evidence. Belongs to the collector's thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "collectors/poller.h"
#include "core/clock.h"
#include "core/fetcher.h"
#include "core/officials.h"
#include "desk/house_sources.h"

namespace copytaster {

class ManualIntake {
 public:
  using Done = std::function<void(absl::StatusOr<std::string> item_id)>;
  // All outlive it, and the fetcher's requests under way.
  ManualIntake(Poller* poller, Fetcher* fetcher, const Officials* officials, const Clock* clock)
      : poller_(poller),
        fetcher_(fetcher),
        officials_(officials),
        clock_(clock),
        alive_(std::make_shared<bool>(true)) {}

  // `done` is called once, now or later on the same thread. With an address alone the page is fetched.
  // kInvalidArgument: nothing to bring in, no name, an address that is none, an official we do not know, a
  // date that is none. kUnavailable and others: the page could not be fetched.
  void bring(IntakeRequest request, Done done);

 private:
  void fetch(IntakeRequest request, Done done);
  [[nodiscard]] absl::StatusOr<std::string> store(const IntakeRequest& request, std::string_view how);

  Poller* poller_;
  Fetcher* fetcher_;
  const Officials* officials_;
  const Clock* clock_;
  std::shared_ptr<bool> alive_;
};

// What a request means, without fetching or storing: for Intake and its tests.
struct BroughtIn {
  Capture capture;
  Item item;
};
[[nodiscard]] absl::StatusOr<BroughtIn> read_intake(const IntakeRequest& request, std::string_view how,
                                                    const Officials& officials, absl::Time now);

}  // namespace copytaster
