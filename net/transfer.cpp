#include "net/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "net/request_target.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxHeaderBytes = std::size_t{64} << 10;

// Sets options until one fails.
class Setter {
 public:
  explicit Setter(CURL* easy) : easy_(easy) {}
  template <typename T>
  Setter& set(CURLoption option, T value) {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
    return *this;
  }
  [[nodiscard]] absl::Status status() const {
    if (code_ == CURLE_OK) return absl::OkStatus();
    return absl::InternalError(str_cat("libcurl refuses an option: ", curl_easy_strerror(code_)));
  }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

long milliseconds(absl::Duration d) {
  return static_cast<long>(std::clamp<std::int64_t>(absl::ToInt64Milliseconds(d), 1, 86'400'000));
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// What would tell another host who we are.
bool is_private(const HttpHeader& header) {
  return equals_ignore_case(header.name, "authorization") || equals_ignore_case(header.name, "cookie") ||
         equals_ignore_case(header.name, "proxy-authorization") || equals_ignore_case(header.name, "host");
}

// libcurl's business, or of a body that is gone after a redirect.
bool is_ours(const HttpHeader& header) {
  return equals_ignore_case(header.name, "accept-encoding") ||
         equals_ignore_case(header.name, "content-length") ||
         equals_ignore_case(header.name, "transfer-encoding") ||
         equals_ignore_case(header.name, "connection") || equals_ignore_case(header.name, "expect");
}

std::string too_large(std::size_t most) { return str_cat("the body is larger than ", most, " bytes"); }

}  // namespace

absl::Status Transfer::check() {
  if (!is_clean_header(request_.method, "")) return absl::InvalidArgumentError("bad method");
  if (!is_clean_header("authorization", request_.authorization)) {
    return absl::InvalidArgumentError("CR, LF or NUL in the authorization");
  }
  for (const HttpHeader& header : request_.headers) {
    if (!is_clean_header(header.name, header.value)) {
      return absl::InvalidArgumentError("a header with a bad name, or CR, LF or NUL in its value");
    }
  }
  auto address = parse_web_address(request_.url);
  if (!address.ok()) return address.status();
  address_ = *std::move(address);
  return allowed_.check_literal(address_.host, address_.port);
}

absl::Status Transfer::prepare(CURL* easy) {
  start_hop();
  const absl::Duration left = request_.timeout - spent_;
  if (left <= absl::ZeroDuration()) return absl::DeadlineExceededError(str_cat(address_.host, ": timed out"));
  const auto slow = static_cast<long>(absl::ToInt64Seconds(options_.low_speed_time));
  // No CURLOPT_PIPEWAIT: what it makes wait stands in one line for all hosts (libcurl 7.88).
  Setter setter(easy);
  setter.set(CURLOPT_URL, address_.url.c_str())
      .set(CURLOPT_PRIVATE, static_cast<void*>(this))
      .set(CURLOPT_ERRORBUFFER, error_.data())
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_PROTOCOLS_STR, "http,https")
      .set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
      .set(CURLOPT_FOLLOWLOCATION, 0L)
      .set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L)
      .set(CURLOPT_PROXY, "")
      .set(CURLOPT_NOPROXY, "*")
      .set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED))
      .set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS))
      .set(CURLOPT_ACCEPT_ENCODING, "gzip, br, zstd")
      .set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.max_body_bytes))
      .set(CURLOPT_TIMEOUT_MS, milliseconds(left))
      .set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options_.connect_timeout))
      .set(CURLOPT_LOW_SPEED_LIMIT, options_.low_speed_bytes_per_second)
      .set(CURLOPT_LOW_SPEED_TIME, std::max(slow, 1L))
      // A resolver that hangs would otherwise be waited for when its request is given up, by all hosts.
      .set(CURLOPT_QUICK_EXIT, 1L)
      .set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket)
      .set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this))
      .set(CURLOPT_HEADERFUNCTION, &Transfer::on_header)
      .set(CURLOPT_HEADERDATA, static_cast<void*>(this))
      .set(CURLOPT_WRITEFUNCTION, &Transfer::on_body)
      .set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  if (absl::Status status = setter.status(); !status.ok()) return status;
  if (absl::Status status = set_method(easy); !status.ok()) return status;
  return set_headers(easy);
}

