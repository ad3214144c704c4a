// The rules' four files: processors/rules.h. The bytes stand for each of them in turn.
#include "core/strings.h"
#include "processors/rules.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::string_view kRulesSections =
    "[[section]]\nid = \"a\"\nname = \"A\"\n[section.words]\nen = [\"tram*\"]\n";
constexpr std::string_view kRulesPlaces =
    "place = [ { name = \"Kyiv\", country = \"UA\", aliases = [\"Kiev\"] } ]\n";
constexpr std::string_view kRulesStyle =
    "[credit.en]\naccount = \"{name} on {platform}\"\nfeed = \"{name}\"\nvia = \"{source}, {via}\"\n"
    "photographer = \"{photographer}\"\n";

void check_rules(const absl::StatusOr<Rules>& rules, std::string_view file) {
  if (!rules.ok()) {
    require(absl::IsInvalidArgument(rules.status()), "a bad file is an invalid argument",
            rules.status().ToString());
    const std::string_view words = from_absl(rules.status().message());
    require(words.starts_with(file), "a fault names its file", words);
    require_utf8(words, "words about a fault");
    return;
  }
  for (const Place& place : rules->places) {
    require(!place.name.empty() && place.country.size() == 2, "a place has a name and a country", place.name);
  }
  for (const SectionRule& section : rules->sections) {
    require(!section.id.empty(), "a section has an id");
    require(section.words.size() == section.languages.size(), "every word has its language", section.id);
  }
  require(rules->credit_templates.contains(rules->house_language),
          "the house's language has its credit lines");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(rules)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view text = as_text(data, size);
  check_rules(Rules::from_toml(text, kRulesPlaces, kRulesStyle), "sections.toml");
  check_rules(Rules::from_toml(kRulesSections, text, kRulesStyle), "places.toml");
  check_rules(Rules::from_toml(kRulesSections, kRulesPlaces, text), "house_style.toml");
  check_rules(Rules::from_toml(kRulesSections, kRulesPlaces, kRulesStyle, text), "places.tsv");
  return 0;
}
