#include "collectors/websub_door.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <utility>

#include "absl/strings/escaping.h"
#include "collectors/host_budgets.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/text.h"

namespace copytaster {
namespace {

std::string hmac_hex(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(), &size);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(bytes.data()), size));
}

ServerResponse plain(int status, std::string_view text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string(text)};
}

ServerResponse later() {
  ServerResponse response = plain(503, "too much waits here; try again\n");
  response.headers.push_back({"Retry-After", "120"});
  return response;
}

void count_delivery(std::string_view result) {
  counter("copytaster_websub_deliveries_total", "What hubs delivered, by what became of it.",
          {{"result", result}})
      .add();
}
void count_question(std::string_view result) {
  counter("copytaster_websub_questions_total", "What hubs asked back, by what was answered.",
          {{"result", result}})
      .add();
}

}  // namespace

WebSubSubscription WebSubHome::subscription(std::string_view account_id, const WebSubSource& source) const {
  const std::string what = str_cat(account_id, "\n", source.hub, "\n", source.topic);
  WebSubSubscription out;
  out.hub = source.hub;
  out.topic = source.topic;
  out.callback = str_cat(callback, hmac_hex(key, str_cat("address\n", what)));
  out.secret = hmac_hex(key, str_cat("secret\n", what));
  return out;
}

std::string WebSubHome::mark() const { return hmac_hex(key, str_cat("home\n", callback)).substr(0, 16); }

std::string_view websub_name(const WebSubSubscription& subscription) {
  const std::string_view callback = subscription.callback;
  return callback.substr(callback.rfind('/') + 1);
}

void WebSubDoor::open() {
  const std::scoped_lock lock(mutex_);
  open_ = true;
}

void WebSubDoor::expect(const WebSubSubscription& subscription, WebSubMode wanted) {
  const std::scoped_lock lock(mutex_);
  expected_[std::string(websub_name(subscription))] = {subscription, wanted};
}

void WebSubDoor::forget(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  const auto found = expected_.find(name);
  if (found != expected_.end()) expected_.erase(found);
}

std::vector<WebSubWord> WebSubDoor::take_words() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(words_, {});
}

std::optional<WebSubDelivery> WebSubDoor::take_delivery() {
  const std::scoped_lock lock(mutex_);
  if (deliveries_.empty()) return std::nullopt;
  WebSubDelivery first = std::move(deliveries_.front());
  deliveries_.pop_front();
  bytes_ -= first.body.size();
  return first;
}

// What stands before the last '/' is the proxy's business.
std::optional<WebSubDoor::Expected> WebSubDoor::expected(std::string_view path, bool* is_open) const {
  const std::scoped_lock lock(mutex_);
  *is_open = open_;
  const auto found = expected_.find(path.substr(path.rfind('/') + 1));
  return found == expected_.end() ? std::nullopt : std::optional(found->second);
}

ServerResponse WebSubDoor::answer(const ServerRequest& request) {
  bool is_open = false;
  const std::optional<Expected> asked = expected(request.path, &is_open);
  if (!is_open) return later();
  if (!asked) return plain(404, "nothing here\n");
  if (request.method == "GET") return answer_question(request.query, *asked);
  if (request.method == "POST") return take_in(request, *asked);
  ServerResponse response = plain(405, "GET or POST\n");
  response.headers.push_back({"Allow", "GET, POST"});
  return response;
}

ServerResponse WebSubDoor::answer_question(const std::string& query, const Expected& asked) {
  auto question = read_websub_question(query);
  if (!question.ok()) {
    count_question("unread");
    return plain(400, "no question of a hub\n");
  }
  auto answer = answer_websub_question(*question, asked.subscription, asked.wanted);
  if (!answer.ok()) {
    count_question("refused");
    return plain(404, "nothing here\n");
  }
  {
    const std::scoped_lock lock(mutex_);
    if (words_.size() >= limits_.words) return later();
    words_.push_back({std::string(websub_name(asked.subscription)), question->mode, question->lease,
                      std::move(question->reason)});
  }
  count_question(question->mode == WebSubMode::kDenied ? "denied" : "confirmed");
  if (wake_) wake_();
  // A challenge is the hub's words: it must not be taken for a page of ours.
  ServerResponse response = plain(200, *answer);
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  return response;
}

ServerResponse WebSubDoor::take_in(const ServerRequest& request, const Expected& asked) {
  if (asked.wanted != WebSubMode::kSubscribe) {
    count_delivery("left");
    return plain(410, "no subscription any more\n");
  }
  if (const std::string_view coding = request.header("content-encoding");
      !coding.empty() && !equals_ignore_case(coding, "identity")) {
    count_delivery("unread");
    return plain(415, "no Content-Encoding, please\n");
  }
  if (!is_websub_signature(request.body, request.header("x-hub-signature"), asked.subscription.secret)) {
    count_delivery("forged");
    log_warn("websub.delivery.forged",
             "A delivery without a right signature was thrown away; feeds are polled",
             {{"hub", host_of(asked.subscription.hub)}});
    return plain(202, "");
  }
  {
    const std::scoped_lock lock(mutex_);
    if (deliveries_.size() >= limits_.deliveries || bytes_ + request.body.size() > limits_.bytes) {
      count_delivery("full");
      return later();
    }
    bytes_ += request.body.size();
    deliveries_.push_back({std::string(websub_name(asked.subscription)), request.headers, request.body});
  }
  if (wake_) wake_();
  return plain(202, "");
}

}  // namespace copytaster