void Transfer::start_hop() {
  response_ = {};
  refusal_ = absl::OkStatus();
  forbidden_ = absl::OkStatus();
  dialled_ = 0;
  header_bytes_ = 0;
  content_lengths_ = 0;
  transfer_encoding_ = false;
  block_ended_ = true;
  error_[0] = '\0';
  began_ = std::chrono::steady_clock::now();
}

absl::Status Transfer::set_method(CURL* easy) {
  Setter setter(easy);
  if (request_.method == "GET" && request_.body.empty()) return setter.set(CURLOPT_HTTPGET, 1L).status();
  if (request_.method == "HEAD") return setter.set(CURLOPT_NOBODY, 1L).status();
  setter.set(CURLOPT_POST, 1L)
      .set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()))
      .set(CURLOPT_POSTFIELDS, request_.body.data());
  if (request_.method != "POST") setter.set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  return setter.status();
}

absl::Status Transfer::set_headers(CURL* easy) {
  header_list_.reset();
  bool complete = true;
  const auto add = [&](std::string_view name, std::string_view value) {
    // "Name;" is libcurl's spelling of a header with an empty value; "Name:" would remove it.
    const std::string line = value.empty() ? str_cat(name, ";") : str_cat(name, ": ", value);
    curl_slist* longer = curl_slist_append(header_list_.get(), line.c_str());
    complete = complete && longer != nullptr;
    if (header_list_ == nullptr) header_list_.reset(longer);
  };
  for (const HttpHeader& header : request_.headers) {
    if (!is_ours(header)) add(header.name, header.value);
  }
  if (header_value(request_.headers, "user-agent").empty()) add("User-Agent", options_.user_agent);
  if (!request_.authorization.empty()) add("Authorization", request_.authorization);
  if (!request_.body.empty())
    complete = complete && curl_slist_append(header_list_.get(), "Expect:") != nullptr;
  if (!complete) return absl::ResourceExhaustedError("out of memory");
  return Setter(easy).set(CURLOPT_HTTPHEADER, header_list_.get()).status();
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_header({bytes, size * count}) ? size * count : 0;
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_body({bytes, size * count}) ? size * count : 0;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (absl::Status status = transfer.allowed_.check(address->addr); !status.ok()) {
    transfer.forbidden_ = std::move(status);
    return CURL_SOCKET_BAD;
  }
  ++transfer.dialled_;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool Transfer::refuse(absl::Status why) {
  refusal_ = std::move(why);
  return false;
}

bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaderBytes)
    return refuse(absl::ResourceExhaustedError("more than 64 KiB of headers"));
  const bool folded = line.starts_with(' ') || line.starts_with('\t');
  line = strip_space(line);
  if (block_ended_) {
    if (!line.starts_with("HTTP/")) return true;  // a trailer
    block_ended_ = false;
    response_.headers.clear();
    content_lengths_ = 0;
    transfer_encoding_ = false;
    const std::size_t space = std::min(line.find(' '), line.size());
    response_.status = parse_number<int>(strip_space(line.substr(space).substr(0, 4))).value_or(0);
    return true;
  }
  if (folded) {
    if (!response_.headers.empty()) str_append(&response_.headers.back().value, " ", line);
    return true;
  }
  if (line.empty()) {
    block_ended_ = true;
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  HttpHeader header{std::string(strip_space(line.substr(0, colon))),
                    std::string(strip_space(line.substr(colon + 1)))};
  if (equals_ignore_case(header.name, "content-length")) ++content_lengths_;
  if (equals_ignore_case(header.name, "transfer-encoding")) transfer_encoding_ = true;
  if (content_lengths_ > 1) return refuse(absl::UnavailableError("double Content-Length"));
  if (content_lengths_ == 1 && transfer_encoding_) {
    return refuse(absl::UnavailableError("Content-Length with Transfer-Encoding"));
  }
  response_.headers.push_back(std::move(header));
  return true;
}

