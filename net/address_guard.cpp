#include "net/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/strings.h"

namespace copytaster {
namespace {

using V6 = std::array<std::uint8_t, 16>;

struct V4Block {
  std::uint32_t prefix;
  int bits;
  std::string_view name;
};

// iana.org/assignments/iana-ipv4-special-registry (whole, also the few globally reachable entries: no
// publisher lives there) and multicast (iana.org/assignments/multicast-addresses).
constexpr V4Block kV4Blocks[] = {
    {0x00000000, 8, "0.0.0.0/8 this network"},
    {0x0A000000, 8, "10.0.0.0/8 private use"},
    {0x64400000, 10, "100.64.0.0/10 shared address space"},
    {0x7F000000, 8, "127.0.0.0/8 loopback"},
    {0xA9FE0000, 16, "169.254.0.0/16 link local"},
    {0xAC100000, 12, "172.16.0.0/12 private use"},
    {0xC0000000, 24, "192.0.0.0/24 IETF protocol assignments"},
    {0xC0000200, 24, "192.0.2.0/24 documentation"},
    {0xC01FC400, 24, "192.31.196.0/24 AS112"},
    {0xC034C100, 24, "192.52.193.0/24 AMT"},
    {0xC0586300, 24, "192.88.99.0/24 6to4 relay anycast"},
    {0xC0A80000, 16, "192.168.0.0/16 private use"},
    {0xC0AF3000, 24, "192.175.48.0/24 AS112"},
    {0xC6120000, 15, "198.18.0.0/15 benchmarking"},
    {0xC6336400, 24, "198.51.100.0/24 documentation"},
    {0xCB007100, 24, "203.0.113.0/24 documentation"},
    {0xE0000000, 4, "224.0.0.0/4 multicast"},
    {0xFFFFFFFF, 32, "255.255.255.255/32 limited broadcast"},
    {0xF0000000, 4, "240.0.0.0/4 reserved"},
};

struct V6Block {
  V6 prefix;
  int bits;
  std::string_view name;
};

// iana.org/assignments/iana-ipv6-special-registry. Narrow entries stand before the wide ones that hold them.
constexpr V6Block kV6Blocks[] = {
    {{}, 128, "::/128 unspecified"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "::1/128 loopback"},
    {{0, 0x64, 0xff, 0x9b, 0, 1}, 48, "64:ff9b:1::/48 local-use NAT64"},
    {{0x01, 0x00, 0, 0, 0, 0, 0, 0}, 64, "100::/64 discard only"},
    {{0x01, 0x00, 0, 0, 0, 0, 0, 1}, 64, "100:0:0:1::/64 dummy prefix"},
    {{0x20, 0x01, 0x00, 0x00}, 32, "2001::/32 Teredo"},
    {{0x20, 0x01, 0x00, 0x02, 0, 0}, 48, "2001:2::/48 benchmarking"},
    {{0x20, 0x01, 0x00, 0x03}, 32, "2001:3::/32 AMT"},
    {{0x20, 0x01, 0x00, 0x04, 0x01, 0x12}, 48, "2001:4:112::/48 AS112"},
    {{0x20, 0x01, 0x00, 0x10}, 28, "2001:10::/28 ORCHID"},
    {{0x20, 0x01, 0x00, 0x20}, 28, "2001:20::/28 ORCHIDv2"},
    {{0x20, 0x01, 0x00, 0x30}, 28, "2001:30::/28 drone remote ID"},
    {{0x20, 0x01, 0x00, 0x00}, 23, "2001::/23 IETF protocol assignments"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "2001:db8::/32 documentation"},
    {{0x20, 0x02}, 16, "2002::/16 6to4"},
    {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48, "2620:4f:8000::/48 AS112"},
    {{0x3f, 0xff, 0x00}, 20, "3fff::/20 documentation"},
    {{0x5f, 0x00}, 16, "5f00::/16 segment routing"},
    {{0xfc}, 7, "fc00::/7 unique local"},
    {{0xfe, 0x80}, 10, "fe80::/10 link local"},
    {{0xfe, 0xc0}, 10, "fec0::/10 site local"},
    {{0xff}, 8, "ff00::/8 multicast"},
};

constexpr V6 kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr V6 kNat64 = {0, 0x64, 0xff, 0x9b};

bool in_block(const V6& address, const V6& prefix, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  for (std::size_t i = 0; i < whole; ++i) {
    if (address[i] != prefix[i]) return false;
  }
  const int rest = bits % 8;
  if (rest == 0) return true;
  const unsigned mask = 0xFFU << (8 - rest) & 0xFFU;
  return (address[whole] & mask) == (prefix[whole] & mask);
}

std::uint32_t inner_v4(const V6& address, std::size_t at) {
  return static_cast<std::uint32_t>(address[at]) << 24 | static_cast<std::uint32_t>(address[at + 1]) << 16 |
         static_cast<std::uint32_t>(address[at + 2]) << 8 | static_cast<std::uint32_t>(address[at + 3]);
}

std::string_view v4_block(std::uint32_t address) {
  for (const V4Block& block : kV4Blocks) {
    const std::uint32_t mask = block.bits == 32 ? ~0U : ~(~0U >> block.bits);
    if ((address & mask) == block.prefix) return block.name;
  }
  return {};
}

std::string v6_block(const V6& address) {
  if (in_block(address, kMapped, 96)) return std::string(v4_block(inner_v4(address, 12)));
  // Networks with DNS64 reach every IPv4 site so; what counts is where the translator sends it.
  if (in_block(address, kNat64, 96)) {
    const auto inner = v4_block(inner_v4(address, 12));
    return inner.empty() ? "" : str_cat("64:ff9b::/96 NAT64 of ", inner);
  }
  for (const V6Block& block : kV6Blocks) {
    if (!in_block(address, block.prefix, block.bits)) continue;
    std::string_view inner;
    if (block.name.ends_with(" 6to4")) inner = v4_block(inner_v4(address, 2));
    if (block.name.ends_with(" Teredo")) inner = v4_block(~inner_v4(address, 12));  // RFC 4380 §4: inverted
    return inner.empty() ? std::string(block.name) : str_cat(block.name, " of ", inner);
  }
  // Global unicast is 2000::/3 (RFC 4291 §2.4); the rest, IPv4-compatible ::/96 included, is nobody's.
  if ((address[0] & 0xE0U) != 0x20U) return "not global unicast (2000::/3)";
  return {};
}

std::string block_of(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return std::string(v4_block(ntohl(v4.sin_addr.s_addr)));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    V6 bytes;
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return v6_block(bytes);
  }
  return str_cat("address family ", address.sa_family);
}

}  // namespace

absl::Status check_address(const sockaddr& address) {
  const std::string block = block_of(address);
  if (block.empty()) return absl::OkStatus();
  return absl::PermissionDeniedError(str_cat("forbidden address: ", block));
}

std::string address_text(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return str_cat(text.data(), ":", ntohs(v4.sin_port));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    return str_cat("[", text.data(), "]:", ntohs(v6.sin6_port));
  }
  return str_cat("family ", address.sa_family);
}

}  // namespace copytaster
