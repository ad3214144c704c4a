// What is brought in by hand, and for whom.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> intake_routes() {
  return {
      {"GET",
       "/api/officials",
       "listOfficials",
       "The people and bodies that are followed.",
       false,
       {},
       {{200, kJson, "Their ids, names and kinds.", ""}},
       get_officials},
      {"POST",
       "/api/intake",
       "bringIn",
       "Brings in a post that no collector reads: an address, a text or a saved page. Always marked as "
       "manual.",
       false,
       {},
       {{201, kJson, "It is brought in.", ""},
        {200, kJson,
         "It was brought in before: first_by and first_at say by whom first. corrected: another date, note "
         "or title was told now and is kept as a new version.",
         ""},
        {400, kJson, "What is wrong with it.", "Error"},
        {409, kJson, "The address shows no post: it asks for a login or answers with an error.", "Error"}},
       post_intake,
       {field("url", "The post's address."), field("text", "Its text."),
        field("page", "The saved page, HTML; in a form in its own encoding."),
        field("official_id", "Who said it."),
        field("created_at",
              "When it was posted: year-month-day, with the time where it is known; else dayOnly is true."),
        field("by", "Who brings it in."), field("note", "Anything the desk should know.")}},
  };
}

}  // namespace copytaster
