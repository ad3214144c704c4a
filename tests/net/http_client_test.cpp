// The client against our own server: what a well-behaved web looks like.
#include "net/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/strings.h"
#include "tests/net/http_client_support.h"
#include "tests/support/fetching.h"
#include "tests/support/hit_server.h"

namespace copytaster {
namespace {

using ::copytaster::testing::fetch_one;
using ::copytaster::testing::get;
using ::copytaster::testing::HitServer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(HttpClient, FetchesAndTellsWhoItIs) {
  HitServer server([](const ServerRequest&) -> ServerResponse {
    return {200, {{"Content-Type", "text/plain"}, {"X-Empty", ""}}, "hello"};
  });
  const auto fetcher = client();
  HttpRequest request = get(server.url("/a b?q=1#part"));
  request.headers = {{"Accept", "application/json"}, {"X-None", ""}};
  request.authorization = "Bearer t";
  const auto response = fetch_one(*fetcher, request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(header_value(response->headers, "content-type"), "text/plain");
  EXPECT_EQ(response->final_url, server.url("/a%20b?q=1"));
  EXPECT_EQ(response->permanent_url, "");
  EXPECT_GT(response->elapsed, absl::ZeroDuration());
  const ServerRequest seen = server.requests().at(0);
  EXPECT_EQ(seen.path, "/a b");
  EXPECT_EQ(seen.header("accept"), "application/json");
  EXPECT_EQ(seen.header("authorization"), "Bearer t");
  EXPECT_THAT(std::string(seen.header("user-agent")), HasSubstr("Copytaster/"));
  EXPECT_THAT(std::string(seen.header("accept-encoding")), HasSubstr("zstd"));
  EXPECT_EQ(seen.header("cookie"), "");
}

TEST(HttpClient, AsksConditionallyAndKeepsTheConnection) {
  HitServer server([](const ServerRequest& request) -> ServerResponse {
    if (request.header("if-none-match") == "\"v1\"") return {304, {{"ETag", "\"v1\""}}, ""};
    return {200, {{"ETag", "\"v1\""}}, "page"};
  });
  const auto fetcher = client();
  const auto first = fetch_one(*fetcher, get(server.url("/feed")));
  ASSERT_TRUE(first.ok()) << first.status();
  HttpRequest again = get(server.url("/feed"));
  again.headers.push_back({"If-None-Match", std::string(header_value(first->headers, "etag"))});
  const auto second = fetch_one(*fetcher, again);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->status, 304);
  EXPECT_EQ(second->body, "");
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].peer, requests[1].peer);
}

TEST(HttpClient, EveryStatusIsAnAnswer) {
  HitServer server([](const ServerRequest& request) -> ServerResponse {
    return {std::stoi(request.path.substr(1)), {{"Retry-After", "120"}}, "words"};
  });
  const auto fetcher = client();
  for (int status : {204, 404, 410, 429, 500, 503}) {
    const auto response = fetch_one(*fetcher, get(server.url(str_cat("/", status))));
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->status, status);
    EXPECT_EQ(retry_after(*response, absl::UnixEpoch()), absl::Seconds(120));
  }
}

TEST(HttpClient, ReadsRetryAfterAsADate) {
  HitServer server([](const ServerRequest&) -> ServerResponse {
    return {503, {{"Retry-After", "Thu, 14 Apr 2022 08:02:00 GMT"}}, ""};
  });
  const auto response = fetch_one(*client(), get(server.url("/")));
  ASSERT_TRUE(response.ok()) << response.status();
  const absl::Time now = absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(retry_after(*response, now), absl::Minutes(2));
  EXPECT_EQ(retry_after(*response, now + absl::Hours(1)), absl::ZeroDuration());
}

TEST(HttpClient, SendsBodiesAndMethods) {
  HitServer server([](const ServerRequest& request) -> ServerResponse {
    return {200, {}, request.method + " " + request.body};
  });
  const auto fetcher = client();
  HttpRequest request = get(server.url("/"));
  request.method = "POST";
  request.body = "a=b";
  EXPECT_EQ(fetch_one(*fetcher, request)->body, "POST a=b");
  EXPECT_EQ(server.requests().back().header("expect"), "");
  request.method = "PUT";
  EXPECT_EQ(fetch_one(*fetcher, request)->body, "PUT a=b");
  request.method = "DELETE";
  request.body.clear();
  EXPECT_EQ(fetch_one(*fetcher, request)->body, "DELETE ");
  request.method = "HEAD";
  const auto head = fetch_one(*fetcher, request);
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(header_value(head->headers, "content-length"), "5");
}

TEST(HttpClient, RefusesBadRequestsInDrive) {
  const auto fetcher = client();
  std::vector<HttpRequest> bad(7, get("http://127.0.0.1:1/"));
  bad[0].headers = {{"X", "a\r\nY: b"}};
  bad[1].headers = {{"X\n", "a"}};
  bad[2].headers = {{"X", std::string("a\0b", 3)}};
  bad[3].authorization = "Bearer a\r\nX: y";
  bad[4].method = "GET / HTTP/1.1\r\nX:";
  bad[5].url = "http://user:password@127.0.0.1:1/";
  bad[6].url = "not a url";
  int done = 0;
  for (const HttpRequest& request : bad) {
    fetcher->fetch(request, [&](absl::StatusOr<HttpResponse> result) {
      EXPECT_TRUE(absl::IsInvalidArgument(result.status())) << result.status();
      ++done;
    });
  }
  EXPECT_EQ(done, 0) << "done runs inside drive() only";
  EXPECT_EQ(fetcher->drive(absl::Seconds(60)), 0U);
  EXPECT_EQ(done, 7);
}

