// Values of HTTP headers that servers send us.
#include "collectors/charset.h"
#include "collectors/platforms_support.h"
#include "core/fetcher.h"
#include "core/strings.h"
#include "core/time.h"
#include "net/request_target.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_waits(std::string_view value) {
  const absl::Time now = absl::FromUnixSeconds(1649923200);
  HttpResponse response;
  response.headers.push_back({"Retry-After", std::string(value)});
  const auto wait = retry_after(response, now);
  require(!wait || (*wait >= absl::ZeroDuration() && *wait < absl::InfiniteDuration()),
          "a wait is not negative and ends");
  Capture capture;
  set_timestamp(capture.mutable_fetched_at(), now);
  Header* date = capture.add_headers();
  date->set_name("date");
  date->set_value(std::string(value));
  require(header_of(capture, "Date") == strip_space(value), "a header is found by its name in any case");
  for (const absl::Time reset : {answered_at(capture), absl::InfiniteFuture(), absl::InfinitePast()}) {
    const absl::Duration until = wait_until(capture, reset);
    require(until >= absl::Seconds(1) && until <= absl::Hours(1),
            "no platform's clock stops us longer than an hour");
  }
}

void check_links(std::string_view value) {
  for (const std::string_view relation : {"next", "prev", ""}) {
    const std::string target = link_target(value, relation);
    require(target.empty() || value.find(target) != std::string_view::npos, "a link stands in its header",
            target);
    require(target.find('>') == std::string::npos, "a link ends with its bracket", target);
  }
}

void check_clean(std::string_view value) {
  if (!is_clean_header(value, value)) return;
  require(
      value.find_first_of(" :\t\r\n") == std::string_view::npos && value.find('\0') == std::string_view::npos,
      "a clean header name ends no line", value);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(header)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view value = as_text(data, size);
  check_waits(value);
  check_links(value);
  check_clean(value);
  const std::string charset = charset_parameter(value);
  require(charset.size() <= value.size() && charset == strip_space(charset),
          "a charset is a part of its header");
  return 0;
}
