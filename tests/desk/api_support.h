// The desk with the day of visit.h, asked over real HTTP on loopback.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/time.h"
#include "core/url.h"
#include "desk/desk_server.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/desk/visit.h"

namespace copytaster {

inline constexpr std::string_view kJpeg = "\xff\xd8\xff\xe0 not quite a picture";

class ApiTest : public ::testing::Test {
 protected:
  ApiTest() {
    put_visit(store_);
    EXPECT_TRUE(store_.set_notice("Rehearsal.").ok());
    jpeg_ = *media_.put(kJpeg);
    AccountState state;
    state.set_account_id("facebook:aubanel.test");
    state.set_failures(2);
    state.mutable_cursor()->set_position("https://graph.test/next?access_token=s3cret");
    store_.put(state);
    start({});
  }
  void start(std::function<absl::StatusOr<std::string>(std::string_view, int)> thumbnail) {
    server_.reset();
    DeskOptions options;
    options.port = 0;
    Official mayor;
    mayor.add_accounts()->set_id("facebook:aubanel.test");
    const DeskDependencies dependencies = {
        .store = &store_,
        .media = &media_,
        .clock = &clock_,
        .not_ready = [this] { return not_ready_; },
        .thumbnail = std::move(thumbnail),
        .written_picture = written_picture_,
        .sources = {.officials = {mayor}, .hold = {}, .intake = {}},
        .copies = {.answer = {},
                   .explain = [](std::string_view, std::string_view) -> absl::StatusOr<std::string> {
                     return R"({"items":[],"folded":false,"answer":"apart","rules":[]})";
                   }},
        .rights = {.decide = nullptr, .of_bytes = of_bytes_},
    };
    auto started = DeskServer::start(options, dependencies);
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
  }
  RawReply get(std::string_view target, std::string_view more = {}) {
    return ask(server_->port(), str_cat("GET ", target), str_cat("Host: localhost\r\n", more));
  }
  static google::protobuf::Struct json(const RawReply& reply) {
    google::protobuf::Struct out;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(reply.body, &out).ok()) << reply.body;
    return out;
  }
  static std::string at(std::string_view prefix, std::string_view id, std::string_view rest = {}) {
    return str_cat(prefix, percent_encode(id), rest);
  }

  FakeStore store_;
  FakeMedia media_;
  ManualClock clock_{*parse_date("2023-05-11T19:00:00Z")};
  std::string jpeg_, not_ready_;
  // Empty unless a test sets it, and starts again.
  std::function<absl::StatusOr<std::string>(std::string_view, const PictureWords&)> written_picture_;
  std::function<Rights(std::string_view)> of_bytes_;
  std::unique_ptr<DeskServer> server_;
};

}  // namespace copytaster
