#include "net/allowed_addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "core/strings.h"
#include "net/address_guard.h"

namespace copytaster {
namespace {

std::optional<sockaddr_storage> literal(std::string_view host, std::uint16_t port) {
  const std::string text(host);
  sockaddr_storage out{};
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&out, &v4, sizeof v4);
    return out;
  }
  if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&out, &v6, sizeof v6);
    return out;
  }
  return std::nullopt;
}

const sockaddr& as_sockaddr(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr&>(storage);
}

// "[::1]:*" for any port of an address.
std::string any_port(std::string_view text) { return str_cat(text.substr(0, text.rfind(':')), ":*"); }

}  // namespace

absl::StatusOr<AllowedAddresses> AllowedAddresses::parse(const std::vector<std::string>& entries) {
  AllowedAddresses out;
  for (std::string_view entry : entries) {
    const std::size_t colon = std::min(entry.rfind(':'), entry.size());
    std::string_view host = entry.substr(0, colon);
    const std::string_view port = entry.substr(std::min(colon + 1, entry.size()));
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const bool any = port == "*";
    const std::uint16_t number = parse_number<std::uint16_t>(any ? "0" : port).value_or(0);
    const auto address = literal(host, number);
    if ((!any && number == 0) || !address) {
      return absl::InvalidArgumentError(
          str_cat("\"", entry, "\" is no address with a port, such as \"127.0.0.1:8080\""));
    }
    const std::string text = address_text(as_sockaddr(*address));
    out.entries_.push_back(any ? any_port(text) : text);
  }
  return out;
}

absl::Status AllowedAddresses::check(const sockaddr& address) const {
  absl::Status status = check_address(address);
  if (status.ok() || entries_.empty()) return status;
  const std::string text = address_text(address);
  const bool listed = std::find(entries_.begin(), entries_.end(), text) != entries_.end() ||
                      std::find(entries_.begin(), entries_.end(), any_port(text)) != entries_.end();
  return listed ? absl::OkStatus() : status;
}

absl::Status AllowedAddresses::check_literal(std::string_view host, std::uint16_t port) const {
  const auto address = literal(host, port);
  return address ? check(as_sockaddr(*address)) : absl::OkStatus();
}

}  // namespace copytaster
