// JSON Lines: one official a line. Two shapes are read: our own record (the JSON of copytaster.proto's
// Official, with "websites" beside) and that of public registries (one role, accounts by platform). Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/officials_entry.h"
#include "collectors/json_fields.h"

namespace copytaster {

inline constexpr std::size_t kMaxOfficialLine = std::size_t{1} << 20;

// Every line that cannot be taken is told with what is wrong.
[[nodiscard]] OfficialsInput read_officials_jsonl(std::string_view bytes, const std::string& file,
                                                  const Collectors& collectors);

// A line of a registry: {"id", "name", "role", "place", "country", "start_date", "end_date", "website",
// "wikidata", "accounts": {"twitter": "NAME", "youtube_id": "UC…", …, "sites": ["https://…"]}}; country is a
// code or a name. Sites that are profiles become accounts, the others websites.
void read_registry_line(Json line, unsigned number, EntryBuilder* to,
                        std::map<std::string, std::size_t>* left_out);

[[nodiscard]] std::string officials_to_jsonl(const std::vector<OfficialEntry>& entries);

}  // namespace copytaster
