// Who stands behind "Photo:" and is no person: offices for the press and agencies, which are credited;
// cameras and words like "archive", which are not. Internal to processors/attribution_labels.cpp.
#pragma once

#include <cstdint>

#include "processors/word_lists.h"

namespace copytaster {

enum class Press : std::uint8_t { kOffice = 1, kAgency = 2 };
// Flags are of Press.
[[nodiscard]] const PhraseTable& press_table();
[[nodiscard]] const PhraseTable& camera_makers();
// What stands where a name would: no photographer, and nothing that the picture shows.
[[nodiscard]] const PhraseTable& no_names();

}  // namespace copytaster
