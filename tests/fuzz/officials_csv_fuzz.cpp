// Officials as a spreadsheet: app/officials_csv.h.
#include "app/officials_csv.h"
#include "tests/fuzz/officials_target.h"

COPYTASTER_FUZZ_TARGET(officials_csv)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view text = as_text(data, size);
  const std::vector<OfficialEntry> officials =
      check_officials_input(read_officials_csv(text, "list", collectors_of_officials()));
  check_officials_round_trip(OfficialsFormat::kCsv, officials);
  return 0;
}
