// copytaster officials from outside.
#include <gmock/gmock.h>

#include "tests/app/officials_support.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kHandWritten =
    "# ours\n\n[[official]]\nid = \"ravenel\"   # the mayor\nname = \"Odile Ravenel\"\naccounts = "
    "[\"https://social.example/@ravenel\"]";

class OfficialsCommand : public testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  void have(std::string_view name, std::string_view bytes) const { write_bytes(at(name), bytes); }
  TemporaryFolder folder_;
};

TEST_F(OfficialsCommand, NewPeopleGoToTheEndAndCommentsStay) {
  have("officials.toml", kHandWritten);
  have("list.csv",
       "name,url\nMaria Kravets,https://kravets.example/feed\nOdile "
       "Ravenel,https://social.example/@ravenel\n");
  Program program({"officials", "import", at("list.csv"), "--config", at(".")});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(program.out(), AllOf(HasSubstr("new      Maria Kravets (maria-kravets): 1 account\n"),
                                   HasSubstr("2 entries in "), HasSubstr("1 new, 0 changed, 1 unchanged")));
  const std::string after = bytes_of(at("officials.toml"));
  EXPECT_TRUE(after.starts_with(kHandWritten)) << after;
  EXPECT_EQ(toml_of(after).entries.size(), 2U);
  EXPECT_FALSE(std::filesystem::exists(at("officials.toml.bak")));
  Program again({"officials", "import", at("list.csv"), "--config", at(".")});
  EXPECT_EQ(again.exit_code(), 0);
  EXPECT_THAT(again.out(), AllOf(HasSubstr("0 new, 0 changed, 2 unchanged"), HasSubstr("stays as it is")));
  EXPECT_EQ(bytes_of(at("officials.toml")), after);
}

TEST_F(OfficialsCommand, WhatChangesAnEntryLeavesABackupAndSaysSo) {
  have("officials.toml", kHandWritten);
  std::filesystem::permissions(at("officials.toml"), std::filesystem::perms(0604));
  Program dry({"officials", "import", "-", "--format", "csv", "--into", at("officials.toml"), "--dry-run"},
              "id,name,url\nravenel,Odile Ravenel,https://www.tiktok.com/@ravenel\n");
  EXPECT_EQ(dry.exit_code(), 0) << dry.err();
  EXPECT_THAT(dry.out(), AllOf(HasSubstr("1 changed"), HasSubstr("dry run")));
  EXPECT_EQ(bytes_of(at("officials.toml")), kHandWritten);
  Program program({"officials", "import", "-", "--format", "csv", "--into", at("officials.toml")},
                  "id,name,url\nravenel,Odile Ravenel,https://www.tiktok.com/@ravenel\n");
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(program.out(),
              AllOf(HasSubstr("changed  Odile Ravenel (ravenel): https://www.tiktok.com/@ravenel"),
                    HasSubstr("officials.toml.bak"), HasSubstr("kept and not followed")));
  EXPECT_EQ(bytes_of(at("officials.toml.bak")), kHandWritten);
  const std::string after = bytes_of(at("officials.toml"));
  EXPECT_TRUE(after.starts_with("# ours\n\n[[official]]")) << after;
  EXPECT_THAT(after, AllOf(HasSubstr("https://www.tiktok.com/@ravenel"),
                           HasSubstr("https://social.example/@ravenel")));
  EXPECT_EQ(std::filesystem::status(at("officials.toml")).permissions(), std::filesystem::perms(0604));
}

TEST_F(OfficialsCommand, BadRowsAreRefusedTheOthersComeIn) {
  std::string csv = "name,url\n";
  for (int i = 0; i < 60; ++i) str_append(&csv, "P", i, ",nonsense\n");
  have("list.csv", csv + "Maria Kravets,https://kravets.example/feed\n");
  Program program({"officials", "import", at("list.csv"), "--config", at(".")});
  EXPECT_EQ(program.exit_code(), 65);
  EXPECT_THAT(program.err(), AllOf(HasSubstr("list.csv:2: "), HasSubstr("list.csv:51: "),
                                   Not(HasSubstr("list.csv:52: ")), HasSubstr("… and 10 errors more")));
  EXPECT_THAT(program.out(),
              HasSubstr("1 new, 0 changed, 0 unchanged, 0 named again and united, 60 refused"));
  EXPECT_EQ(toml_of(bytes_of(at("officials.toml"))).entries.size(), 1U);
}

TEST_F(OfficialsCommand, ExitCodesTellWhatWasWrong) {
  have("broken.toml", "[[official]]\nid = 1\n");
  have("list.csv", "name\nA B\n");
  struct Case {
    std::vector<std::string> arguments;
    int code;
    std::string says;
  };
  for (const Case& one : std::vector<Case>{
           {{"officials"}, 64, ""},
           {{"officials", "import", at("no.csv"), "--config", at(".")}, 66, "no.csv"},
           {{"officials", "import", "-"}, 64, "--format"},
           {{"officials", "import", at("list.xlsx"), "--config", at(".")}, 64, "--format"},
           {{"officials", "import", at("list.csv"), "--format", "xls"}, 64, "xls"},
           {{"officials", "import", at("list.csv"), "--into", at("broken.toml")}, 78, "broken.toml:2: "},
           {{"officials", "export", at("o.csv"), "--config", at("nowhere")}, 66, "nowhere"},
           {{"officials", "export", at("o.csv"), "--from", at("broken.toml")}, 78, "nothing was exported"}}) {
    Program program(one.arguments);
    EXPECT_EQ(program.exit_code(), one.code) << one.arguments.back() << program.err();
    EXPECT_THAT(program.err(), HasSubstr(one.says));
  }
  EXPECT_EQ(bytes_of(at("broken.toml")), "[[official]]\nid = 1\n");
}

