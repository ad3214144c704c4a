#include "collectors/stream_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace copytaster {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string fault(std::string_view platform, const CollectorSettings& settings) {
  const absl::Status status = check_stream_settings(platform, settings);
  EXPECT_TRUE(status.ok() || absl::IsFailedPrecondition(status)) << status;
  return std::string(status.message());
}

TEST(StreamSettings, WhereNoStreamIsAskedForNothingIsWrong) {
  EXPECT_EQ(fault("bluesky", {}), "");
  EXPECT_EQ(fault("bluesky", {{"zstd_dictionary", "/not/there"}}), "");
  EXPECT_EQ(fault("mastodon", {}), "");
  EXPECT_EQ(fault("feed", {{"jetstream", "nonsense"}}), "");
}

TEST(StreamSettings, AreJudgedBeforeAnyAccountIsKnown) {
  EXPECT_EQ(fault("bluesky", {{"jetstream", "wss://jetstream.example"}}), "");
  EXPECT_THAT(fault("bluesky", {{"jetstream", "nonsense"}}),
              AllOf(HasSubstr("'nonsense'"), HasSubstr("wss://HOST")));
  EXPECT_THAT(fault("bluesky", {{"jetstream", "wss://jetstream.example"}, {"jetstream_version", "3"}}),
              HasSubstr("jetstream_version"));
  EXPECT_THAT(fault("bluesky", {{"jetstream", "wss://jetstream.example"}, {"zstd_dictionary", "/not/there"}}),
              AllOf(HasSubstr("zstd_dictionary"), HasSubstr("/not/there")));
  EXPECT_THAT(fault("mastodon", {{"stream", "wss://social.example"}}),
              HasSubstr("token_file and token_host"));
  EXPECT_THAT(fault("mastodon",
                    {{"stream", "wss://other.example"}, {"token", "t"}, {"token_host", "social.example"}}),
              HasSubstr("other.example"));
  EXPECT_EQ(fault("mastodon",
                  {{"stream", "wss://social.example"}, {"token", "t"}, {"token_host", "social.example"}}),
            "");
}

}  // namespace
}  // namespace copytaster
