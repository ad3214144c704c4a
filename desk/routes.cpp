#include "desk/routes.h"

#include <exception>

#include "core/log.h"
#include "core/metrics.h"
#include "core/rights.h"
#include "core/strings.h"
#include "desk/api.h"
#include "desk/reply.h"

namespace copytaster {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kText = "text/plain; charset=utf-8";

RouteParameter limit(std::string_view help) { return {"limit", help, "integer", false, {}}; }
const RouteParameter kOffset = {
    "offset", "How many to leave out first, at most 100000.", "integer", false, {}};
const RouteParameter kStoryId = {"id", "The story's id, percent-encoded.", "string", true, {}};
const RouteParameter kItemId = {"id", "The post's id, percent-encoded.", "string", true, {}};

RouteParameter field(std::string_view name, std::string_view help) {
  return {name, help, "string", false, {}};
}

std::vector<Route> story_routes() {
  return {
      {"GET",
       "/api/stories",
       "listStories",
       "The suggested stories, best first. Has an ETag: ask again with it.",
       false,
       {limit("At most so many, 1 to 500; usually 100."), kOffset},
       {{200, kJson, "The stories.", "Stories"}, {304, "", "Nothing has changed.", ""}},
       get_stories},
      {"GET",
       "/api/stories/{id}/draft",
       "getDraft",
       "A draft of the story; every sentence names its source.",
       false,
       {kStoryId,
        {"format",
         "json (a Draft) unless told otherwise.",
         "string",
         false,
         {"json", "markdown", "html", "ninjs"}},
        {"download", "1: as a file to save.", "integer", false, {}}},
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
       {kStoryId},
       {{200, kJson, "The story and its posts in order of time.", "StoryWithItems"},
        {404, kJson, "No such story.", "Error"}},
       get_story},
  };
}

std::vector<Route> item_routes() {
  return {
      {"GET",
       "/api/items",
       "listItems",
       "All posts in the order of their ids.",
       false,
       {limit("At most so many, 1 to 200; usually 50."), kOffset},
       {{200, kJson, "The posts.", "Items"}},
       get_items},
      {"GET",
       "/api/items/{id}/versions",
       "getItemVersions",
       "All versions of a post, oldest first.",
       false,
       {kItemId},
       {{200, kJson, "The versions.", "Versions"}, {404, kJson, "No such post.", "Error"}},
       get_versions},
      {"GET",
       "/api/items/{id}/copies",
       "explainCopies",
       "Why two posts are folded, or are not: each rule and whether it holds, the figures it rests on, and "
       "what "
       "an editor has said.",
       false,
       {kItemId, {"of", "The other post's id, percent-encoded.", "string", false, {}}},
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
       {kItemId},
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
       "picture "
       "stands, in copies that come later, too, until somebody says otherwise.",
       false,
       {kItemId},
       {{202, kJson,
         "It is kept, and holds for every export from now on; stored stories change within a moment.",
         "RightsAnswer"},
        {400, kJson, "What is wrong, and what would be right.", "Error"},
        {404, kJson, "No such post.", "Error"},
        {409, kJson, "The post has been edited, and another picture stands there now. Nothing is kept.",
         "Error"},
        {503, kJson, "Nothing can be decided here.", "Error"}},
       post_rights,
       {field("picture", "Its place among the post's media; the first one is 0."),
        field(
            "shown",
            "Which picture it was when you looked: its sha256; where its bytes are not here, its nativeId or "
            "its url."),
        {"state",
         "refused: never exported; embed-only: exported as a link to the post; asked, unknown: exported with "
         "a "
         "mark.",
         "string",
         false,
         {kRightsStates.begin(), kRightsStates.end()}},
        field("note", "Whom was asked, what was allowed."),
        field("by", "Who says so.")}},
      {"GET",
       "/api/items/{id}",
       "getItem",
       "One post, its newest version.",
       false,
       {kItemId},
       {{200, kJson, "The post.", "Item"}, {404, kJson, "No such post.", "Error"}},
       get_item},
      {"GET",
       "/api/search",
       "search",
       "Posts by words in title, text, captions and names, best first.",
       false,
       {{"q", "What to look for.", "string", false, {}}, limit("At most so many, 1 to 200; usually 50.")},
       {{200, kJson, "The posts.", "Items"}, {400, kJson, "Nothing to look for.", "Error"}},
       get_search},
      {"GET",
       "/media/{sha256}",
       "getMedia",
       "A picture by the SHA-256 of its bytes.",
       false,
       {{"sha256", "64 hex digits; a file extension is ignored.", "string", true, {}},
        {"edge",
         "A JPEG of at most so many pixels on its longer side, 16 to 4096; at most 480 of what may not be "
         "exported.",
         "integer",
         false,
         {}},
        {"story",
         "A story's id: the whole picture with caption, credit, source, alt text and terms of use, as the "
         "story "
         "has them, written into the file (IPTC in XMP and IIM). JPEG, PNG and WebP.",
         "string",
         false,
         {}},
        {"download",
         "1, with story: as a file to save, under a name that can be read.",
         "integer",
         false,
         {}}},
       {{200, "image/*", "The picture.", ""},
        {302, "text/plain", "With story, without download: words cannot be written into it; as it came.", ""},
        {400, kJson, "A parameter is wrong, or the file is broken.", "Error"},
        {404, kJson, "No such picture, or the story has no such picture.", "Error"},
        {409, kJson, "Its rights are refused, or it may only be shown where it was posted.", "Error"},
        {413, kJson, "The picture or its words are too large.", "Error"},
        {415, kJson, "Words cannot be written into this kind of file.", "Error"}},
       get_media},
  };
}

ServerResponse get_login(const Desk& desk, const ServerRequest&, const std::string&) {
  return desk.gate->login_form();
}
ServerResponse post_login(const Desk& desk, const ServerRequest& request, const std::string&) {
  return desk.gate->login(request);
}
ServerResponse post_logout(const Desk& desk, const ServerRequest& request, const std::string&) {
  return desk.gate->logout(request);
}

std::vector<Route> source_routes() {
  const RouteParameter id = {"id", "The account's id, percent-encoded.", "string", true, {}};
  return {
      {"GET",
       "/api/sources",
       "listSources",
       "Every account that is followed, how it is and why; those followed once, too. Without limit and "
       "offset "
       "all of them in the order of officials.toml, else a page: those that need a look first, then by name. "
       "Has an ETag: ask again with it.",
       false,
       {limit("At most so many, 1 to 1000; usually 200."),
        kOffset,
        {"q", "Words that all stand in name, handle, platform, state, reason or id.", "string", false, {}},
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
         "or "
         "title was told now and is kept as a new version.",
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

std::vector<Route> house_routes() {
  return {
      {"GET",
       "/api/status",
       "getStatus",
       "Counts, readiness and the notice.",
       false,
       {},
       {{200, kJson, "The state of the house.", "Status"}},
       get_status},
      {"GET",
       "/openapi.json",
       "getOpenApi",
       "This description.",
       false,
       {},
       {{200, kJson, "OpenAPI 3.1.", ""}},
       get_openapi},
      {"GET",
       "/livez",
       "getLive",
       "Whether the process answers; touches nothing else.",
       true,
       {},
       {{200, kText, "It does.", ""}},
       get_livez},
      {"GET",
       "/readyz",
       "getReady",
       "Whether the service is fit for work.",
       true,
       {},
       {{200, kText, "It is.", ""}, {503, kJson, "Why it is not.", "Error"}},
       get_readyz},
      {"GET",
       "/login",
       "getLogin",
       "The form that asks for the token.",
       true,
       {},
       {{200, kHtml, "The form.", ""}},
       get_login},
      {"POST",
       "/login",
       "login",
       "Opens a session. A form with the field token; from our own pages only.",
       true,
       {},
       {{303, "", "A session cookie, and on to the page.", ""},
        {401, kHtml, "A wrong token.", ""},
        {429, kHtml, "Too many wrong tokens.", ""}},
       post_login},
      {"POST",
       "/logout",
       "logout",
       "Ends the session; from our own pages only.",
       true,
       {},
       {{303, "", "On to the login form.", ""}},
       post_logout},
      {"GET",
       "/assets/{file}",
       "getAsset",
       "The page's script and style.",
       true,
       {{"file", "Its name.", "string", true, {}}},
       {{200, "*/*", "The file.", ""}, {404, kJson, "No such file.", "Error"}},
       get_asset},
      {"GET", "/", "getPage", "The desk's page.", false, {}, {{200, kHtml, "The page.", ""}}, get_page},
  };
}

std::vector<Route> make_routes() {
  std::vector<Route> all = story_routes();
  for (auto more : {item_routes(), source_routes(), house_routes()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

ServerResponse no_such_route(const ServerRequest& request) {
  std::string allow, ignored;
  for (const Route& route : routes()) {
    if (fits(route.path, request.path, ignored)) str_append(&allow, allow.empty() ? "" : ", ", route.method);
  }
  if (allow.empty())
    return error_reply(404, "not_found", "There is nothing here.", "/openapi.json lists what there is.");
  ServerResponse response = error_reply(405, "method_not_allowed", "Not with this method.");
  set_header(response, "Allow", allow);
  return response;
}

ServerResponse answer(const Desk& desk, const ServerRequest& request) {
  const std::string_view method =
      request.method == "HEAD" ? std::string_view("GET") : std::string_view(request.method);
  std::string argument;
  for (const Route& route : routes()) {
    if (route.method != method || !fits(route.path, request.path, argument)) continue;
    if (auto refusal = desk.gate->refuse(request, route.open)) return *std::move(refusal);
    return route.handle(desk, request, argument);
  }
  if (auto refusal = desk.gate->refuse(request, false)) return *std::move(refusal);
  return no_such_route(request);
}

void count(const ServerResponse& response, absl::Duration took) {
  static constexpr std::string_view kClasses[] = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};
  const int family = response.status / 100;
  counter("copytaster_desk_requests_total", "Requests the desk has answered, by status class.",
          {{"status", kClasses[family >= 1 && family <= 5 ? family : 0]}})
      .add();
  duration_histogram("copytaster_desk_request_seconds", "How long the desk took to answer.").observe(took);
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> kRoutes = make_routes();
  return kRoutes;
}

bool fits(std::string_view path_template, std::string_view path, std::string& argument) {
  const std::size_t open = path_template.find('{');
  if (open == std::string_view::npos) return path == path_template;
  const std::string_view before = path_template.substr(0, open);
  const std::string_view after = path_template.substr(path_template.find('}') + 1);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
    return false;
  argument = std::string(path.substr(before.size(), path.size() - before.size() - after.size()));
  return true;
}

ServerResponse dispatch(const Desk& desk, const ServerRequest& request) {
  const absl::Time start = absl::Now();
  ServerResponse response = answer(desk, request);
  add_common_headers(response);
  count(response, absl::Now() - start);
  return response;
}

}  // namespace copytaster
