// What is said of tokens and streams.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/credential_health.h"
#include "core/source_health.h"
#include "core/stream_health.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const absl::Time kPut = absl::FromUnixSeconds(1'668'384'000);  // 2022-11-14
constexpr absl::Duration kDay = absl::Hours(24);

CredentialHealth token() {
  CredentialHealth credential;
  credential.platform = "instagram";
  credential.setting = "collector.instagram.token_file";
  credential.life = 60 * kDay;
  credential.put = kPut;
  return credential;
}

TEST(CredentialHealth, IsCountedFromWhenItWasPutThere) {
  EXPECT_EQ(credential_state(token(), kPut), CredentialState::kGood);
  EXPECT_EQ(credential_words(token(), kPut), "expires about 2023-01-13 (60 days after it was put there)");
}

TEST(CredentialHealth, IsAnAlarmFromSevenDaysBefore) {
  EXPECT_EQ(credential_state(token(), kPut + 53 * kDay), CredentialState::kGood);
  EXPECT_EQ(credential_state(token(), kPut + 53 * kDay + absl::Seconds(1)), CredentialState::kSoon);
  EXPECT_EQ(credential_state(token(), kPut + 60 * kDay), CredentialState::kExpired);
  EXPECT_FALSE(is_alarm(CredentialState::kGood));
  EXPECT_FALSE(is_alarm(CredentialState::kUnknown));
  EXPECT_THAT(credential_words(token(), kPut + 55 * kDay), HasSubstr("make a new token"));
  EXPECT_THAT(credential_words(token(), kPut + 61 * kDay),
              HasSubstr("expired about 2023-01-13 (60 days after it was put there)"));
}

TEST(CredentialHealth, WhatTheSettingsSayGoesFirst) {
  CredentialHealth credential = token();
  credential.stated = kPut + 20 * kDay;
  EXPECT_EQ(credential_words(credential, kPut), "expires on 2022-12-04 (as token_expires says)");
  credential.put.reset();
  credential.life = absl::ZeroDuration();
  EXPECT_EQ(credential_state(credential, kPut + 21 * kDay), CredentialState::kExpired);
}

TEST(CredentialHealth, WhatIsNotKnownIsSaidToBeUnknown) {
  CredentialHealth credential = token();
  credential.put.reset();
  EXPECT_EQ(credential_expires(credential), std::nullopt);
  EXPECT_EQ(credential_state_name(credential_state(credential, kPut)), "unknown");
  EXPECT_THAT(credential_words(credential, kPut), HasSubstr("not known"));
  EXPECT_THAT(credential_words(credential, kPut), Not(HasSubstr("about")));
}

TEST(StreamHealth, IsKeptInTheStreamsOwnState) {
  StreamHealth health;
  health.name = "bluesky:stream/jetstream";
  health.accounts = 7;
  health.reconnects = 2;
  health.open_since = kPut;
  health.last_frame = kPut + absl::Seconds(1);
  health.position_at = kPut + absl::Milliseconds(1500);
  health.gap_at = kPut - absl::Hours(1);
  health.gap_why = "the cursor is too old";
  AccountState state;
  state.set_account_id(health.name);
  keep_stream_health(health, &state);
  const StreamHealth read = stream_health(state);
  EXPECT_EQ(read.name, health.name);
  EXPECT_EQ(read.accounts, 7U);
  EXPECT_EQ(read.reconnects, 2U);
  EXPECT_EQ(read.open_since, health.open_since);
  EXPECT_EQ(read.last_frame, health.last_frame);
  EXPECT_EQ(read.position_at, health.position_at);
  EXPECT_EQ(read.polling_since, std::nullopt);
  EXPECT_EQ(read.gap_at, health.gap_at);
  EXPECT_EQ(read.gap_why, health.gap_why);
  health.open_since.reset();
  keep_stream_health(health, &state);
  EXPECT_EQ(stream_health(state).open_since, std::nullopt) << "what is over is forgotten";
}

TEST(StreamHealth, IsToldInWords) {
  StreamHealth health;
  EXPECT_EQ(stream_words(health, kPut), "not open, tried again, 0 accounts, last message never");
  health.accounts = 1;
  health.polling_since = kPut;
  health.polling_why = "UNAVAILABLE: reset";
  health.last_frame = kPut - absl::Hours(3);
  EXPECT_EQ(stream_words(health, kPut),
            "does not open; its accounts are polled since 2022-11-14T00:00:00Z: UNAVAILABLE: reset, 1 "
            "account, last message 3 h ago");
  health.open_since = kPut;
  health.reconnects = 1;
  EXPECT_THAT(stream_words(health, kPut), HasSubstr("open since 2022-11-14T00:00:00Z"));
  EXPECT_THAT(stream_words(health, kPut), HasSubstr("opened again 1 time"));
  EXPECT_FALSE(is_alarm(health));
}

TEST(StreamHealth, AStreamIsKnownByItsName) {
  EXPECT_TRUE(is_stream("bluesky:stream/jetstream2"));
  EXPECT_TRUE(is_stream("mastodon:stream/social.example"));
  EXPECT_FALSE(is_stream("mastodon:stream@social.example"));
  EXPECT_FALSE(is_stream("feed:https://a.example/stream/x"));
}

TEST(SourceHealth, ARefusedTokenSaysWhatToDoAndOtherFaultsDoNot) {
  AccountState state;
  state.set_failures(2);
  state.set_paused(true);
  state.set_last_error("UNAUTHENTICATED: Graph API error 190/463: Session has expired");
  EXPECT_THAT(health_reason(state), HasSubstr("make a new token"));
  state.set_last_error("PERMISSION_DENIED: HTTP 403");
  EXPECT_THAT(health_reason(state), Not(HasSubstr("token")));
}

}  // namespace
}  // namespace copytaster
