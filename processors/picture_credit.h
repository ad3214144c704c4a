// Whose picture it is and what is in it, told of all its copies together: one post names the photographer,
// another describes the picture, and an editor sees only one of them. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "core/copytaster.pb.h"
#include "processors/rules.h"

namespace copytaster {

struct PictureCopy {
  const Media* media = nullptr;  // as the steps captions and attribution have left it
  bool original = true;          // false: a reshare's or a quote's, whose author is another
};

// The attribution of copies[0], which is shown; with the photographer whom another copy names where it names
// none itself: an original's word before a reshare's. Where two copies name two people nobody is chosen: what
// copies[0] says stands.
[[nodiscard]] Attribution credit_of_all(std::span<const PictureCopy> copies, const Rules& rules);

// Each caption once, best first: an original's before a reshare's, then by confidence, then that of
// copies[0].
[[nodiscard]] std::vector<const Caption*> captions_of_all(std::span<const PictureCopy> copies);

// The newest decision about any of them: it is about the picture. What is granted of another file than that
// of copies[0] is not asked. Empty: there is none.
[[nodiscard]] Rights rights_of_all(std::span<const PictureCopy> copies);

}  // namespace copytaster
