#include "app/settings_address.h"

#include <arpa/inet.h>

#include "core/strings.h"
#include "core/url.h"
#include "desk/gate.h"

namespace copytaster {

bool is_ip_address(std::string_view text) {
  in6_addr parsed{};
  const std::string address(text);
  return ::inet_pton(AF_INET, address.c_str(), &parsed) == 1 ||
         ::inet_pton(AF_INET6, address.c_str(), &parsed) == 1;
}

std::optional<ListenOn> read_listen_on(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view address = text.substr(0, colon);
  const bool bracketed = consume_prefix(&address, "[") && consume_suffix(&address, "]");
  const bool v6 = address.find(':') != std::string_view::npos;
  const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
  if (!port || v6 != bracketed || !is_ip_address(address)) return std::nullopt;
  return ListenOn{std::string(address), *port};
}

bool is_callback_address(std::string_view text) {
  const auto url = parse_url(text);
  return url && url->scheme == "https" && !url->host.empty() && text.ends_with('/') &&
         text.find_first_of("?#") == std::string_view::npos;
}

bool is_server_address(std::string_view text) {
  const auto url = parse_url(text);
  if (!url || url->host.empty() || text.find_first_of("?#") != std::string_view::npos) return false;
  return url->scheme == "https" ||
         (url->scheme == "http" && (url->host == "localhost" || is_loopback(url->host)));
}

bool are_in_conflict(const ListenOn& one, const ListenOn& other) {
  const auto is_any = [](const ListenOn& place) {
    return place.address == "0.0.0.0" || place.address == "::";
  };
  return one.port != 0 && one.port == other.port &&
         (one.address == other.address || is_any(one) || is_any(other));
}

}  // namespace copytaster
