#include "collectors/poller_capture.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

// Shorter words would hit innocent text.
constexpr std::size_t kShortestSecret = 8;

bool is_kept(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {"content-type",
                                                       "content-language",
                                                       "content-location",
                                                       "date",
                                                       "etag",
                                                       "last-modified",
                                                       "link",
                                                       "retry-after",
                                                       "cache-control",
                                                       "x-app-usage",
                                                       "x-ad-account-usage",
                                                       "x-business-use-case-usage"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name.starts_with("x-ratelimit") ||
         name.starts_with("x-rate-limit") || name.starts_with("ratelimit");
}

void overwrite_each(std::string* body, std::string_view secret) {
  if (secret.size() < kShortestSecret) return;
  for (std::size_t at = body->find(secret); at != std::string::npos;
       at = body->find(secret, at + secret.size())) {
    std::fill_n(body->begin() + static_cast<std::ptrdiff_t>(at), secret.size(), 'x');
  }
}

// The values of `name` in URLs that stand in the body, up to what cannot be in a value.
void overwrite_values(std::string* body, std::string_view name) {
  for (std::size_t at = body->find(name); at != std::string::npos; at = body->find(name, at)) {
    at += name.size();
    const std::size_t end = std::min(body->find_first_of("&\"'<> \t\r\n\\;", at), body->size());
    std::fill_n(body->begin() + static_cast<std::ptrdiff_t>(at), end - at, 'x');
    at = end;
  }
}

}  // namespace

void overwrite_secrets(std::string* body, std::string_view authorization) {
  const std::string_view secret = authorization.substr(authorization.rfind(' ') + 1);
  overwrite_each(body, secret);
  overwrite_each(body, percent_encode(secret));
  // As JSON may write it, with and without its optional escape of the slash.
  const std::string quoted = json_quote(secret);
  const std::string_view escaped = std::string_view(quoted).substr(1, quoted.size() - 2);
  overwrite_each(body, escaped);
  overwrite_each(body, replace_all(escaped, "/", "\\/"));
  overwrite_values(body, "access_token=");
  overwrite_values(body, "appsecret_proof=");
}

Capture make_capture(const Asked& asked, HttpResponse response, const CollectorSpec& spec, absl::Time now) {
  Capture out;
  out.set_account_id(asked.account_id);
  out.set_url(to_valid_utf8(without_secrets(asked.url)));
  out.set_final_url(to_valid_utf8(without_secrets(response.final_url)));
  out.set_status(response.status);
  for (const HttpHeader& header : response.headers) {
    std::string name = ascii_lower(header.name);
    if (!is_kept(name)) continue;
    Header* kept = out.add_headers();
    kept->set_name(std::move(name));
    std::string value = header.value;
    overwrite_secrets(&value, asked.authorization);  // Link repeats the request's parameters
    kept->set_value(to_valid_utf8(value));
  }
  overwrite_secrets(&response.body, asked.authorization);
  out.set_sha256(sha256_hex(response.body));
  out.set_body(std::move(response.body));
  set_timestamp(out.mutable_fetched_at(), now);
  out.set_collector(str_cat(spec.name, "/", spec.version));
  out.set_purpose(asked.purpose);
  *out.mutable_cursor() = asked.cursor;
  out.set_native_id(asked.native_id);
  return out;
}

}  // namespace copytaster
