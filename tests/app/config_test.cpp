#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/config_folder.h"
#include "core/strings.h"
#include "storage/durable_file.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> problems_of_settings(std::string_view text, Settings* settings = nullptr) {
  std::vector<ConfigProblem> problems;
  const Settings read = read_settings(text, "settings.toml", "/nowhere", &problems);
  if (settings != nullptr) *settings = read;
  std::vector<std::string> out;
  for (const ConfigProblem& problem : problems) out.push_back(to_text(problem));
  return out;
}

std::vector<std::string> problems_of_officials(std::string_view text,
                                               std::vector<Official>* officials = nullptr) {
  std::vector<ConfigProblem> problems;
  const auto read = read_officials(text, "officials.toml", Collectors(), &problems);
  if (officials != nullptr) *officials = read;
  std::vector<std::string> out;
  for (const ConfigProblem& problem : problems) out.push_back(to_text(problem));
  return out;
}

TEST(Settings, EveryProblemIsToldWithFileLineAndWhatWouldBeRight) {
  const auto problems = problems_of_settings(
      "[desk]\nport = 99999\nprot = 1\n[log]\nlevel = \"loud\"\n[collector.nosuch]\nx = 1\n");
  ASSERT_EQ(problems.size(), 4U);
  EXPECT_THAT(problems,
              testing::UnorderedElementsAre(
                  testing::AllOf(HasSubstr("settings.toml:2:"), HasSubstr("0 to 65535")),
                  testing::AllOf(HasSubstr("settings.toml:3:"), HasSubstr("desk.prot")),
                  testing::AllOf(HasSubstr("settings.toml:5:"), HasSubstr("\"info\"")), HasSubstr("nosuch")));
}

TEST(Settings, RetentionIsByPlatform) {
  Settings settings;
  EXPECT_THAT(problems_of_settings("[retention]\ndays = 365\ndays_of = { mastodon = 30, x = 0 }\n"
                                   "deleted = \"blank\"\ndeleted_of = { x = \"remove\", feed = \"keep\" }\n",
                                   &settings),
              testing::IsEmpty());
  EXPECT_EQ(settings.retention.days_on("mastodon"), 30);
  EXPECT_EQ(settings.retention.days_on("x"), 0);
  EXPECT_EQ(settings.retention.days_on("bluesky"), 365);
  EXPECT_EQ(settings.retention.deleted_on("x"), DeletedPolicy::kRemove);
  EXPECT_EQ(settings.retention.deleted_on("feed"), DeletedPolicy::kKeep);
  EXPECT_EQ(settings.retention.deleted_on("bluesky"), DeletedPolicy::kBlank);
  EXPECT_FALSE(Settings().retention.expires()) << "nothing is erased unless somebody says so";
  EXPECT_EQ(Settings().retention.deleted_on("x"), DeletedPolicy::kKeep);
}

TEST(Settings, WhatIsWrongAboutRetentionIsTold) {
  const auto problems = problems_of_settings(
      "[retention]\ndays = -1\ndays_of = { mastodn = 30 }\ndeleted = \"burn\"\ndeleted_of = { x = 1 }\n");
  EXPECT_THAT(problems, testing::ElementsAre(HasSubstr("36500"), HasSubstr("mastodn is no platform"),
                                             HasSubstr("\"blank\""), HasSubstr("\"blank\"")));
}

TEST(Settings, BrokenTomlIsToldWithItsLine) {
  const auto problems = problems_of_settings("[desk]\nport = = 1\n");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0], HasSubstr("settings.toml:2:"));
}

TEST(Settings, TooDeepIsToldNotFollowed) {
  std::string deep = "[desk]\n";
  for (int i = 0; i < 50'000; ++i) deep += "a.";
  for (const auto& problems : {problems_of_settings(deep + "b = 1"), problems_of_officials(deep + "b = 1")}) {
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0], HasSubstr(".toml:2: "));
  }
}

