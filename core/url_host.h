// The host of a URL as browsers read it (URL Standard §3.5). Internal to core/url.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace copytaster {

// Lower case, IDNA in ASCII, IPv4 in dotted decimals whatever way it was written ("0x7f.1"), IPv6 without its
// brackets. nullopt for what is no host.
[[nodiscard]] std::optional<std::string> read_url_host(std::string_view host);

}  // namespace copytaster
