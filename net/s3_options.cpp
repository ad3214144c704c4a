#include "net/s3_options.h"

#include <algorithm>

#include "core/status.h"
#include "core/strings.h"
#include "net/web_address.h"

namespace copytaster {
namespace {

bool is_small_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || is_ascii_digit(c); }
// What stands in a path or a query as it is: RFC 3986's unreserved characters.
bool is_unreserved(char c) {
  return is_small_letter_or_digit(ascii_lower(c)) || c == '-' || c == '.' || c == '_' || c == '~';
}

absl::Status wrong(std::string_view what) { return absl::InvalidArgumentError(to_absl(what)); }

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
bool is_bucket_name(std::string_view name) {
  const bool plain =
      std::ranges::all_of(name, [](char c) { return is_small_letter_or_digit(c) || c == '-' || c == '.'; });
  return name.size() >= 3 && name.size() <= 63 && plain && is_small_letter_or_digit(name.front()) &&
         is_small_letter_or_digit(name.back()) && name.find("..") == std::string_view::npos;
}

bool is_prefix(std::string_view prefix) {
  if (prefix.size() > 200) return false;
  for (const std::string_view part : split(prefix, '/')) {
    if (part.empty() || part == "." || part == ".." || !std::ranges::all_of(part, is_unreserved))
      return false;
  }
  return true;
}

bool is_loopback_host(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

absl::Status check_endpoint(const S3Options& options) {
  static constexpr std::string_view kRight =
      "media.s3_endpoint is an address without a path, \"https://s3.example.org\"";
  const auto address = parse_web_address(options.endpoint);
  if (!address.ok()) return wrong(kRight);
  const std::size_t path = options.endpoint.find('/', options.endpoint.find("://") + 3);
  const bool bare = path == std::string::npos || path + 1 == options.endpoint.size();
  if (!bare || options.endpoint.find_first_of("?#") != std::string::npos) return wrong(kRight);
  if (address->scheme == "http" && !is_loopback_host(address->host) && !options.plain_http)
    return wrong(
        "media.s3_endpoint is http://, where everybody on the way reads and changes what is kept; "
        "https://, or media.s3_plain_http = true");
  const bool is_number = address->host.find(':') != std::string::npos || is_loopback_host(address->host);
  if (options.bucket_in_host && (is_number || options.bucket.find('.') != std::string::npos))
    return wrong(
        "media.s3_addressing = \"host\" needs an endpoint with a name and a bucket without dots; "
        "\"path\" goes everywhere");
  return absl::OkStatus();
}

}  // namespace

absl::Status check_s3_options(const S3Options& options) {
  if (!is_bucket_name(options.bucket))
    return wrong("media.s3_bucket is 3 to 63 small letters, digits, dots and hyphens");
  CT_RETURN_IF_ERROR(check_endpoint(options));
  const bool region = !options.region.empty() && options.region.size() <= 64 &&
                      std::ranges::all_of(options.region, [](char c) { return is_unreserved(c); });
  if (!region) return wrong("media.s3_region is letters, digits and hyphens, \"eu-west-3\"");
  if (!options.prefix.empty() && !is_prefix(options.prefix))
    return wrong("media.s3_prefix is names of letters, digits, '-', '.' and '_' with a slash between them");
  if (options.access_key.empty()) return wrong("media.s3_access_key_file names the file with the access key");
  if (options.secret_key.empty()) return wrong("media.s3_secret_key_file names the file with the secret key");
  return absl::OkStatus();
}

std::string s3_url(const S3Options& options, std::string_view key, std::string_view query) {
  std::string_view endpoint = options.endpoint;
  consume_suffix(&endpoint, "/");
  const std::size_t host = endpoint.find("://") + 3;
  std::string url = options.bucket_in_host
                        ? str_cat(endpoint.substr(0, host), options.bucket, ".", endpoint.substr(host), "/")
                        : str_cat(endpoint, "/", options.bucket, key.empty() ? "" : "/");
  str_append(&url, key);
  if (!query.empty()) str_append(&url, "?", query);
  return url;
}

}  // namespace copytaster
