#include "core/url_host.h"

#include <arpa/inet.h>
#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// Host names that are not ASCII go through UTS #46, as browsers do.
std::optional<std::string> to_ascii_host(std::string_view host) {
  static const icu::IDNA* idna = [] {
    UErrorCode error = U_ZERO_ERROR;
    return icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, error);
  }();
  std::string out;
  UErrorCode error = U_ZERO_ERROR;
  icu::IDNAInfo info;
  icu::StringByteSink<std::string> sink(&out);
  if (idna == nullptr) return std::nullopt;
  idna->nameToASCII_UTF8(icu::StringPiece(host.data(), static_cast<std::int32_t>(host.size())), sink, info,
                         error);
  if (U_FAILURE(error) || info.hasErrors()) return std::nullopt;
  return out;
}

bool is_ipv6(std::string_view text) {
  std::array<unsigned char, 16> bytes{};
  return text.find('%') == std::string_view::npos &&
         inet_pton(AF_INET6, std::string(text).c_str(), bytes.data()) == 1;
}

// "0x1f", "017", "15"; nullopt for anything else.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  int base = 10;
  if (consume_prefix(&text, "0x")) {
    base = 16;
  } else if (text.size() > 1 && consume_prefix(&text, "0")) {
    base = 8;
  }
  std::uint64_t number = 0;
  if (text.empty()) return number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string_view> labels_of(std::string_view host) {
  std::vector<std::string_view> labels = split(host, '.');
  if (labels.size() > 1 && labels.back().empty()) labels.pop_back();
  return labels;
}

// Such a host is an address or none: no name ends so.
bool ends_in_number(std::string_view host) {
  const std::string_view last = labels_of(host).back();
  return (!last.empty() && std::ranges::all_of(last, is_ascii_digit)) ||
         (last.starts_with("0x") && ipv4_number(last));
}

std::optional<std::string> ipv4(std::string_view host) {
  const std::vector<std::string_view> labels = labels_of(host);
  if (labels.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto number = ipv4_number(labels[i]);
    const std::size_t bits =
        i + 1 < labels.size() ? 8 : 8 * (5 - labels.size());  // the last one fills the rest
    if (!number || *number >> bits != 0) return std::nullopt;
    address = address << bits | *number;
  }
  return str_cat(address >> 24, ".", address >> 16 & 255, ".", address >> 8 & 255, ".", address & 255);
}

}  // namespace

std::optional<std::string> read_url_host(std::string_view host) {
  if (host.empty() || host.size() > 1024) return std::nullopt;
  if (host.front() == '[') {
    if (host.back() != ']' || host.size() < 4) return std::nullopt;
    const std::string_view inner = host.substr(1, host.size() - 2);
    if (!is_ipv6(inner)) return std::nullopt;
    return ascii_lower(inner);
  }
  const std::string decoded = percent_decode(host);
  const bool ascii =
      std::ranges::all_of(decoded, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::optional<std::string> out = ascii ? std::optional(ascii_lower(decoded)) : to_ascii_host(decoded);
  if (!out || out->empty() || out->size() > 253) return std::nullopt;
  static constexpr std::string_view kForbidden = " \"#%/:<>?@[\\]^`{|}";
  if (out->find_first_of(kForbidden) != std::string::npos || has_control(*out)) return std::nullopt;
  return ends_in_number(*out) ? ipv4(*out) : out;
}

}  // namespace copytaster