TEST(Settings, ACollectorsValuesAreLookedAt) {
  const auto problems = problems_of_settings(
      "[collector.facebook]\nendpoint = \"javascript:alert(1)\"\nversion = \"../../x\"\nfirst_pages = -5\n"
      "[collector.bluesky]\nfirst_pages = \"abc\"\n"
      "[collector.mastodon]\nfirst_pages = 51\ntoken_host = \"https://x/\"\n");
  EXPECT_THAT(problems,
              testing::UnorderedElementsAre(
                  HasSubstr("settings.toml:2: the value of endpoint"), HasSubstr(":3: the value of version"),
                  HasSubstr(":4: the value of first_pages"), HasSubstr(":6: the value of first_pages"),
                  HasSubstr(":8: the value of first_pages"), HasSubstr(":9: the value of token_host")));
  EXPECT_THAT(
      problems_of_settings("[collector.facebook]\nendpoint = \"https://graph.facebook.com/\"\nversion = "
                           "\"v25.0\"\nfirst_pages = 50\n[collector.mastodon]\ntoken_host = \"a.example\"\n"),
      testing::IsEmpty());
}

TEST(Settings, ATokenGoesOverTlsToAServerAndNothingElse) {
  for (const char* wrong :
       {"http://evil.example", "https://graph.example/?a", "https://graph.example/#a", "https://",
        "http://10.0.0.1", "ftp://graph.example", "https://a:b@graph.example"}) {
    EXPECT_THAT(problems_of_settings(str_cat("[collector.facebook]\nendpoint = \"", wrong, "\"\n")),
                testing::ElementsAre(HasSubstr("settings.toml:2: the value of endpoint")))
        << wrong;
  }
  for (const char* right : {"https://graph.example", "https://graph.example:8443/api",
                            "http://127.0.0.1:8080", "http://localhost:2583", "http://[::1]:1"}) {
    EXPECT_THAT(problems_of_settings(str_cat("[collector.facebook]\nendpoint = \"", right, "\"\n")),
                testing::IsEmpty())
        << right;
  }
}

TEST(Settings, AFolderIsNotCutAtANulByte) {
  EXPECT_THAT(problems_of_settings("[service]\ndata = \"a\\u0000b\"\n"),
              testing::ElementsAre(HasSubstr("settings.toml:2: the value of service.data is wrong")));
}

TEST(Settings, WhereNobodyCanListenIsToldBeforeTheStart) {
  EXPECT_THAT(problems_of_settings("[metrics]\naddress = \"junk\"\n"),
              testing::ElementsAre(HasSubstr("settings.toml:2: \"junk\" is no address to listen on")));
  EXPECT_THAT(problems_of_settings("[desk]\naddress = \"999.1.1.1\"\n"),
              testing::ElementsAre(HasSubstr("settings.toml:2: \"999.1.1.1\" is no address to listen on")));
  EXPECT_THAT(
      problems_of_settings("[desk]\nport = 9642\n"),
      testing::ElementsAre(HasSubstr("settings.toml:2: the desk and the metrics both want port 9642")));
  EXPECT_THAT(problems_of_settings("[desk]\naddress = \"::1\"\nport = 0\n[metrics]\nport = 0\n"),
              testing::IsEmpty());
  EXPECT_THAT(problems_of_settings("[desk]\naddress = \"::1\"\nport = 9642\n"), testing::IsEmpty())
      << "two addresses may have the same port";
}

