// The command line from outside: exit codes, and messages that name what is to be mended.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "core/json.h"
#include "google/protobuf/struct.pb.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kOfficials =
    "[[official]]\nid = \"a-b\"\nname = \"A B\"\naccounts = [\"https://social.example/@ab\"]\n";

class CommandLine : public testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  void have(std::string_view name, std::string_view bytes) const { write_bytes(at(name), bytes); }

 private:
  TemporaryFolder folder_;
};

struct Expected {
  std::vector<std::string> arguments;
  int code;
  std::string message;  // in standard error
};

TEST_F(CommandLine, ExitCodesFollowSysexits) {
  have("two", "{}\n{\n");
  have("many", std::string(100, 'x'));
  const std::vector<Expected> all = {
      {{}, 64, "a command is missing"},
      {{"--nonsense"}, 64, "--nonsense"},
      {{"nosuch"}, 64, "nosuch"},
      {{"list", "nosuch"}, 64, "nosuch"},
      {{"parse", "--collector", "nosuch", at("two")}, 64, "list collectors"},
      {{"parse", "--collector", "feed", "--header", "x", at("two")}, 64, "Name: value"},
      {{"parse", "--collector", "feed", at("missing")}, 66, at("missing")},
      {{"parse", "--collector", "feed", at(".")}, 66, "directory"},
      {{"parse", "--collector", "mastodon", at("many")}, 65, at("many")},
      {{"picture", at("missing")}, 66, at("missing")},
      {{"picture", at("many")}, 65, at("many")},
      {{"story", "nosuch", "--data", at("nothing")}, 66, at("nothing")},
      {{"stories", "--data", at("nothing")}, 66, "--data"},
      {{"status", "--data", at("nothing")}, 66, at("nothing")},
      {{"dlq", "ls", "--data", at("nothing")}, 66, at("nothing")},
      {{"dlq"}, 64, "subcommand"},
      {{"check", "--config", at("nothing")}, 66, "officials.toml"},
      {{"run", "--role", "collect"}, 78, "bus.kind"},
      {{"run", "--role", "nosuch"}, 64, "nosuch"},
  };
  for (const Expected& one : all) {
    Program program(one.arguments);
    EXPECT_EQ(program.exit_code(), one.code) << testing::PrintToString(one.arguments) << program.err();
    EXPECT_THAT(program.err(), HasSubstr(one.message)) << testing::PrintToString(one.arguments);
  }
}

TEST_F(CommandLine, WhatIsWrongWithOptionsIsTheProgramsWord) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--nonsense"},
                                                {"run", "--nonsense"},
                                                {"story"},
                                                {"draft", "x", "--format", "pdf"}}) {
    Program program(wrong);
    EXPECT_EQ(program.exit_code(), 64);
    EXPECT_TRUE(program.err().starts_with("copytaster: ")) << program.err();
  }
  Program help({"stories", "--help"});
  EXPECT_EQ(help.exit_code(), 0);
  EXPECT_THAT(help.out(), Not(HasSubstr("copytaster demo")));
}

TEST_F(CommandLine, WhoPausesIsDemandedWhereTheEnvironmentDoesNotSay) {
  Program nameless({"pause", "x:a", "--reason", "why", "--config", at(".")}, "", {{"USER", ""}});
  EXPECT_EQ(nameless.exit_code(), 64);
  EXPECT_THAT(nameless.err(), HasSubstr("--by is required"));
  Program blank({"pause", "x:a", "--reason", " ", "--by", "Mira", "--config", at(".")});
  EXPECT_EQ(blank.exit_code(), 64);
  EXPECT_THAT(blank.err(), AllOf(HasSubstr("--reason"), HasSubstr("it is empty")));
  Program help({"intake", "--help"}, "", {{"USER", ""}});
  EXPECT_EQ(help.exit_code(), 0);
  EXPECT_THAT(help.out(), HasSubstr("--by TEXT REQUIRED"));
}

TEST_F(CommandLine, ARoleOfSeveralMachinesSaysWhatIsToBeSet) {
  Program program({"run", "--role", "desk"});
  EXPECT_EQ(program.exit_code(), 78);
  EXPECT_THAT(program.err(), AllOf(HasSubstr("bus.kind"), HasSubstr("bus.brokers")));
}

