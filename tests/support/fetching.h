// Fetching in tests: one request, driven to its end.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "core/fetcher.h"

namespace copytaster::testing {

inline absl::StatusOr<HttpResponse> fetch_one(Fetcher& fetcher, HttpRequest request) {
  std::optional<absl::StatusOr<HttpResponse>> outcome;
  fetcher.fetch(std::move(request),
                [&outcome](absl::StatusOr<HttpResponse> result) { outcome = std::move(result); });
  while (!outcome) fetcher.drive(absl::Seconds(1));
  return *std::move(outcome);
}

inline HttpRequest get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  return request;
}

}  // namespace copytaster::testing