TEST(Settings, WhereHubsCallBackIsAPublicAddressAndAPortOfItsOwn) {
  Settings settings;
  EXPECT_THAT(problems_of_settings("[websub]\ncallback = \"https://desk.example.org/websub/\"\n", &settings),
              testing::IsEmpty());
  EXPECT_EQ(settings.websub_callback, "https://desk.example.org/websub/");
  EXPECT_EQ(settings.websub_listen.port, 8701);
  EXPECT_THAT(problems_of_settings("[websub]\ncallback = \"\"\nlisten = \"[::1]:9000\"\n", &settings),
              testing::IsEmpty());
  EXPECT_EQ(settings.websub_listen.address, "::1");
  EXPECT_EQ(settings.websub_listen.port, 9000);
  for (const char* wrong : {"\"http://desk.example.org/websub/\"", "\"https://desk.example.org/websub\"",
                            "\"https://desk.example.org/?x=/\"", "\"desk/\"", "1", "\"https:///\""})
    EXPECT_THAT(problems_of_settings(str_cat("[websub]\ncallback = ", wrong)),
                testing::ElementsAre(HasSubstr("https://")))
        << wrong;
  for (const char* wrong : {"\"8701\"", "\"localhost:8701\"", "\"::1:8701\"", "\"127.0.0.1:\"",
                            "\"127.0.0.1:65536\"", "\"[127.0.0.1]:1\"", "8701"})
    EXPECT_THAT(problems_of_settings(str_cat("[websub]\nlisten = ", wrong)),
                testing::ElementsAre(HasSubstr("127.0.0.1:8701")))
        << wrong;
  EXPECT_THAT(
      problems_of_settings("[websub]\ncallback = \"https://d.example/w/\"\nlisten = \"0.0.0.0:8642\"\n"),
      testing::ElementsAre(HasSubstr("settings.toml:3: the desk and the hubs both want port 8642")));
}

TEST(Settings, PrivateAddressesMayBeAskedOnlyWhenNamedWithTheirPorts) {
  Settings settings;
  EXPECT_THAT(problems_of_settings("", &settings), testing::IsEmpty());
  EXPECT_THAT(settings.allowed_addresses, testing::IsEmpty());
  EXPECT_THAT(problems_of_settings("[fetch]\nallow = [\"10.1.2.3:443\", \"[::1]:*\"]\n", &settings),
              testing::IsEmpty());
  EXPECT_THAT(settings.allowed_addresses, testing::ElementsAre("10.1.2.3:443", "[::1]:*"));
  for (const char* wrong : {"\"10.1.2.3:443\"", "[\"10.1.2.3\"]", "[\"localhost:80\"]", "[80]"}) {
    EXPECT_THAT(problems_of_settings(str_cat("[fetch]\nallow = ", wrong, "\n"), &settings),
                testing::ElementsAre(testing::AllOf(HasSubstr("settings.toml:2: the value of fetch.allow"),
                                                    HasSubstr("with their ports"))))
        << wrong;
    EXPECT_THAT(settings.allowed_addresses, testing::IsEmpty()) << wrong;
  }
}

TEST(Settings, ACollectorIsASection) {
  EXPECT_THAT(problems_of_settings("[collector]\nmastodon = true\n"),
              testing::ElementsAre(HasSubstr("settings.toml:2: collector.mastodon is no section")));
  EXPECT_THAT(problems_of_settings("[collector.friendster]\nx = 1\n"),
              testing::ElementsAre(HasSubstr("there is no collector \"friendster\"")));
}

TEST(Officials, APasswordInAnAddressIsNotRepeated) {
  const auto problems = problems_of_officials(
      "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"http://user:canary@example.org/feed\"]\n");
  ASSERT_FALSE(problems.empty());
  for (const std::string& problem : problems) EXPECT_THAT(problem, testing::Not(HasSubstr("canary")));
}

TEST(Settings, ASecretMustNotStandInTheFile) {
  const auto problems = problems_of_settings("[collector.facebook]\ntoken = \"canary\"\n");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0], testing::AllOf(HasSubstr("token_file"), testing::Not(HasSubstr("canary"))));
}

TEST(Settings, DefaultsAreWhatTheListSays) {
  Settings settings;
  EXPECT_TRUE(problems_of_settings("", &settings).empty());
  for (const SettingSpec& spec : setting_specs()) {
    if (spec.name == "desk.port") {
      EXPECT_EQ(spec.default_value, str_cat(settings.desk_port));
    }
    if (spec.name == "poller.max_interval_seconds") {
      EXPECT_EQ(spec.default_value, str_cat(absl::ToInt64Seconds(settings.poller.max_interval)));
    }
  }
}

