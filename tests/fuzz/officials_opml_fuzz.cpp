// Officials as a list of subscriptions: app/officials_opml.h.
#include "app/officials_opml.h"
#include "tests/fuzz/officials_target.h"

namespace copytaster::fuzz {
namespace {

std::vector<std::string> feeds_of(const std::vector<OfficialEntry>& entries) {
  std::vector<std::string> out;
  for (const OfficialEntry& entry : entries) {
    for (const Account& account : entry.official.accounts()) {
      if (account.platform() == "feed") out.push_back(str_cat(entry.official.name(), " ", account.id()));
    }
  }
  return out;
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(officials_opml)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view text = as_text(data, size);
  const std::vector<OfficialEntry> officials =
      check_officials_input(read_officials_opml(text, "list", collectors_of_officials()));
  std::map<std::string, std::size_t> left_out;
  const std::string opml = officials_to_opml(officials, &left_out);
  const OfficialsInput again = read_officials_opml(opml, "list", collectors_of_officials());
  for (const ConfigProblem& problem : again.problems)
    require(problem.warning, "what was exported is right", to_text(problem));
  require(feeds_of(again.entries) == feeds_of(officials), "every feed is exported with its name");
  return 0;
}
