// What a hub does, for tests: signs, and reads the forms it gets.
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster::testing {

// X-Hub-Signature of `body` (W3C WebSub §7.1).
inline std::string sign(std::string_view body, std::string_view secret) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), bytes.data(), &size);
  return str_cat("sha256=", absl::BytesToHexString(
                                absl::string_view(reinterpret_cast<const char*>(bytes.data()), size)));
}

// The first value of `name` in a form; empty: none.
inline std::string field_of(std::string_view form, std::string_view name) {
  for (const auto& [key, value] : query_parameters(form))
    if (key == name) return value;
  return "";
}

}  // namespace copytaster::testing