TEST(HttpClient, FetchesNothingButTheWeb) {
  const auto fetcher = client();
  for (const char* url :
       {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "ldap://127.0.0.1/"}) {
    EXPECT_TRUE(absl::IsPermissionDenied(fetch_one(*fetcher, get(url)).status())) << url;
  }
}

TEST(HttpClient, TheGuardHoldsForEverySpellingOfLoopback) {
  HitServer server([](const ServerRequest&) -> ServerResponse { return {200, {}, "inside"}; });
  const auto fetcher = client({});
  for (const char* host : {"127.0.0.1",
                           "localhost",
                           "LOCALHOST",
                           "localhost.",
                           "2130706433",
                           "0x7f000001",
                           "017700000001",
                           "0x7f.0.0.1",
                           "0177.0.0.1",
                           "127.1",
                           "127.0.1",
                           "127.0.0.1.",
                           "0",
                           "0.0.0.0",
                           "[::1]",
                           "[::]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[64:ff9b::7f00:1]",
                           "[2002:7f00:1::]",
                           "%31%32%37.0.0.1"}) {
    const auto status = fetch_one(*fetcher, get(str_cat("http://", host, ":", server.port(), "/"))).status();
    EXPECT_FALSE(status.ok()) << host;
    EXPECT_TRUE(absl::IsPermissionDenied(status) || absl::IsInvalidArgument(status) ||
                absl::IsUnavailable(status))
        << host << " " << status;
  }
  for (const char* host :
       {"127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]"}) {
    const auto status = fetch_one(*fetcher, get(str_cat("http://", host, ":", server.port(), "/"))).status();
    EXPECT_TRUE(absl::IsPermissionDenied(status)) << host << " " << status;
  }
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(HttpClient, TakesNothingFromTheEnvironment) {
  HitServer proxy([](const ServerRequest&) -> ServerResponse { return {200, {}, "proxied"}; });
  HitServer server([](const ServerRequest&) -> ServerResponse { return {200, {}, "direct"}; });
  ::setenv("http_proxy", proxy.url("").c_str(), 1);
  ::setenv("ALL_PROXY", proxy.url("").c_str(), 1);
  const auto response = fetch_one(*client(), get(server.url("/")));
  ::unsetenv("http_proxy");
  ::unsetenv("ALL_PROXY");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "direct");
  EXPECT_THAT(proxy.requests(), IsEmpty());
}

TEST(HttpClient, NobodyThereIsUnavailable) {
  std::uint16_t port = 0;
  {
    port = HitServer([](const ServerRequest&) { return ServerResponse(); }).port();
  }
  const auto status = fetch_one(*client(), get(str_cat("http://127.0.0.1:", port, "/"))).status();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
}

TEST(HttpClient, CallbacksMayAskAgain) {
  HitServer server([](const ServerRequest&) -> ServerResponse { return {200, {}, "x"}; });
  const auto fetcher = client();
  int answers = 0;
  FetchDone again = [&](absl::StatusOr<HttpResponse> response) {
    ASSERT_TRUE(response.ok()) << response.status();
    if (++answers < 10) fetcher->fetch(get(server.url("/")), again);
  };
  fetcher->fetch(get(server.url("/")), again);
  while (fetcher->drive(absl::Seconds(1)) > 0) {
  }
  EXPECT_EQ(answers, 10);
}

TEST(HttpClient, TheQueueIsBounded) {
  HitServer server([](const ServerRequest&) -> ServerResponse { return {200, {}, "x"}; });
  HttpClientOptions options;
  options.allow = {"127.0.0.1:*"};
  options.max_queued = 5;
  const auto fetcher = *make_http_client(options);
  int good = 0;
  int refused = 0;
  for (int i = 0; i < 8; ++i) {
    fetcher->fetch(get(server.url("/")), [&](absl::StatusOr<HttpResponse> response) {
      good += response.ok() ? 1 : 0;
      refused += absl::IsResourceExhausted(response.status()) ? 1 : 0;
    });
  }
  while (fetcher->drive(absl::Seconds(1)) > 0) {
  }
  EXPECT_EQ(good, 5);
  EXPECT_EQ(refused, 3);
}

TEST(HttpClient, TheDestructorAnswersEveryone) {
  HitServer server([](const ServerRequest&) -> ServerResponse { return {200, {}, "x"}; });
  auto fetcher = client();
  int cancelled = 0;
  for (int i = 0; i < 20; ++i) {
    fetcher->fetch(get(server.url("/")), [&](absl::StatusOr<HttpResponse> response) {
      cancelled += absl::IsCancelled(response.status()) ? 1 : 0;
    });
  }
  fetcher->drive(absl::ZeroDuration());
  const int answered = 20 - static_cast<int>(fetcher->drive(absl::ZeroDuration()));
  fetcher.reset();
  EXPECT_EQ(cancelled, 20 - answered);
}

TEST(HttpClient, WakeEndsAWait) {
  const auto fetcher = client();
  std::thread waker([&] { fetcher->wake(); });
  fetcher->drive(absl::Hours(1));  // would time the test out
  waker.join();
}

TEST(HttpClient, BadAllowListIsToldAtOnce) {
  HttpClientOptions options;
  options.allow = {"localhost"};
  EXPECT_TRUE(absl::IsInvalidArgument(make_http_client(options).status()));
}

}  // namespace
}  // namespace copytaster
