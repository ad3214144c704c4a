// How Facebook, Instagram and Threads are asked, and what all three answer alike. The token travels in the
// Authorization header, never in a URL. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "collectors/meta_error.h"
#include "collectors/platforms_support.h"
#include "core/collector.h"

namespace copytaster {

// Settings of the two that are asked by the Graph API.
inline constexpr ConfigField kMetaAppSecret = {.name = "app_secret_file",
                                               .help = "A file with the app's secret, for appsecret_proof.",
                                               .default_value = "",
                                               .secret = true};
inline constexpr ConfigField kGraphVersion = {.name = "version",
                                              .help = "The version of the Graph API.",
                                              .default_value = "v25.0",
                                              .kind = FieldKind::kName};
inline constexpr ConfigField kGraphEndpoint = {.name = "endpoint",
                                               .help = "The Graph API's address.",
                                               .default_value = "https://graph.facebook.com",
                                               .kind = FieldKind::kServer};

class MetaAsking {
 public:
  // `spec` names the fields version, endpoint and first_pages, and says what they are when not set. `spec`
  // must live as long as this.
  MetaAsking(const CollectorSpec& spec, const CollectorSettings& settings);

  // kFailedPrecondition: without a token nothing can be asked.
  [[nodiscard]] absl::Status ready() const;
  // GET {endpoint}/{version}/{path}?{query}; with an app's secret also its proof.
  [[nodiscard]] absl::StatusOr<HttpRequest> ask(std::string_view path, std::string query) const;
  // How many pages a first poll reads.
  [[nodiscard]] int first_pages() const { return first_pages_; }

 private:
  const CollectorSpec* spec_;
  std::string token_;
  std::string app_secret_;
  std::string version_;
  std::string endpoint_;
  int first_pages_;
};

// An answer that is JSON and no error is given to `read` with the cursor it was asked with as `next` and the
// wait that its headers tell; the API's own errors are given to `failure`.
using MetaRead = absl::FunctionRef<absl::Status(const Answered&, Parsed*)>;
using MetaFailure = absl::FunctionRef<absl::StatusOr<Parsed>(const Capture&, const MetaError&)>;
[[nodiscard]] absl::StatusOr<Parsed> parse_meta_answer(const Account& account, const Capture& capture,
                                                       MetaRead read, MetaFailure failure);

// What a rate limit means: the wait that the headers tell, else the error.
[[nodiscard]] absl::StatusOr<Parsed> meta_rate_limited(const Capture& capture, const MetaError& error);

}  // namespace copytaster
