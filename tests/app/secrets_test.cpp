// What *_file settings name, and who may reach the desk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/settings.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kToken = "0123456789abcdef";

class Secrets : public testing::Test {
 protected:
  void TearDown() override { unsetenv("CREDENTIALS_DIRECTORY"); }
  // As its owner should keep it.
  static void have_secret(const std::string& path, std::string_view bytes) {
    write_bytes(path, bytes);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
  }
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }

  std::vector<std::string> problems(std::string_view text) {
    std::vector<ConfigProblem> found;
    settings_ = read_settings(text, "settings.toml", folder_.path(), &found);
    std::vector<std::string> out;
    for (const ConfigProblem& problem : found) out.push_back(to_text(problem));
    return out;
  }

  TemporaryFolder folder_;
  Settings settings_;
};

TEST_F(Secrets, OneThatEverybodyMayReadIsAWarning) {
  have_secret(at("desk.token"), kToken);
  std::filesystem::permissions(at("desk.token"), std::filesystem::perms(0644));
  EXPECT_THAT(problems("[desk]\ntoken_file = \"desk.token\"\n"),
              ElementsAre(AllOf(HasSubstr("settings.toml:2: warning: "), HasSubstr("chmod 600"))));
  EXPECT_EQ(settings_.desk_token, kToken);
}

TEST_F(Secrets, TheSecretInPlaceOfItsPathIsNotRepeated) {
  const std::string secret = "EAABcanary0123456789abcdefghijklmnopqrstuvwxyz";
  const auto found = problems(str_cat("[collector.facebook]\ntoken_file = \"", secret, "\"\n"));
  EXPECT_THAT(found, ElementsAre(AllOf(HasSubstr("the path of a file"), Not(HasSubstr("canary")))));
}

TEST_F(Secrets, ARelativePathIsInTheConfigurationFolder) {
  have_secret(at("desk.token"), str_cat("  ", kToken, "\n"));
  EXPECT_THAT(problems("[desk]\ntoken_file = \"desk.token\"\n"), IsEmpty());
  EXPECT_EQ(settings_.desk_token, kToken);
}

TEST_F(Secrets, OrInTheCredentialsDirectory) {
  have_secret(at("credentials/desk.token"), kToken);
  setenv("CREDENTIALS_DIRECTORY", at("credentials").c_str(), 1);
  EXPECT_THAT(problems("[desk]\ntoken_file = \"desk.token\"\n"), IsEmpty());
  EXPECT_EQ(settings_.desk_token, kToken);
}

TEST_F(Secrets, AnAbsolutePathIsTakenAsItIs) {
  have_secret(at("elsewhere/desk.token"), kToken);
  EXPECT_THAT(problems(str_cat("[desk]\ntoken_file = \"", at("elsewhere/desk.token"), "\"\n")), IsEmpty());
  EXPECT_EQ(settings_.desk_token, kToken);
}

TEST_F(Secrets, ATokenFileThatHoldsNoTokenIsAnErrorThatNamesIt) {
  const std::string setting = "[desk]\ntoken_file = \"desk.token\"\n";
  EXPECT_THAT(problems(setting),
              ElementsAre(AllOf(HasSubstr("settings.toml:2: "), HasSubstr(at("desk.token")))));
  for (const std::string& bytes : {std::string(), std::string(" \n"), std::string("canary-of-15byt"),
                                   std::string("canary-0123456789\ncanary-0123456789")}) {
    write_bytes(at("desk.token"), bytes);
    EXPECT_THAT(problems(setting), ElementsAre(AllOf(HasSubstr("settings.toml:2: "), HasSubstr("desk.token"),
                                                     Not(HasSubstr("canary")))))
        << bytes;
    EXPECT_EQ(settings_.desk_token, "");
  }
  std::filesystem::remove(at("desk.token"));
  std::filesystem::create_directory(at("desk.token"));
  EXPECT_THAT(problems(setting), ElementsAre(HasSubstr("directory")));
}

TEST_F(Secrets, AnEmptyPathIsNoPath) {
  EXPECT_THAT(problems("[desk]\ntoken_file = \"\"\n"), ElementsAre(HasSubstr("settings.toml:2: ")));
  EXPECT_THAT(problems("[collector.facebook]\ntoken_file = \"\"\n"),
              ElementsAre(AllOf(HasSubstr("settings.toml:2: "), HasSubstr("token_file"))));
}

TEST_F(Secrets, AnEmptyTextIsNotAMissingFile) {
  EXPECT_THAT(problems("[collector.mastodon]\ntoken_host = \"\"\n"),
              ElementsAre(AllOf(HasSubstr("token_host"), Not(HasSubstr("file")))));
}

TEST_F(Secrets, ADeskThatOthersReachDemandsAToken) {
  EXPECT_THAT(problems("[desk]\naddress = \"192.0.2.1\"\n"),
              ElementsAre(AllOf(HasSubstr("settings.toml:2: "), HasSubstr("desk.token_file"))));
  EXPECT_THAT(problems("[desk]\naddress = \"::1\"\n"), IsEmpty());
  // One mistake is one problem.
  EXPECT_THAT(problems("[desk]\naddress = \"192.0.2.1\"\ntoken_file = \"missing\"\n"),
              ElementsAre(HasSubstr("settings.toml:3: ")));
}

TEST_F(Secrets, TheDesksFurtherNamesAreHostNames) {
  EXPECT_THAT(problems("[desk]\nhost_names = [\"desk.example.org\", \"news.example.org\"]\n"), IsEmpty());
  EXPECT_THAT(settings_.desk_host_names, ElementsAre("desk.example.org", "news.example.org"));
  for (const char* bad :
       {"\"desk.example.org\"", "[\"https://desk.example.org\"]", "[\"a:80\"]", "[1]", "[\"\"]"}) {
    EXPECT_THAT(problems(str_cat("[desk]\nhost_names = ", bad, "\n")),
                ElementsAre(AllOf(HasSubstr("settings.toml:2: "), HasSubstr("desk.example.org"))));
  }
}

}  // namespace
}  // namespace copytaster
