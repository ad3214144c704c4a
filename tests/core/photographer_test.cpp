#include "core/photographer.h"

#include <gtest/gtest.h>

namespace copytaster {
namespace {

TEST(Photographer, IsWhomNoRuleAboutPublishingNames) {
  Attribution attribution;
  EXPECT_FALSE(names_photographer(attribution));
  attribution.set_name("Jane Roe");
  EXPECT_FALSE(names_photographer(attribution)) << "by no rule";
  for (const char* rule : {"account", "repost", "quote"}) {
    attribution.set_rule(rule);
    EXPECT_FALSE(names_photographer(attribution)) << rule;
  }
  for (const char* rule : {"media-credit", "photographer-in-text", "embedded-credit"}) {
    attribution.set_rule(rule);
    EXPECT_TRUE(names_photographer(attribution)) << rule;
  }
  attribution.clear_name();
  EXPECT_FALSE(names_photographer(attribution));
}

TEST(Photographer, OneNameIsToldFromAnother) {
  EXPECT_TRUE(is_one_name("Jane Roe", "JANE ROE"));
  EXPECT_TRUE(is_one_name("Jane Roe", "Jane Roe / Agency"));
  EXPECT_TRUE(is_one_name("Agency", "Jane Roe / Agency"));
  EXPECT_TRUE(is_one_name("Zoë Müller", "Zoe Muller"));
  EXPECT_FALSE(is_one_name("Jane Roe", "John Roe"));
  EXPECT_FALSE(is_one_name("Ann", "Anna Berg"));
  EXPECT_FALSE(is_one_name("", "Jane Roe"));
  EXPECT_FALSE(is_one_name("…", "Jane Roe"));
}

}  // namespace
}  // namespace copytaster
