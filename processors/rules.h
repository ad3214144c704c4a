// What the steps know that is not code: sections, a small gazetteer, house style (credit-line
// templates per language). Loaded once, then immutable; any thread. The defaults are built in from
// config/ so that `process` works without any file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

struct SectionRule {
  std::string id;
  std::string name;
  std::vector<std::string> words;         // folded; a trailing '*' matches a prefix
  std::vector<std::string> places;        // folded
  std::vector<std::string> media_topics;  // "medtop:20000639"
  double weight = 1.0;
};

struct Place {
  std::string name;     // canonical, English: "Kyiv"
  std::string id;       // "geonames:703448" where known
  std::string country;  // ISO 3166-1 alpha-2
  std::vector<std::string> aliases;  // any script, with inflected forms
};

class Rules {
 public:
  // kInvalidArgument: "sections.toml:12: …, expected …".
  static absl::StatusOr<Rules> from_toml(std::string_view sections, std::string_view places,
                                         std::string_view house_style);
  static const Rules& defaults();  // built in

  std::vector<SectionRule> sections;
  std::vector<Place> places;
  // language -> template with {name}, {platform}, {via}; "en": "Source: {name} on {platform}"
  StringMap<std::string> credit_templates;
  std::string house_language = "en";  // of credit lines
};

}  // namespace copytaster
