// Which addresses may be dialled: everything but IANA's special-purpose registries (RFC 6890 and its
// successors), checked at socket creation on the address itself, so that no spelling, redirect or
// changing DNS answer gets round it. IPv4-mapped, NAT64, 6to4 and Teredo addresses are judged by the
// IPv4 address inside too.
#pragma once

#include <string>

#include "absl/status/status.h"

struct sockaddr;

namespace copytaster {

// kPermissionDenied with the block's name ("127.0.0.0/8 loopback") for a forbidden address.
absl::Status check_address(const sockaddr& address);
// "[2001:db8::1]:443", "127.0.0.1:80".
[[nodiscard]] std::string address_text(const sockaddr& address);

}  // namespace copytaster
