// Addresses in settings.toml: where to listen, and under which address others reach us.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace copytaster {

struct ListenOn {
  std::string address;
  std::uint16_t port = 0;
};

// IPv4 or IPv6, without brackets.
[[nodiscard]] bool is_ip_address(std::string_view text);
// "127.0.0.1:8701", "[::1]:8701"; nullopt for anything else.
[[nodiscard]] std::optional<ListenOn> read_listen_on(std::string_view text);
// An https address that names can be put behind: it ends with a slash, without query and fragment.
[[nodiscard]] bool is_callback_address(std::string_view text);
// "https://HOST" with a port and a path at most: a token goes there. On this machine "http://" will do.
[[nodiscard]] bool is_server_address(std::string_view text);
// Whether two servers would want the same port.
[[nodiscard]] bool are_in_conflict(const ListenOn& one, const ListenOn& other);

}  // namespace copytaster
