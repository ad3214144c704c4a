#include <utility>
#include <vector>

#include "core/strings.h"
#include "desk/api.h"
#include "desk/reply.h"

namespace copytaster {

// Made by copytaster_embed (room.cmake): path in the repository, bytes.
const std::vector<std::pair<std::string_view, std::string_view>>& embedded_page();

namespace {

std::string_view file_of(std::string_view name) {
  for (const auto& [path, bytes] : embedded_page()) {
    if (path == str_cat("desk/page/", name)) return bytes;
  }
  return {};
}

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "text/html; charset=utf-8";
}

ServerResponse file_reply(const ServerRequest& request, std::string_view name) {
  const std::string_view bytes = file_of(name);
  if (bytes.empty()) return error_reply(404, "not_found", "There is no such file.");
  ServerResponse response = reply(200, type_of(name), std::string(bytes));
  set_header(response, "Content-Security-Policy", kPagePolicy);
  set_header(response, "Cache-Control", "no-cache");
  return with_etag(request, std::move(response));
}

}  // namespace

ServerResponse get_page(const Desk&, const ServerRequest& request, const std::string&) {
  return file_reply(request, "index.html");
}

ServerResponse get_asset(const Desk&, const ServerRequest& request, const std::string& name) {
  if (name == "index.html") return error_reply(404, "not_found", "The page is at /.");
  return file_reply(request, name);
}

}  // namespace copytaster
