#include "desk/gate.h"

#include <arpa/inet.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "core/log.h"
#include "core/text.h"
#include "desk/escape.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

constexpr std::size_t kShortestToken = 16;
constexpr std::size_t kLongestToken = 4096;
constexpr std::size_t kMaxSessions = 256;
constexpr absl::Duration kSessionLife = absl::Hours(12);
// Over plain HTTP on loopback a browser takes no Secure cookie everywhere, and __Host- demands Secure.
constexpr std::string_view kPlainCookie = "copytaster_session";
constexpr std::string_view kHostCookie = "__Host-copytaster_session";

absl::Duration machine_steady_time() {
  return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// "[::1]:8642" -> "::1", "localhost:8642" -> "localhost".
std::string host_without_port(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t close = host.find(']');
    return close == std::string_view::npos ? std::string() : std::string(host.substr(1, close - 1));
  }
  return ascii_lower(host.substr(0, host.find(':')));
}

std::string_view cookie_of(const ServerRequest& request, std::string_view name) {
  for (const HttpHeader& header : request.headers) {
    if (!equals_ignore_case(header.name, "cookie")) continue;
    for (std::string_view pair : split(header.value, ';')) {
      pair = strip_space(pair);
      if (consume_prefix(&pair, name) && consume_prefix(&pair, "=")) return pair;
    }
  }
  return {};
}

std::string_view bearer_of(const ServerRequest& request) {
  std::string_view value = strip_space(request.header("authorization"));
  return starts_with_ignore_case(value, "bearer ") ? strip_space(value.substr(7)) : std::string_view();
}

std::string_view cookie_name(const ServerRequest& request) {
  return is_loopback(host_without_port(request.header("host"))) ? kPlainCookie : kHostCookie;
}

std::string set_cookie(const ServerRequest& request, std::string_view value, absl::Duration life) {
  const std::string_view name = cookie_name(request);
  return str_cat(name, "=", value, "; Path=/; HttpOnly; SameSite=Strict",
                 name == kHostCookie ? "; Secure" : "", "; Max-Age=", absl::ToInt64Seconds(life));
}

ServerResponse see_other(std::string_view where) {
  ServerResponse response = reply(303, "text/plain; charset=utf-8", "");
  set_header(response, "Location", where);
  return response;
}

ServerResponse too_many() {
  ServerResponse response = error_reply(429, "too_many_requests", "Too many wrong tokens.", "Wait a minute.");
  set_header(response, "Retry-After", "60");
  return response;
}

}  // namespace

bool is_loopback(std::string_view address) {
  if (equals_ignore_case(address, "localhost")) return true;
  const std::string text(address);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return bytes[0] == 127;
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return false;
  return std::all_of(bytes.begin(), bytes.end() - 1, [](unsigned char b) { return b == 0; }) &&
         bytes.back() == 1;
}

absl::Status Gate::check_options(const DeskOptions& options) {
  if (options.token.empty() && !is_loopback(options.address)) {
    return absl::FailedPreconditionError(
        str_cat("the desk would listen on ", options.address,
                " for everybody: set desk.token_file, or the address 127.0.0.1"));
  }
  if (!options.token.empty() &&
      (options.token.size() < kShortestToken || options.token.size() > kLongestToken)) {
    return absl::FailedPreconditionError(
        str_cat("the desk's token must have ", kShortestToken, " to ", kLongestToken, " bytes"));
  }
  return absl::OkStatus();
}

Gate::Gate(const DeskOptions& options, SteadyClock steady)
    : loopback_(is_loopback(options.address)),
      token_hash_(options.token.empty() ? std::string() : sha256_hex(options.token)),
      steady_(steady ? std::move(steady) : machine_steady_time) {
  for (const std::string& name : options.host_names) host_names_.push_back(ascii_lower(name));
}

bool Gate::host_is_ours(std::string_view host) const {
  if (!loopback_) return true;  // there the token decides
  const std::string name = host_without_port(host);
  return is_loopback(name) || std::ranges::find(host_names_, name) != host_names_.end();
}

std::optional<ServerResponse> Gate::refuse_foreign_page(const ServerRequest& request) const {
  const std::string_view site = request.header("sec-fetch-site");
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads) {
    // A link to us may be followed from anywhere; another site's page may not load our data.
    const bool loads = site == "cross-site" && request.header("sec-fetch-mode") != "navigate";
    if (!loads) return std::nullopt;
    return error_reply(403, "cross_site", "Another site's page asked for this.");
  }
  const std::string_view origin = request.header("origin");
  const std::size_t scheme = origin.find("://");
  const std::string_view how = origin.substr(0, std::min(scheme, origin.size()));
  const bool own_origin = scheme != std::string_view::npos && (how == "http" || how == "https") &&
                          equals_ignore_case(origin.substr(scheme + 3), request.header("host"));
  // A page with the policy no-referrer, as ours are, posts its forms with "Origin: null" (Fetch standard).
  const bool no_origin = origin.empty() || origin == "null";
  const bool own_site = site.empty() ? own_origin : site == "same-origin" && (no_origin || own_origin);
  if (own_site) return std::nullopt;
  return error_reply(403, "cross_site", "A change must come from the desk's own pages.",
                     "Send Origin with the desk's own address.");
}

