// One request from fetch() to `done`, over all its hops: what libcurl is told, what its callbacks keep,
// and what the outcome means. Used by the client's thread only.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/fetcher.h"
#include "net/allowed_addresses.h"
#include "net/http_client.h"
#include "net/web_address.h"

namespace copytaster {

class Transfer {
 public:
  Transfer(HttpRequest request, FetchDone done, const HttpClientOptions& options,
           const AllowedAddresses& allowed)
      : request_(std::move(request)), done_(std::move(done)), options_(options), allowed_(allowed) {}
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Checks URL, method and headers. Call once, before all else.
  absl::Status check();
  // Sets up `easy` (fresh or reset) for the present hop and starts the watch.
  absl::Status prepare(CURL* easy);
  // What became of the hop. nullopt: a redirect; origin() is where it goes on.
  std::optional<absl::StatusOr<HttpResponse>> conclude(CURLcode code);
  // Scheme, host and port of the present hop.
  [[nodiscard]] std::string origin() const { return address_.origin(); }
  void finish(absl::StatusOr<HttpResponse> outcome) { done_(std::move(outcome)); }

 private:
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  bool refuse(absl::Status why);
  absl::Status set_method(CURL* easy);
  absl::Status set_headers(CURL* easy);
  absl::Status failure(CURLcode code) const;
  absl::Status follow(std::string_view location);
  void start_hop();

  HttpRequest request_;
  FetchDone done_;
  const HttpClientOptions& options_;
  const AllowedAddresses& allowed_;
  WebAddress address_;

  HttpResponse response_;
  absl::Status refusal_;    // why a callback cut the hop
  absl::Status forbidden_;  // what the guard said of the last address it refused
  int dialled_ = 0;         // addresses it let through
  std::size_t header_bytes_ = 0;
  int content_lengths_ = 0;
  bool transfer_encoding_ = false;
  bool block_ended_ = true;  // between header blocks (1xx) or after the last one (trailers)

  int hops_ = 0;
  bool permanent_ = true;
  absl::Duration spent_;  // on earlier hops; waiting for a turn does not count
  std::chrono::steady_clock::time_point began_;
  std::unique_ptr<curl_slist, FreeList> header_list_;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace copytaster
