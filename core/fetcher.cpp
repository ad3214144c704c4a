#include "core/fetcher.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "core/time.h"

namespace copytaster {

std::string_view header_value(const std::vector<HttpHeader>& headers, std::string_view name) {
  for (const HttpHeader& header : headers) {
    if (absl::EqualsIgnoreCase(header.name, name)) return header.value;
  }
  return {};
}

std::optional<absl::Duration> retry_after(const HttpResponse& response, absl::Time now) {
  std::string_view value = absl::StripAsciiWhitespace(header_value(response.headers, "retry-after"));
  if (value.empty()) return std::nullopt;
  std::uint32_t seconds = 0;
  if (absl::SimpleAtoi(value, &seconds)) return absl::Seconds(seconds);
  auto date = parse_date(value);
  if (!date) return std::nullopt;
  return std::max(*date - now, absl::ZeroDuration());
}

}  // namespace copytaster
