// What the played Graph APIs (Facebook, Instagram, Threads) answer alike: errors, places in a list. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rehearsal/stage.h"

namespace copytaster::rehearsal {

inline constexpr std::string_view kGraphToken = "of-the-rehearsal-only";

// One without Meta's approval of threads_profile_discovery.
inline constexpr std::string_view kStandardThreadsToken = "of-the-rehearsal-standard";
// The newsroom's own professional account on Instagram.
inline constexpr std::string_view kOwnInstagramId = "17841400000000001";

struct GraphError {
  int status;
  std::string message;
  std::string_view type;
  int code;
  int subcode;
};

[[nodiscard]] Answer graph_error(std::string_view shape, const GraphError& error);
// The same words whether it never was, is gone, or may not be seen.
[[nodiscard]] GraphError no_such_object(std::string_view id, std::string_view type = "GraphMethodException");
[[nodiscard]] GraphError bad_graph_token(std::string_view type = "OAuthException");

// Whether `token` came with the question, in the header or as access_token.
[[nodiscard]] bool has_graph_token(const Question& question, std::string_view token = kGraphToken);

// Opaque to those who ask: the number of the post before or behind which the page lies.
[[nodiscard]] std::string graph_cursor(std::string_view number);
[[nodiscard]] std::optional<std::uint64_t> read_graph_cursor(std::string_view cursor);

// "2021-08-17T19:00:42+0000": no colon.
[[nodiscard]] std::string graph_time(absl::Time when);

}  // namespace copytaster::rehearsal
