// Answers of the X API for tests of its collector.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "tests/collectors/collector_world.h"

namespace copytaster::x_world {

inline constexpr std::string_view kStand = "id=42&user=ravenel&name=Am%C3%A9lie%20Ravenel";
inline constexpr std::string_view kUsers =
    R"("users":[{"id":"42","username":"ravenel","name":"Amélie Ravenel"}])";

// `more` goes before the text: of doubled keys the first counts.
inline std::string post(std::string_view id, std::string_view text, std::string_view more = "") {
  return str_cat(R"({"id":")", id, R"(")", more, R"(,"text":")", text,
                 R"(","author_id":"42","created_at":"2022-04-14T08:00:00.000Z"})");
}
inline std::string page(std::string_view posts, std::string_view includes = kUsers,
                        std::string_view meta = "") {
  return str_cat(R"({"data":[)", posts, R"(],"includes":{)", includes, R"(},"meta":{"result_count":1)", meta,
                 "}}");
}
inline std::string problem(std::string_view title, std::string_view type, std::string_view resource,
                           std::string_view id) {
  return str_cat(R"({"title":")", title, R"(","type":"https://api.twitter.com/2/problems/)", type,
                 R"(","resource_type":")", resource, R"(","value":")", id, R"(","detail":"said"})");
}
inline std::string errors(std::string_view problems) { return str_cat(R"({"errors":[)", problems, "]}"); }

inline Capture reread_of(std::string_view id, std::string_view body, int status = 200) {
  Capture capture = answer(body, kStand, status);
  capture.set_purpose(REREAD);
  capture.set_native_id(std::string(id));
  return capture;
}

class XWorld : public CollectorWorld {
 protected:
  XWorld() : CollectorWorld(make_x({{"token", "canary-token"}}), "https://x.com/ravenel") {}

  absl::Status failure(std::string_view body, int status, std::string_view position = kStand) {
    return error_of(answer(body, position, status));
  }
  Item only_item(std::string_view one, std::string_view includes = kUsers) {
    return only_item_of(answer(page(one, includes), kStand));
  }
  std::string stand(const Parsed& parsed, std::string_view key) {
    return std::string(Position(parsed.next.position()).get(key));
  }
};

}  // namespace copytaster::x_world
