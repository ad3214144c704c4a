// Officials as JSON Lines: app/officials_jsonl.h.
#include "app/officials_jsonl.h"
#include "tests/fuzz/officials_target.h"

COPYTASTER_FUZZ_TARGET(officials_jsonl)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view text = as_text(data, size);
  const std::vector<OfficialEntry> officials =
      check_officials_input(read_officials_jsonl(text, "list", collectors_of_officials()));
  check_officials_round_trip(OfficialsFormat::kJsonl, officials);
  return 0;
}
