// Tokens that expire: what the settings know of them, and who is told.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/credential_watch.h"
#include "app/settings.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/stream_health.h"
#include "core/time.h"
#include "storage/open.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr absl::Duration kDay = absl::Hours(24);

class Credentials : public testing::Test {
 protected:
  void TearDown() override { unsetenv("CREDENTIALS_DIRECTORY"); }
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  void have_token(const std::string& name, absl::Time written) const {
    write_bytes(at(name), "canary-token-0123456789");
    const timespec time = absl::ToTimespec(written);
    const timespec both[2] = {time, time};
    ASSERT_EQ(utimensat(AT_FDCWD, at(name).c_str(), both, 0), 0);
  }
  std::vector<CredentialHealth> read(std::string_view text) {
    std::vector<ConfigProblem> found;
    const Settings settings = read_settings(text, "settings.toml", folder_.path(), &found);
    problems_.clear();
    for (const ConfigProblem& problem : found) problems_.push_back(to_text(problem));
    return settings.credentials;
  }

  TemporaryFolder folder_;
  std::vector<std::string> problems_;
  const absl::Time written_ = absl::FromUnixSeconds(1'668'384'000);  // 2022-11-14
};

TEST_F(Credentials, AreAsOldAsTheirFile) {
  have_token("threads.token", written_);
  const auto all = read("[collector.threads]\ntoken_file = \"threads.token\"\n");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].platform, "threads");
  EXPECT_EQ(all[0].setting, "collector.threads.token_file");
  EXPECT_EQ(all[0].put, written_);
  EXPECT_EQ(credential_expires(all[0]), written_ + 60 * kDay);
}

TEST_F(Credentials, OfServiceManagersAreMadeAnewAtEachStartSoTheirAgeIsUnknown) {
  have_token("credentials/threads.token", written_);
  setenv("CREDENTIALS_DIRECTORY", at("credentials").c_str(), 1);
  for (const std::string& path : {std::string("threads.token"), at("credentials/threads.token")}) {
    const auto all = read(str_cat("[collector.threads]\ntoken_file = \"", path, "\"\n"));
    ASSERT_THAT(all, SizeIs(1)) << path;
    EXPECT_EQ(all[0].put, std::nullopt);
    EXPECT_EQ(credential_state(all[0], written_), CredentialState::kUnknown);
  }
}

TEST_F(Credentials, ADayThatIsStatedGoesFirstInQuotesOrNot) {
  have_token("a.token", written_);
  for (const char* day : {"\"2023-02-01\"", "2023-02-01"}) {
    const auto all =
        read(str_cat("[collector.instagram]\ntoken_expires = ", day, "\ntoken_file = \"a.token\"\n"));
    EXPECT_THAT(problems_, IsEmpty()) << day;
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(credential_expires(all[0]), parse_date("2023-02-01"));
  }
  EXPECT_THAT(read("[collector.instagram]\ntoken_expires = \"soon\"\n"), IsEmpty());
  EXPECT_THAT(problems_, ElementsAre(AllOf(HasSubstr("settings.toml:2"), HasSubstr("as 2027-01-12"))));
}

TEST_F(Credentials, ThatLiveUntilTheyAreWithdrawnAreNotTold) {
  have_token("a.token", written_);
  EXPECT_THAT(read("[collector.facebook]\ntoken_file = \"a.token\"\n"), IsEmpty());
  EXPECT_THAT(read("[collector.x]\ntoken_file = \"a.token\"\n"), IsEmpty());
  EXPECT_THAT(read("[collector.facebook]\ntoken_file = \"a.token\"\ntoken_expires = 2023-02-01\n"),
              SizeIs(1));
}

TEST_F(Credentials, CheckAndStatusTellWhenTheyExpireAndNeverWhatTheyAre) {
  write_bytes(at("officials.toml"),
              "[[official]]\nid = \"a-b\"\nname = \"A B\"\naccounts = [\"https://social.example/@ab\"]\n");
  write_bytes(at("settings.toml"), "[collector.threads]\ntoken_file = \"threads.token\"\n");
  have_token("threads.token", absl::Now() - 58 * kDay);
  Program check({"check", "--config", folder_.path()});
  EXPECT_EQ(check.exit_code(), 0);
  EXPECT_THAT(check.err(), HasSubstr("(60 days after it was put there)"));
  EXPECT_THAT(check.out(), Not(HasSubstr("after it was put there"))) << "told once";
  EXPECT_THAT(check.out(), HasSubstr("0 problems, 1 warnings"));
  EXPECT_THAT(check.err(), HasSubstr("warning: the token of collector.threads.token_file expires about "));
  EXPECT_THAT(check.out() + check.err(), Not(HasSubstr("canary")));
  have_token("threads.token", absl::Now() - 61 * kDay);
  Program expired({"check", "--config", folder_.path()});
  EXPECT_EQ(expired.exit_code(), 0);
  EXPECT_THAT(expired.err(), HasSubstr("expired about"));
}

