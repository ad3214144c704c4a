// The house's rules come from the configuration folder, each file on its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/config_folder.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RulesFolder : public testing::Test {
 protected:
  void SetUp() override {
    have("officials.toml",
         "[[official]]\nid = \"a-b\"\nname = \"A B\"\naccounts = [\"https://social.example/@ab\"]\n");
  }
  void have(std::string_view name, std::string_view bytes) const {
    write_bytes(str_cat(folder_.path(), "/", name), bytes);
  }
  absl::StatusOr<Config> read() {
    problems_.clear();
    return read_config(folder_.path(), &problems_);
  }
  TemporaryFolder folder_;
  std::vector<ConfigProblem> problems_;
};

TEST_F(RulesFolder, WithoutFilesTheBuiltInRulesHold) {
  const auto config = read();
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_THAT(problems_, IsEmpty());
  EXPECT_EQ(config->rules.places.size(), Rules::defaults().places.size());
  EXPECT_GT(config->rules.places.size(), 0U);
}

TEST_F(RulesFolder, AnEditedFileReplacesItsPartAlone) {
  have("places.toml", "[[place]]\nname = \"Lyon\"\ncountry = \"FR\"\n");
  have("house_style.toml",
       "language = \"en\"\n[credit.en]\naccount = \"Credit: {name}/{platform}\"\nfeed = \"{name}\"\nvia = "
       "\"{source} via {via}\"\nphotographer = \"{photographer} {source}\"\n");
  const auto config = read();
  ASSERT_TRUE(config.ok()) << config.status();
  ASSERT_THAT(problems_, IsEmpty());
  ASSERT_EQ(config->rules.places.size(), 1U);
  EXPECT_EQ(config->rules.places[0].name, "Lyon");
  EXPECT_EQ(config->rules.credit_templates.at("en"), "Credit: {name}/{platform}");
  EXPECT_EQ(config->rules.sections.size(), Rules::defaults().sections.size());
}

TEST_F(RulesFolder, EveryFilesProblemIsToldAndNothingStartsWithIt) {
  have("sections.toml", "\n[[section]]\nid = \"x\"\n");
  have("places.toml", "[[place\n");
  ASSERT_TRUE(read().ok());
  std::vector<std::string> texts;
  for (const ConfigProblem& problem : problems_) texts.push_back(to_text(problem));
  EXPECT_THAT(texts, ElementsAre(HasSubstr(folder_.path() + "/sections.toml:2: "),
                                 HasSubstr(folder_.path() + "/places.toml:1: ")));
  EXPECT_TRUE(absl::IsFailedPrecondition(load_config(folder_.path()).status()));
}

TEST_F(RulesFolder, AFileThatCannotBeReadIsNotADefault) {
  std::filesystem::create_directory(folder_.path() + "/settings.toml");
  const auto config = read();
  EXPECT_FALSE(config.ok());
  EXPECT_THAT(std::string(config.status().message()), HasSubstr("settings.toml"));
}

}  // namespace
}  // namespace copytaster
