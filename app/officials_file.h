// officials.toml: who is followed. Accounts are plain profile URLs; the platform is recognised.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/settings.h"
#include "collectors/catalog.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Every problem is found, each with its line; officials with a problem are left out.
[[nodiscard]] std::vector<Official> read_officials(std::string_view text, const std::string& file,
                                                   const Collectors& collectors,
                                                   std::vector<ConfigProblem>* problems);

}  // namespace copytaster
