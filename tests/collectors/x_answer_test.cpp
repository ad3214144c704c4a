// Edits, deletions, errors and limits of X: the traps of its API, one test each.
#include <gtest/gtest.h>

#include "collectors/x_problem.h"
#include "collectors/x_syntax.h"
#include "core/time.h"
#include "tests/collectors/x_world.h"

namespace copytaster {
namespace {

using namespace x_world;  // NOLINT: what it has is for these tests

class XAnswerTest : public XWorld {};

// ---- edits and deletions

constexpr std::string_view kFirst = "1514513787909046273";   // 2022-04-14T08:00:00Z
constexpr std::string_view kSecond = "1514515549516726274";  // seven minutes later

TEST_F(XAnswerTest, AnEditIsANewIdOfTheSamePost) {
  const Item item = only_item(post(kSecond, "b",
                                   str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond,
                                           R"("],"created_at":"2022-04-14T08:07:00.000Z")")));
  EXPECT_EQ(item.id(), str_cat("x:", kFirst));
  EXPECT_EQ(item.url(), str_cat("https://x.com/ravenel/status/", kSecond));
  EXPECT_EQ(to_time(item.created_at()), *x_id_time(kFirst));
  EXPECT_EQ(format_rfc3339(to_time(item.edited_at())), "2022-04-14T08:07:00Z");
  EXPECT_FALSE(only_item(post(kFirst, "a", str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, "\"]")))
                   .has_edited_at());
}

TEST_F(XAnswerTest, OfTwoVersionsOnAPageTheNewerIsTaken) {
  const std::string history = str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond, "\"]");
  for (const bool newest_first : {true, false}) {
    const std::string a = post(kFirst, "old", history);
    const std::string b = post(kSecond, "new", history);
    const Item item = only_item(newest_first ? str_cat(b, ",", a) : str_cat(a, ",", b));
    EXPECT_EQ(item.text(), "new") << newest_first;
  }
}

TEST_F(XAnswerTest, ARereadFindsTheNewestVersionOrNone) {
  const std::string history = str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond, "\"]");
  const std::string old_post = post(kFirst, "old", history);
  const std::string new_post = post(kSecond, "new", history);
  EXPECT_NE(collector_->reread(account_, kFirst)->url.find("edit_history_tweet_ids"), std::string::npos);
  EXPECT_EQ(parse(reread_of(kFirst, str_cat(R"({"data":)", new_post, "}"))).items.at(0).text(), "new");
  const Parsed by_old = parse(reread_of(kFirst, str_cat(R"({"data":)", old_post, R"(,"includes":{"tweets":[)",
                                                        old_post, ",", new_post, "]}}")));
  ASSERT_EQ(by_old.items.size(), 1U);
  EXPECT_EQ(by_old.items[0].text(), "new");
  EXPECT_EQ(by_old.items[0].author().name(), "Amélie Ravenel");  // from the cursor
  const Parsed missing = parse(reread_of(kFirst, str_cat(R"({"data":)", old_post, "}")));
  EXPECT_TRUE(missing.items.empty());
  ASSERT_EQ(missing.refused.size(), 1U);
  EXPECT_NE(missing.refused[0].reason().find("newest version"), std::string::npos);
}

TEST_F(XAnswerTest, ANewestVersionWithoutItsPicturesIsNotTaken) {
  const std::string history = str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond, "\"]");
  const Parsed parsed = parse(reread_of(
      kFirst,
      str_cat(R"({"data":)", post(kFirst, "old", history), R"(,"includes":{"tweets":[)",
              post(kSecond, "new", str_cat(history, R"(,"attachments":{"media_keys":["3_1"]})")), "]}}")));
  EXPECT_TRUE(parsed.items.empty());
  EXPECT_EQ(parsed.refused.size(), 1U);
}

TEST_F(XAnswerTest, AnotherPostThanAskedForIsNotTaken) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      collector_->parse(account_, reread_of("12", str_cat(R"({"data":)", post("13", "x"), "}"))).status()));
}

