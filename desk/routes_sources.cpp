// The accounts that are followed.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> source_routes() {
  const RouteParameter id = in_path("id", "The account's id, percent-encoded.");
  return {
      {"GET",
       "/api/sources",
       "listSources",
       "Every account that is followed, how it is and why; those followed once, too. Without limit and "
       "offset all of them in the order of officials.toml, else a page: those that need a look first, then "
       "by name. Has an ETag: ask again with it.",
       false,
       {limit("At most so many, 1 to 1000; usually 200."),
        offset(),
        field("q", "Words that all stand in name, handle, platform, state, reason or id."),
        {"health",
         "Only the followed that are so; alarm: that need a look.",
         "string",
         false,
         {"alarm", "new", "good", "quiet", "waiting", "failing", "blocked", "paused", "ended"}},
        {"followed", "Only those followed now, or only those followed once.", "boolean", false, {}}},
       {{200, kJson, "The sources that fit, and how many of all are how.", "Sources"},
        {304, "", "Nothing has changed.", ""},
        {400, kJson, "A parameter is wrong.", "Error"}},
       get_sources},
      {"POST",
       "/api/sources/{id}/pause",
       "pauseSource",
       "Stops asking an account until it is resumed, also over restarts.",
       false,
       {id},
       {{200, kJson, "It is paused.", ""}, {404, kJson, "No such account is followed.", "Error"}},
       pause_source,
       {field("by", "Who pauses it."), field("reason", "Why.")}},
      {"POST",
       "/api/sources/{id}/resume",
       "resumeSource",
       "Asks a paused or ended account again, at once.",
       false,
       {id},
       {{200, kJson, "It is asked again.", ""}, {404, kJson, "No such account is followed.", "Error"}},
       resume_source,
       {field("by", "Who resumes it.")}},
  };
}

}  // namespace copytaster
