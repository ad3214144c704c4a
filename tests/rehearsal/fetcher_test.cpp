#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rehearsal/theatre.h"
#include "tests/support/hit_server.h"

namespace copytaster::rehearsal {
namespace {

using testing::on_the_day;
using testing::Theatre;

// Answers with what it was asked.
class EchoFetcher final : public Fetcher {
 public:
  void fetch(HttpRequest request, FetchDone done) override {
    requests.push_back(request);
    HttpResponse response;
    response.status = 200;
    response.final_url = request.url;
    response.permanent_url = request.url;
    done(std::move(response));
  }
  std::size_t drive(absl::Duration) override { return 0; }
  void wake() override {}
  std::vector<HttpRequest> requests;
};

TEST(RehearsalFetcher, EveryHostIsTheRehearsal) {
  EchoFetcher inner;
  const auto fetcher = make_rehearsal_fetcher(&inner, 8123);
  const auto response =
      testing::fetch_one(*fetcher, testing::get("HTTPS://Graph.Facebook.com/v25.0/x%2Fy?a=b%20c&d=/?#frag"));
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(inner.requests[0].url, "http://127.0.0.1:8123/v25.0/x%2Fy?a=b%20c&d=/?");
  EXPECT_EQ(header_value(inner.requests[0].headers, "host"), "Graph.Facebook.com");
  EXPECT_EQ(inner.requests[0].max_redirects, 0);
  EXPECT_EQ(response->final_url, "HTTPS://Graph.Facebook.com/v25.0/x%2Fy?a=b%20c&d=/?");
  EXPECT_EQ(response->permanent_url, response->final_url);
}

TEST(RehearsalFetcher, NothingLeavesTheMachine) {
  EchoFetcher inner;
  const auto fetcher = make_rehearsal_fetcher(&inner, 8123);
  for (const std::string url :
       {"", "ftp://a.example/", "file:///etc/passwd", "https:a.example/", "https:///x",
        "https://127.0.0.1:8123@real.example/", "https://a.example\\@b.example/", "//a.example", "gopher://x",
        "https://a b/"}) {
    const auto response = testing::fetch_one(*fetcher, testing::get(url));
    EXPECT_TRUE(absl::IsInvalidArgument(response.status())) << url << ": " << response.status();
  }
  EXPECT_TRUE(inner.requests.empty());
  for (const std::string url :
       {"https://a.example", "https://a.example?x", "http://[::1]:80/x", "https://a.example#f"}) {
    EXPECT_TRUE(testing::fetch_one(*fetcher, testing::get(url)).ok()) << url;
  }
  for (const HttpRequest& request : inner.requests) {
    EXPECT_THAT(request.url, ::testing::StartsWith("http://127.0.0.1:8123/"));
  }
  EXPECT_EQ(inner.requests.size(), 4u);
}

TEST(RehearsalFetcher, WhatWaitsIsCancelledAtItsEnd) {
  EchoFetcher inner;
  absl::Status outcome;
  auto fetcher = make_rehearsal_fetcher(&inner, 8123);
  fetcher->fetch(testing::get("nonsense"),
                 [&](absl::StatusOr<HttpResponse> result) { outcome = result.status(); });
  EXPECT_TRUE(outcome.ok()) << "not inside fetch()";
  fetcher.reset();
  EXPECT_TRUE(absl::IsCancelled(outcome));
}

TEST(Rehearsal, TheDateIsTheRehearsalClocks) {
  Theatre theatre(on_the_day(12, 34, 56));
  const HttpResponse response = theatre.get("https://rennes.example/feed.xml");
  EXPECT_EQ(header_value(response.headers, "date"), "Thu, 14 Apr 2022 12:34:56 GMT");
  EXPECT_EQ(response.final_url, "https://rennes.example/feed.xml");
}

TEST(Rehearsal, WhoDoesNotSayWhoHeIsGetsATeapot) {
  Theatre theatre(on_the_day(12, 0));
  HttpClientOptions options;
  options.user_agent = "";
  options.allow = {str_cat("127.0.0.1:", theatre.server->port())};
  const auto nameless = *make_http_client(options);
  HttpRequest request = testing::get(str_cat("http://127.0.0.1:", theatre.server->port(), "/feed.xml"));
  request.headers = {{"Host", "rennes.example"}};
  const auto response = testing::fetch_one(*nameless, std::move(request));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 418);
}

TEST(Rehearsal, UnknownHostsAndMethodsAreRefused) {
  Theatre theatre(on_the_day(12, 0));
  EXPECT_EQ(theatre.get("https://real.example.com/").status, 421);
  HttpRequest post = testing::get("https://rennes.example/feed.xml");
  post.method = "POST";
  EXPECT_EQ(theatre.fetch(std::move(post)).status, 405);
  HttpRequest head = testing::get("https://rennes.example/feed.xml");
  head.method = "HEAD";
  const HttpResponse response = theatre.fetch(std::move(head));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

TEST(Rehearsal, CountsItsHitsByShape) {
  Theatre theatre(on_the_day(12, 0));
  theatre.graph("/v25.0/annehidalgo/published_posts");
  theatre.graph("/v25.0/vitaliy.klychko/published_posts");
  theatre.get("https://graph.facebook.com/v25.0/annehidalgo/published_posts");
  const auto hits = theatre.server->hits();
  EXPECT_EQ(hits.at("GET graph.facebook.com /{version}/{page}/published_posts 200"), 2);
  EXPECT_EQ(hits.at("GET graph.facebook.com /{version}/… 400"), 1);
}

TEST(Rehearsal, NeedsAClock) { EXPECT_TRUE(absl::IsInvalidArgument(Rehearsal::start({}).status())); }

TEST(Rehearsal, TheTakenPortIsNamed) {
  Theatre theatre(on_the_day(12, 0));
  RehearsalOptions options;
  options.clock = &theatre.clock;
  options.port = theatre.server->port();
  const auto second = Rehearsal::start(options);
  EXPECT_TRUE(absl::IsUnavailable(second.status()));
  EXPECT_THAT(std::string(second.status().message()), ::testing::HasSubstr(str_cat(options.port)));
}

}  // namespace
}  // namespace copytaster::rehearsal
