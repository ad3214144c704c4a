// Who may come in: Host, Origin, token, session. Any thread.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/strings.h"
#include "desk/desk_server.h"
#include "desk/throttle.h"
#include "net/http_server.h"

namespace copytaster {

// Loopback as an IP literal or "localhost".
[[nodiscard]] bool is_loopback(std::string_view address);

class Gate {
 public:
  using SteadyClock = std::function<absl::Duration()>;  // never jumps
  // kFailedPrecondition as in DeskServer::start.
  static absl::Status check_options(const DeskOptions& options);
  explicit Gate(const DeskOptions& options, SteadyClock steady = {});

  // The refusal, or nullopt: come in. `open`: routes that need no token (probes, login, assets).
  [[nodiscard]] std::optional<ServerResponse> refuse(const ServerRequest& request, bool open);

  [[nodiscard]] bool needs_token() const { return !token_hash_.empty(); }
  // POST /login with a form's `token`: a session cookie and on to the page; or the form again.
  [[nodiscard]] ServerResponse login(const ServerRequest& request);
  [[nodiscard]] ServerResponse login_form(std::string_view problem = {}) const;
  [[nodiscard]] ServerResponse logout(const ServerRequest& request);

 private:
  [[nodiscard]] bool host_is_ours(std::string_view host) const;
  [[nodiscard]] std::optional<ServerResponse> refuse_foreign_page(const ServerRequest& request) const;
  [[nodiscard]] std::optional<ServerResponse> refuse_without_token(const ServerRequest& request);
  // Compares hashes in constant time, counts wrong ones. 200: right; 401; 429: not even looked at.
  int try_token(const ServerRequest& request, std::string_view token);
  [[nodiscard]] bool has_session(const ServerRequest& request);
  std::string open_session();

  const bool loopback_;
  const std::string token_hash_;  // the token itself is not kept
  std::vector<std::string> host_names_;
  SteadyClock steady_;
  Throttle throttle_;
  std::mutex mutex_;
  StringMap<absl::Duration> sessions_;  // hash of the session id -> until when
};

}  // namespace copytaster
