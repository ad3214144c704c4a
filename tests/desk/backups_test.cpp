// Backups over the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/clock.h"
#include "core/strings.h"
#include "desk/desk_server.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

class BackupsApi : public ::testing::Test {
 protected:
  void start(HouseBackups backups) {
    DeskOptions options;
    options.port = 0;
    DeskDependencies house;
    house.store = &store_;
    house.media = &media_;
    house.clock = &clock_;
    house.not_ready = [] { return std::string(); };
    house.backups = std::move(backups);
    server_ = *DeskServer::start(options, house);
  }
  [[nodiscard]] RawReply post(std::string_view body, bool own = true) const {
    return ask(server_->port(), "POST /api/backups",
               str_cat("Host: localhost\r\n", own ? "Origin: http://localhost\r\n" : "",
                       "Content-Type: application/json\r\n"),
               body);
  }
  FakeStore store_;
  FakeMedia media_;
  ManualClock clock_{absl::FromUnixSeconds(1'650'000'000)};
  std::unique_ptr<DeskServer> server_;
};

TEST_F(BackupsApi, OneIsBegunAndAskedAbout) {
  std::vector<HouseBackup> all;
  BackupRequest asked;
  start({.begin = [&](const BackupRequest& request) -> absl::StatusOr<HouseBackup> {
           asked = request;
           HouseBackup backup;
           backup.name = request.name;
           backup.path = "/kept/" + request.name;
           backup.state = "running";
           backup.begun = absl::FromUnixSeconds(1'650'000'000);
           all.push_back(backup);
           return backup;
         },
         .known = [&] { return all; }});
  const RawReply begun = post(R"({"name":"monday","folder":"/kept","by":"Mira"})");
  EXPECT_EQ(begun.status, 202);
  EXPECT_EQ(begun.body,
            R"({"name":"monday","path":"/kept/monday","state":"running","begun":"2022-04-15T05:20:00Z"})");
  EXPECT_EQ(asked.folder, "/kept");
  EXPECT_EQ(asked.by, "Mira");
  all[0].state = "done";
  all[0].files = 7;
  all[0].bytes = 1234;
  all[0].ended = absl::FromUnixSeconds(1'650'000'002);
  const RawReply listed = ask(server_->port(), "GET /api/backups", "Host: localhost\r\n");
  EXPECT_EQ(listed.status, 200);
  EXPECT_THAT(
      listed.body,
      HasSubstr(
          R"("state":"done","begun":"2022-04-15T05:20:00Z","ended":"2022-04-15T05:20:02Z","files":7,"bytes":1234)"));
}

TEST_F(BackupsApi, RefusalsAreSaid) {
  start({.begin = [](const BackupRequest&) -> absl::StatusOr<HouseBackup> {
           return absl::FailedPreconditionError("a backup is being made");
         },
         .known = {}});
  EXPECT_EQ(post("{}").status, 409);
  EXPECT_THAT(post("{}").body, HasSubstr("is being made"));
  EXPECT_EQ(post(R"({"path":"/etc"})").status, 400);
  EXPECT_EQ(post("{}", false).status, 403) << "another site's page";
  start({});
  EXPECT_EQ(post("{}").status, 503);
}

}  // namespace
}  // namespace copytaster