std::optional<ServerResponse> Gate::refuse(const ServerRequest& request, bool open) {
  if (!host_is_ours(request.header("host"))) {
    return error_reply(
        421, "wrong_host", "This desk does not answer to that host name.",
        "Use http://localhost or http://127.0.0.1, or name it in desk.host_names of settings.toml.");
  }
  if (auto refusal = refuse_foreign_page(request)) return refusal;
  return open ? std::nullopt : refuse_without_token(request);
}

std::optional<ServerResponse> Gate::refuse_without_token(const ServerRequest& request) {
  if (!needs_token() || has_session(request)) return std::nullopt;
  const std::string_view token = bearer_of(request);
  if (!token.empty()) {
    const int result = try_token(request, token);
    if (result == 200) return std::nullopt;
    if (result == 429) return too_many();
  } else if (request.method == "GET" &&
             request.header("accept").find("text/html") != std::string_view::npos) {
    return see_other("/login");
  }
  ServerResponse response = error_reply(401, "unauthenticated", "The desk's token is needed.",
                                        "Send Authorization: Bearer TOKEN, or log in at /login.");
  set_header(response, "WWW-Authenticate", "Bearer realm=\"copytaster\"");
  return response;
}

int Gate::try_token(const ServerRequest& request, std::string_view token) {
  const std::string peer = peer_key(request.peer);
  const absl::Duration now = steady_();
  if (!throttle_.may_try(peer, now)) return 429;
  if (equal_in_constant_time(sha256_hex(token), token_hash_)) {
    throttle_.was_right(peer, now);
    return 200;
  }
  throttle_.was_wrong(peer, now);
  log_warn("desk.token.refused", "a wrong token was presented", {{"client.address", request.peer}});
  return 401;
}

bool Gate::has_session(const ServerRequest& request) {
  const std::string_view id = cookie_of(request, cookie_name(request));
  if (id.empty()) return false;
  const std::string hash = sha256_hex(id);
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(hash);
  if (found == sessions_.end()) return false;
  if (found->second > steady_()) return true;
  sessions_.erase(found);
  return false;
}

// 256 random bits; only their hash is kept.
std::string Gate::open_session() {
  std::array<unsigned char, 32> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return std::string();
  const std::string id =
      sha256_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  const absl::Duration now = steady_();
  const std::scoped_lock lock(mutex_);
  absl::erase_if(sessions_, [&](const auto& entry) { return entry.second <= now; });
  if (sessions_.size() >= kMaxSessions) {
    sessions_.erase(std::ranges::min_element(sessions_, {}, [](const auto& entry) { return entry.second; }));
  }
  sessions_.emplace(sha256_hex(id), now + kSessionLife);
  return id;
}

ServerResponse Gate::login(const ServerRequest& request) {
  if (!needs_token()) return see_other("/");
  const int result = try_token(request, parameter(request.body, "token").value_or(std::string()));
  if (result == 429) {
    ServerResponse response = login_form("Too many wrong tokens. Wait a minute.");
    response.status = 429;
    set_header(response, "Retry-After", "60");
    return response;
  }
  if (result != 200) {
    ServerResponse response = login_form("That is not the token.");
    response.status = 401;
    return response;
  }
  const std::string session = open_session();
  if (session.empty()) return error_reply(503, "unavailable", "No session could be opened.");
  ServerResponse response = see_other("/");
  set_header(response, "Set-Cookie", set_cookie(request, session, kSessionLife));
  return response;
}

ServerResponse Gate::login_form(std::string_view problem) const {
  const std::string alert =
      problem.empty() ? std::string()
                      : str_cat("<p role=\"alert\" class=\"problem\">", escape_html(problem), "</p>");
  ServerResponse response = reply(
      200, "text/html; charset=utf-8",
      str_cat(
          "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<title>Copytaster: log in</title>\n<link rel=\"stylesheet\" href=\"/assets/app.css\">\n</head>\n"
          "<body class=\"login\">\n<main>\n<h1>Copytaster</h1>\n",
          alert,
          "<form method=\"post\" action=\"/login\">\n<label for=\"token\">The desk's token</label>\n"
          "<input id=\"token\" name=\"token\" type=\"password\" autocomplete=\"current-password\" required "
          "autofocus>\n<button>Log in</button>\n</form>\n</main>\n</body>\n</html>\n"));
  set_header(response, "Content-Security-Policy", kLoginPolicy);
  return response;
}

ServerResponse Gate::logout(const ServerRequest& request) {
  const std::string hash = sha256_hex(cookie_of(request, cookie_name(request)));
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = sessions_.find(hash); found != sessions_.end()) sessions_.erase(found);
  }
  ServerResponse response = see_other(needs_token() ? "/login" : "/");
  set_header(response, "Set-Cookie", set_cookie(request, "", absl::ZeroDuration()));
  return response;
}

}  // namespace copytaster
