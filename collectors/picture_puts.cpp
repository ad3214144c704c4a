#include "collectors/picture_puts.h"

#include <utility>

namespace copytaster {

PicturePuts::PicturePuts(MediaStore* media, int threads, std::function<void()> done)
    : media_(media), done_(std::move(done)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

PicturePuts::~PicturePuts() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    more_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
}

void PicturePuts::start(Put put) {
  const std::scoped_lock lock(mutex_);
  waiting_.push_back(std::move(put));
  more_.notify_one();
}

std::vector<PicturePuts::Put> PicturePuts::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(ended_, {});
}

void PicturePuts::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    more_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    Put put = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    put.sha256 = media_->put(put.response.body);
    lock.lock();
    ended_.push_back(std::move(put));
    lock.unlock();
    done_();
    lock.lock();
  }
}

}  // namespace copytaster
