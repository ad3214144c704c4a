// The feed collector: RSS, Atom, JSON Feed of any web site. See feed_document.h for what is read.
#pragma once

#include "absl/status/statusor.h"
#include "collectors/platforms.h"
#include "core/collector.h"

namespace copytaster {

// Like Collector::parse, but every item in the order of the document, empty ones and repeated ones too, and
// edited_at filled with created_at where the feed speaks of no change: what `copytaster parse` prints.
[[nodiscard]] absl::StatusOr<Parsed> parse_feed_in_document_order(const Account& account,
                                                                  const Capture& capture);

}  // namespace copytaster
