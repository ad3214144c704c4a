// What the tests of Facebook, Instagram and Threads share: the Graph API's errors and the token.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "tests/collectors/collector_world.h"

namespace copytaster {

class MetaWorld : public CollectorWorld {
 protected:
  using CollectorWorld::CollectorWorld;

  // The answer to a question that was asked for the basic fields already.
  [[nodiscard]] Capture refused(int code, int subcode = 0, int status = 400,
                                std::string_view message = "x") const {
    return answer(str_cat(R"({"error":{"message":")", message, R"(","type":")", error_type_, R"(","code":)",
                          code, R"(,"error_subcode":)", subcode, R"(,"fbtrace_id":"A1"}})"),
                  "plain=1", status);
  }
  [[nodiscard]] absl::Status error(int code, int subcode = 0, int status = 400,
                                   std::string_view message = "x") const {
    return error_of(refused(code, subcode, status, message));
  }
  void expect_rate_limits(std::initializer_list<int> codes) const {
    for (const int code : codes) {
      EXPECT_TRUE(absl::IsResourceExhausted(error(code))) << code;
      EXPECT_TRUE(absl::IsResourceExhausted(error(code, 0, 200))) << code << " with 200";
    }
  }
  // "canary" stands in every secret that `collector` was given.
  void expect_token_in_header_only(const Collector& collector,
                                   std::initializer_list<std::string_view> positions) const {
    for (const std::string_view position : positions) {
      Cursor cursor;
      cursor.set_position(std::string(position));
      const auto request = collector.request(account_, cursor);
      ASSERT_TRUE(request.ok()) << request.status();
      EXPECT_EQ(request->url.find("canary"), std::string::npos);
      EXPECT_EQ(request->url.find("access_token"), std::string::npos);
      EXPECT_EQ(request->authorization, "Bearer canary-token");
    }
  }
  // How long an answer with that header makes us wait.
  [[nodiscard]] absl::Duration wait_told(Capture capture, std::string_view name,
                                         std::string_view value) const {
    add_header(&capture, name, value);
    return parse(capture).wait;
  }

  std::string_view error_type_ = "OAuthException";
};

// Too many posts at once.
inline constexpr std::string_view kTooMuch =
    R"({"error":{"message":"Please reduce the amount of data you're asking for, then retry your request","code":1}})";

}  // namespace copytaster
