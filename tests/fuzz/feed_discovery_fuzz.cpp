// Pages that name feeds: collectors/feed_discovery.h. The first line is the page's address.
#include "collectors/feed_discovery.h"
#include "collectors/platforms_support.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

COPYTASTER_FUZZ_TARGET(feed_discovery)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view input = as_text(data, size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string address = to_valid_utf8(input.substr(0, end));
  const std::string_view page = input.substr(std::min(end + 1, input.size()));
  for (const std::string_view type : {"text/html", "text/html; charset=windows-1251", ""}) {
    const std::string found = feed_named_in(page, type, address);
    require(found.empty() || is_http_url(found), "a feed that is named is at an http(s) URL", found);
    require(found.find_first_of(" \t\r\n<>\"") == std::string::npos, "a URL without spaces", found);
    require_utf8(found, "a URL");
    require(feed_named_in(page, type, address) == found, "the same page names the same feed");
  }
  return 0;
}
