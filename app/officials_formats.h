// The formats in which officials come and go (docs/officials.md). Pure; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/officials_entry.h"

namespace copytaster {

enum class OfficialsFormat { kToml, kCsv, kJsonl, kOpml };

// By name: "toml", "csv" (also "tsv"), "jsonl" (also "ndjson"), "opml".
[[nodiscard]] std::optional<OfficialsFormat> officials_format(std::string_view name);
// By the end of a file's name.
[[nodiscard]] std::optional<OfficialsFormat> officials_format_of(std::string_view path);

[[nodiscard]] OfficialsInput read_officials_as(OfficialsFormat format, std::string_view bytes,
                                               const std::string& file, const Collectors& collectors);
// What the format cannot hold is counted in `left_out`.
[[nodiscard]] std::string officials_as(OfficialsFormat format, const std::vector<OfficialEntry>& entries,
                                       std::map<std::string, std::size_t>* left_out);

// "gender (728), party (519)": at most twenty of them; empty when there are none.
[[nodiscard]] std::string left_out_text(const std::map<std::string, std::size_t>& left_out);

}  // namespace copytaster
