// What the steps know that is not code: sections, a small gazetteer, house style (credit-line
// templates per language). Loaded once, then immutable; any thread. The defaults are built in from
// config/ so that `process` works without any file.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

class Gazetteer;    // processors/gazetteer.h
struct RuleTables;  // processors/rules_tables.h: the same, ready for look-up

struct SectionRule {
  std::string id;
  std::string name;
  std::vector<std::string> words;         // folded; '*' at a word's end matches any rest; '|' between forms
  std::vector<std::string> languages;     // of each word; a word counts in posts of its language only
  std::vector<std::string> places;        // folded
  std::vector<std::string> media_topics;  // "medtop:20000639"
  double weight = 1.0;
};

struct Place {
  std::string name;     // canonical, English: "Kyiv"
  std::string id;       // "geonames:703448" where known
  std::string country;  // ISO 3166-1 alpha-2
  // Any script; a trailing '*' stands for one case ending; a leading '?': this alias is a homonym.
  std::vector<std::string> aliases;
  bool homonym = false;  // also a common word or a given name: needs a witness beside it
};

class Rules {
 public:
  // kInvalidArgument: "sections.toml:12: …, expected …". `gazetteer` is places.tsv; a place that stands there
  // and in `places` is one place: the latter's names and homonyms hold, and it gets the id it lacks.
  static absl::StatusOr<Rules> from_toml(std::string_view sections, std::string_view places,
                                         std::string_view house_style, std::string_view gazetteer = {});
  static const Rules& defaults();  // built in

  // Call after changing sections or places by hand; from_toml has done it.
  void compile();
  [[nodiscard]] const RuleTables& tables() const;
  // Empty where there is no places.tsv.
  [[nodiscard]] const Gazetteer& gazetteer() const;

  std::vector<SectionRule> sections;
  std::vector<Place> places;
  // Language -> template. "en": "Source: {name} on {platform}"; all ten languages are there by default. This
  // and the next may hold {role} and {city}.
  StringMap<std::string> credit_templates;
  StringMap<std::string> feed_templates;          // {name}, {host}: posts of websites
  StringMap<std::string> via_templates;           // {source}, {via}: passed on by somebody else
  StringMap<std::string> photographer_templates;  // {photographer}, {source}
  std::string house_language = "en";              // of credit lines

 private:
  absl::Status take_gazetteer(std::string_view text);

  std::shared_ptr<const RuleTables> tables_;
  std::shared_ptr<const Gazetteer> gazetteer_;
};

// The files in config/ as built into the binary: path from the repository's root, bytes.
[[nodiscard]] const std::vector<std::pair<std::string_view, std::string_view>>& embedded_config();

}  // namespace copytaster
