// The table of routes: it dispatches, and /openapi.json is made from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/desk_server.h"
#include "desk/gate.h"
#include "desk/thumbnails.h"
#include "net/http_server.h"

namespace copytaster {

// What a handler may use. Any thread.
struct Desk {
  DeskDependencies house;
  Gate* gate;
  Thumbnails* thumbnails;
};

struct RouteParameter {
  std::string_view name;
  std::string_view help;
  std::string_view type;  // JSON Schema: "string", "integer", "boolean"
  bool in_path = false;
  std::vector<std::string_view> values;  // if only these
};

struct RouteAnswer {
  int status;
  std::string_view content_type;  // empty: no body
  std::string_view help;
  std::string_view schema;  // "Story", "stories" (openapi.cpp); empty: any
};

struct Route {
  std::string_view method;
  // At most one "{name}", which takes the rest of the path up to what follows it: ids contain '/'.
  std::string_view path;
  std::string_view id;  // operationId
  std::string_view help;
  bool open = false;  // needs no token
  std::vector<RouteParameter> parameters;
  std::vector<RouteAnswer> answers;
  // `argument`: what stood for "{name}", decoded.
  ServerResponse (*handle)(const Desk& desk, const ServerRequest& request, const std::string& argument);
  // Fields of the body, of a form or a flat JSON object; none: no body.
  std::vector<RouteParameter> body = {};
};

// In the order they are tried: the more special first.
[[nodiscard]] const std::vector<Route>& routes();

// Whether `path` fits the template; then `argument` is what stood for "{name}".
[[nodiscard]] bool fits(std::string_view path_template, std::string_view path, std::string& argument);

// Gate, route, handler, headers: the whole way of a request.
[[nodiscard]] ServerResponse dispatch(const Desk& desk, const ServerRequest& request);

}  // namespace copytaster