TEST_F(CommandLine, VersionIsTheProjects) {
  Program program({"version"});
  EXPECT_EQ(program.exit_code(), 0);
  const std::string cmake = bytes_of(COPYTASTER_SOURCE_DIR "/CMakeLists.txt");
  const std::size_t begin = cmake.find("VERSION ", cmake.find("project(")) + 8;
  EXPECT_EQ(program.out(), str_cat("copytaster ", cmake.substr(begin, cmake.find(' ', begin) - begin), "\n"));
}

TEST_F(CommandLine, AFullStandardOutputIsAnIoError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const std::string command = str_cat(COPYTASTER_BINARY, " list settings >/dev/full 2>/dev/null");
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 74);
}

TEST_F(CommandLine, ProcessNamesTheLineThatIsBad) {
  Program program({"process"}, "{\"id\":\"x:1\",\"text\":\"Hello\"}\n\n{\"id\":\n");
  EXPECT_EQ(program.exit_code(), 65);
  EXPECT_THAT(program.err(), HasSubstr("standard input:3: "));
  EXPECT_THAT(program.out(), HasSubstr("\"x:1\"")) << "a bad line takes nothing from the others";
  Program several({"process"}, "nonsense\n{\"id\":\"x:1\",\"text\":\"Hello\"}\n[1]\n{\"id\":\"x:2\"}\n");
  EXPECT_EQ(several.exit_code(), 65);
  EXPECT_THAT(several.err(),
              AllOf(HasSubstr("standard input:1: "), HasSubstr("; 1 more line(s) were left out")));
  EXPECT_EQ(std::ranges::count(several.out(), '\n'), 2);
  Program nameless({"process"}, "{\"text\":\"Hello\"}\n");
  EXPECT_EQ(nameless.exit_code(), 65);
  EXPECT_THAT(nameless.err(), HasSubstr("standard input:1: "));
}

TEST_F(CommandLine, ProcessTellsWhatIsWrongInOneLineOfPlainText) {
  for (const std::string_view bad :
       {"[1]", "{\"id\":5,\"text\":{}}", "{\"id\":\"\x1b[31m", "nonsense \x01\x02"}) {
    Program program({"process"}, str_cat(bad, "\n"));
    EXPECT_EQ(program.exit_code(), 65) << bad;
    const std::string told = program.err();
    EXPECT_THAT(told, AllOf(HasSubstr("standard input:1: no item: "), HasSubstr("expected a JSON object"),
                            Not(HasSubstr(": :"))));
    EXPECT_EQ(std::ranges::count_if(told, [](char c) { return static_cast<unsigned char>(c) < 0x20; }), 1)
        << told;
  }
  Program marked({"process"}, "\xEF\xBB\xBF{\"id\":\"x:1\",\"text\":\"Hello\"}\n");
  EXPECT_EQ(marked.exit_code(), 0) << marked.err();
}

TEST_F(CommandLine, AnInputThatCannotBeReadIsNoEmptyOne) {
  const std::string command = str_cat(COPYTASTER_BINARY, " process <", at("."), " 2>/dev/null");
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 74);
}

TEST_F(CommandLine, ProcessHoldsNoMoreOfALineThanItMay) {
  Program program({"process"}, "{}" + std::string((std::size_t{16} << 20) + 1, ' '));
  EXPECT_EQ(program.exit_code(), 65);
  EXPECT_THAT(program.err(), AllOf(HasSubstr("standard input:1: "), HasSubstr("16777216 bytes")));
}

TEST_F(CommandLine, ProcessUsesTheHousesRules) {
  have("officials.toml", kOfficials);
  have("sections.toml",
       "[[section]]\nid = \"gardens\"\nname = \"Gardens\"\n[section.words]\nen = [\"tulip*\", "
       "\"rosebush*\"]\n");
  const std::string post =
      "{\"id\":\"x:1\",\"platform\":\"x\",\"declaredLanguage\":\"en\",\"text\":\"We planted a thousand "
      "tulips and "
      "many rosebushes in the park today.\"}\n";
  Program without({"process"}, post);
  EXPECT_EQ(without.exit_code(), 0) << without.err();
  EXPECT_THAT(without.out(), Not(HasSubstr("gardens")));
  Program with({"process", "--config", at(".")}, post);
  EXPECT_EQ(with.exit_code(), 0) << with.err();
  EXPECT_THAT(with.out(), HasSubstr("gardens"));
}

