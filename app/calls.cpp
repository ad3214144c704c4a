#include "app/calls.h"

#include <chrono>
#include <utility>

namespace copytaster {

absl::Status Calls::ask(Call call, absl::Duration wait) {
  auto answer = std::make_shared<std::promise<absl::Status>>();
  std::future<absl::Status> answered = answer->get_future();
  {
    const std::scoped_lock lock(mutex_);
    if (closed_) return absl::CancelledError("the service is stopping");
    if (waiting_.size() >= kMost)
      return absl::ResourceExhaustedError("too many such requests wait; try again");
    waiting_.push_back({std::move(call), answer});
  }
  if (answered.wait_for(absl::ToChronoMilliseconds(wait)) != std::future_status::ready)
    return absl::DeadlineExceededError("the collector is busy; look again in a minute");
  return answered.get();
}

void Calls::run() {
  std::deque<Waiting> now;
  {
    const std::scoped_lock lock(mutex_);
    now.swap(waiting_);
  }
  for (Waiting& one : now)
    one.call([answer = one.answer](absl::Status status) { answer->set_value(std::move(status)); });
}

void Calls::close() {
  std::deque<Waiting> left;
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    left.swap(waiting_);
  }
  for (Waiting& one : left) one.answer->set_value(absl::CancelledError("the service is stopping"));
}

}  // namespace copytaster
