// The steps, one file each (processors/<step>.cpp). pipeline.cpp says in which order and why.
// A step is immutable after construction and keeps nothing between items that could change a result.
#pragma once

#include <memory>

#include "core/processor.h"

namespace copytaster {

// Stateless: any thread, many at once, any text. Each clears and rewrites only the fields its spec
// names, so running it again on the same item gives the same item.
std::unique_ptr<Processor> make_language_step();
std::unique_ptr<Processor> make_captions_step();     // after language
std::unique_ptr<Processor> make_mentions_step();     // after language
std::unique_ptr<Processor> make_places_step();       // after mentions: a person called Paris is no place
std::unique_ptr<Processor> make_dates_step();        // after language
std::unique_ptr<Processor> make_attribution_step();  // after captions and mentions
std::unique_ptr<Processor> make_quotes_step();       // after mentions: speakers are found there first
std::unique_ptr<Processor> make_sections_step();     // after places
std::unique_ptr<Processor> make_fingerprint_step();

// Need memory: one thread, in log order.
std::unique_ptr<Processor> make_dedupe_step();
std::unique_ptr<Processor> make_stories_step();
std::unique_ptr<Processor> make_newsworthiness_step();  // after stories

}  // namespace copytaster