TEST_F(CommandLine, CheckTellsEveryFilesProblemsWithTheirLines) {
  have("officials.toml", "[[official]]\nid = \"a\"\nname = \"A\"\nacounts = []\n");
  have("settings.toml", "[desk]\nport = -1\n");
  have("sections.toml", "[[section]]\nid = \"x\"\n");
  have("places.toml", "[[place]]\nname = \"Lyon\"\ncountry = \"France\"\n");
  have("house_style.toml", "language = \"en\"\n[credit.en]\naccount = \"{nme}\"\n");
  Program program({"check", "--config", at(".")});
  EXPECT_EQ(program.exit_code(), 78);
  for (const char* place : {"officials.toml:4:", "settings.toml:2:", "sections.toml:1:", "places.toml:3:",
                            "house_style.toml:3:"}) {
    EXPECT_THAT(program.err(), HasSubstr(str_cat(at("."), "/", place)));
  }
}

TEST_F(CommandLine, CheckIsContentWithTheShippedExample) {
  Program program({"check", "--config", COPYTASTER_SOURCE_DIR "/config"});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(program.out(), HasSubstr("0 problems"));
}

TEST_F(CommandLine, CheckLooksAtTheTokenAndAtWhoCanReachTheDesk) {
  have("officials.toml", kOfficials);
  have("settings.toml", "[desk]\naddress = \"0.0.0.0\"\n");
  Program open({"check", "--config", at(".")});
  EXPECT_EQ(open.exit_code(), 78);
  EXPECT_THAT(open.err(), AllOf(HasSubstr("settings.toml:2:"), HasSubstr("desk.token_file")));

  have("settings.toml", "[desk]\naddress = \"0.0.0.0\"\ntoken_file = \"desk.token\"\n");
  have("desk.token", "0123456789abcdef0123456789abcdef\n");
  Program guarded({"check", "--config", at(".")});
  EXPECT_EQ(guarded.exit_code(), 0) << guarded.err();
  std::filesystem::permissions(at("desk.token"), std::filesystem::perms(0644));
  Program open_to_all({"check", "--config", at(".")});
  EXPECT_EQ(open_to_all.exit_code(), 0);
  EXPECT_THAT(open_to_all.err(), HasSubstr("settings.toml:3: warning: everybody on this machine may read"));
  std::filesystem::permissions(at("desk.token"), std::filesystem::perms(0600));
  Program closed({"check", "--config", at(".")});
  EXPECT_EQ(closed.exit_code(), 0);
  EXPECT_EQ(closed.err(), "");
  have("desk.token", "\n");
  Program empty({"check", "--config", at(".")});
  EXPECT_EQ(empty.exit_code(), 78);
  EXPECT_THAT(empty.err(), AllOf(HasSubstr("settings.toml:3:"), HasSubstr("desk.token is empty")));
}

TEST_F(CommandLine, CheckTellsThatAStreamIsNotOpenedWhateverFormTheAccountsHave) {
  for (const char* name : {"ab.example", "did:plc:abcdefghijklmnopqrstuvwx"}) {
    have("officials.toml", str_cat("[[official]]\nid = \"a-b\"\nname = \"A B\"\naccounts = "
                                   "[\"https://bsky.app/profile/",
                                   name, "\"]\n"));
    for (const char* setting :
         {"jetstream = \"nonsense\"", "jetstream = \"wss://j.example\"\nzstd_dictionary = \"/not/there\""}) {
      have("settings.toml", str_cat("[collector.bluesky]\n", setting, "\n"));
      Program program({"check", "--config", at(".")});
      EXPECT_EQ(program.exit_code(), 0) << program.err();
      EXPECT_THAT(program.err(), AllOf(HasSubstr("warning: the stream of Bluesky is not opened"),
                                       HasSubstr("its accounts are polled")));
      EXPECT_THAT(program.out(), AllOf(HasSubstr("0 not collectable yet"), HasSubstr("1 warnings")));
    }
  }
}

TEST_F(CommandLine, CheckCountsApartWhatNoCollectorReads) {
  have("officials.toml",
       "[[official]]\nid = \"a-b\"\nname = \"A B\"\naccounts = [\"https://social.example/@ab\", "
       "\"https://www.tiktok.com/@ab\"]\n");
  Program program({"check", "--config", at(".")});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(program.out(), AllOf(HasSubstr("not collected: no collector for TikTok"),
                                   HasSubstr("2 accounts (1 of them not collected), 0 not collectable yet")));
}