TEST_F(OfficialsCommand, ExportAndImportThroughPipes) {
  have("officials.toml", kThreeOfficials);
  for (const std::string format : {"toml", "csv", "jsonl"}) {
    Program out({"officials", "export", "-", "--format", format, "--config", at(".")});
    ASSERT_EQ(out.exit_code(), 0) << out.err();
    EXPECT_THAT(out.err(), HasSubstr("3 officials exported"));
    const std::string into = at(str_cat("from_", format, ".toml"));
    Program in({"officials", "import", "-", "--format", format, "--into", into}, out.out());
    ASSERT_EQ(in.exit_code(), 0) << in.err();
    EXPECT_EQ(shown(toml_of(bytes_of(into)).entries), shown(toml_of(kThreeOfficials).entries)) << format;
  }
  Program opml({"officials", "export", at("feeds.opml"), "--config", at(".")});
  EXPECT_EQ(opml.exit_code(), 0) << opml.err();
  EXPECT_THAT(opml.out(), HasSubstr("left out, for the format cannot hold it"));
  EXPECT_THAT(bytes_of(at("feeds.opml")), HasSubstr("<opml version=\"2.0\""));
}

TEST_F(OfficialsCommand, AnImportCountsItsOwnAccountsAndSaysHowADateIsWritten) {
  have("officials.toml",
       "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"https://www.tiktok.com/@a\"]\n");
  have("list.csv", "name;vk;role;from\nB C;https://vk.com/bcd;Mayor;2020-01-07\nD E;;Mayor;7/1/2020\n");
  Program program({"officials", "import", at("list.csv"), "--config", at(".")});
  EXPECT_EQ(program.exit_code(), 65) << program.err();
  EXPECT_THAT(program.out(), AllOf(HasSubstr("vk (1)"), testing::Not(HasSubstr("tiktok (1)"))));
  EXPECT_THAT(program.err(),
              HasSubstr("is not a date that can be read one way; write the year first, then month and day"));
}

TEST_F(OfficialsCommand, CheckSaysWhatEachAccountIsAndWhatItNeeds) {
  have("officials.toml",
       "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"https://www.facebook.com/a.page\", "
       "\"https://www.tiktok.com/@a\", \"https://social.example/@a\"]\n[[official]]\nid = \"b\"\nname = "
       "\"B\"\n");
  Program program({"check", "--config", at(".")});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(
      program.out(),
      AllOf(HasSubstr("facebook  a.page"), HasSubstr("needs: token_file in [collector.facebook]"),
            HasSubstr("Page Public Content Access"), HasSubstr("tiktok    a "),
            HasSubstr("not collected: no collector for TikTok"), HasSubstr("mastodon  a@social.example"),
            HasSubstr("no account: known by name only"), HasSubstr("0 problems, 2 warnings")));
  EXPECT_THAT(program.err(), AllOf(HasSubstr("officials.toml:4: warning: TikTok has no collector"),
                                   HasSubstr("officials.toml:5: warning: B (b) has no account")));
}

TEST_F(OfficialsCommand, CheckSaysWhenTheMonthsMoneyPaysForNoPage) {
  have("officials.toml", "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"https://x.com/a_b\"]\n");
  have("x.token", "canary-token\n");
  have("settings.toml", "[collector.x]\ntoken_file = \"x.token\"\nmonthly_usd = 1\n");
  Program poor({"check", "--config", at(".")});
  EXPECT_EQ(poor.exit_code(), 0) << poor.err();
  EXPECT_THAT(poor.out(),
              AllOf(HasSubstr("needs: [collector.x] monthly_usd: the ceiling of 1.00 USD is below"),
                    HasSubstr("1 not collectable yet")));
  have("settings.toml", "[collector.x]\ntoken_file = \"x.token\"\nmonthly_usd = 2\n");
  Program enough({"check", "--config", at(".")});
  EXPECT_EQ(enough.exit_code(), 0) << enough.err();
  EXPECT_THAT(enough.out(), HasSubstr("0 not collectable yet"));
}

TEST_F(OfficialsCommand, CheckSaysWhatIsWrongWithAStreamsAddress) {
  have("token", "canary-token\n");
  have("settings.toml",
       "[collector.mastodon]\ntoken_file = \"token\"\ntoken_host = \"social.example\"\n"
       "stream = \"https://social.example\"\n");
  have("officials.toml",
       "[[official]]\nid = \"a\"\nname = \"A\"\naccounts = [\"https://social.example/@a\"]\n");
  Program program({"check", "--config", at(".")});
  EXPECT_EQ(program.exit_code(), 0) << program.err();
  EXPECT_THAT(program.err(),
              AllOf(HasSubstr("settings.toml:4: warning: the stream of Mastodon is not opened"),
                    HasSubstr("'https://social.example': write wss://social.example")));
  EXPECT_THAT(program.out(), HasSubstr("0 not collectable yet")) << "it is polled";
}

}  // namespace
}  // namespace copytaster
