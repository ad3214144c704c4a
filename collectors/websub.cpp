#include "collectors/websub.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/escaping.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostHubs = 8;
constexpr std::size_t kMostSecret = 199;  // §5.1: less than 200 bytes
constexpr std::size_t kMostChallenge = 4096;
constexpr std::int64_t kMostLeaseSeconds = std::int64_t{10} * 365 * 86400;
constexpr absl::Duration kSoonest = absl::Minutes(5);

// Every target of a relation in all Link headers, which link_target() gives the first of.
std::vector<std::string> link_targets(const Capture& answer, std::string_view relation) {
  std::vector<std::string> out;
  for (const Header& header : answer.headers()) {
    if (!equals_ignore_case(header.name(), "link")) continue;
    std::string_view rest = header.value();
    while (out.size() < kMostHubs) {
      const std::size_t open = rest.find('<');
      if (open == std::string_view::npos) break;
      const std::size_t next = rest.find('<', open + 1);
      std::string target = link_target(rest.substr(open, next - open), relation);
      if (is_http_url(target) && std::find(out.begin(), out.end(), target) == out.end())
        out.push_back(std::move(target));
      if (next == std::string_view::npos) break;
      rest.remove_prefix(next);
    }
  }
  return out;
}

std::string detail(const Account& profile, const std::string& name) {
  const auto found = profile.details().find(name);
  return found != profile.details().end() && is_http_url(found->second) ? found->second : "";
}

std::string_view word_of(WebSubMode mode) {
  return mode == WebSubMode::kSubscribe     ? "subscribe"
         : mode == WebSubMode::kUnsubscribe ? "unsubscribe"
                                            : "denied";
}

const EVP_MD* method_named(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kNames = {"sha1", "sha256", "sha384", "sha512"};
  static const std::array<const EVP_MD* (*)(), 4> kMethods = {&EVP_sha1, &EVP_sha256, &EVP_sha384,
                                                              &EVP_sha512};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (equals_ignore_case(name, kNames[i])) return kMethods[i]();
  }
  return nullptr;
}

}  // namespace

WebSubOffer websub_offer(const Capture& answer, const Account& profile) {
  WebSubOffer out;
  out.hubs = link_targets(answer, "hub");
  std::string hub = detail(profile, "hub");
  if (out.hubs.empty() && !hub.empty()) out.hubs.push_back(std::move(hub));
  std::vector<std::string> self = link_targets(answer, "self");
  out.topic = self.empty() ? detail(profile, "topic") : std::move(self.front());
  return out;
}

absl::StatusOr<HttpRequest> websub_request(const WebSubSubscription& subscription, WebSubMode mode) {
  if (mode == WebSubMode::kDenied)
    return absl::InvalidArgumentError("a subscriber asks to subscribe or unsubscribe");
  for (const std::string* url : {&subscription.hub, &subscription.topic, &subscription.callback}) {
    if (!is_http_url(*url))
      return absl::InvalidArgumentError(str_cat("no http(s) address: ", without_secrets(*url)));
  }
  if (subscription.secret.empty() || subscription.secret.size() > kMostSecret)
    return absl::InvalidArgumentError(str_cat("a secret has 1 to ", kMostSecret, " bytes"));
  const bool to_subscribe = mode == WebSubMode::kSubscribe;
  if (to_subscribe && !starts_with_ignore_case(subscription.hub, "https://"))
    return absl::InvalidArgumentError("a hub without https: the secret would go over the wire readable");
  HttpRequest request;
  request.method = "POST";
  request.url = subscription.hub;
  request.max_redirects = 0;  // a redirect would carry the secret elsewhere
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  request.body = str_cat("hub.mode=", word_of(mode), "&hub.topic=", percent_encode(subscription.topic),
                         "&hub.callback=", percent_encode(subscription.callback));
  if (to_subscribe) {
    str_append(&request.body, "&hub.secret=", percent_encode(subscription.secret), "&hub.lease_seconds=",
               std::clamp<std::int64_t>(absl::ToInt64Seconds(subscription.lease), 1, kMostLeaseSeconds));
  }
  return request;
}

absl::StatusOr<WebSubQuestion> read_websub_question(std::string_view query) {
  WebSubQuestion out;
  std::string mode;
  std::int64_t lease = 0;
  for (const auto& [name, value] : query_parameters(query)) {
    if (name == "hub.mode" && mode.empty()) mode = value;
    if (name == "hub.topic" && out.topic.empty()) out.topic = value;
    if (name == "hub.challenge" && out.challenge.empty()) out.challenge = value;
    if (name == "hub.reason" && out.reason.empty()) out.reason = to_valid_utf8(value);
    if (name == "hub.lease_seconds") lease = parse_number<std::int64_t>(value).value_or(0);
  }
  if (mode == "subscribe") {
    out.mode = WebSubMode::kSubscribe;
  } else if (mode == "unsubscribe") {
    out.mode = WebSubMode::kUnsubscribe;
  } else if (mode != "denied") {
    return absl::InvalidArgumentError(
        "no question of a hub: hub.mode is none of subscribe, unsubscribe, denied");
  }
  if (out.topic.empty()) return absl::InvalidArgumentError("a hub's question without hub.topic");
  if (out.mode == WebSubMode::kDenied) {
    out.challenge.clear();
    return out;
  }
  if (out.challenge.empty() || out.challenge.size() > kMostChallenge)
    return absl::InvalidArgumentError(
        str_cat("a hub's question needs a hub.challenge of 1 to ", kMostChallenge, " bytes"));
  if (out.mode == WebSubMode::kSubscribe) {
    if (lease <= 0)
      return absl::InvalidArgumentError("a hub that subscribes says hub.lease_seconds, 1 or more");
    out.lease = absl::Seconds(std::min(lease, kMostLeaseSeconds));
  }
  return out;
}

absl::StatusOr<std::string> answer_websub_question(const WebSubQuestion& question,
                                                   const WebSubSubscription& asked, WebSubMode wanted) {
  if (question.topic != asked.topic)
    return absl::NotFoundError("a question about a topic that is not this address's");
  if (question.mode == WebSubMode::kDenied) return std::string();
  if (question.mode != wanted)
    return absl::NotFoundError(str_cat("nobody asked the hub to ", word_of(question.mode)));
  return question.challenge;
}

bool is_websub_signature(std::string_view body, std::string_view header, std::string_view secret) {
  header = strip_space(header);
  const std::size_t equals = header.find('=');
  const EVP_MD* method = method_named(header.substr(0, equals));
  if (equals == std::string_view::npos || method == nullptr || secret.empty()) return false;
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (HMAC(method, secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(body.data()), body.size(), bytes.data(), &size) == nullptr)
    return false;
  const std::string said = ascii_lower(strip_space(header.substr(equals + 1)));
  const std::string ours =
      absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(bytes.data()), size));
  return said.size() == ours.size() && CRYPTO_memcmp(said.data(), ours.data(), ours.size()) == 0;
}

absl::Time websub_renewal(absl::Time confirmed, absl::Duration lease) {
  return confirmed + std::max(lease - std::max(lease / 10, absl::Minutes(1)), kSoonest);
}

}  // namespace copytaster
