// Stories and their drafts.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> story_routes() {
  return {
      {"GET",
       "/api/stories",
       "listStories",
       "The suggested stories, best first. Has an ETag: ask again with it.",
       false,
       {limit("At most so many, 1 to 500; usually 100."), offset()},
       {{200, kJson, "The stories.", "Stories"}, {304, "", "Nothing has changed.", ""}},
       get_stories},
      {"GET",
       "/api/stories/{id}/draft",
       "getDraft",
       "A draft of the story; every sentence names its source.",
       false,
       {story_id(),
        {"format",
         "json (a Draft) unless told otherwise.",
         "string",
         false,
         {"json", "markdown", "html", "ninjs"}},
        whole_number("download", "1: as a file to save.")},
       {{200, kJson, "The draft, or the ninjs document.", "Draft"},
        {200, "text/markdown; charset=utf-8", "The draft in Markdown with footnotes.", ""},
        {200, kHtml, "The draft as a document.", ""},
        {404, kJson, "No such story, or none of its posts can be used.", "Error"}},
       get_draft},
      {"GET",
       "/api/stories/{id}",
       "getStory",
       "One story with its posts.",
       false,
       {story_id()},
       {{200, kJson, "The story and its posts in order of time.", "StoryWithItems"},
        {404, kJson, "No such story.", "Error"}},
       get_story},
  };
}

}  // namespace copytaster
