// The rehearsal: a server on loopback that plays the platforms in their own wire formats, fed with the
// day in rehearsal/day/ (words written for this project). It keeps its own clock: only posts with
// at <= now() exist; edits and deletions take effect at their time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/clock.h"
#include "core/copytaster.pb.h"
#include "core/fetcher.h"

namespace copytaster {

struct RehearsalOptions {
  const Clock* clock = nullptr;  // what time it is on the platforms
  std::uint16_t port = 0;
  bool faults = true;  // a 429, a 503, a lying ETag, expiring picture URLs, as on a real day
};

class Rehearsal {
 public:
  static absl::StatusOr<std::unique_ptr<Rehearsal>> start(const RehearsalOptions& options);
  virtual ~Rehearsal() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  // Hits by "METHOD host path-shape status", for tests.
  [[nodiscard]] virtual std::map<std::string, int> hits() const = 0;
};

// The day's officials as officials.toml, and the sentence that must be shown with its data.
[[nodiscard]] std::string_view rehearsal_officials_toml();
[[nodiscard]] std::string_view rehearsal_notice();
[[nodiscard]] absl::Time rehearsal_begin();  // 2022-04-14T00:00Z
[[nodiscard]] absl::Time rehearsal_end();    // 2022-04-14T22:30Z

// Sends every request to the rehearsal's port with the asked-for authority in Host, over real HTTP:
// https://graph.facebook.com/v25.0/x becomes http://127.0.0.1:PORT/v25.0/x with
// `Host: graph.facebook.com`. final_url and redirect targets are turned back. `inner` outlives it.
[[nodiscard]] std::unique_ptr<Fetcher> make_rehearsal_fetcher(Fetcher* inner, std::uint16_t port);

}  // namespace copytaster