// Called with decompressed bytes, at most 16 KiB at a time: the cap stops a bomb in mid-stream.
bool Transfer::take_body(std::string_view bytes) {
  if (bytes.size() > request_.max_body_bytes - response_.body.size()) {
    return refuse(absl::ResourceExhaustedError(too_large(request_.max_body_bytes)));
  }
  response_.body.append(bytes);
  return true;
}

std::optional<absl::StatusOr<HttpResponse>> Transfer::conclude(CURLcode code) {
  spent_ += absl::FromChrono(std::chrono::steady_clock::now() - began_);
  if (code != CURLE_OK || !refusal_.ok()) return failure(code);
  // libcurl takes a connection closed in mid-header for the end of the header.
  if (!block_ended_ || response_.status < 200) {
    return absl::UnavailableError(str_cat(address_.host, ": the header is cut off"));
  }
  const std::string location(header_value(response_.headers, "location"));
  if (is_redirect(response_.status) && !location.empty() && request_.max_redirects > 0) {
    if (absl::Status status = follow(location); !status.ok()) return status;
    return std::nullopt;
  }
  response_.final_url = address_.url;
  if (hops_ > 0 && permanent_) response_.permanent_url = address_.url;
  response_.elapsed = spent_;
  return std::move(response_);
}

absl::Status Transfer::follow(std::string_view location) {
  if (hops_ >= request_.max_redirects) {
    return absl::ResourceExhaustedError(
        str_cat(address_.host, ": more than ", request_.max_redirects, " redirects"));
  }
  ++hops_;
  auto next = resolve_web_address(address_, location);
  if (absl::IsInvalidArgument(next.status())) {
    return absl::UnavailableError(
        str_cat(address_.host, ": redirect to a ", from_absl(next.status().message())));
  }
  if (!next.ok()) return next.status();
  if (absl::Status status = allowed_.check_literal(next->host, next->port); !status.ok()) return status;
  const int status = response_.status;
  permanent_ = permanent_ && (status == 301 || status == 308);
  if (next->origin() != address_.origin()) {
    request_.authorization.clear();
    std::erase_if(request_.headers, is_private);
  }
  // RFC 9110 §15.4: 303 is read with GET; 301 and 302 turn POST into GET as everybody does.
  const bool to_get = (status == 303 && request_.method != "HEAD") ||
                      ((status == 301 || status == 302) && request_.method == "POST");
  if (to_get) {
    request_.method = "GET";
    request_.body.clear();
    std::erase_if(request_.headers,
                  [](const HttpHeader& header) { return starts_with_ignore_case(header.name, "content-"); });
  }
  address_ = *std::move(next);
  return absl::OkStatus();
}

absl::Status Transfer::failure(CURLcode code) const {
  const auto say = [this](absl::StatusCode as, std::string_view what) {
    return absl::Status(as, str_cat(address_.host, ": ", what));
  };
  if (!refusal_.ok()) return say(refusal_.code(), from_absl(refusal_.message()));
  if (!forbidden_.ok() && dialled_ == 0) return say(forbidden_.code(), from_absl(forbidden_.message()));
  const std::string_view what = error_[0] != '\0' ? error_.data() : curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return say(absl::StatusCode::kDeadlineExceeded, what);
    case CURLE_FILESIZE_EXCEEDED:
      return say(absl::StatusCode::kResourceExhausted, too_large(request_.max_body_bytes));
    case CURLE_OUT_OF_MEMORY:  // also a header line longer than libcurl's own 100 KiB
      return say(absl::StatusCode::kResourceExhausted, what);
    case CURLE_URL_MALFORMAT:
      return say(absl::StatusCode::kInvalidArgument, what);
    default:
      return say(absl::StatusCode::kUnavailable, what);
  }
}

}  // namespace copytaster
