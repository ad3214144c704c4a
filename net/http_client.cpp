#include "net/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "core/log.h"
#include "core/strings.h"
#include "net/allowed_addresses.h"
#include "net/host_queue.h"
#include "net/libcurl.h"
#include "net/transfer.h"

namespace copytaster {
namespace {

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;

class CurlClient final : public Fetcher {
 public:
  CurlClient(const HttpClientOptions& options, AllowedAddresses allowed)
      : options_(options),
        allowed_(std::move(allowed)),
        queue_(options.max_in_flight, options.max_per_host),
        multi_(curl_multi_init()) {
    if (multi_ == nullptr) return;
    const long idle = static_cast<long>(std::clamp<std::size_t>(options_.max_in_flight, 4, 256));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, idle);
  }

  ~CurlClient() override {
    stopping_ = true;
    for (auto& [easy, active] : active_) {
      curl_multi_remove_handle(multi_.get(), easy);
      settle(std::move(active.transfer), cancelled());
    }
    active_.clear();
    std::unique_ptr<Transfer> waiting;
    while (queue_.drain(waiting)) settle(std::move(waiting), cancelled());
    while (run_settled()) {
    }
  }

  [[nodiscard]] bool usable() const { return multi_ != nullptr; }

  void fetch(HttpRequest request, FetchDone done) override {
    auto transfer = std::make_unique<Transfer>(std::move(request), std::move(done), options_, allowed_);
    absl::Status status = stopping_ ? cancelled() : transfer->check();
    if (status.ok() && queue_.waiting() >= options_.max_queued) {
      status = absl::ResourceExhaustedError("too many requests are waiting");
    }
    if (!status.ok()) return settle(std::move(transfer), std::move(status));
    const std::string origin = transfer->origin();
    queue_.push_back(origin, std::move(transfer));
  }

  std::size_t drive(absl::Duration wait) override {
    step();
    if (settled_.empty()) {
      const auto most = std::clamp<std::int64_t>(absl::ToInt64Milliseconds(wait), 0, 3'600'000);
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(most), nullptr);
      step();
    }
    run_settled();
    return active_.size() + queue_.waiting() + settled_.size();
  }

  void wake() override { curl_multi_wakeup(multi_.get()); }

 private:
  struct Active {
    Easy easy;
    std::unique_ptr<Transfer> transfer;
    std::string origin;
  };
  struct Settled {
    std::unique_ptr<Transfer> transfer;
    absl::StatusOr<HttpResponse> outcome;
  };

  static absl::Status cancelled() { return absl::CancelledError("the HTTP client is shutting down"); }

  void step() {
    start_waiting();
    int running = 0;
    if (const CURLMcode code = curl_multi_perform(multi_.get(), &running); code != CURLM_OK) {
      log_error("net.client.failed", curl_multi_strerror(code));
    }
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;  // the message dies with the handle
      conclude(message->easy_handle, code);
    }
    start_waiting();  // so that a wait that follows is one for them: redirects, and whose turn has come
  }

  void start_waiting() {
    std::unique_ptr<Transfer> transfer;
    std::string origin;
    while (queue_.pop(transfer)) {
      origin = transfer->origin();
      Easy easy = free_easy();
      absl::Status status =
          easy == nullptr ? absl::ResourceExhaustedError("out of memory") : transfer->prepare(easy.get());
      if (status.ok() && curl_multi_add_handle(multi_.get(), easy.get()) != CURLM_OK) {
        status = absl::ResourceExhaustedError("libcurl takes no more requests");
      }
      if (!status.ok()) {
        queue_.finished(origin);
        settle(std::move(transfer), std::move(status));
        continue;
      }
      CURL* key = easy.get();
      active_.emplace(key, Active{std::move(easy), std::move(transfer), origin});
    }
  }

  void conclude(CURL* key, CURLcode code) {
    const auto found = active_.find(key);
    if (found == active_.end()) return;
    Active active = std::move(found->second);
    active_.erase(found);
    curl_multi_remove_handle(multi_.get(), key);
    free_.push_back(std::move(active.easy));
    queue_.finished(active.origin);
    if (auto outcome = active.transfer->conclude(code)) {
      return settle(std::move(active.transfer), *std::move(outcome));
    }
    const std::string next = active.transfer->origin();
    queue_.push_front(next, std::move(active.transfer));
  }

  Easy free_easy() {
    if (free_.empty()) return Easy(curl_easy_init());
    Easy easy = std::move(free_.back());
    free_.pop_back();
    curl_easy_reset(easy.get());
    return easy;
  }

  void settle(std::unique_ptr<Transfer> transfer, absl::StatusOr<HttpResponse> outcome) {
    settled_.push_back({std::move(transfer), std::move(outcome)});
  }

  // Callbacks may call fetch(): what they add is settled in the next round.
  bool run_settled() {
    std::vector<Settled> round = std::exchange(settled_, {});
    for (Settled& settled : round) settled.transfer->finish(std::move(settled.outcome));
    return !round.empty();
  }

  const HttpClientOptions options_;
  const AllowedAddresses allowed_;
  HostQueue<std::unique_ptr<Transfer>> queue_;
  std::unique_ptr<CURLM, FreeMulti> multi_;  // before the handles: they are cleaned up first
  std::vector<Easy> free_;
  absl::flat_hash_map<CURL*, Active> active_;
  std::vector<Settled> settled_;
  bool stopping_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Fetcher>> make_http_client(const HttpClientOptions& options) {
  if (absl::Status started = start_libcurl(); !started.ok()) return started;
  auto allowed = AllowedAddresses::parse(options.allow);
  if (!allowed.ok()) return allowed.status();
  auto client = std::make_unique<CurlClient>(options, *std::move(allowed));
  if (!client->usable()) return absl::UnavailableError("libcurl cannot start: out of memory");
  return client;
}

}  // namespace copytaster
