// Messages of Jetstream in both its versions, for tests of Bluesky's stream.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/platforms.h"
#include "collectors/stream_accounts.h"
#include "core/strings.h"
#include "tests/collectors/stream_world.h"

namespace copytaster::jetstream_world {

inline constexpr std::string_view kDid = "did:plc:ravenel2345portvent234567";
inline constexpr std::int64_t kNoon = 1'649'937'600'000'000;  // 2022-04-14T12:00:00Z

inline constexpr std::string_view kPost =
    R"({"$type":"app.bsky.feed.post","text":"Le tram roule 🚋","createdAt":"2022-04-14T08:00:00Z","langs":["fr"]})";

inline std::string commit(std::string_view operation, std::string_view collection, std::string_view rkey,
                          std::string_view record) {
  return str_cat(R"("operation":")", operation, R"(","collection":")", collection, R"(","rkey":")", rkey,
                 "\"", record.empty() ? "" : R"(,"cid":"bafyreicid","record":)", record);
}
inline std::string v1(std::string_view kind, std::string_view body, std::int64_t time_us = kNoon,
                      std::string_view did = kDid) {
  return str_cat(R"({"did":")", did, R"(","time_us":)", time_us, R"(,"cursor":77,"kind":")", kind, R"(",")",
                 kind, R"(":{)", body, "}}");
}
inline std::string v1_post(std::string_view record = kPost, std::string_view rkey = "3l1") {
  return v1("commit", commit("create", "app.bsky.feed.post", rkey, record));
}
inline std::string v2(std::string_view kind, std::string_view body, std::string_view seq = "12345",
                      std::string_view did = kDid) {
  return str_cat(R"({"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#)", kind,
                 R"(","seq":)", seq, R"(,"did":")", did, R"(","time":"2022-04-14T12:00:00.000000Z",)", body,
                 "}}");
}

class JetstreamWorld : public ::testing::Test {
 protected:
  JetstreamWorld() {
    (*accounts_[0].mutable_details())["did"] = std::string(kDid);
    (*accounts_[0].mutable_details())["name"] = "Amélie Ravenel";
  }

  static std::unique_ptr<Collector> make(std::string_view version, std::string_view dictionary = "") {
    return make_bluesky({{"jetstream", "wss://jet.example/"},
                         {"jetstream_version", std::string(version)},
                         {"zstd_dictionary", std::string(dictionary)}});
  }
  FrameNews read(const Capture& frame) { return read_frame(*v1_, find_, frame); }
  FrameNews read(std::string_view body, std::string_view position = "") {
    return read(stream_message(body, position));
  }
  Item only_item(std::string_view body) {
    const FrameNews news = read(body);
    EXPECT_EQ(news.parsed.items.size(), 1U);
    return news.parsed.items.empty() ? Item() : news.parsed.items[0];
  }
  std::string open(const Collector& collector, std::string_view position = "") {
    Cursor cursor;
    cursor.set_position(std::string(position));
    const auto plans = collector.streams(accounts_);
    EXPECT_EQ(plans.size(), 1U);
    const auto request =
        plans.empty() ? absl::InternalError("no plan") : collector.open_stream(plans[0], find_, cursor);
    EXPECT_TRUE(request.ok()) << request.status();
    return request.ok() ? request->url : "";
  }

  std::unique_ptr<Collector> v1_ = make("1");
  std::unique_ptr<Collector> v2_ = make("2");
  std::vector<Account> accounts_ = {
      *v1_->recognise("https://bsky.app/profile/ravenel.portvent.example"),
      *v1_->recognise("https://bsky.app/profile/did:plc:hartwig2345rathaus2345678"),
      *v1_->recognise("https://bsky.app/profile/unknown.portvent.example"),  // no page read yet
  };
  FindAccount find_ = [this](std::string_view key) { return StreamAccounts(accounts_).find(key); };
};

}  // namespace copytaster::jetstream_world
