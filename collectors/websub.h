// The subscriber's half of WebSub without a server: a hub tells us of a feed's news by calling our address
// back, so that the feed need not be asked every ten minutes. Whoever owns the sockets uses these parts.
// Source: W3C Recommendation WebSub, 23 January 2018 (sections are its own). Pure; any thread; any bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/fetcher.h"

namespace copytaster {

// §4: which hubs speak for a feed, and under which address they know it. A feed without both has none.
struct WebSubOffer {
  std::vector<std::string> hubs;  // http(s), as named, at most 8
  std::string topic;              // rel="self"
  [[nodiscard]] explicit operator bool() const { return !hubs.empty() && !topic.empty(); }
};
// Link headers go before what stands in the document (its details "hub" and "topic", by read_feed).
[[nodiscard]] WebSubOffer websub_offer(const Capture& answer, const Account& profile);

enum class WebSubMode : std::uint8_t { kSubscribe, kUnsubscribe, kDenied };

struct WebSubSubscription {
  std::string hub;
  std::string topic;
  std::string callback;  // ours; one a subscription, and not to be guessed (§5.1)
  std::string secret;    // 1 to 199 bytes: without one anybody may pretend to be the hub
  absl::Duration lease = absl::Hours(24 * 10);  // wished for; the hub says what is given
};

// §5.1: the POST to the hub. A 202 says that it will ask back. kInvalidArgument: an address that is no
// http(s) URL, a secret that is empty or too long, denied as a mode. The secret goes only over https (§5.1).
[[nodiscard]] absl::StatusOr<HttpRequest> websub_request(const WebSubSubscription& subscription,
                                                         WebSubMode mode);

// §5.2, §5.3: the hub's GET to our callback.
struct WebSubQuestion {
  WebSubMode mode = WebSubMode::kDenied;
  std::string topic;
  std::string challenge;  // to be answered with 200 and this as the body; not of a denial
  absl::Duration lease = absl::ZeroDuration();  // given; of a subscription only
  std::string reason;                           // of a denial, may be empty
};
// `query` is what follows the "?". kInvalidArgument: no such question.
[[nodiscard]] absl::StatusOr<WebSubQuestion> read_websub_question(std::string_view query);
// The body to answer with; kNotFound where we never asked for this: answer 404 (§5.3).
[[nodiscard]] absl::StatusOr<std::string> answer_websub_question(const WebSubQuestion& question,
                                                                 const WebSubSubscription& asked,
                                                                 WebSubMode wanted);

// §7.1: whether "X-Hub-Signature: METHOD=HEX" is `body`'s with our secret (sha1, sha256, sha384, sha512).
// Takes the same time wherever the difference lies. A body that is not signed is answered with 2xx and
// thrown away: the feed will be polled.
[[nodiscard]] bool is_websub_signature(std::string_view body, std::string_view header,
                                       std::string_view secret);

// When to ask again: well before the lease ends, and never within five minutes (a hub that gives seconds).
[[nodiscard]] absl::Time websub_renewal(absl::Time confirmed, absl::Duration lease);

}  // namespace copytaster
