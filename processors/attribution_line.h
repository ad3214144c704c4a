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
  std::string platform;
  std::string url;
  std::string via;
  std::string rule;
};

// "Source: Anne Hidalgo on Facebook"; "Source: City of Paris, paris.example";
// "Source: Vitali Klitschko on Facebook, via Anne Hidalgo".
[[nodiscard]] std::string source_line(const CreditSource& source, const Rules& rules);
// "Photo: Jane Roe. Source: …"
[[nodiscard]] std::string photographer_line(std::string_view photographer, std::string_view source_line,
                                            const Rules& rules);

// The template with each placeholder replaced once over: what a value contains stays as it is.
[[nodiscard]] std::string fill_template(
    std::string_view pattern, std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace copytaster
