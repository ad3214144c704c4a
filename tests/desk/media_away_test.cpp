// Pictures in a store that is away: nobody is told that they are gone, or what an operator has to mend.
#include <gmock/gmock.h>

#include "core/text.h"
#include "tests/desk/api_support.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AwayMedia final : public MediaStore {
 public:
  explicit AwayMedia(absl::Status why) : why_(std::move(why)) {}
  absl::StatusOr<std::string> put(std::string_view) override { return why_; }
  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view) const override { return why_; }
  [[nodiscard]] bool has(std::string_view) const override { return false; }

 private:
  absl::Status why_;
};

TEST(MediaAway, IsSaidWithoutTheOperatorsWords) {
  for (const absl::Status& why :
       {absl::UnavailableError("the S3 server at http://inside.example:9000 is away"),
        absl::PermissionDeniedError("media.s3_secret_key_file is wrong"),
        absl::FailedPreconditionError("there is no bucket inside.example")}) {
    FakeStore store;
    AwayMedia media(why);
    const ManualClock clock(absl::FromUnixSeconds(1'650'000'000));
    DeskOptions options;
    options.port = 0;
    DeskDependencies dependencies{};
    dependencies.store = &store;
    dependencies.media = &media;
    dependencies.clock = &clock;
    dependencies.not_ready = [] { return std::string(); };
    const auto server = DeskServer::start(options, dependencies);
    ASSERT_TRUE(server.ok()) << server.status();
    const RawReply reply = ask((*server)->port(), str_cat("GET /media/", sha256_hex("a picture"), ".jpg"),
                               "Host: localhost\r\n");
    EXPECT_EQ(reply.status, 503);
    EXPECT_THAT(reply.body, Not(HasSubstr("inside.example")));
    EXPECT_THAT(reply.body, Not(HasSubstr("s3_secret_key_file")));
  }
}

}  // namespace
}  // namespace copytaster