TEST(OfficialsFile, RecognisesPlatformsFromPlainUrls) {
  std::vector<Official> officials;
  const auto problems = problems_of_officials(R"(
[[official]]
id = "a-b"
name = "A B"
accounts = ["https://www.facebook.com/ab.page", "https://bsky.app/profile/ab.test", "https://social.example/@ab", "https://x.com/ab", "https://city.example/feed.xml"]
  [[official.role]]
  title = "Mayor"
  place = "Lyon"
  from = 2020-05-01
)",
                                              &officials);
  EXPECT_THAT(problems, testing::IsEmpty());
  ASSERT_EQ(officials.size(), 1U);
  std::vector<std::string> platforms;
  for (const Account& account : officials[0].accounts()) platforms.push_back(account.platform());
  EXPECT_THAT(platforms, testing::ElementsAre("facebook", "bluesky", "mastodon", "x", "feed"));
  EXPECT_EQ(officials[0].roles(0).from().seconds(), 1588291200);
}

TEST(OfficialsFile, EveryProblemIsToldWithItsLine) {
  const auto problems = problems_of_officials(
      "[[official]]\nid = \"a\"\nnme = \"A\"\naccounts = [\"not a url\"]\n[[official]]\nid = \"a\"\nname = "
      "\"B\"\naccounts = [\"https://b.example/f\"]\nkind = \"robot\"\n");
  EXPECT_THAT(problems,
              testing::IsSupersetOf({HasSubstr("officials.toml:3:"), HasSubstr("officials.toml:4:"),
                                     HasSubstr("used twice"), HasSubstr("person, body or newsroom")}));
}

TEST(OfficialsFile, ABadAccountIsOneProblemNotTwo) {
  EXPECT_THAT(problems_of_officials("[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"not a url\"]\n"),
              testing::ElementsAre(HasSubstr("officials.toml:4: no platform knows")));
}

TEST(OfficialsFile, AnEmptyIdIsNotUsedTwice) {
  EXPECT_THAT(
      problems_of_officials("[[official]]\nid = \"\"\nname = \"A\"\naccounts = [\"https://a.example/f\"]\n"
                            "[[official]]\nname = \"B\"\naccounts = [\"https://b.example/f\"]\n"),
      testing::ElementsAre(HasSubstr(":1: an official has no id"), HasSubstr(":5: an official has no id")));
}

TEST(OfficialsFile, AllErrorsOfAnOfficialAreTold) {
  const auto problems = problems_of_officials(
      "[[official]]\nkind = \"robot\"\nlanguages = [\"xx\", \"FR_\"]\naccounts = "
      "[\"nonsense\",\n\"https://x.com/\"]\n"
      "[[official.role]]\ncountry = \"France\"\nfrom = 2020-01-01\nuntil = 2019-01-01\n");
  EXPECT_THAT(problems,
              testing::UnorderedElementsAre(
                  HasSubstr(":1: an official has no id"), HasSubstr(":1: an official has no name"),
                  HasSubstr(":2: the kind"), HasSubstr(":3: the language \"xx\""),
                  HasSubstr(":3: the language \"FR_\""), HasSubstr(":4: no platform knows"),
                  HasSubstr(":5: a page of X, but not a profile"),
                  testing::AllOf(HasSubstr(":7: the country \"France\""), HasSubstr("country = \"FR\"")),
                  HasSubstr(":6: a role has no title"), HasSubstr("ends on 2019-01-01 before it begins")));
}

TEST(OfficialsFile, BehindAPlaceThatIsNoTomlTheOthersAreRead) {
  std::vector<Official> officials;
  const auto problems = problems_of_officials(
      "[[official]]\nid = \n[[official]]\nid = \"b\"\nname = \"B\"\naccounts = [\"https://b.example/f\"]\n"
      "[[official]]\nid = \"c\"\nid = \"c\"\n[[official]]\nid = \"b\"\nname = \"D\"\n",
      &officials);
  EXPECT_THAT(problems, testing::ElementsAre(HasSubstr("officials.toml:2: "), HasSubstr("officials.toml:9: "),
                                             HasSubstr("officials.toml:10: the id b is used twice"),
                                             HasSubstr("officials.toml:10: warning: ")));
  ASSERT_EQ(officials.size(), 1U);
  EXPECT_EQ(officials[0].id(), "b");
}

