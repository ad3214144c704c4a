// Every record of a store as one line of JSON, for who wants to see what a file holds (docs/formats.md says
// what it means). Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/key_value.h"

namespace copytaster {

struct SpaceName {
  Space space;
  std::string_view name;  // as the column family is called; "meta" for the default one
};
[[nodiscard]] std::span<const SpaceName> space_names();

// {"key":…,"record":…} without a line feed: keys that are numbers as numbers, records in proto3's JSON
// mapping. What does not parse is shown as hex digits under "bytes", with "problem". websub keys and the like
// are no records and are never shown.
[[nodiscard]] std::string dump_line(Space space, std::string_view key, std::string_view value);

// The key under which `text` stands: a number where keys are numbers, ID or ID/VERSION for older versions.
// nullopt: no key of that space is written so.
[[nodiscard]] std::optional<std::string> key_of_text(Space space, std::string_view text);

}  // namespace copytaster
