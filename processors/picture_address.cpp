#include "processors/picture_address.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/strings.h"

namespace copytaster {
namespace {

bool passes(std::string_view name) {
  static constexpr std::array<std::string_view, 21> kNames = {
      "sig",        "signature", "signed",      "token",  "access_token", "expires", "expiry",
      "expiration", "exp",       "key-pair-id", "policy", "hmac",         "hdnts",   "hdnea",
      "oh",         "oe",        "ccb",         "_ri",    "se",           "st",      "googleaccessid"};
  static constexpr std::array<std::string_view, 3> kFamilies = {"x-amz-", "x-goog-", "_nc_"};
  return std::ranges::any_of(kNames, [&](std::string_view one) { return equals_ignore_case(name, one); }) ||
         std::ranges::any_of(kFamilies, [&](std::string_view begin) {
           return equals_ignore_case(name.substr(0, begin.size()), begin);
         });
}

}  // namespace

std::string picture_address(const Media& media) {
  if (!media.native_id().empty()) return media.native_id();
  std::string_view url = media.url();
  url = url.substr(0, url.find('#'));
  const std::size_t query = url.find('?');
  std::string out(url.substr(0, query));
  char before = '?';
  for (std::string_view rest = query == url.npos ? "" : url.substr(query + 1); !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    if (one.empty() || passes(one.substr(0, one.find('=')))) continue;
    out += before;
    out += one;
    before = '&';
  }
  return out;
}

bool is_only_there(const Item& item, const Media& media) {
  const std::string address = picture_address(media);
  return std::ranges::none_of(item.media(), [&](const Media& other) {
    return other.kind() == PICTURE && other.url() != media.url() && media.native_id().empty() &&
           picture_address(other) == address;
  });
}

}  // namespace copytaster
