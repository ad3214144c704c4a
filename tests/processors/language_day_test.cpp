// Every post of the rehearsal day in the language it was written in, with and without what the platforms say.
#include <gtest/gtest.h>

#include "processors/rules.h"
#include "processors/steps.h"
#include "rehearsal_day.h"

namespace copytaster {
namespace {

TEST(RehearsalDay, EveryPostIsInItsLanguage) {
  const testing::RehearsalDay day = testing::load_rehearsal_day();
  ASSERT_GT(day.items.size(), 300U);
  Context context;
  context.officials = &day.officials;
  context.rules = &Rules::defaults();
  const auto step = make_language_step();
  for (const bool declared : {true, false}) {
    for (Item item : day.items) {
      if (item.text().empty()) continue;
      const std::string right = item.declared_language();
      if (!declared) item.clear_declared_language();
      ASSERT_TRUE(step->process(item, context).ok());
      EXPECT_EQ(item.language(), right) << (declared ? "declared: " : "not declared: ") << item.text();
    }
  }
}

}  // namespace
}  // namespace copytaster
