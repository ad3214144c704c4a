// The state of the house, the login, the page.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {
namespace {

ServerResponse get_login(const Desk& desk, const ServerRequest&, const std::string&) {
  return desk.gate->login_form();
}
ServerResponse post_login(const Desk& desk, const ServerRequest& request, const std::string&) {
  return desk.gate->login(request);
}
ServerResponse post_logout(const Desk& desk, const ServerRequest& request, const std::string&) {
  return desk.gate->logout(request);
}

}  // namespace

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
       {in_path("file", "Its name.")},
       {{200, "*/*", "The file.", ""}, {404, kJson, "No such file.", "Error"}},
       get_asset},
      {"GET", "/", "getPage", "The desk's page.", false, {}, {{200, kHtml, "The page.", ""}}, get_page},
  };
}

}  // namespace copytaster
