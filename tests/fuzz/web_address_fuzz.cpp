// What is dialled: net/web_address.h and the guard's view of its host. The first line is a URL, the rest a
// Location header that answered it.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>

#include "core/strings.h"
#include "core/url.h"
#include "net/allowed_addresses.h"
#include "net/web_address.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

// inet_aton takes "0x7f.1" and "2130706433" as the loopback address; a host must not be such a spelling, for
// the guard would not see through it.
void check_spelling(const std::string& host) {
  in_addr any{};
  in_addr canonical{};
  const bool is_number = inet_aton(host.c_str(), &any) == 1;
  require(!is_number || inet_pton(AF_INET, host.c_str(), &canonical) == 1,
          "an IPv4 address is in its usual spelling", host);
}

void check_address(const WebAddress& address) {
  require(address.scheme == "http" || address.scheme == "https", "only http and https are dialled");
  require(!address.host.empty() && ascii_lower(address.host) == address.host,
          "a host is there, in lower case");
  require(address.port != 0, "a port can be dialled");
  require(std::ranges::none_of(address.url, [](char c) { return c >= 0 && (c <= ' ' || c == 0x7f); }),
          "a URL has no spaces and no control characters", address.url);
  check_spelling(address.host);
  const auto again = parse_web_address(address.url);
  require(
      again.ok() && again->url == address.url && again->host == address.host && again->port == address.port,
      "an address reads as it was written", address.url);
  // Two readers of one URL must not see two hosts.
  const auto url = parse_url(address.url);
  const bool ascii = std::ranges::all_of(address.host, [](char c) { return c > 0; });
  // With a dot at its end a number is a name to one and an address to the other; the guard sees what is
  // dialled.
  if (url && ascii && !address.host.ends_with('.')) {
    const std::uint16_t port = url->port != 0 ? url->port : (url->scheme == "https" ? 443 : 80);
    require(url->host == address.host && port == address.port, "both readers see the same host and port",
            str_cat(address.url, "\n", address.host, ":", address.port, "\n", url->host, ":", port));
  }
}

void check_literal_guard(const WebAddress& address) {
  const AllowedAddresses none = *AllowedAddresses::parse({});
  const absl::Status status = none.check_literal(address.host, address.port);
  if (address.host == "localhost" || status.ok()) return;
  require(absl::IsPermissionDenied(status), "a forbidden literal is denied", status.ToString());
  const bool six = address.host.find(':') != std::string::npos;
  const std::string entry = str_cat(six ? "[" : "", address.host, six ? "]" : "", ":", address.port);
  const auto listed = AllowedAddresses::parse({entry});
  require(listed.ok() && listed->check_literal(address.host, address.port).ok(),
          "a listed literal is let through", entry);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(web_address)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  std::string_view location = as_text(data, size);
  const std::string_view url = take_line(location);
  if (const auto address = parse_web_address(url); address.ok()) {
    fuzz::check_address(*address);
    check_literal_guard(*address);
    const auto next = resolve_web_address(*address, location);
    if (next.ok()) fuzz::check_address(*next);
  }
  // The configuration's list takes any text.
  if (const auto listed = AllowedAddresses::parse({std::string(url)}); !listed.ok())
    require(absl::IsInvalidArgument(listed.status()), "a bad entry is an invalid argument");
  return 0;
}
