#include "bench/measures.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

#include "absl/time/clock.h"
#include "bench/corpus_reader.h"
#include "bench/durable_path.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/pipeline.h"

namespace copytaster {

absl::StatusOr<Measure> measure_parse(const Corpus& corpus) {
  CorpusReader reader;
  CT_RETURN_IF_ERROR(reader.open());
  return reader.measure(corpus, [](Parsed&) { return absl::OkStatus(); });
}

absl::StatusOr<double> measure_fdatasync(const std::string& folder) {
  const std::string name = str_cat(folder, "/fdatasync");
  const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return absl::UnavailableError(str_cat(name, ": ", std::strerror(errno)));
  const std::string block(4096, 'x');
  std::vector<double> milliseconds;
  for (int i = 0; i < 101; ++i) {
    const absl::Time begun = absl::Now();
    if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0) break;
    milliseconds.push_back(absl::ToDoubleMilliseconds(absl::Now() - begun));
  }
  ::close(file);
  if (milliseconds.size() < 101) return absl::UnavailableError(str_cat(name, ": ", std::strerror(errno)));
  std::ranges::sort(milliseconds);
  return milliseconds[milliseconds.size() / 2];
}

absl::StatusOr<Measure> measure_durable_path(const Corpus& corpus, int threads, const std::string& folder) {
  CT_ASSIGN_OR_RETURN(const double sync, measure_fdatasync(folder));
  DurablePath path;
  CT_RETURN_IF_ERROR(path.open(folder));
  Stopwatch watch;
  watch.go();
  std::size_t posts = 0;
  absl::Status processed;
  std::atomic<bool> done{false};
  std::thread processor;
  if (threads > 1) {
    processor = std::thread([&] {
      while (processed.ok() && (!done || path.bus->lag("process") > 0))
        processed = path.processing->turn(absl::Milliseconds(5)).status();
    });
  }
  absl::Status collected;
  for (const std::string& page : corpus.pages) {
    collected = path.collect(page, &posts);
    if (!collected.ok()) break;
    if (threads == 1 && path.bus->lag("process") >= 16) collected = path.drain();
    if (!collected.ok()) break;
  }
  done = true;
  if (processor.joinable()) processor.join();
  CT_RETURN_IF_ERROR(collected);
  CT_RETURN_IF_ERROR(processed);
  CT_RETURN_IF_ERROR(path.drain());
  watch.halt();
  Measure measure = watch.measure(posts);
  measure.fdatasync_milliseconds = sync;
  CT_RETURN_IF_ERROR(expect_posts(path.store->counters().stored(), corpus.posts));
  return measure;
}

absl::StatusOr<std::vector<StepCost>> measure_steps(const Corpus& corpus) {
  CorpusReader reader;
  CT_RETURN_IF_ERROR(reader.open());
  std::vector<Item> items;
  for (const std::string& page : corpus.pages) {
    CT_ASSIGN_OR_RETURN(Parsed parsed, reader.parse(reader.capture(page)));
    for (Item& item : parsed.items) items.push_back(std::move(item));
    if (items.size() >= 5000) break;
  }
  const Officials officials;
  Pipeline pipeline(officials, Rules::defaults());
  std::vector<StepCost> costs;
  for (const StepSpec& spec : pipeline.steps()) {
    if (spec.needs_memory) continue;
    Stopwatch watch;
    watch.go();
    for (Item& item : items) CT_RETURN_IF_ERROR(pipeline.run_step(spec.name, item));
    watch.halt();
    costs.push_back({std::string(spec.name), watch.measure(items.size()).cpu_microseconds_per_post});
  }
  return costs;
}

}  // namespace copytaster
