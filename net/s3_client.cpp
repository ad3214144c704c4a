#include "net/s3_client.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <random>

#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "net/s3_reply.h"

namespace copytaster {
namespace {

constexpr absl::Duration kFirstWait = absl::Milliseconds(200);
constexpr absl::Duration kLongestWait = absl::Seconds(5);
constexpr std::size_t kMostHeaderBytes = std::size_t{64} << 10;
constexpr long kSlowBytesPerSecond = 512;
constexpr long kSlowSeconds = 10;

Counter& requests_total(std::string_view method, std::string_view result) {
  return counter("copytaster_media_s3_requests_total",
                 "Requests to the S3 server that keeps the pictures, by how they ended.",
                 {{"method", method}, {"result", result}});
}

// Between the half and the whole of a wait that doubles: many machines do not come back at one moment.
absl::Duration wait_before(int next_try) {
  thread_local std::minstd_rand random(std::random_device{}());
  absl::Duration wait = kFirstWait;
  for (int i = 2; i < next_try && wait < kLongestWait; ++i) wait *= 2;
  return std::min(wait, kLongestWait) * std::uniform_real_distribution<double>(0.5, 1.0)(random);
}

bool means_later(const S3Answer& answer) {
  static constexpr int kLater[] = {429, 500, 502, 503, 504};
  if (std::ranges::count(kLater, answer.status) > 0) return true;
  if (answer.status < 400) return false;
  const std::string code = read_s3_error(answer.body).code;
  return code == "RequestTimeout" || code == "SlowDown" || code == "InternalError";
}

long milliseconds(absl::Duration d) {
  return static_cast<long>(std::clamp<std::int64_t>(absl::ToInt64Milliseconds(d), 1, 3'600'000));
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One request on one handle.
class Exchange {
 public:
  Exchange(const S3Request& request, const S3Options& options) : request_(request), options_(options) {}

  absl::StatusOr<S3Answer> run(CURL* easy) {
    curl_easy_reset(easy);  // connections stay
    CT_RETURN_IF_ERROR(prepare(easy));
    const CURLcode code = curl_easy_perform(easy);
    if (is_too_large_) return absl::UnavailableError("the answer is larger than anything that was kept");
    if (code != CURLE_OK) return failure(code);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    if (!header_ended_) return absl::UnavailableError("the header is cut off");
    return std::move(answer_);
  }

 private:
  [[nodiscard]] absl::Status failure(CURLcode code) const {
    const std::string_view why = error_[0] != '\0' ? error_.data() : curl_easy_strerror(code);
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
      return absl::FailedPreconditionError(str_cat("the certificate of the S3 server at ", options_.endpoint,
                                                   " is not trusted: ", why,
                                                   "; media.s3_ca_file names the authorities of one's own"));
    return absl::UnavailableError(to_absl(why));
  }

  absl::Status prepare(CURL* easy) {
    CURLcode code = CURLE_OK;
    const auto set = [&](CURLoption option, auto value) {
      if (code == CURLE_OK) code = curl_easy_setopt(easy, option, value);
    };
    const std::string provider = str_cat("aws:amz:", options_.region, ":s3");
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_AWS_SIGV4, provider.c_str());
    set(CURLOPT_USERNAME, options_.access_key.c_str());
    set(CURLOPT_PASSWORD, options_.secret_key.c_str());
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOPROXY, "*");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_USERAGENT, "Copytaster");
    set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options_.connect_timeout));
    set(CURLOPT_TIMEOUT_MS, milliseconds(options_.try_timeout));
    set(CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
    set(CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!options_.ca_file.empty()) set(CURLOPT_CAINFO, options_.ca_file.c_str());
    set(CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set_method(set);
    set_headers(set);
    if (code == CURLE_OK) return absl::OkStatus();
    return absl::InternalError(str_cat("libcurl refuses an option: ", curl_easy_strerror(code)));
  }

  template <typename Set>
  void set_method(const Set& set) {
    if (request_.method == "HEAD") return set(CURLOPT_NOBODY, 1L);
    if (request_.method == "PUT") {
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
      set(CURLOPT_POSTFIELDS, request_.body.empty() ? "" : request_.body.data());
    }
    if (request_.method != "GET") set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }

  template <typename Set>
  void set_headers(const Set& set) {
    const auto add = [&](const std::string& line) {
      curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
      if (headers_ == nullptr) headers_.reset(longer);
    };
    add(str_cat("x-amz-content-sha256: ", sha256_hex(request_.body)));
    for (const HttpHeader& header : request_.headers) add(str_cat(header.name, ": ", header.value));
    if (request_.method == "PUT") add("Expect:");  // no asking whether it may come
    set(CURLOPT_HTTPHEADER, headers_.get());
  }

  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->take_header({bytes, size * count}) ? size * count : 0;
  }
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->take_body({bytes, size * count}) ? size * count : 0;
  }

  bool take_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > kMostHeaderBytes) return !(is_too_large_ = true);
    line = strip_space(line);
    if (line.starts_with("HTTP/")) {
      answer_.headers.clear();
      header_ended_ = false;
    } else if (line.empty()) {
      header_ended_ = true;
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      answer_.headers.push_back({std::string(strip_space(line.substr(0, colon))),
                                 std::string(strip_space(line.substr(colon + 1)))});
    }
    return true;
  }

  bool take_body(std::string_view bytes) {
    if (bytes.size() > request_.max_body_bytes - answer_.body.size()) return !(is_too_large_ = true);
    answer_.body.append(bytes);
    return true;
  }

  const S3Request& request_;
  const S3Options& options_;
  S3Answer answer_;
  std::unique_ptr<curl_slist, FreeList> headers_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  std::size_t header_bytes_ = 0;
  bool header_ended_ = false, is_too_large_ = false;
};

}  // namespace

