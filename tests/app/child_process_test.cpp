// A program of others and what it may not do to us.
#include "app/child_process.h"

#include <gtest/gtest.h>

#include "core/strings.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

class ChildProcess : public testing::Test {
 protected:
  absl::StatusOr<ChildEnd> shell(const std::string& script, std::string_view input = "") {
    return run_child({"sh", "-c", script}, input, limits_, stop_);
  }
  ChildLimits limits_;
  std::atomic<bool> stop_{false};
};

TEST_F(ChildProcess, HearsItsInputAndSaysWhatItSays) {
  const std::string much(3'000'000, 'x');
  limits_.most_output = much.size();
  const auto end = run_child({"cat"}, much, limits_, stop_);
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_EQ(end->code, 0);
  EXPECT_TRUE(end->output == much);
}

TEST_F(ChildProcess, ArgumentsAreNoShellsWords) {
  const auto end = run_child({"printf", "%s|", "a b", "$(id)", "; exit 3", "*"}, "", limits_, stop_);
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->output, "a b|$(id)|; exit 3|*|");
}

TEST_F(ChildProcess, ItsEndIsToldWhateverItIs) {
  EXPECT_EQ(shell("exit 3")->code, 3);
  EXPECT_EQ(shell("kill -9 $$")->code, 137);
  const auto failed = shell("echo out; echo wrong >&2; exit 1");
  EXPECT_EQ(failed->output, "out\n");
  EXPECT_EQ(failed->errors, "wrong\n");
}

TEST_F(ChildProcess, ThereIsNoSuchProgram) {
  EXPECT_TRUE(absl::IsNotFound(run_child({"no-such-program-here"}, "", limits_, stop_).status()));
  EXPECT_TRUE(absl::IsNotFound(run_child({"/etc/passwd"}, "", limits_, stop_).status())) << "no program";
}

TEST_F(ChildProcess, WhoTakesTooLongIsEnded) {
  limits_.most_time = absl::Milliseconds(200);
  for (const char* script :
       {"sleep 1000", "sleep 1000 & exit 0", "exec >&-; sleep 1000", "while :; do :; done",
        "while :; do echo wrong >&2; done", "trap '' TERM HUP; sleep 1000"})
    EXPECT_TRUE(absl::IsDeadlineExceeded(shell(script).status())) << script;
}

TEST_F(ChildProcess, WhoDoesNotListenIsNoFault) {
  const std::string much(3'000'000, 'x');
  const auto end = shell("exec <&-; echo done", much);
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_EQ(end->output, "done\n");
  EXPECT_EQ(shell("exit 4", much)->code, 4);
}

TEST_F(ChildProcess, WhoSaysTooMuchIsEnded) {
  limits_.most_output = 1000;
  EXPECT_TRUE(absl::IsResourceExhausted(shell("while :; do echo more; done").status()));
  EXPECT_EQ(shell("head -c 1000 /dev/zero")->output.size(), 1000U);
  EXPECT_TRUE(absl::IsResourceExhausted(shell("head -c 1001 /dev/zero").status()));
  const auto loud = shell("head -c 1000000 /dev/zero >&2; echo done");
  EXPECT_EQ(loud->output, "done\n");
  EXPECT_EQ(loud->errors.size(), 2000U);
}

TEST_F(ChildProcess, NoMemoryWithoutBound) {
  limits_.most_memory = std::size_t{64} << 20;
  const auto end = shell("read go; x=$(head -c 400000000 /dev/zero | tr '\\0' a); echo ${#x}", "go\n");
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_NE(end->output, "400000000\n");
}

TEST_F(ChildProcess, WritesNoFiles) {
  const TemporaryFolder folder;
  const auto end = shell(str_cat("read go; cd ", folder.path(), "; echo words >file; echo done"), "go\n");
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_NE(end->output, "done\n");
}

TEST_F(ChildProcess, SeesNothingOfOurs) {
  ASSERT_EQ(setenv("COPYTASTER_SECRET", "secret", 1), 0);
  limits_.environment = {{"LC_ALL", "C"}};
  const std::string environment = shell("env")->output;
  EXPECT_EQ(environment.find("SECRET"), std::string::npos) << environment;
  EXPECT_NE(environment.find("LC_ALL=C\n"), std::string::npos);
  EXPECT_EQ(shell("ls /proc/$$/fd; exit 0")->output, "0\n1\n2\n");
}

TEST_F(ChildProcess, EndsWhenWeStop) {
  stop_ = true;
  EXPECT_TRUE(absl::IsCancelled(shell("sleep 1000").status()));
}

}  // namespace
}  // namespace copytaster
