// What a dead letter stands for. Stages and what they keep: docs/formats.md. Pure; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

namespace letter_stage {
inline constexpr std::string_view kParse = "parse";      // a collector could not read a post
inline constexpr std::string_view kProcess = "process";  // a post could not be processed or stored
inline constexpr std::string_view kLog = "log";  // a record of the log, or a part of it, does not parse
// News of a post that is stored (a picture's facts, its being gone) could not be taken in: no post is
// missing.
inline constexpr std::string_view kUpdate = "update";
}  // namespace letter_stage

inline constexpr std::size_t kMostLetterPayload = std::size_t{64} << 10;

// For how many posts it stands in Counters.
[[nodiscard]] inline std::uint64_t posts_of(const DeadLetter& letter) {
  if (letter.stage() == letter_stage::kUpdate) return 0;
  if (letter.stage() == letter_stage::kLog) return letter.counted();
  return std::max<std::uint64_t>(letter.counted(), 1);
}

// Puts what could not be read into it, or its beginning.
inline void set_payload(std::string_view bytes, DeadLetter* letter) {
  letter->set_payload(std::string(bytes.substr(0, kMostLetterPayload)));
  letter->set_cut(bytes.size() > kMostLetterPayload);
}

}  // namespace copytaster