// A handle for one request.
class S3Client::Lent {
 public:
  explicit Lent(const S3Client& client) : client_(client) {
    std::unique_lock lock(client.mutex_);
    const auto wait = absl::ToChronoMilliseconds(client.options_.patience + client.options_.try_timeout);
    if (!client.returned_.wait_for(lock, wait, [&] { return client.lent_ < client.options_.connections; }))
      return;
    ++client.lent_;
    is_counted_ = true;
    if (client.idle_.empty()) {
      easy_.reset(curl_easy_init());
    } else {
      easy_ = std::move(client.idle_.back());
      client.idle_.pop_back();
    }
  }
  ~Lent() {
    if (!is_counted_) return;
    const std::scoped_lock lock(client_.mutex_);
    --client_.lent_;
    if (easy_ != nullptr) client_.idle_.push_back(std::move(easy_));
    client_.returned_.notify_one();
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  [[nodiscard]] CURL* get() const { return easy_.get(); }

 private:
  const S3Client& client_;
  Easy easy_;
  bool is_counted_ = false;
};

S3Client::S3Client(S3Options options) : options_(std::move(options)) {}

absl::StatusOr<S3Answer> S3Client::ask_once(const S3Request& request) const {
  const Lent easy(*this);
  if (easy.get() == nullptr) return absl::UnavailableError("all connections are in use");
  return Exchange(request, options_).run(easy.get());
}

absl::StatusOr<S3Answer> S3Client::ask(const S3Request& request) const {
  const auto begun = std::chrono::steady_clock::now();
  absl::Duration waited;
  for (int tried = 1;; ++tried) {
    absl::StatusOr<S3Answer> outcome = ask_once(request);
    if (outcome.ok() && !means_later(*outcome)) {
      requests_total(request.method, outcome->status < 400 ? "ok" : "refused").add();
      if (away_.exchange(false))
        log_info("media.s3.back", "The S3 server with the pictures answers again",
                 {{"url", options_.endpoint}});
      return outcome;
    }
    requests_total(request.method, "later").add();
    if (!outcome.ok() && !absl::IsUnavailable(outcome.status())) return outcome.status();
    const absl::Duration wait = wait_before(tried + 1);
    const absl::Duration spent = waited + absl::FromChrono(std::chrono::steady_clock::now() - begun);
    if (away_ || tried == kMostTries || spent + wait > options_.patience) {
      return note(outcome.ok() ? absl::UnavailableError(str_cat("HTTP ", outcome->status))
                               : outcome.status());
    }
    waited += wait;
    options_.sleep ? options_.sleep(wait) : absl::SleepFor(wait);
  }
}

// Says once that the server is away.
absl::Status S3Client::note(absl::Status outcome) const {
  const absl::Status told = absl::UnavailableError(str_cat(
      "the S3 server at ", options_.endpoint, " (media.s3_endpoint) does not serve: ", outcome.message()));
  if (!away_.exchange(true))
    log_warn("media.s3.away", "The S3 server with the pictures is away; pictures wait until it is back",
             {{"error.message", std::string(told.message())}});
  return told;
}

}  // namespace copytaster
