#include "net/request_target.h"

#include <gtest/gtest.h>

namespace copytaster {
namespace {

TEST(RequestTarget, DecodesThePathOnceAndLeavesTheQuery) {
  const auto target = parse_request_target("/a%20b/%C3%A9%2541?q=%20&r=a/../b");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->path, "/a b/é%41");
  EXPECT_EQ(target->query, "q=%20&r=a/../b");
}

TEST(RequestTarget, TakesTheAbsoluteForm) {
  const auto target = parse_request_target("http://example.org/a?b=c");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->path, "/a");
  EXPECT_EQ(target->query, "b=c");
  EXPECT_EQ(parse_request_target("HTTP://example.org")->path, "/");
}

TEST(RequestTarget, RefusesWhatCouldClimbOrConfuse) {
  for (std::string_view bad :
       {"",      "a",       "*",         "example.org:443", "ftp://x/",  "/..",     "/../x",
        "/a/..", "/a/../b", "/%2e%2e/x", "/%2E./x",         "/.%2e",     "/..%2fx", "/a%5c..%5cb",
        "/%",    "/%2",     "/%zz",      "/a%00b",          "/a%0d%0ab", "/%7f",    "http://host?x"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(parse_request_target(bad).status())) << bad;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(parse_request_target(std::string_view("/a\0b", 4)).status()));
}

TEST(RequestTarget, DotsThatDoNotClimbAreFine) {
  for (std::string_view good : {"/", "/.well-known/x", "/a..b", "/...", "/..a", "/a../b", "/?..", "/#/.."}) {
    EXPECT_TRUE(parse_request_target(good).ok()) << good;
  }
}

TEST(CleanHeader, RefusesWhatWouldSplitAMessage) {
  EXPECT_TRUE(is_clean_header("X-Name", "a value; with=\"all\" sorts é"));
  EXPECT_TRUE(is_clean_header("X-Name", ""));
  EXPECT_FALSE(is_clean_header("X-Name", "a\r\nSet-Cookie: x"));
  EXPECT_FALSE(is_clean_header("X-Name", "a\nb"));
  EXPECT_FALSE(is_clean_header("X-Name", std::string_view("a\0b", 3)));
  for (std::string_view name : {"", "a b", "a:", "a\r", "é", "a\n"})
    EXPECT_FALSE(is_clean_header(name, "x")) << name;
}

}  // namespace
}  // namespace copytaster
