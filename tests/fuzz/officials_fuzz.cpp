// officials.toml: app/officials_file.h.
#include "app/officials_file.h"
#include "core/officials.h"
#include "core/strings.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_problems_of(const std::vector<ConfigProblem>& problems) {
  for (const ConfigProblem& problem : problems) {
    require(problem.file == "officials.toml" && !problem.what.empty(), "a problem names its file and itself");
    require_utf8(to_text(problem), "words about a problem");
  }
}

void check_officials(const std::vector<Official>& officials) {
  StringSet ids, accounts;
  for (const Official& official : officials) {
    require(Official().ParseFromString(official.SerializeAsString()), "an official is valid UTF-8");
    require(!official.id().empty() && !official.name().empty(), "an official has id and name", official.id());
    require(ids.insert(official.id()).second, "an id is there once", official.id());
    for (const Account& account : official.accounts()) {
      require(accounts.insert(account.id()).second, "an account is followed once", account.id());
      require(account.official_id() == official.id(), "an account knows its official");
    }
    for (const Role& role : official.roles()) require(!role.title().empty(), "a role has a title");
  }
  const Officials all(officials);
  for (const Official& official : officials)
    require(all.find(official.id()) != nullptr && all.find(official.id())->name() == official.name(),
            "an official is found by id", official.id());
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(officials)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  static const Collectors kCollectors;
  const std::string_view text = as_text(data, size);
  std::vector<ConfigProblem> problems;
  const std::vector<Official> officials = read_officials(text, "officials.toml", kCollectors, &problems);
  check_problems_of(problems);
  check_officials(officials);
  // Nothing is left out in silence.
  const bool names_one = text.find("official") != std::string_view::npos &&
                         text.find('#') == std::string_view::npos &&
                         text.find("official = []") == std::string_view::npos;
  require(!names_one || !officials.empty() || !problems.empty(), "what is not taken is told");
  return 0;
}
