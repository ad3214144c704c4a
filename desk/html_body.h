// The mark-up of a draft that the HTML and the ninjs export share. All text escaped; no script, no style.
#pragma once

#include <string>

#include "core/copytaster.pb.h"
#include "desk/draft.h"
#include "desk/sources.h"

namespace copytaster {

// Headline and standfirst too where `with_head`; ninjs carries those apart.
[[nodiscard]] std::string html_body(const Draft& draft, const Sources& sources, const ExportOptions& options,
                                    bool with_head);
// Sections, people, posts, remarks: what an editor needs and does not print. Who decided about rights, and
// his note, only where it stays `in_house`.
[[nodiscard]] std::string html_notes(const Draft& draft, const Sources& sources, bool in_house);
[[nodiscard]] std::string html_sources(const Sources& sources);

}  // namespace copytaster