TEST(OfficialsFile, AnAccountThatNothingIsCollectedFromIsKeptWithAWarning) {
  std::vector<Official> officials;
  const auto problems = problems_of_officials(
      "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\n\"https://www.tiktok.com/@a\"]\n", &officials);
  EXPECT_THAT(problems,
              testing::ElementsAre(HasSubstr("officials.toml:5: warning: TikTok has no collector")));
  ASSERT_EQ(officials.size(), 1U);
  EXPECT_EQ(officials[0].accounts(0).platform(), "tiktok");
}

TEST(OfficialsFile, TheSameAccountTwiceNamesBothLines) {
  EXPECT_THAT(
      problems_of_officials(
          "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"https://a.example/f\"]\n[[official]]\nid = "
          "\"b\"\nname = \"B\"\naccounts = [\"http://www.a.example/f\"]\n"),
      testing::ElementsAre(testing::AllOf(HasSubstr("officials.toml:8: "), HasSubstr("line 4"))));
}

TEST(OfficialsFile, WhatIsNoTableIsTold) {
  EXPECT_THAT(problems_of_officials("official = [1, 2]\n"),
              testing::ElementsAre(HasSubstr("not a table"), HasSubstr("not a table")));
  EXPECT_THAT(problems_of_officials("[[official]]\nid = \"a\"\nname = \"A\"\naccounts = "
                                    "[\"https://a.example/f\"]\nrole = [1]\n"),
              testing::ElementsAre(HasSubstr("a role is not a table")));
}

TEST(ConfigFolder, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  EXPECT_TRUE(absl::IsNotFound(load_config(folder.path()).status()));
  ASSERT_TRUE(write_file_durably(folder.path() + "/officials.toml", "[[official]]\n").ok());
  const auto bad = load_config(folder.path());
  EXPECT_TRUE(absl::IsFailedPrecondition(bad.status()));
  EXPECT_THAT(std::string(bad.status().message()), HasSubstr("officials.toml:1:"));
}

TEST(ConfigFolder, TheShippedExampleIsRight) {
  std::vector<ConfigProblem> problems;
  const auto config = read_config(std::string(COPYTASTER_SOURCE_DIR) + "/config", &problems);
  ASSERT_TRUE(config.ok()) << config.status();
  for (const ConfigProblem& problem : problems) ADD_FAILURE() << to_text(problem);
  EXPECT_FALSE(config->officials.empty());
}

TEST(Settings, BrokersAreAddressesWithPortsAndHoldNoSecret) {
  for (const char* good : {"kafka1:9092", "kafka1:9092,kafka2:9092", "[::1]:9092", "10.0.0.7:1"}) {
    EXPECT_THAT(problems_of_settings(str_cat("[bus]\nbrokers = \"", good, "\"\n")), IsEmpty()) << good;
  }
  for (const char* bad : {"", ",,,", "kafka1", "kafka1:", ":9092", "127.0.0.1:-1", "127.0.0.1:99999999999",
                          "kafka1:9092,", "user:secret@127.0.0.1:1", "kafka 1:9092"}) {
    const auto problems = problems_of_settings(str_cat("[bus]\nbrokers = \"", bad, "\"\n"));
    ASSERT_EQ(problems.size(), 1U) << bad;
    EXPECT_THAT(problems[0], AllOf(HasSubstr("HOST:PORT"), Not(HasSubstr("secret")))) << bad;
  }
}

TEST(Settings, FilesForKafkaAreLookedForBesideTheSettings) {
  for (const char* name : {"ca_file", "certificate_file", "key_file"}) {
    const auto problems = problems_of_settings(str_cat("[bus]\n", name, " = \"none.pem\"\n"));
    ASSERT_FALSE(problems.empty()) << name;
    EXPECT_THAT(problems[0], AllOf(HasSubstr("settings.toml:2"), HasSubstr("/nowhere/none.pem"))) << name;
  }
}

}  // namespace
}  // namespace copytaster
