// A web made of a function. Answers come in drive(), in the order of asking; some may be held back.
#pragma once

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/fetcher.h"

namespace copytaster::testing {

class FakeFetcher final : public Fetcher {
 public:
  using Web = std::function<absl::StatusOr<HttpResponse>(const HttpRequest&)>;

  explicit FakeFetcher(Web web) : web_(std::move(web)) {}
  ~FakeFetcher() override {
    for (auto& [request, done] : std::exchange(waiting_, {})) done(absl::CancelledError("end"));
  }

  // Requests for this URL get no answer until release().
  void hold(const std::string& url) { held_.insert(url); }
  void release() { held_.clear(); }
  [[nodiscard]] const std::vector<HttpRequest>& requests() const { return requests_; }
  [[nodiscard]] int hits(const std::string& url) const {
    int count = 0;
    for (const HttpRequest& request : requests_) count += request.url == url ? 1 : 0;
    return count;
  }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

  void fetch(HttpRequest request, FetchDone done) override {
    requests_.push_back(request);
    waiting_.emplace_back(std::move(request), std::move(done));
  }
  std::size_t drive(absl::Duration) override {
    std::deque<std::pair<HttpRequest, FetchDone>> now = std::exchange(waiting_, {});
    for (auto& [request, done] : now) {
      if (held_.contains(request.url)) {
        waiting_.emplace_back(std::move(request), std::move(done));
      } else {
        done(web_(request));
      }
    }
    return waiting_.size();
  }
  void wake() override {}

 private:
  Web web_;
  std::deque<std::pair<HttpRequest, FetchDone>> waiting_;
  std::vector<HttpRequest> requests_;
  std::set<std::string> held_;
};

}  // namespace copytaster::testing
