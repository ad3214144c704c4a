#include "core/version.h"

namespace copytaster {

std::string_view version() { return COPYTASTER_VERSION; }

}  // namespace copytaster