TEST_F(XAnswerTest, ADeletedPostIsGoneWith200AndWith404) {
  const std::string body = errors(problem("Not Found Error", "resource-not-found", "tweet", "12"));
  for (const int status : {200, 404}) {
    const Parsed parsed = parse(reread_of("12", body, status));
    ASSERT_EQ(parsed.deletions.size(), 1U) << status;
    EXPECT_EQ(parsed.deletions[0].state(), GONE);
    EXPECT_EQ(parsed.deletions[0].item_id(), "x:12");
  }
}

TEST_F(XAnswerTest, ProtectedAndSuspendedAreNoDeletionNotEvenUnknown) {
  for (const std::string& said :
       {problem("Authorization Error", "not-authorized-for-resource", "tweet", "12"),
        problem("Forbidden", "resource-not-found", "tweet", "12"),        // suspended
        problem("Not Found Error", "resource-not-found", "user", "12"),   // not of this post
        problem("Not Found Error", "resource-not-found", "tweet", "13"),  // nor this
        problem("Not Found Error", "invalid-request", "tweet", "12")}) {
    const auto parsed = collector_->parse(account_, reread_of("12", errors(said)));
    if (parsed.ok()) {
      EXPECT_TRUE(parsed->deletions.empty()) << said;
      EXPECT_TRUE(parsed->items.empty()) << said;
    }
  }
  for (const int status : {401, 403, 429, 500}) {
    const auto parsed = collector_->parse(
        account_,
        reread_of("12", errors(problem("Not Found Error", "resource-not-found", "tweet", "12")), status));
    EXPECT_TRUE(!parsed.ok() || parsed->deletions.empty()) << status;
  }
  for (const int status : {200, 403, 404, 503}) {
    EXPECT_TRUE(
        absl::IsUnavailable(collector_->parse(account_, reread_of("12", "<html>", status)).status()) ||
        status == 403)
        << status;
  }
}

// ---- errors and limits

TEST_F(XAnswerTest, PartialErrorsComeWith200) {
  const std::string body = str_cat(R"({"data":[)", post("12", "a"), R"(],"errors":[)",
                                   problem("Not Found Error", "resource-not-found", "tweet", "7"),
                                   R"(],"meta":{"result_count":1}})");
  const Parsed parsed = parse(answer(body, kStand));
  EXPECT_EQ(parsed.items.size(), 1U);
  EXPECT_TRUE(parsed.deletions.empty());
}

TEST_F(XAnswerTest, StatusesMeanWhatTheContractSays) {
  EXPECT_TRUE(absl::IsNotFound(
      failure(errors(problem("Not Found Error", "resource-not-found", "user", "ravenel")), 200, "")));
  EXPECT_TRUE(absl::IsPermissionDenied(
      failure(errors(problem("Forbidden", "resource-not-found", "user", "ravenel")), 200, "")));
  EXPECT_TRUE(absl::IsPermissionDenied(
      failure(errors(problem("Authorization Error", "not-authorized-for-resource", "user", "42")), 200)));
  EXPECT_TRUE(absl::IsUnauthenticated(failure(R"({"title":"Unauthorized","status":401})", 401)));
  EXPECT_TRUE(absl::IsPermissionDenied(failure(R"({"title":"Client Forbidden","detail":"x"})", 403)));
  EXPECT_TRUE(absl::IsUnavailable(failure("<html>Over capacity</html>", 503)));
  EXPECT_TRUE(absl::IsUnavailable(failure("<html>", 200)));
  // A path that is not X's is no account that is gone.
  EXPECT_TRUE(absl::IsUnavailable(failure("", 404)));
  EXPECT_TRUE(
      absl::IsUnavailable(failure(R"({"title":"Not Found","type":"about:blank","status":404})", 404)));
  EXPECT_TRUE(absl::IsInvalidArgument(failure(R"({"version":1})", 200)));
  EXPECT_TRUE(absl::IsResourceExhausted(failure("Rate limit exceeded", 429)));
  EXPECT_TRUE(
      absl::IsResourceExhausted(failure(R"({"errors":[{"code":88,"message":"Rate limit exceeded"}]})", 429)));
}

