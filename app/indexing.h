// Follows the store's list of changed items and keeps the search index. The index is derived: it may lag, be
// thrown away or be damaged; then it is made anew from the store. A list is done only when the index that
// holds its items is on disk.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/store.h"
#include "storage/search_index.h"

namespace copytaster {

class Indexing {
 public:
  // `store` outlives it.
  static absl::StatusOr<std::unique_ptr<Indexing>> open(Store* store, const std::string& directory);
  // Indexes what has changed since, the whole store where the index is new; waits at most `wait` for news.
  // Returns the number of items done. One thread.
  absl::StatusOr<std::size_t> turn(absl::Duration wait);

  // The rest: any thread.
  void wake();  // something was committed
  void stop();  // turn() returns soon, a rebuilding too
  // Whether everything that was committed is in the index.
  [[nodiscard]] bool idle() const;
  // Asks for the index in new files, once all that is committed by now is in it: what was removed from it
  // stands in no file then. Returns the number to ask is_rewritten() with.
  std::uint64_t ask_rewriting();
  [[nodiscard]] bool is_rewritten(std::uint64_t number) const { return rewritten_ >= number; }

 private:
  Indexing(Store* store, std::string directory, std::unique_ptr<SearchWriter> writer)
      : store_(store), directory_(std::move(directory)), writer_(std::move(writer)) {}
  absl::StatusOr<std::size_t> renew(const absl::Status& why);
  absl::StatusOr<std::size_t> rebuild();
  absl::StatusOr<std::size_t> follow();
  absl::Status rewrite(std::uint64_t number);

  Store* store_;
  std::string directory_;
  int renewals_ = 0;
  std::unique_ptr<SearchWriter> writer_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> complete_{false};
  std::atomic<std::uint64_t> asked_{0}, rewritten_{0};  // rewritings
  std::mutex mutex_;
  std::condition_variable news_;
  bool woken_ = false;
};

}  // namespace copytaster
