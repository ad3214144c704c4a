// The guard's judgement of addresses: net/address_guard.h. Four bytes of IPv4, then sixteen of IPv6.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "core/strings.h"
#include "net/address_guard.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

using Four = std::array<std::uint8_t, 4>;
using Sixteen = std::array<std::uint8_t, 16>;

sockaddr_storage address_of(const Four& bytes) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(443);
  std::memcpy(&v4.sin_addr, bytes.data(), bytes.size());
  sockaddr_storage out{};
  std::memcpy(&out, &v4, sizeof v4);
  return out;
}

sockaddr_storage address_of(const Sixteen& bytes) {
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(443);
  std::memcpy(&v6.sin6_addr, bytes.data(), bytes.size());
  sockaddr_storage out{};
  std::memcpy(&out, &v6, sizeof v6);
  return out;
}

template <typename Bytes>
bool is_let_through(const Bytes& bytes) {
  const sockaddr_storage address = address_of(bytes);
  const absl::Status status = copytaster::check_address(reinterpret_cast<const sockaddr&>(address));
  require(status.ok() || (absl::IsPermissionDenied(status) && !status.message().empty()),
          "a forbidden address is denied with its block's name");
  return status.ok();
}

// `inner` where it stands in an IPv6 address that leads to it.
Sixteen wrapped(Sixteen prefix, std::size_t at, const Four& inner) {
  std::copy(inner.begin(), inner.end(), prefix.begin() + static_cast<std::ptrdiff_t>(at));
  return prefix;
}

void check_wrapped(const Four& four) {
  if (is_let_through(four)) return;
  require(!is_let_through(wrapped({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 12, four)),
          "IPv4-mapped is judged by IPv4");
  require(!is_let_through(wrapped({0, 0x64, 0xff, 0x9b}, 12, four)), "NAT64 is judged by IPv4");
  require(!is_let_through(wrapped({0x20, 0x02}, 2, four)), "6to4 is judged by IPv4");
  require(!is_let_through(wrapped({}, 12, four)), "IPv4-compatible is forbidden");
}

template <typename Bytes>
void check_text(const Bytes& bytes) {
  const sockaddr_storage address = address_of(bytes);
  const std::string kept = copytaster::address_text(reinterpret_cast<const sockaddr&>(address));
  std::string_view text = kept;
  require(consume_suffix(&text, ":443"), "an address is written with its port", kept);
  if (consume_prefix(&text, "[")) consume_suffix(&text, "]");
  Bytes again{};
  const int family = bytes.size() == 4 ? AF_INET : AF_INET6;
  require(inet_pton(family, std::string(text).c_str(), again.data()) == 1 && again == bytes,
          "an address reads as it was written", kept);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(address)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster::fuzz;
  Four four{};
  Sixteen sixteen{};
  std::copy_n(data, std::min(size, four.size()), four.begin());
  if (size > four.size())
    std::copy_n(data + four.size(), std::min(size - four.size(), sixteen.size()), sixteen.begin());
  check_wrapped(four);
  check_text(four);
  check_text(sixteen);
  // Global unicast is 2000::/3; beside it only what wraps an IPv4 address that is let through.
  if (is_let_through(sixteen)) {
    const bool global = (sixteen[0] & 0xE0U) == 0x20U;
    const bool wraps = sixteen[0] == 0;
    require(global || wraps, "what is let through is global unicast");
  }
  return 0;
}
