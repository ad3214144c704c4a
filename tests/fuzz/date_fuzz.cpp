// Dates as feeds and platforms write them: core/time.h. One date a line.
#include "core/strings.h"
#include "core/time.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_date(std::string_view text) {
  const auto when = parse_date(text);
  require(parse_date(str_cat(" ", text, "\t")) == when || text.size() > 100,
          "white space around a date is nothing");
  if (!when) return;
  const absl::CivilSecond civil = absl::ToCivilSecond(*when, absl::UTCTimeZone());
  require(civil.year() >= 1 && civil.year() <= 9999, "a date lies in the years 1 to 9999",
          str_cat(civil.year()));
  const std::string written = format_rfc3339(*when);
  const auto again = parse_date(written);
  require(again.has_value(), "a date that was written can be read", written);
  // Sixteenths of a nanosecond that a double had are not written.
  require(absl::AbsDuration(*again - *when) < absl::Nanoseconds(1), "a date reads as it was written",
          written);
  google::protobuf::Timestamp stamp;
  set_timestamp(&stamp, *when);
  require(stamp.nanos() >= 0 && stamp.nanos() < 1'000'000'000, "nanoseconds are less than a second");
  require(absl::AbsDuration(to_time(stamp) - *when) < absl::Nanoseconds(1), "a timestamp holds the date");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(date)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster::fuzz;
  std::string_view rest = as_text(data, size);
  while (!rest.empty()) check_date(take_line(rest));
  return 0;
}
