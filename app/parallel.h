// A few helper threads for work over a range. The caller works too.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace copytaster {

class Parallel {
 public:
  // `threads` in all, the caller included.
  explicit Parallel(int threads);
  ~Parallel();
  Parallel(const Parallel&) = delete;
  Parallel& operator=(const Parallel&) = delete;

  // Calls work(i) for i in [0, count), in any order, on all threads; returns when all are done.
  // `work` must not throw. One caller at a time.
  void each(std::size_t count, const std::function<void(std::size_t)>& work);

 private:
  void help();
  void work_off();

  std::mutex mutex_;
  std::condition_variable start_, finished_;
  bool stopping_ = false;
  std::uint64_t round_ = 0;
  std::size_t helping_ = 0;
  std::size_t count_ = 0;
  std::atomic<std::size_t> next_{0};
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::vector<std::thread> helpers_;
};

}  // namespace copytaster
