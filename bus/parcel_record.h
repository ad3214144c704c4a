// A record of the log as it is read back. One that does not parse as a whole is read part by part, so that
// one bad post takes no other with it and nobody is stopped by it. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// The parcel. Where `bytes` do not parse: what of it can be read, and in dead_letters one letter of stage
// `log` for the rest: `counted` posts are in it as far as they can be told apart, its payload is a Parcel's
// bytes (or garbage), account and capture are those of the parcel. It has no time yet. The same record gives
// the same letter.
[[nodiscard]] Parcel read_parcel(std::uint64_t position, std::string_view bytes);

}  // namespace copytaster
