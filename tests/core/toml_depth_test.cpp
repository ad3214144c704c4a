#include "core/toml_depth.h"

#include <gtest/gtest.h>

#include <string>

namespace copytaster {
namespace {

std::string repeated(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

TEST(TomlDepth, OrdinaryFilesPass) {
  EXPECT_EQ(toml_line_too_deep(""), 0U);
  EXPECT_EQ(toml_line_too_deep("[a.b.c]\nx = [1, [2, {y = 3.5}]]\n"), 0U);
  EXPECT_EQ(toml_line_too_deep(repeated("[[official]]\nname = \"A. B.\"\n", 5000)), 0U);
}

TEST(TomlDepth, DottedKeysAndNestedValuesAreCounted) {
  EXPECT_EQ(toml_line_too_deep("a = 1\n" + repeated("a.", 50'000) + "b = 1"), 2U);
  EXPECT_EQ(toml_line_too_deep("a = 1\n\n[" + repeated("a.", 33) + "b]"), 3U);
  EXPECT_EQ(toml_line_too_deep("a = " + repeated("[", 33)), 1U);
  EXPECT_EQ(toml_line_too_deep("a = " + repeated("[\n", 33)), 33U);
  EXPECT_EQ(toml_line_too_deep("a = " + repeated("{b=", 33)), 1U);
}

TEST(TomlDepth, StringsAndCommentsMayHoldWhatTheyLike) {
  const std::string dots = repeated(".[{", 100);
  EXPECT_EQ(toml_line_too_deep("a = \"" + dots + "\\\"" + dots + "\"\n"), 0U);
  EXPECT_EQ(toml_line_too_deep("a = '" + dots + "\\'\n"), 0U);
  EXPECT_EQ(toml_line_too_deep("a = \"\"\"" + dots + "\n\"" + dots + "\"\"\"\n"), 0U);
  EXPECT_EQ(toml_line_too_deep("# " + dots + "\na = 1\n"), 0U);
}

TEST(TomlDepth, ALineAfterAStringIsCountedRight) {
  EXPECT_EQ(toml_line_too_deep("a = '''\n\n\n'''\n" + repeated("b.", 40)), 5U);
  EXPECT_EQ(toml_line_too_deep("a = \"never closed\n" + repeated("b.", 40)), 2U);
}

}  // namespace
}  // namespace copytaster
