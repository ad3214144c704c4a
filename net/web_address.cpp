#include "net/web_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "core/strings.h"

namespace copytaster {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, FreeUrl>;

std::string part(CURLU* url, CURLUPart what, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, flags) != CURLUE_OK || text == nullptr) return {};
  std::string out = text;
  curl_free(text);
  return out;
}

absl::Status set(CURLU* url, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return absl::InvalidArgumentError("NUL in the URL");
  constexpr unsigned kFlags =
      CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_ALLOW_SPACE | CURLU_DISALLOW_USER;
  const CURLUcode code = curl_url_set(url, CURLUPART_URL, std::string(text).c_str(), kFlags);
  if (code == CURLUE_OK) return absl::OkStatus();
  if (code == CURLUE_BAD_FILE_URL)
    return absl::PermissionDeniedError("only http and https are fetched, not file");
  return absl::InvalidArgumentError(str_cat("bad URL: ", curl_url_strerror(code)));
}

// A host that ends in a number is an IPv4 address or none (WHATWG URL, "ends in a number checker"). What
// libcurl leaves of those unwritten ("0x", "1.2.3.4.5") would go to the resolver, and others read it as an
// address.
bool is_malformed_ipv4(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return false;  // IPv6, whose tail may be such a number
  consume_suffix(&host, ".");
  std::string_view last = host.substr(host.rfind('.') + 1);  // npos + 1 is 0
  const bool hex = starts_with_ignore_case(last, "0x");
  if (hex) last.remove_prefix(2);
  const auto digit = [hex](unsigned char c) { return hex ? std::isxdigit(c) != 0 : std::isdigit(c) != 0; };
  if ((last.empty() && !hex) || !std::all_of(last.begin(), last.end(), digit)) return false;
  in_addr address{};
  return inet_pton(AF_INET, std::string(host).c_str(), &address) != 1;
}

absl::StatusOr<WebAddress> read(CURLU* url) {
  WebAddress out;
  out.scheme = ascii_lower(part(url, CURLUPART_SCHEME));
  if (out.scheme != "http" && out.scheme != "https") {
    return absl::PermissionDeniedError(str_cat("only http and https are fetched, not ", out.scheme));
  }
  // A zone names one of this machine's own networks (RFC 6874), and libcurl takes any bytes for it.
  if (!part(url, CURLUPART_ZONEID).empty()) return absl::InvalidArgumentError("bad URL: an IPv6 zone");
  curl_url_set(url, CURLUPART_FRAGMENT, nullptr, 0);
  out.host = ascii_lower(part(url, CURLUPART_HOST));
  if (out.host.starts_with('[') && out.host.ends_with(']'))
    out.host = out.host.substr(1, out.host.size() - 2);
  out.port = parse_number<std::uint16_t>(part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT)).value_or(0);
  if (out.port == 0) return absl::InvalidArgumentError("bad URL: no port that can be dialled");
  out.url = part(url, CURLUPART_URL);
  if (out.host.empty() || out.url.empty()) return absl::InvalidArgumentError("bad URL: no host");
  if (out.host.find('%') != std::string::npos)
    return absl::InvalidArgumentError("bad URL: the host is escaped twice");
  return out;
}

// libcurl unescapes a host only after it has written out IPv4 addresses: "%31%32%37.1" is "127.1" at first.
// So what it wrote is read again.
absl::StatusOr<WebAddress> read_twice(CURLU* url) {
  absl::StatusOr<WebAddress> address = read(url);
  if (!address.ok()) return address;
  if (absl::Status status = set(url, address->url); !status.ok()) return status;
  address = read(url);
  if (address.ok() && is_malformed_ipv4(address->host))
    return absl::InvalidArgumentError(str_cat("bad URL: ", address->host, " is no IPv4 address"));
  return address;
}

}  // namespace

std::string WebAddress::origin() const { return str_cat(scheme, "://", host, ":", port); }

absl::StatusOr<WebAddress> parse_web_address(std::string_view url) {
  const UrlHandle handle(curl_url());
  if (handle == nullptr) return absl::ResourceExhaustedError("out of memory");
  if (absl::Status status = set(handle.get(), url); !status.ok()) return status;
  return read_twice(handle.get());
}

absl::StatusOr<WebAddress> resolve_web_address(const WebAddress& base, std::string_view location) {
  const UrlHandle handle(curl_url());
  if (handle == nullptr) return absl::ResourceExhaustedError("out of memory");
  if (absl::Status status = set(handle.get(), base.url); !status.ok()) return status;
  if (absl::Status status = set(handle.get(), location); !status.ok()) return status;
  return read_twice(handle.get());
}

}  // namespace copytaster
