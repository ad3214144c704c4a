// What the benchmark measures. Each measure runs the real code on the corpus; times are of this process.
//
// parse and parse + dedupe begin where an answer has been received: its capture, with its copy of the page
// and their SHA-256, is made before the clock runs. The durable path's clock runs for that too.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/corpus.h"

namespace copytaster {

struct Measure {
  double posts_per_second = 0;
  double cpu_microseconds_per_post = 0;  // of all threads together
  std::size_t posts = 0;
  double fdatasync_milliseconds = 0;  // durable path only: in the same folder, just before
  std::size_t texts_read = 0;         // dedupe only: of earlier posts, to be laid beside a new one's
};

struct RestoreCost {
  Measure restored;  // back into memory
  Measure passed;    // looked at by their outline only, as what is out of the window
};

struct StepCost {
  std::string step;
  double microseconds_per_post = 0;
};

// Wire bytes to items.
[[nodiscard]] absl::StatusOr<Measure> measure_parse(const Corpus& corpus);
// Wire bytes to items, fingerprint and dedupe, with all that folding does in the service but the disk: the
// likeliest candidates are verified on the texts. Those of the same turn (16 pages) lie in memory; the texts
// of earlier posts, the newest 500,000, are read from their serialised records, which lie in memory too.
// Putting these there is not in it.
[[nodiscard]] absl::StatusOr<Measure> measure_parse_and_dedupe(const Corpus& corpus);
// The same without the texts: candidates are found and decided by hashes alone, as where no text can be read.
// This is what programs do that compare MinHash signatures (peers/).
[[nodiscard]] absl::StatusOr<Measure> measure_parse_and_dedupe_by_hashes(const Corpus& corpus);
// The whole path: parse, append to the bus (synced), all steps, commit to the store. With 1 thread the same
// thread does both halves in turn; with 2 one collects and one processes, as in the service.
[[nodiscard]] absl::StatusOr<Measure> measure_durable_path(const Corpus& corpus, int threads,
                                                           const std::string& folder);
// A start after a stop: the corpus, or its first `most` posts, is brought into an empty store by the durable
// path (not measured); then memory is taken back from it `rounds` times, the median counts. All lie in the
// window. The store's files have just been written, so the kernel has them in memory.
[[nodiscard]] absl::StatusOr<RestoreCost> measure_restore(const Corpus& corpus, std::size_t most, int rounds,
                                                          const std::string& folder);
// CPU microseconds a post of each stateless step.
[[nodiscard]] absl::StatusOr<std::vector<StepCost>> measure_steps(const Corpus& corpus);
// Median milliseconds of write + fdatasync of 4 KiB in `folder`: what durable latencies are compared with.
[[nodiscard]] absl::StatusOr<double> measure_fdatasync(const std::string& folder);

}  // namespace copytaster
