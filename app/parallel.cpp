#include "app/parallel.h"

namespace copytaster {

Parallel::Parallel(int threads) {
  for (int i = 1; i < threads; ++i) helpers_.emplace_back([this] { help(); });
}

Parallel::~Parallel() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  start_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

void Parallel::work_off() {
  for (std::size_t i = next_.fetch_add(1); i < count_; i = next_.fetch_add(1)) (*work_)(i);
}

void Parallel::help() {
  std::uint64_t seen = 0;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      start_.wait(lock, [&] { return stopping_ || round_ != seen; });
      if (stopping_) return;
      seen = round_;
    }
    work_off();
    const std::scoped_lock lock(mutex_);
    if (--helping_ == 0) finished_.notify_one();
  }
}

void Parallel::each(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (helpers_.empty() || count < 2) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  {
    const std::scoped_lock lock(mutex_);
    count_ = count;
    work_ = &work;
    next_ = 0;
    helping_ = helpers_.size();
    ++round_;
  }
  start_.notify_all();
  work_off();
  std::unique_lock lock(mutex_);
  finished_.wait(lock, [&] { return helping_ == 0; });
}

}  // namespace copytaster
