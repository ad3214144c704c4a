// An S3 server of our own that keeps its objects in memory, and in which a test puts faults. It checks what a
// real one checks of a request but the signature itself: tests/servers/s3 has a server that does.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "net/s3_options.h"
#include "tests/support/hit_server.h"

namespace copytaster::testing {

inline std::string s3_error(std::string_view code, std::string_view more = {}) {
  return str_cat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>", code,
                 "</Code><Message>of a test</Message>", more, "</Error>");
}

class FakeS3 {
 public:
  // What it answers in place of what it would; nullopt: as usual. Any thread.
  using Fault = std::function<std::optional<ServerResponse>(const ServerRequest&)>;

  FakeS3() : server_([this](const ServerRequest& request) { return answer(request); }, options()) {}

  [[nodiscard]] S3Options client_options() const {
    S3Options options;
    options.endpoint = server_.url("");
    options.bucket = "pictures";
    options.prefix = "house/kept";
    options.access_key = "AKTEST";
    options.secret_key = "secret-of-a-test";
    options.sleep = [](absl::Duration) {};
    return options;
  }
  void set_fault(Fault fault) {
    const std::scoped_lock lock(mutex_);
    fault_ = std::move(fault);
  }
  [[nodiscard]] std::map<std::string, std::string> objects() const {
    const std::scoped_lock lock(mutex_);
    return objects_;
  }
  void put(const std::string& key, std::string_view bytes) {
    const std::scoped_lock lock(mutex_);
    objects_[key] = std::string(bytes);
  }
  void erase_all() {
    const std::scoped_lock lock(mutex_);
    objects_.clear();
  }
  [[nodiscard]] std::vector<ServerRequest> requests() const { return server_.requests(); }
  [[nodiscard]] std::size_t count(std::string_view method) const {
    std::size_t count = 0;
    for (const ServerRequest& request : requests()) count += request.method == method ? 1U : 0U;
    return count;
  }

 private:
  static HttpServerOptions options() {
    HttpServerOptions options;
    options.threads = 4;
    options.max_body_bytes = std::size_t{32} << 20;
    return options;
  }

  ServerResponse answer(const ServerRequest& request) {
    const std::scoped_lock lock(mutex_);
    if (fault_) {
      if (auto response = fault_(request)) return *std::move(response);
    }
    if (!request.header("authorization").starts_with("AWS4-HMAC-SHA256 Credential=AKTEST/"))
      return {403, {}, s3_error("InvalidAccessKeyId")};
    if (request.header("x-amz-content-sha256") != sha256_hex(request.body))
      return {400, {}, s3_error("XAmzContentSHA256Mismatch")};
    std::string_view path = request.path;
    if (path == "/pictures") return list(request.query);
    if (!consume_prefix(&path, "/pictures/")) return {404, {}, s3_error("NoSuchBucket")};
    const std::string key(path);
    if (request.method == "PUT") {
      objects_[key] = request.body;
      return {200, {{"x-amz-checksum-sha256", std::string(request.header("x-amz-checksum-sha256"))}}, ""};
    }
    if (request.method == "DELETE") return objects_.erase(key), ServerResponse{204, {}, ""};
    const auto found = objects_.find(key);
    if (found == objects_.end()) return {404, {}, s3_error("NoSuchKey")};
    return {200, {}, found->second};
  }

  // The caller holds the lock.
  [[nodiscard]] ServerResponse list(std::string_view query) const {
    std::map<std::string, std::string> given;
    for (const std::string_view one : split(query, '&')) {
      const std::size_t equal = one.find('=');
      given[std::string(one.substr(0, equal))] = replace_all(one.substr(equal + 1), "%2F", "/");
    }
    const std::size_t most = parse_number<std::size_t>(given["max-keys"]).value_or(1000);
    std::string contents;
    std::size_t listed = 0;
    bool more = false;
    for (auto at = objects_.upper_bound(given["start-after"]); at != objects_.end(); ++at) {
      if (!at->first.starts_with(given["prefix"])) continue;
      if ((more = listed == most)) break;
      ++listed;
      str_append(&contents, "<Contents><Key>", at->first, "</Key><Size>", at->second.size(),
                 "</Size></Contents>");
    }
    return {200,
            {},
            str_cat("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>",
                    more ? "true" : "false", "</IsTruncated>", contents, "</ListBucketResult>")};
  }

  mutable std::mutex mutex_;
  Fault fault_;
  std::map<std::string, std::string> objects_;
  HitServer server_;  // last: its threads use the rest
};

}  // namespace copytaster::testing
