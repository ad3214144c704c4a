// Posts: one, all, by words.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> item_routes() {
  return {
      {"GET",
       "/api/items",
       "listItems",
       "All posts in the order of their ids.",
       false,
       {limit("At most so many, 1 to 200; usually 50."), offset()},
       {{200, kJson, "The posts.", "Items"}},
       get_items},
      {"GET",
       "/api/items/{id}/versions",
       "getItemVersions",
       "All versions of a post, oldest first.",
       false,
       {item_id()},
       {{200, kJson, "The versions.", "Versions"}, {404, kJson, "No such post.", "Error"}},
       get_versions},
      {"GET",
       "/api/items/{id}/diff",
       "getItemDiff",
       "What one version of a post says otherwise than another, word by word.",
       false,
       {item_id(), whole_number("from", "Number of the one version."),
        whole_number("to", "Number of the other.")},
       {{200, kJson, "What differs.", "VersionDiff"},
        {400, kJson, "Which versions?", "Error"},
        {404, kJson, "No such post or version.", "Error"}},
       get_version_diff},
      {"GET",
       "/api/items/{id}",
       "getItem",
       "One post, its newest version.",
       false,
       {item_id()},
       {{200, kJson, "The post.", "Item"}, {404, kJson, "No such post.", "Error"}},
       get_item},
      {"GET",
       "/api/search",
       "search",
       "Posts by words in title, text, captions and names, best first.",
       false,
       {field("q", "What to look for."), limit("At most so many, 1 to 200; usually 50.")},
       {{200, kJson, "The posts.", "Items"}, {400, kJson, "Nothing to look for.", "Error"}},
       get_search},
  };
}

}  // namespace copytaster
