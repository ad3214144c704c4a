// officials.toml: who is followed (docs/officials.md). Accounts are plain profile URLs; the platform is
// recognised.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/officials_entry.h"
#include "app/settings.h"
#include "collectors/catalog.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Every problem is found, each with its line, also behind a place that is no TOML; officials with an error
// are left out. A warning leaves nothing out: an account on a platform that no collector reads, an official
// without account.
[[nodiscard]] std::vector<Official> read_officials(std::string_view text, const std::string& file,
                                                   const Collectors& collectors,
                                                   std::vector<ConfigProblem>* problems);

// The same with what the file says besides, for import and export.
[[nodiscard]] OfficialsInput read_officials_toml(std::string_view text, const std::string& file,
                                                 const Collectors& collectors);

// The entries as [[official]] tables, without anything around them: can stand behind a file's last line.
[[nodiscard]] std::string officials_to_toml(const std::vector<OfficialEntry>& entries);

}  // namespace copytaster
