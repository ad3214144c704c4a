// Has the chain of evidence stamped with the time (RFC 3161), once in a while and where something new has
// come: the newest link goes to the authority as a hash, and the answer into the space `stamps`. An authority
// that is away, or says nonsense, is a warning and is asked again; nothing waits for it. Thread: the
// collector's, whose fetcher it uses.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "app/settings.h"
#include "collectors/back_off.h"
#include "core/clock.h"
#include "core/fetcher.h"
#include "core/key_value.h"

namespace copytaster {

class Stamping {
 public:
  // All outlive it; the fetcher may call back later, into nothing. Without an URL it does nothing.
  Stamping(StampSettings settings, KeyValue* key_value, Fetcher* fetcher, const Clock* clock);

  // Stores what has come, asks when it is time. Errors only where the store itself fails.
  absl::Status turn();

 private:
  // Outlives this object in the callback.
  struct Inbox {
    std::optional<absl::StatusOr<HttpResponse>> answer;
  };
  struct Asked {
    std::uint64_t number = 0;
    std::string link, nonce;
  };

  absl::Status find_last();
  absl::Status ask(absl::Time now);
  absl::Status take(absl::StatusOr<HttpResponse> outcome, absl::Time now);
  absl::Status keep(const HttpResponse& response, absl::Time now);
  void fail(const absl::Status& why, absl::Time now);

  const StampSettings settings_;
  KeyValue* key_value_;
  Fetcher* fetcher_;
  const Clock* clock_;
  Jitter jitter_{0};
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::optional<Asked> asked_;         // the request under way
  std::optional<std::uint64_t> last_;  // number of the link stamped last
  absl::Time due_ = absl::InfinitePast();
  std::uint32_t failures_ = 0;
  bool has_looked_ = false;
};

}  // namespace copytaster