// Every line of a service's standard error is one JSON object, the fatal ones too.
std::vector<google::protobuf::Struct> events_of(const std::string& log) {
  std::vector<google::protobuf::Struct> events;
  for (const std::string_view line : split(log, '\n')) {
    if (line.empty()) continue;
    google::protobuf::Struct event;
    EXPECT_TRUE(from_json(line, &event).ok()) << line;
    events.push_back(std::move(event));
  }
  return events;
}

TEST_F(CommandLine, WhatEndsTheServiceIsAnEventOfItsLog) {
  have("officials.toml", kOfficials);
  have("settings.toml", "[desk]\nport = -1\nprot = 1\n");
  Program bad({"run", "--config", at("."), "--data", at("data")});
  EXPECT_EQ(bad.exit_code(), 78);
  const auto events = events_of(bad.err());
  ASSERT_EQ(events.size(), 3U) << bad.err();
  EXPECT_THAT(events[0].fields().at("message").string_value(), HasSubstr("settings.toml:2:"));
  EXPECT_EQ(events[2].fields().at("event.action").string_value(), "command.failed");
  for (const auto& event : events) {
    EXPECT_EQ(event.fields().at("event.outcome").string_value(), "failure");
    EXPECT_EQ(event.fields().at("trace.id").string_value().size(), 32U);
    EXPECT_TRUE(event.fields().contains("hint"));
  }
  Program missing({"run", "--config", at("nothing")});
  EXPECT_EQ(missing.exit_code(), 66);
  ASSERT_EQ(events_of(missing.err()).size(), 1U) << missing.err();
}

TEST_F(CommandLine, EveryWarningOfTheConfigurationIsAnEventOfTheLog) {
  have("officials.toml",
       "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"https://www.tiktok.com/@a\", "
       "\"https://www.tiktok.com/@b\"]\n[[official]]\nid = \"c\"\nname = \"C\"\n");
  // The port is somebody else's: what the program says of it names the settings.
  Program other({"demo", "--port", "0", "--metrics-port", "0", "--data", at("demo")});
  ASSERT_TRUE(other.wait_until([&] { return other.out().find("http://127.0.0.1:") != std::string::npos; }));
  const std::string said = other.out();
  const std::size_t begin = said.find("http://127.0.0.1:") + 17;
  const std::string port = said.substr(begin, said.find('/', begin) - begin);
  have("settings.toml", str_cat("[desk]\nport = ", port, "\n[metrics]\nport = 0\n"));
  Program program({"run", "--config", at("."), "--data", at("data")});
  EXPECT_EQ(program.exit_code(), 69) << program.err();
  std::vector<std::string> warnings;
  std::string hint;
  for (const auto& event : events_of(program.err())) {
    const auto& fields = event.fields();
    if (fields.at("event.action").string_value() == "config.warning")
      warnings.push_back(fields.at("config.warning").string_value());
    if (fields.contains("hint")) hint = fields.at("hint").string_value();
  }
  EXPECT_THAT(warnings, testing::ElementsAre("1 of 3", "2 of 3", "3 of 3"));
  EXPECT_THAT(hint, AllOf(HasSubstr("desk.port"), HasSubstr("metrics.port"), HasSubstr("--port")));
}

TEST_F(CommandLine, ADayThatASignalCutShortIsNotDone) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const std::string data = at(str_cat("data", signal));
    Program program({"demo", "--once", "--data", data});
    ASSERT_TRUE(program.wait_until([&] { return std::filesystem::exists(data + "/db/CURRENT"); }));
    program.signal(signal);
    EXPECT_EQ(program.exit_code(), 128 + signal) << program.err();
    const auto events = events_of(program.err());
    ASSERT_FALSE(events.empty());
    EXPECT_THAT(events.back().fields().at("message").string_value(), HasSubstr("signal"));
    EXPECT_EQ(program.out(), "");
  }
}

TEST_F(CommandLine, ADemoWithoutAFolderLeavesNone) {
  std::filesystem::create_directories(at("tmp"));
  Program program({"demo", "--once"}, "", {{"TMPDIR", at("tmp")}});
  ASSERT_TRUE(program.wait_until([&] { return !std::filesystem::is_empty(at("tmp")); })) << program.err();
  program.signal(SIGTERM);
  EXPECT_EQ(program.exit_code(), 128 + SIGTERM) << program.err();
  EXPECT_TRUE(std::filesystem::is_empty(at("tmp")));
}

}  // namespace
}  // namespace copytaster
