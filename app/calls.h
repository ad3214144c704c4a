// What other threads ask of the collector's thread: pausing an account, bringing a post in. They wait for the
// answer, at most so long; the collector's thread runs what waits between two turns.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace copytaster {

class Calls {
 public:
  using Done = std::function<void(absl::Status)>;
  // Runs on the collector's thread and calls `done` exactly once, then or later on the same thread.
  using Call = std::function<void(Done done)>;

  // Any thread but the collector's. kDeadlineExceeded: no answer within `wait`; what was asked may still be
  // done. kResourceExhausted: too many wait. kCancelled: the service is stopping.
  absl::Status ask(Call call, absl::Duration wait);
  // The collector's thread.
  void run();
  // Answers all who wait with kCancelled, now and later.
  void close();

 private:
  struct Waiting {
    Call call;
    std::shared_ptr<std::promise<absl::Status>> answer;
  };
  static constexpr std::size_t kMost = 64;
  std::mutex mutex_;
  std::deque<Waiting> waiting_;
  bool closed_ = false;
};

}  // namespace copytaster
