// What the X API means when it says no (https://docs.x.com/x-api/fundamentals/response-codes-and-errors). Its
// problems come as the whole answer, as a list in "errors", and both also with 200. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct XProblem {
  // By the API's own words the resource does not exist ("Not Found Error"). A suspended account has the same
  // type under another title, and is not gone.
  bool is_not_found = false;
  // It is there, but not for us: protected, suspended, blocked.
  bool is_not_authorized = false;
  bool is_usage_cap = false;  // the month's posts or the credits are used up
  bool is_rate_limit = false;
  std::string resource_type;  // "tweet", "user"
  std::string resource_id;    // as asked for
  std::string said;           // "title: detail"
};

// The first problem of an answer; of a JSON document that tells none, an empty one.
[[nodiscard]] XProblem x_problem(Json root);
// What core/collector.h promises for it. Never OK.
[[nodiscard]] absl::Status x_status(const XProblem& problem, const Capture& capture);
// Whether the problems say of this post itself that it does not exist.
[[nodiscard]] bool x_says_gone(Json root, std::string_view post_id);

// How long to stay away after HTTP 429, by its headers: ten seconds while requests remain, for then it was
// the limit of one a second; else until the reset, between 10 and 901 seconds, for clocks lie. nullopt: not
// told.
[[nodiscard]] std::optional<absl::Duration> x_wait(const Capture& capture);

}  // namespace copytaster
