// The city an office speaks for. Pure; any thread.
#pragma once

#include <string>

#include "core/copytaster.pb.h"

namespace copytaster {

// "Paris" of the Mayor of Paris and of the City administration of Paris; empty for an office of no city
// (a minister's, a governor's), for one whose title says nothing of that, and without a role.
[[nodiscard]] std::string city_of(const Role* role);

}  // namespace copytaster
