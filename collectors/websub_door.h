// The door that hubs knock at: answers their questions and takes in what they deliver, on the threads of an
// HTTP server, and keeps it for the poller's one thread. Everything is bounded; nothing is read here but
// what proves that a hub is meant.
//
// Addresses: the callback's last path segment names the subscription (64 hex digits, HMAC-SHA-256 of account,
// hub and topic under the house's key), so it is not to be guessed; the secret is made the same way. A
// restart gives the same ones, and neither is stored anywhere. Delivery: a 2xx says "taken in", before it is
// stored. What a crash loses here the next poll finds. Answers: 404 where no subscription has that address
// (also to a question we did not ask); 2xx, and nothing else, to a delivery with a wrong signature (W3C
// WebSub §7.1: a forger learns nothing); 410 to deliveries of what we have left; 415 to a compressed body;
// 503 while too much waits, so that the hub tries again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "collectors/websub.h"
#include "collectors/websub_lease.h"
#include "core/fetcher.h"
#include "core/strings.h"
#include "net/http_server.h"

namespace copytaster {

// Where hubs reach us, and what makes our addresses hard to guess.
struct WebSubHome {
  std::string callback;  // "https://desk.example.org/websub/", public; ends with '/'
  std::string key;       // random, secret, kept over restarts: who has it can forge deliveries

  [[nodiscard]] WebSubSubscription subscription(std::string_view account_id,
                                                const WebSubSource& source) const;
  // Tells one home from another (another key, another address) without giving either away.
  [[nodiscard]] std::string mark() const;
};
// What a subscription is called at the door: the last segment of its callback.
[[nodiscard]] std::string_view websub_name(const WebSubSubscription& subscription);

// What a hub said and was answered.
struct WebSubWord {
  std::string name;
  WebSubMode mode = WebSubMode::kDenied;
  absl::Duration lease = absl::ZeroDuration();
  std::string reason;
};

struct WebSubDelivery {
  std::string name;
  std::vector<HttpHeader> headers;
  std::string body;
};

struct WebSubLimits {
  std::size_t deliveries = 64;                // that wait for the poller
  std::size_t bytes = std::size_t{32} << 20;  // of their bodies together
  std::size_t words = 1024;
};

class WebSubDoor {
 public:
  // `wake` is called, on the server's threads, when something waits.
  explicit WebSubDoor(WebSubHome home, std::function<void()> wake = nullptr, WebSubLimits limits = {})
      : home_(std::move(home)), wake_(std::move(wake)), limits_(limits) {}
  [[nodiscard]] const WebSubHome& home() const { return home_; }

  // Any thread. GET: a question; POST: a delivery. Before open() everything is 503.
  [[nodiscard]] ServerResponse answer(const ServerRequest& request);

  // The poller's thread: what we want of whom.
  void open();
  void expect(const WebSubSubscription& subscription, WebSubMode wanted);
  void forget(std::string_view name);
  [[nodiscard]] std::vector<WebSubWord> take_words();
  [[nodiscard]] std::optional<WebSubDelivery> take_delivery();

 private:
  struct Expected {
    WebSubSubscription subscription;
    WebSubMode wanted = WebSubMode::kSubscribe;
  };
  [[nodiscard]] std::optional<Expected> expected(std::string_view path, bool* is_open) const;
  [[nodiscard]] ServerResponse answer_question(const std::string& query, const Expected& asked);
  [[nodiscard]] ServerResponse take_in(const ServerRequest& request, const Expected& asked);

  const WebSubHome home_;
  const std::function<void()> wake_;
  const WebSubLimits limits_;
  mutable std::mutex mutex_;  // guards all below
  bool open_ = false;
  StringMap<Expected> expected_;
  std::vector<WebSubWord> words_;
  std::deque<WebSubDelivery> deliveries_;
  std::size_t bytes_ = 0;
};

}  // namespace copytaster
