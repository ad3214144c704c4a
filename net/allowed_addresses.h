// The addresses let through although they are special-purpose: "127.0.0.1:8080", "[::1]:*".
// Immutable after construction; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sockaddr;

namespace copytaster {

class AllowedAddresses {
 public:
  // kInvalidArgument names the entry that is no ADDRESS:PORT or ADDRESS:*.
  static absl::StatusOr<AllowedAddresses> parse(const std::vector<std::string>& entries);
  // check_address(), but OK for an address of the list.
  [[nodiscard]] absl::Status check(const sockaddr& address) const;
  // The same for a host that is an address literal ("127.0.0.1", "::1"); OK for a name, which can
  // only be judged once it is resolved.
  [[nodiscard]] absl::Status check_literal(std::string_view host, std::uint16_t port) const;

 private:
  std::vector<std::string> entries_;  // as address_text() writes them, or with ":*"
};

}  // namespace copytaster
