// Answers of the X API for tests of its collector.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "tests/collectors/conformance_support.h"

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

inline void add_header(Capture* capture, std::string_view name, std::string_view value) {
  Header* header = capture->add_headers();
  header->set_name(std::string(name));
  header->set_value(std::string(value));
}
inline Capture reread_of(std::string_view id, std::string_view body, int status = 200) {
  Capture capture = answer(body, kStand, status);
  capture.set_purpose(REREAD);
  capture.set_native_id(std::string(id));
  return capture;
}

class XWorld : public ::testing::Test {
 protected:
  Parsed parse(const Capture& capture) {
    auto parsed = collector_->parse(account_, capture);
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    return parsed.ok() ? *std::move(parsed) : Parsed();
  }
  absl::Status failure(std::string_view body, int status, std::string_view position = kStand) {
    return collector_->parse(account_, answer(body, position, status)).status();
  }
  Item only_item(std::string_view one, std::string_view includes = kUsers) {
    const Parsed parsed = parse(answer(page(one, includes), kStand));
    EXPECT_EQ(parsed.items.size(), 1U) << (parsed.refused.empty() ? "" : parsed.refused[0].reason());
    return parsed.items.empty() ? Item() : parsed.items[0];
  }
  std::string url_for(std::string_view position) {
    Cursor cursor;
    cursor.set_position(std::string(position));
    const auto request = collector_->request(account_, cursor);
    return request.ok() ? request->url : request.status().ToString();
  }
  std::string stand(const Parsed& parsed, std::string_view key) {
    return std::string(Position(parsed.next.position()).get(key));
  }
  std::unique_ptr<Collector> collector_ = make_x({{"token", "canary-token"}});
  Account account_ = *collector_->recognise("https://x.com/ravenel");
};

}  // namespace copytaster::x_world
