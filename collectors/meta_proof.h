// Proof to Meta's Graph APIs that a token is used by the app it was given to. Pure.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

// appsecret_proof: hex HMAC-SHA256 of the token with the app's secret as key
// (https://developers.facebook.com/docs/graph-api/guides/secure-requests).
[[nodiscard]] std::string appsecret_proof(std::string_view app_secret, std::string_view token);

}  // namespace copytaster