TEST_F(XAnswerTest, AUsageCapWaitsForAnOperatorNotForTheReset) {
  Capture capped = answer(
      R"({"title":"UsageCapExceeded","detail":"Usage cap exceeded: Monthly product cap","type":"https://api.twitter.com/2/problems/usage-capped"})",
      kStand, 429);
  add_header(&capped, "x-rate-limit-remaining", "39999");  // as it is: of requests there is plenty
  const absl::Status status = collector_->parse(account_, capped).status();
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_NE(std::string(status.message()).find("UsageCapExceeded"), std::string::npos);
  EXPECT_TRUE(absl::IsPermissionDenied(failure(R"({"title":"CreditsDepleted","detail":"x"})", 402)));
}

class XWait : public ::testing::Test {
 protected:
  static absl::Duration wait(std::string_view remaining, std::string_view reset) {
    Capture limited = answer("Rate limit exceeded", kStand, 429);
    add_header(&limited, "date", "Thu, 14 Apr 2022 09:00:00 GMT");
    if (!remaining.empty()) add_header(&limited, "x-rate-limit-remaining", remaining);
    if (!reset.empty()) add_header(&limited, "x-rate-limit-reset", reset);
    return x_wait(limited).value_or(absl::ZeroDuration());
  }
};

TEST_F(XWait, UntilTheResetByTheServersOwnClock) {
  EXPECT_EQ(wait("0", "1649927000"), absl::Seconds(200));  // 2022-04-14T09:03:20Z; fetched_at is 09:00:00 too
}

TEST_F(XWait, ADistrustedClockStopsUsForAQuarterOfAnHourAtMost) {
  EXPECT_EQ(wait("0", "1749927000"), absl::Seconds(901));
  EXPECT_EQ(wait("0", "9223372036854775807"), absl::Seconds(901));
  EXPECT_EQ(wait("0", "1649926700"), absl::Seconds(10));
  EXPECT_EQ(wait("0", "-1"), absl::Seconds(10));
}

TEST_F(XWait, WhileRequestsRemainItWasTheLimitOfOneASecond) {
  EXPECT_EQ(wait("897", "1649927000"), absl::Seconds(10));
}

TEST_F(XWait, NothingToldIsNothingKnown) {
  EXPECT_EQ(wait("", ""), absl::ZeroDuration());
  EXPECT_EQ(wait("0", "soon"), absl::ZeroDuration());
}

TEST_F(XAnswerTest, ARateLimitAs429InPlainTextIsWaitedForAndNothingMoves) {
  Capture limited = answer("Rate limit exceeded\n", str_cat(kStand, "&since=10"), 429);
  add_header(&limited, "content-type", "text/plain;charset=utf-8");
  add_header(&limited, "x-rate-limit-remaining", "0");
  add_header(&limited, "x-rate-limit-reset", "1649927000");
  const Parsed parsed = parse(limited);
  EXPECT_EQ(parsed.wait, absl::Seconds(200));
  EXPECT_EQ(parsed.next.position(), str_cat(kStand, "&since=10"));
  EXPECT_FALSE(parsed.more);
  EXPECT_EQ(parsed.cost_usd, 0);
}

TEST_F(XAnswerTest, TheLastRequestOfAWindowIsHeeded) {
  Capture last = answer(page(post("12", "a")), kStand);
  add_header(&last, "x-rate-limit-remaining", "0");
  add_header(&last, "x-rate-limit-reset", "1649927000");
  EXPECT_EQ(parse(last).wait, absl::Seconds(200));
}

}  // namespace
}  // namespace copytaster
