// What is taken out for good, and what must not be.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> erasure_routes() {
  const RouteParameter subject = field("subject", "item:ID, account:ID or official:ID.");
  return {
      {"GET",
       "/api/erasures",
       "listErasures",
       "Receipts of what was erased, newest first. filesAt: since when no file of the store holds it; "
       "absent: that "
       "is still to come.",
       false,
       {limit("At most so many, 1 to 1000; usually 100."), offset()},
       {{200, kJson, "The receipts.", ""}, {400, kJson, "A parameter is wrong.", "Error"}},
       get_erasures},
      {"POST",
       "/api/erasures",
       "erase",
       "Erases a post, all of an account, or all of a person: posts with all versions, captures, pictures, "
       "dead "
       "letters. It is not taken in again. Nothing brings it back.",
       false,
       {},
       {{200, kJson, "With dry_run: how much it would be. Nothing was done.", ""},
        {202, kJson, "The receipt that was begun; posts are gone within a moment, files follow.", ""},
        {400, kJson, "What is wrong, and what would be right.", "Error"},
        {404, kJson, "Nothing of it is here.", "Error"},
        {409, kJson, "It is on legal hold; the message says whose.", "Error"},
        {503, kJson, "Nothing can be erased here.", "Error"}},
       post_erasure,
       {subject,
        field("reason", "Why; kept with the receipt for good."),
        field("by", "Who says so."),
        {"dry_run", "true: only count.", "boolean", false, {}}}},
      {"GET",
       "/api/legal-holds",
       "listLegalHolds",
       "What must not be erased, whoever asks.",
       false,
       {},
       {{200, kJson, "The holds, by subject.", ""}},
       get_legal_holds},
      {"POST",
       "/api/legal-holds/release",
       "releaseLegalHold",
       "Takes a hold off.",
       false,
       {},
       {{200, kJson, "It may be erased again.", ""},
        {400, kJson, "What is wrong, and what would be right.", "Error"},
        {404, kJson, "It is on no hold.", "Error"},
        {503, kJson, "Nothing can be held here.", "Error"}},
       release_legal_hold,
       {field("subject", "As it was put on."), field("reason", "Why."), field("by", "Who says so.")}},
      {"POST",
       "/api/legal-holds",
       "putLegalHold",
       "Puts a post, a story, an account or a person on legal hold: nothing of it expires, and nobody erases "
       "it.",
       false,
       {},
       {{200, kJson, "It is held.", ""},
        {400, kJson, "What is wrong, and what would be right.", "Error"},
        {404, kJson, "No such post or story.", "Error"},
        {503, kJson, "Nothing can be held here.", "Error"}},
       post_legal_hold,
       {field("subject", "item:ID, account:ID, official:ID, or a story's id."),
        field("reason", "Why; shown to who wants to erase it."), field("by", "Who says so.")}},
  };
}

}  // namespace copytaster
