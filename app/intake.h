// Manual intake: posts that no collector reads, brought in by an editor as an address, a text or a saved
// page. They become items like all others, always marked with who brought them in and when (Item.intake),
// with the pasted bytes, or the server's answer, kept as evidence.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "app/calls.h"
#include "collectors/poller.h"
#include "core/clock.h"
#include "core/fetcher.h"
#include "core/officials.h"
#include "core/store.h"
#include "desk/house_sources.h"

namespace copytaster {

// What a request means, without fetching or storing.
struct BroughtIn {
  Capture capture;
  Item item;
};

// `request` is clean (app/intake_check.h); `fetched`: what its address answered, where it came with nothing
// else. Pure; any thread. Seconds for a page of a megabyte that is made to hurt: not on the collector's.
// kInvalidArgument: an official we do not know, no words. kFailedPrecondition: the address answered no page,
// or one that asks for a login.
[[nodiscard]] absl::StatusOr<BroughtIn> read_intake(const IntakeRequest& request,
                                                    std::optional<HttpResponse> fetched,
                                                    const Officials& officials, absl::Time now);

// The part that belongs to the collector's thread.
class ManualIntake {
 public:
  using Fetched = std::function<void(absl::StatusOr<HttpResponse>)>;
  // All outlive it, and the fetcher's requests under way.
  ManualIntake(Poller* poller, Fetcher* fetcher, const StoreReader* store)
      : poller_(poller), fetcher_(fetcher), store_(store), alive_(std::make_shared<bool>(true)) {}

  // `done` is called once, later on the same thread.
  void fetch(const std::string& url, Fetched done);
  // What is known already is not stored again, unless it is a correction (app/versions.h).
  [[nodiscard]] absl::StatusOr<IntakeAnswer> store(BroughtIn brought);

 private:
  Poller* poller_;
  Fetcher* fetcher_;
  const StoreReader* store_;
  std::shared_ptr<bool> alive_;
};

// Runs a call on the collector's thread and waits for its answer.
using AskCollector = std::function<absl::Status(Calls::Call)>;

// The whole way of a request. Any thread but the collector's, which only fetches and stores: `intake` is
// touched nowhere else. With an address alone the page is fetched. Errors: those of clean_intake and
// read_intake; kUnavailable and others where the page could not be fetched or nothing can be stored.
[[nodiscard]] absl::StatusOr<IntakeAnswer> bring_in(IntakeRequest request, ManualIntake* intake,
                                                    const AskCollector& ask, const Officials& officials,
                                                    const Clock& clock);

}  // namespace copytaster
