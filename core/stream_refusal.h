// What a server answered instead of opening a stream, carried inside Stream::status(): the platform's
// collector knows what its words mean (Collector::parse_frame). Header only; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "core/strings.h"

namespace copytaster {

struct StreamRefusal {
  int status = 0;    // HTTP's
  std::string body;  // its first kMaxRefusalBody bytes, as they came
};
inline constexpr std::size_t kMaxRefusalBody = std::size_t{16} << 10;

inline constexpr char kRefusalStatus[] = "copytaster/stream.http_status";
inline constexpr char kRefusalBody[] = "copytaster/stream.http_body";

// `why` must be an error. The body may repeat a credential: it is never to be logged as it is.
[[nodiscard]] inline absl::Status with_refusal(absl::Status why, const StreamRefusal& refusal) {
  why.SetPayload(kRefusalStatus, absl::Cord(to_absl(str_cat(refusal.status))));
  why.SetPayload(kRefusalBody,
                 absl::Cord(to_absl(std::string_view(refusal.body).substr(0, kMaxRefusalBody))));
  return why;
}

[[nodiscard]] inline std::optional<StreamRefusal> refusal_of(const absl::Status& why) {
  const auto status = why.GetPayload(kRefusalStatus);
  const auto body = why.GetPayload(kRefusalBody);
  if (!status || !body) return std::nullopt;
  return StreamRefusal{parse_number<int>(std::string(*status)).value_or(0), std::string(*body)};
}

}  // namespace copytaster
