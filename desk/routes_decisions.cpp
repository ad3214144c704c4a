// What an editor says of a post: its copies, the rights to its pictures.
#include "core/rights.h"
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> decision_routes() {
  return {
      {"GET",
       "/api/items/{id}/copies",
       "explainCopies",
       "Why two posts are folded, or are not: each rule and whether it holds, the figures it rests on, and "
       "what an editor has said.",
       false,
       {item_id(), field("of", "The other post's id, percent-encoded.")},
       {{200, kJson, "The explanation.", "CopyExplanation"},
        {400, kJson, "of is missing or names the same post.", "Error"},
        {404, kJson, "No such post.", "Error"},
        {503, kJson, "Posts cannot be compared here.", "Error"}},
       get_copies},
      {"POST",
       "/api/items/{id}/copies",
       "answerCopies",
       "An editor says that two posts are the same, or are not. It is kept, and holds whatever the rules say "
       "until somebody says otherwise.",
       false,
       {item_id()},
       {{202, kJson, "It is kept; posts and stories change within a moment.", "CopyAnswer"},
        {400, kJson, "What is wrong, and what would be right.", "Error"},
        {404, kJson, "No such post.", "Error"},
        {409, kJson,
         "One of them is older than the posts that are still compared: it can be kept apart from others, but "
         "not be folded any more. Nothing is kept.",
         "Error"},
        {503, kJson, "No answer can be kept here.", "Error"}},
       post_copies,
       {field("of", "The other post's id."),
        {"same", "true: fold them; false: keep them apart.", "boolean", false, {}},
        field("by", "Who says so.")}},
      {"POST",
       "/api/items/{id}/rights",
       "decideRights",
       "An editor decides about the rights to a picture of the post. It is kept, and holds wherever that "
       "picture stands, in copies that come later, too, until somebody says otherwise.",
       false,
       {item_id()},
       {{202, kJson,
         "It is kept, and holds for every export from now on; stored stories change within a moment.",
         "RightsAnswer"},
        {400, kJson, "What is wrong, and what would be right.", "Error"},
        {404, kJson, "No such post.", "Error"},
        {409, kJson, "The post has been edited, and another picture stands there now. Nothing is kept.",
         "Error"},
        {503, kJson, "Nothing can be decided here.", "Error"}},
       post_rights,
       {whole_number("picture", "Its place among the post's media; the first one is 0."),
        field("shown",
              "Which picture it was when you looked: its sha256; where its bytes are not here, its nativeId "
              "or its url."),
        {"state",
         "refused: never exported; embed-only: exported as a link to the post; asked, unknown: exported with "
         "a mark.",
         "string",
         false,
         {kRightsStates.begin(), kRightsStates.end()}},
        field("note", "Whom was asked, what was allowed."),
        field("by", "Who says so.")}},
  };
}

}  // namespace copytaster
