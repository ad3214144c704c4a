#include "app/full_disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/strings.h"
#include "net/http_client.h"
#include "tests/support/fetching.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

using ::copytaster::testing::fetch_one;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const absl::Status kFull = absl::UnavailableError(
    "writing a batch: IO error: No space left on device: While appending to file: 000012.log");

TEST(FullDisk, IsToldFromOtherErrorsByItsWords) {
  EXPECT_TRUE(is_disk_full(kFull));
  EXPECT_TRUE(
      is_disk_full(absl::UnavailableError("cannot write /data/media/ab/abcd: No space left on device")));
  EXPECT_TRUE(is_disk_full(absl::UnavailableError("search index: Error writing block: Disk quota exceeded")));
  EXPECT_TRUE(is_disk_full(absl::FailedPreconditionError(
      "/data is in use by another process (IO error: No space left on device: While open a file for lock)")))
      << "as a lock that cannot be made is told";
  EXPECT_FALSE(is_disk_full(absl::OkStatus()));
  EXPECT_FALSE(is_disk_full(absl::UnavailableError("writing a batch: IO error: Input/output error")));
  EXPECT_FALSE(is_disk_full(absl::DataLossError("a post says: No space left on device")));
}

TEST(FullDisk, HasNoRoomWhereLessIsFreeThanIsAskedFor) {
  const TemporaryFolder folder;
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  EXPECT_TRUE(check_room(folder.path(), 0).ok());
  const absl::Status none = check_room(folder.path(), kMost);
  EXPECT_TRUE(is_disk_full(none)) << none;
  EXPECT_THAT(std::string(none.message()), HasSubstr(folder.path()));
}

TEST(FullDisk, IsLookedAtWhereAStoreWillBeMade) {
  const TemporaryFolder folder;
  const std::string later = folder.path() + "/not/yet";
  EXPECT_TRUE(check_room(later, 0).ok());
  const absl::Status none = check_room(later, std::numeric_limits<std::uint64_t>::max());
  EXPECT_TRUE(is_disk_full(none)) << none;
  EXPECT_THAT(std::string(none.message()), HasSubstr(str_cat(folder.path(), " has ")));
  EXPECT_TRUE(is_disk_full(check_room("relative", std::numeric_limits<std::uint64_t>::max())));
}

TEST(FullDisk, IsToldOnTheMetricsPort) {
  const auto server = serve_full_disk(HttpServerOptions(), "no room");
  ASSERT_TRUE(server.ok()) << server.status();
  const auto client = *make_http_client({.allow = {"127.0.0.1:*"}});
  const auto ask = [&](std::string_view path) {
    const auto answer =
        fetch_one(*client, testing::get(str_cat("http://127.0.0.1:", (*server)->port(), path)));
    return answer.ok() ? str_cat(answer->status, " ", answer->body) : std::string(answer.status().message());
  };
  EXPECT_EQ(ask("/livez"), "200 alive\n");
  EXPECT_EQ(ask("/readyz"), "503 no room\n");
  EXPECT_EQ(ask("/metrics"), "503 no room\n");
  EXPECT_EQ(ask("/"), "503 no room\n");
}

// Notes what happens instead of waiting and starting.
class FullDiskTest : public ::testing::Test {
 protected:
  FullDiskTest() {
    disk_.folder = "/var/lib/copytaster";
    disk_.room = [this](const std::string& folder) {
      happened_.push_back(str_cat("looks at ", folder, " after ", absl::FormatDuration(waited_)));
      return --full_for_ >= 0 ? kFull : absl::OkStatus();
    };
    disk_.stop = [this] { return waited_ >= stop_after_; };
    disk_.pause = [this](absl::Duration time) {
      EXPECT_LE(time, absl::Milliseconds(500)) << "a stop is heard soon";
      waited_ += time;
    };
    disk_.again = [this] {
      happened_.emplace_back("starts anew");
      return started_;
    };
  }

  FullDisk disk_;
  int full_for_ = 2;  // looks
  absl::Duration stop_after_ = absl::Hours(1);
  absl::Status started_ = absl::UnavailableError("not in a test");
  absl::Duration waited_;
  std::vector<std::string> happened_;
};

TEST_F(FullDiskTest, IsOutlastedByLookingOnceASecond) {
  EXPECT_EQ(outlast_full_disk(disk_, kFull), started_);
  EXPECT_THAT(happened_,
              ElementsAre("looks at /var/lib/copytaster after 1s", "looks at /var/lib/copytaster after 2s",
                          "looks at /var/lib/copytaster after 3s", "starts anew"));
}

TEST_F(FullDiskTest, WaitsThoughThereIsRoomSoThatItNeverSpins) {
  full_for_ = 0;
  EXPECT_EQ(outlast_full_disk(disk_, kFull), started_);
  EXPECT_EQ(waited_, absl::Seconds(1));
}

TEST_F(FullDiskTest, LetsAStopThroughAtOnceAndInOrder) {
  stop_after_ = absl::Milliseconds(1500);
  EXPECT_TRUE(outlast_full_disk(disk_, kFull).ok());
  EXPECT_EQ(waited_, stop_after_);
  EXPECT_THAT(happened_, ElementsAre("looks at /var/lib/copytaster after 1s"));
}

TEST_F(FullDiskTest, StartsNothingWhenTheStopComesWithTheRoom) {
  full_for_ = 0;
  stop_after_ = absl::Seconds(1);
  EXPECT_TRUE(outlast_full_disk(disk_, kFull).ok());
  EXPECT_THAT(happened_, ElementsAre("looks at /var/lib/copytaster after 1s"));
  stop_after_ = absl::Hours(1);
  started_ = absl::CancelledError("asked to stop");
  EXPECT_TRUE(outlast_full_disk(disk_, kFull).ok()) << "while it was starting";
}

TEST_F(FullDiskTest, IsAllThatIsOutlasted) {
  for (const absl::Status& other : {absl::OkStatus(), absl::DataLossError("a block is damaged"),
                                    absl::UnavailableError("cannot listen on 127.0.0.1:9642")})
    EXPECT_EQ(outlast_full_disk(disk_, other), other);
  disk_.folder = "";
  EXPECT_EQ(outlast_full_disk(disk_, kFull), kFull) << "no store is here";
  EXPECT_EQ(waited_, absl::ZeroDuration());
  EXPECT_THAT(happened_, ElementsAre());
}

}  // namespace
}  // namespace copytaster
