#include "desk/routes.h"

#include <utility>

#include "core/metrics.h"
#include "core/strings.h"
#include "desk/reply.h"
#include "desk/route_table.h"

namespace copytaster {
namespace {

std::vector<Route> make_routes() {
  std::vector<Route> all = story_routes();
  for (const auto part : {decision_routes, item_routes, media_routes, source_routes, intake_routes,
                          erasure_routes, letter_routes, backup_routes, house_routes}) {
    for (Route& route : part()) all.push_back(std::move(route));
  }
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
