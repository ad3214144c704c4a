// What must not be written down of a URL.
#include <algorithm>
#include <array>

#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

bool is_name_character(char c) {
  const char l = ascii_lower(c);
  return (l >= 'a' && l <= 'z') || is_ascii_digit(c) || c == '_' || c == '-' || c == '.' || c == '%';
}

// Not every token: page and continuation tokens are positions, and evidence.
bool is_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 28> kNames = {"access_token",
                                                              "accesstoken",
                                                              "appsecret_proof",
                                                              "key",
                                                              "api_key",
                                                              "apikey",
                                                              "api-key",
                                                              "x-api-key",
                                                              "token",
                                                              "auth_token",
                                                              "oauth_token",
                                                              "refresh_token",
                                                              "id_token",
                                                              "input_token",
                                                              "fb_exchange_token",
                                                              "bearer_token",
                                                              "session_token",
                                                              "x-amz-security-token",
                                                              "x-amz-signature",
                                                              "x-goog-signature",
                                                              "sig",
                                                              "signature",
                                                              "client_secret",
                                                              "app_secret",
                                                              "secret",
                                                              "password",
                                                              "passwd",
                                                              "authorization"};
  return std::ranges::any_of(kNames,
                             [&](std::string_view secret) { return equals_ignore_case(name, secret); });
}

// "https://name:password@host/" without what stands before '@'.
std::string without_users(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t at = text.find("://");
    if (at == std::string_view::npos) break;
    const std::size_t begin = at + 3;
    const std::string_view rest = text.substr(begin);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?# \t\r\n\"'"));
    const std::size_t user = authority.rfind('@');
    out += text.substr(0, begin);
    if (user != std::string_view::npos && user > 0) out += "…";
    text.remove_prefix(begin + (user == std::string_view::npos ? 0 : user));
  }
  out += text;
  return out;
}

}  // namespace

std::string without_secrets(std::string_view text) {
  const std::string bare = without_users(text);
  std::string out;
  std::size_t copied = 0;  // up to here `bare` is in `out`
  for (std::size_t equals = bare.find('='); equals != std::string::npos;
       equals = bare.find('=', equals + 1)) {
    // A parameter's name begins after '?', '&' or the words' own beginning.
    std::size_t begin = equals;
    while (begin > copied && is_name_character(bare[begin - 1])) --begin;
    std::string name = percent_decode(std::string_view(bare).substr(begin, equals - begin));
    name.erase(0, name.find_last_of("?&;") + 1);  // in a URL within the URL
    if (!is_secret(name)) continue;
    out.append(bare, copied, equals + 1 - copied);
    out += "…";
    copied = std::min(bare.find_first_of("&; \t\r\n\"'#", equals + 1), bare.size());
    equals = copied - (copied == bare.size() ? 1 : 0);
  }
  return out.append(bare, copied);
}

}  // namespace copytaster
