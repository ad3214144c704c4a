// A command that asks the running service: over the desk's own API, as a browser would.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace copytaster {

// POSTs `fields` as a flat JSON object to `path` of the desk that the settings in folder `config` name, with
// its token. Returns the answer's body. kUnavailable: nothing answers there (is the service running?). What
// the desk refuses comes back with its message.
[[nodiscard]] absl::StatusOr<std::string> post_to_desk(
    const std::string& config, std::string_view path,
    const std::vector<std::pair<std::string_view, std::string>>& fields);
// GETs it.
[[nodiscard]] absl::StatusOr<std::string> get_from_desk(const std::string& config, std::string_view path);

// GETs `path` of the same desk; errors as above.
[[nodiscard]] absl::StatusOr<std::string> get_from_desk(const std::string& config, std::string_view path);

}  // namespace copytaster
