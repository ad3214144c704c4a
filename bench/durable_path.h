// Collector, bus, processing and store in one folder, as the service has them. One thread collects, one
// (perhaps the same) drains.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "app/processing.h"
#include "bench/corpus_reader.h"
#include "core/bus.h"
#include "core/clock.h"
#include "core/officials.h"
#include "processors/pipeline.h"
#include "storage/open.h"
#include "storage/tail_mark.h"

namespace copytaster {

struct DurablePath {
  std::unique_ptr<KeyValue> key_value;
  std::unique_ptr<Store> store;
  std::unique_ptr<MediaStore> media;
  std::unique_ptr<TailMark> mark;
  std::unique_ptr<Bus> bus;
  Officials officials;
  SystemClock clock;
  std::unique_ptr<Pipeline> pipeline;
  std::unique_ptr<Processing> processing;
  CorpusReader reader;

  absl::Status open(const std::string& folder);
  // One page as the poller does it: capture, items, cursor and counters in one synced batch.
  absl::Status collect(const std::string& page, std::size_t* posts) const;
  // Until nothing waits.
  absl::Status drain() const;
};

}  // namespace copytaster
