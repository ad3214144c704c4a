// The client where a server sends it elsewhere: methods, limits, forbidden addresses, credentials.
#include <gtest/gtest.h>

#include "core/strings.h"
#include "tests/net/http_client_support.h"
#include "tests/support/fetching.h"
#include "tests/support/hit_server.h"

namespace copytaster {
namespace {

using ::copytaster::testing::fetch_one;
using ::copytaster::testing::get;
using ::copytaster::testing::HitServer;

ServerResponse redirect(int status, std::string to) {
  return {status, {{"Location", std::move(to)}}, "moved"};
}

TEST(HttpRedirects, PermanentUrlHoldsOnlyWhenEveryHopWasPermanent) {
  HitServer server([](const ServerRequest& request) -> ServerResponse {
    if (request.path == "/old") return redirect(301, "/older?x=1");
    if (request.path == "/older") return redirect(308, "new");
    if (request.path == "/mixed") return redirect(301, "/temporary");
    if (request.path == "/temporary") return redirect(302, "/new");
    return {200, {}, "there"};
  });
  const auto fetcher = client();
  const auto permanent = fetch_one(*fetcher, get(server.url("/old")));
  ASSERT_TRUE(permanent.ok()) << permanent.status();
  EXPECT_EQ(permanent->body, "there");
  EXPECT_EQ(permanent->final_url, server.url("/new"));
  EXPECT_EQ(permanent->permanent_url, server.url("/new"));
  for (const char* path : {"/mixed", "/temporary"}) {
    const auto passing = fetch_one(*fetcher, get(server.url(path)));
    ASSERT_TRUE(passing.ok()) << passing.status();
    EXPECT_EQ(passing->final_url, server.url("/new"));
    EXPECT_EQ(passing->permanent_url, "");
  }
}

TEST(HttpRedirects, RedirectsChangeTheMethodAsTheWebDoes) {
  HitServer server([](const ServerRequest& request) -> ServerResponse {
    if (request.path == "/echo") {
      return {200, {}, str_cat(request.method, " ", request.body, " ", request.header("content-type"))};
    }
    return redirect(std::stoi(request.path.substr(1)), "/echo");
  });
  const auto fetcher = client();
  HttpRequest request;
  request.method = "POST";
  request.body = "b";
  request.headers = {{"Content-Type", "text/plain"}};
  for (const auto& [status, echoed] :
       {std::pair(301, "GET  "), std::pair(302, "GET  "), std::pair(303, "GET  "),
        std::pair(307, "POST b text/plain"), std::pair(308, "POST b text/plain")}) {
    request.url = server.url(str_cat("/", status));
    const auto response = fetch_one(*fetcher, request);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->body, echoed) << status;
  }
}

TEST(HttpRedirects, StopsAtTheLastAllowedRedirect) {
  HitServer server([](const ServerRequest& request) -> ServerResponse {
    const int left = std::stoi(request.path.substr(1));
    return left == 0 ? ServerResponse{200, {}, "end"} : redirect(302, str_cat("/", left - 1));
  });
  const auto fetcher = client();
  EXPECT_EQ(fetch_one(*fetcher, get(server.url("/5")))->body, "end");
  EXPECT_TRUE(absl::IsResourceExhausted(fetch_one(*fetcher, get(server.url("/6"))).status()));
  HttpRequest none = get(server.url("/1"));
  none.max_redirects = 0;
  const auto handed_back = fetch_one(*fetcher, none);
  ASSERT_TRUE(handed_back.ok()) << handed_back.status();
  EXPECT_EQ(handed_back->status, 302);
  EXPECT_EQ(header_value(handed_back->headers, "location"), "/0");
}

TEST(HttpRedirects, ALoopEnds) {
  HitServer server([](const ServerRequest&) { return redirect(301, "/again"); });
  EXPECT_TRUE(absl::IsResourceExhausted(fetch_one(*client(), get(server.url("/again"))).status()));
  EXPECT_EQ(server.hits("/again"), 6);
}

TEST(HttpRedirects, RedirectsLeaveTheWebForNothing) {
  std::string target;
  HitServer server([&target](const ServerRequest&) { return redirect(302, target); });
  const auto fetcher = client();
  for (const char* bad :
       {"file:///etc/passwd", "FILE:///etc/passwd", "file:/etc/passwd", "ftp://127.0.0.1/x",
        "gopher://127.0.0.1/", "data:text/plain,x", "javascript:alert(1)", "dict://127.0.0.1:11211/"}) {
    target = bad;
    const auto status = fetch_one(*fetcher, get(server.url("/"))).status();
    EXPECT_FALSE(status.ok()) << bad;
    EXPECT_TRUE(absl::IsPermissionDenied(status) || absl::IsUnavailable(status)) << bad << " " << status;
  }
  target = "file:///etc/passwd";
  EXPECT_TRUE(absl::IsPermissionDenied(fetch_one(*fetcher, get(server.url("/"))).status()));
}

TEST(HttpRedirects, RedirectsToAForbiddenAddressAreNotDialled) {
  HttpServerOptions options;
  options.address = "0.0.0.0";  // listens on 127.0.0.2 too, so that a dial would succeed
  std::string target;
  HitServer server(
      [&target](const ServerRequest& request) -> ServerResponse {
        if (request.path == "/secret") return {200, {}, "secret"};
        return redirect(302, target);
      },
      options);
  const auto fetcher = client();
  for (const char* host :
       {"127.0.0.2", "0x7f000002", "2130706434", "0177.0.0.2", "127.2", "[::ffff:127.0.0.2]", "0.0.0.0"}) {
    target = str_cat("http://", host, ":", server.port(), "/secret");
    const auto status = fetch_one(*fetcher, get(server.url("/"))).status();
    EXPECT_TRUE(absl::IsPermissionDenied(status)) << host << " " << status;
  }
  EXPECT_EQ(server.hits("/secret"), 0);
}

TEST(HttpRedirects, CredentialsStayWithTheirHost) {
  const auto answer = [](const ServerRequest&) -> ServerResponse { return {200, {}, "there"}; };
  HitServer other(answer);
  HitServer server([&other](const ServerRequest& request) -> ServerResponse {
    if (request.path == "/away") return redirect(302, other.url("/x"));
    if (request.path == "/here") return redirect(302, "/x");
    return {200, {}, "there"};
  });
  const auto fetcher = client();
  HttpRequest request = get(server.url("/here"));
  request.authorization = "Bearer secret";
  request.headers = {{"Cookie", "session=secret"}, {"X-Kept", "yes"}, {"Host", "example.org"}};
  ASSERT_TRUE(fetch_one(*fetcher, request).ok());
  EXPECT_EQ(server.requests().back().header("authorization"), "Bearer secret");
  EXPECT_EQ(server.requests().back().header("host"), "example.org");

  request.url = server.url("/away");
  ASSERT_TRUE(fetch_one(*fetcher, request).ok());
  const ServerRequest seen = other.requests().at(0);
  EXPECT_EQ(seen.header("authorization"), "");
  EXPECT_EQ(seen.header("cookie"), "");
  EXPECT_EQ(seen.header("x-kept"), "yes");
  EXPECT_EQ(seen.header("host"), str_cat("127.0.0.1:", other.port()));
}

TEST(HttpRedirects, CredentialsDoNotComeBackWithALaterHop) {
  std::string back;
  HitServer other([&back](const ServerRequest&) { return redirect(302, back); });
  HitServer server([&other](const ServerRequest& request) -> ServerResponse {
    return request.path == "/away" ? redirect(302, other.url("/")) : ServerResponse{200, {}, "back"};
  });
  back = server.url("/back");
  HttpRequest request = get(server.url("/away"));
  request.authorization = "Bearer secret";
  ASSERT_EQ(fetch_one(*client(), request)->body, "back");
  EXPECT_EQ(server.requests().back().header("authorization"), "");
}

}  // namespace
}  // namespace copytaster
