// The line that says whose words or pictures these are, in the house's style. Pure; any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/copytaster.pb.h"
#include "core/officials.h"
#include "processors/rules.h"

namespace copytaster {

// Who published something, before any photographer.
struct CreditSource {
  std::string name;
  const Official* official = nullptr;
  std::string role;
  std::string city;  // of that role
  std::string platform;
  std::string url;
  std::string via;
  std::string rule;
};

// "Source: Anne Hidalgo on Facebook"; "Source: City of Paris, paris.example";
// "Source: Vitali Klitschko on Facebook, via Anne Hidalgo"; of a text that was brought in by hand and stands
// on no platform, "Source: Anne Hidalgo". {role} and {city} that are not known go with the comma or the
// brackets around them.
[[nodiscard]] std::string source_line(const CreditSource& source, const Rules& rules);
// "Photo: Jane Roe. Source: …"
[[nodiscard]] std::string photographer_line(std::string_view photographer, std::string_view source_line,
                                            const Rules& rules);

// The template with each placeholder replaced once over: what a value contains stays as it is.
[[nodiscard]] std::string fill_template(
    std::string_view pattern, std::initializer_list<std::pair<std::string_view, std::string_view>> values);
// The template without a placeholder, and without what only leads to it or holds it: "{name} on {platform}"
// of
// "{name}, {role} on {platform}" and of "{name} ({role}) on {platform}".
[[nodiscard]] std::string without_placeholder(std::string_view pattern, std::string_view placeholder);

}  // namespace copytaster
