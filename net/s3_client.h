// Asks an S3 server: signed by libcurl (AWS signature version 4), over a few connections that are kept, tried
// again while the server says "later" or does not answer. Blocks; any thread.
//
// libcurl 7.88 signs a query as it stands and adds no x-amz-content-sha256: s3_url() wants queries sorted and
// encoded, and the header is set here. Redirects are not followed: a signature is for one host.
// Whether the server is away is remembered: while it is, each question is asked once, so that nobody waits
// out the whole patience again and again.
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/fetcher.h"
#include "net/s3_options.h"

namespace copytaster {

struct S3Request {
  std::string method = "GET";  // GET, HEAD, PUT, DELETE
  std::string url;             // s3_url()
  std::string_view body = {};
  std::vector<HttpHeader> headers = {};
  std::size_t max_body_bytes = std::size_t{4} << 20;
};

struct S3Answer {
  int status = 0;
  std::vector<HttpHeader> headers;
  std::string body;
};

class S3Client {
 public:
  static constexpr int kMostTries = 6;

  // The options are good; libcurl is started.
  explicit S3Client(S3Options options);

  // Any answer but those that mean "later" (429, 500, 502, 503, 504, RequestTimeout, SlowDown). kUnavailable:
  // nothing but them until patience was over, no connection, a body that was cut short or too large.
  // kFailedPrecondition: the server's certificate is not trusted.
  [[nodiscard]] absl::StatusOr<S3Answer> ask(const S3Request& request) const;
  [[nodiscard]] const S3Options& options() const { return options_; }

 private:
  struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  using Easy = std::unique_ptr<CURL, FreeEasy>;
  class Lent;

  absl::StatusOr<S3Answer> ask_once(const S3Request& request) const;
  absl::Status note(absl::Status outcome) const;

  const S3Options options_;
  mutable std::atomic<bool> away_{false};
  mutable std::mutex mutex_;
  mutable std::condition_variable returned_;
  mutable std::vector<Easy> idle_;
  mutable std::size_t lent_ = 0;
};

}  // namespace copytaster
