// The table of routes in parts, one file a subject, and the words that the parts share. routes.cpp puts them
// together; nothing else reads them. Any thread.
#pragma once

#include <string_view>
#include <vector>

#include "desk/routes.h"

namespace copytaster {

[[nodiscard]] std::vector<Route> story_routes();     // routes_stories.cpp
[[nodiscard]] std::vector<Route> decision_routes();  // routes_decisions.cpp
[[nodiscard]] std::vector<Route> item_routes();      // routes_items.cpp
[[nodiscard]] std::vector<Route> media_routes();     // routes_media.cpp
[[nodiscard]] std::vector<Route> source_routes();    // routes_sources.cpp
[[nodiscard]] std::vector<Route> intake_routes();    // routes_intake.cpp
[[nodiscard]] std::vector<Route> erasure_routes();   // routes_erasures.cpp
[[nodiscard]] std::vector<Route> letter_routes();    // routes_letters.cpp
[[nodiscard]] std::vector<Route> backup_routes();    // routes_backups.cpp
[[nodiscard]] std::vector<Route> house_routes();     // routes_house.cpp

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kHtml = "text/html; charset=utf-8";
inline constexpr std::string_view kText = "text/plain; charset=utf-8";

// A parameter of the query, or a field of a body.
inline RouteParameter field(std::string_view name, std::string_view help) {
  return {name, help, "string", false, {}};
}
inline RouteParameter whole_number(std::string_view name, std::string_view help) {
  return {name, help, "integer", false, {}};
}
inline RouteParameter limit(std::string_view help) { return whole_number("limit", help); }
inline RouteParameter offset() {
  return whole_number("offset", "How many to leave out first, at most 100000.");
}
// What stands for "{name}" in the path.
inline RouteParameter in_path(std::string_view name, std::string_view help) {
  return {name, help, "string", true, {}};
}
inline RouteParameter item_id() { return in_path("id", "The post's id, percent-encoded."); }
inline RouteParameter story_id() { return in_path("id", "The story's id, percent-encoded."); }

}  // namespace copytaster
