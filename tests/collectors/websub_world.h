// WebSub from the offer in a page to the post that a hub delivers: the hub's calls come over real HTTP, the
// clock stands still.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/poller.h"
#include "collectors/websub_door.h"
#include "core/metrics.h"
#include "core/url.h"
#include "net/http_client.h"
#include "net/http_server.h"
#include "tests/collectors/poller_world.h"
#include "tests/collectors/websub_hub.h"
#include "tests/support/fetching.h"

namespace copytaster {

inline constexpr char kUrl[] = "https://a.example";
inline constexpr char kHub[] = "https://hub.example/";
inline constexpr char kTopic[] = "https://a.example/feed";
inline constexpr char kLinks[] =
    "<https://hub.example/>; rel=\"hub\", <https://a.example/feed>; rel=\"self\"";

inline std::uint64_t deliveries(std::string_view result) {
  return counter("copytaster_websub_deliveries_total", "", {{"result", result}}).value();
}

class PollerWebSubTest : public ::testing::Test {
 protected:
  void SetUp() override {
    open_door();
    server_ = *HttpServer::start({}, [this](const ServerRequest& request) { return door_->answer(request); });
    HttpClientOptions options;
    options.allow = {str_cat("127.0.0.1:", server_->port())};
    client_ = *make_http_client(options);
    world_.web[kUrl] = {200, "post 1 x", {{"Link", kLinks}}};
    world_.web[kHub].status = 202;
    settle();
  }
  void open_door() {
    door_ = std::make_unique<WebSubDoor>(WebSubHome{"https://desk.example/websub/", std::string(64, 'k')},
                                         nullptr, limits_);
    world_.websub = door_.get();
  }
  void restart() {
    world_.process();
    world_.restart();
    open_door();
  }
  void settle() { ASSERT_TRUE(world_.settle().ok()); }
  void pass(absl::Duration time) {
    world_.clock.advance(time);
    settle();
  }
  // Everything that falls due until then happens when it is due.
  void live(absl::Duration time) {
    const absl::Time end = world_.clock.now() + time;
    while (world_.poller().next_due() <= end) world_.next();
    world_.clock.set(end);
    settle();
  }

  // Forms that the hub got.
  [[nodiscard]] std::vector<std::string> asked() const {
    std::vector<std::string> out;
    for (const HttpRequest& request : world_.fetcher.requests())
      if (request.url == kHub) out.push_back(request.body);
    return out;
  }
  [[nodiscard]] std::string callback() const { return testing::field_of(asked().back(), "hub.callback"); }

  HttpResponse knock(HttpRequest request, std::string_view callback) {
    request.url = str_cat("http://127.0.0.1:", server_->port(), callback.substr(callback.find("/websub/")));
    auto response = testing::fetch_one(*client_, std::move(request));
    EXPECT_TRUE(response.ok()) << response.status();
    return response.value_or(HttpResponse());
  }
  HttpResponse question(std::string_view callback, std::string_view query) {
    return knock(HttpRequest(), str_cat(callback, "?", query));
  }
  // As a hub asks back for what was asked of it last.
  HttpResponse ask_back(absl::Duration lease = absl::Hours(240)) {
    const std::string form = asked().back();
    HttpResponse answer = question(
        testing::field_of(form, "hub.callback"),
        str_cat("hub.mode=", testing::field_of(form, "hub.mode"), "&hub.topic=", percent_encode(kTopic),
                "&hub.challenge=c%2Bd&hub.lease_seconds=", absl::ToInt64Seconds(lease)));
    settle();
    return answer;
  }
  void subscribe(absl::Duration lease = absl::Hours(240)) {
    pass(absl::Minutes(1));
    ASSERT_THAT(asked(), ::testing::SizeIs(1));
    ASSERT_EQ(ask_back(lease).body, "c+d");
  }
  HttpResponse deliver(const std::string& body, const std::string& signature) {
    HttpRequest request;
    request.method = "POST";
    request.headers = {{"Content-Type", "text/words"}, {"Link", kLinks}};
    if (!signature.empty()) request.headers.push_back({"X-Hub-Signature", signature});
    request.body = body;
    HttpResponse answer = knock(std::move(request), callback());
    return answer;
  }
  HttpResponse publish(const std::string& body) {
    HttpResponse answer =
        deliver(body, testing::sign(body, testing::field_of(asked().front(), "hub.secret")));
    settle();
    return answer;
  }

  testing::World world_;
  WebSubLimits limits_;
  std::unique_ptr<WebSubDoor> door_;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<Fetcher> client_;
};

}  // namespace copytaster