TEST_F(Credentials, StatusTellsTokensAndStreams) {
  {
    const auto key_value = *open_key_value(at("data"), OpenMode::kReadWrite);
    const auto store = *open_store(key_value.get(), at("data"), OpenMode::kReadWrite);
    StreamHealth stream;
    stream.name = "bluesky:stream/jetstream";
    stream.accounts = 12;
    stream.polling_since = written_;
    stream.polling_why = "UNAVAILABLE: no such host";
    AccountState state;
    state.set_account_id(stream.name);
    keep_stream_health(stream, &state);
    auto batch = store->batch();
    ASSERT_TRUE(store->stage_account(*batch, state).ok());
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  }
  write_bytes(at("settings.toml"), "[collector.threads]\ntoken_file = \"threads.token\"\n");
  have_token("threads.token", absl::Now() - 58 * kDay);
  Program status({"status", "--data", at("data"), "--config", folder_.path()});
  EXPECT_EQ(status.exit_code(), 0) << status.err();
  EXPECT_THAT(status.out(), HasSubstr("token of threads: expires about "));
  EXPECT_THAT(status.out(),
              HasSubstr("stream bluesky:stream/jetstream: does not open; its accounts are polled "
                        "since 2022-11-14T00:00:00Z: UNAVAILABLE: no such host, 12 accounts"));
  EXPECT_THAT(status.out(), HasSubstr("sources 0\n")) << "a stream is no source";
  Program json({"status", "--json", "--data", at("data"), "--config", folder_.path()});
  EXPECT_EQ(json.exit_code(), 0);
  EXPECT_THAT(json.out(), AllOf(HasSubstr("\"credentials\":[{"), HasSubstr("\"state\":\"polling\"")));
  Program nowhere({"status", "--data", at("data"), "--config", at("nowhere")});
  EXPECT_NE(nowhere.exit_code(), 0) << "a folder that was named must be there";
}

class Watch : public Credentials {
 protected:
  [[nodiscard]] CredentialHealth token() const {
    CredentialHealth credential;
    credential.platform = "watched";
    credential.setting = "collector.watched.token_file";
    credential.life = 60 * kDay;
    credential.put = written_;
    return credential;
  }
  const std::uint64_t warned_before_ = log_lines(LogLevel::kWarn);
  const std::uint64_t erred_before_ = log_lines(LogLevel::kError);
  [[nodiscard]] std::uint64_t warned() const { return log_lines(LogLevel::kWarn) - warned_before_; }
  [[nodiscard]] std::uint64_t erred() const { return log_lines(LogLevel::kError) - erred_before_; }
};

TEST_F(Watch, TellsFromSevenDaysBeforeOnceADay) {
  CredentialWatch watch({token()});
  absl::Time now = written_ + 50 * kDay;
  for (const absl::Time end = written_ + 53 * kDay; now < end; now += absl::Minutes(10)) watch.look(now);
  EXPECT_EQ(warned(), 0U);
  now = written_ + 53 * kDay + absl::Minutes(10);
  for (const absl::Time end = now + 3 * kDay; now < end; now += absl::Minutes(10)) watch.look(now);
  EXPECT_EQ(warned(), 3U);
  EXPECT_EQ(erred(), 0U);
  for (const absl::Time end = written_ + 60 * kDay; now < end; now += absl::Hours(1)) watch.look(now);
  EXPECT_EQ(erred(), 0U);
  watch.look(now + kDay);
  EXPECT_EQ(erred(), 1U);
}

TEST_F(Watch, MeasuresTheTimeLeft) {
  CredentialWatch watch({token()});
  Gauge& left = gauge("copytaster_credential_expires_seconds",
                      "Until a platform's token expires, about; below zero: it has. Absent: not known.",
                      {{"platform", "watched"}});
  watch.look(written_ + 59 * kDay);
  EXPECT_EQ(left.value(), 86400);
  watch.look(written_ + 61 * kDay);
  EXPECT_EQ(left.value(), -86400);
}

}  // namespace
}  // namespace copytaster
