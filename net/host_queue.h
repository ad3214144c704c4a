// Who is next: at most so many under way together and at each host, and hosts take turns.
// Not thread-safe.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>

#include "core/strings.h"

namespace copytaster {

template <typename T>
class HostQueue {
 public:
  HostQueue(std::size_t max_active, std::size_t max_per_host)
      : max_active_(max_active), max_per_host_(max_per_host) {}

  void push_back(const std::string& host, T work) {
    hosts_[host].waiting.push_back(std::move(work));
    ++waiting_;
    enter(host);
  }
  // For work that has waited before.
  void push_front(const std::string& host, T work) {
    hosts_[host].waiting.push_front(std::move(work));
    ++waiting_;
    enter(host);
  }
  // Takes the next work that may start; its host is then busier by one until finished(host).
  bool pop(T& work) {
    if (active_ >= max_active_ || ring_.empty()) return false;
    const std::string name = std::move(ring_.front());
    ring_.pop_front();
    Host& host = hosts_[name];
    host.in_ring = false;
    work = std::move(host.waiting.front());
    host.waiting.pop_front();
    --waiting_;
    ++host.active;
    ++active_;
    enter(name);
    return true;
  }
  void finished(const std::string& name) {
    const auto found = hosts_.find(name);
    if (found == hosts_.end()) return;
    --found->second.active;
    --active_;
    if (found->second.active == 0 && found->second.waiting.empty()) {
      hosts_.erase(found);
    } else {
      enter(name);
    }
  }
  // Takes any waiting work, without counting it as under way: for the end.
  bool drain(T& work) {
    for (auto& [name, host] : hosts_) {
      if (host.waiting.empty()) continue;
      work = std::move(host.waiting.front());
      host.waiting.pop_front();
      --waiting_;
      return true;
    }
    return false;
  }
  [[nodiscard]] std::size_t waiting() const { return waiting_; }
  [[nodiscard]] std::size_t active() const { return active_; }

 private:
  struct Host {
    std::deque<T> waiting;
    std::size_t active = 0;
    bool in_ring = false;
  };

  void enter(const std::string& name) {
    Host& host = hosts_[name];
    if (host.in_ring || host.waiting.empty() || host.active >= max_per_host_) return;
    host.in_ring = true;
    ring_.push_back(name);
  }

  std::size_t max_active_, max_per_host_;
  std::size_t waiting_ = 0, active_ = 0;
  StringMap<Host> hosts_;
  std::deque<std::string> ring_;  // hosts with work that may start
};

}  // namespace copytaster
