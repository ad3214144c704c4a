#include "core/fetcher.h"

#include <algorithm>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {

std::string_view header_value(const std::vector<HttpHeader>& headers, std::string_view name) {
  for (const HttpHeader& header : headers) {
    if (equals_ignore_case(header.name, name)) return header.value;
  }
  return {};
}

std::optional<absl::Duration> retry_after(const HttpResponse& response, absl::Time now) {
  std::string_view value = strip_space(header_value(response.headers, "retry-after"));
  if (value.empty()) return std::nullopt;
  if (const auto seconds = parse_number<std::uint32_t>(value)) return absl::Seconds(*seconds);
  auto date = parse_date(value);
  if (!date) return std::nullopt;
  return std::max(*date - now, absl::ZeroDuration());
}

}  // namespace copytaster
