// What a reader and an editor are told of a picture's rights. English only. Pure; any thread.
#pragma once

#include <string>

#include "core/copytaster.pb.h"

namespace copytaster {

// For the desk alone: "Rights granted, says Mira, 12 May 2023. Note: for one story"; of every state a
// sentence.
[[nodiscard]] std::string rights_told(const Rights& rights);
// What leaves the house with a picture or beside it, in its file and in data that are published: as above
// without the editor's name and note.
[[nodiscard]] std::string rights_terms(const Rights& rights);
// The mark beside a picture in an export: as above, empty where the rights are granted.
[[nodiscard]] std::string rights_mark(const Rights& rights);

}  // namespace copytaster
