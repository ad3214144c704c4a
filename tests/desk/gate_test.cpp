// Who may come in.
#include "desk/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/time.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/raw_client.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kToken = "correct horse battery staple";

ServerRequest request(std::string_view method, std::string_view path, std::vector<HttpHeader> headers,
                      std::string_view peer = "127.0.0.1:50000") {
  ServerRequest out;
  out.method = std::string(method);
  out.path = std::string(path);
  out.headers = std::move(headers);
  out.peer = std::string(peer);
  return out;
}

class GateTest : public testing::Test {
 protected:
  Gate& gate(std::string address = "0.0.0.0", std::string token = std::string(kToken)) {
    DeskOptions options;
    options.address = std::move(address);
    options.token = std::move(token);
    options.host_names = {"Desk.Example"};
    gate_ = std::make_unique<Gate>(options, [this] { return now_; });
    return *gate_;
  }
  // 0: let in.
  static int status(Gate& gate, const ServerRequest& request, bool open = false) {
    const auto refusal = gate.refuse(request, open);
    return refusal ? refusal->status : 0;
  }
  static ServerRequest with_token(std::string_view token, std::string_view peer = "192.0.2.1:50000") {
    return request("GET", "/api/stories",
                   {{"Host", "desk.test"}, {"Authorization", str_cat("Bearer ", token)}}, peer);
  }
  absl::Duration now_ = absl::Hours(1);
  std::unique_ptr<Gate> gate_;
};

TEST(GateOptions, NobodyListensToTheWorldWithoutAToken) {
  for (const std::string_view address :
       {"0.0.0.0", "::", "192.0.2.1", "example.org", "", "127.0.0.1.evil.test", "0"}) {
    DeskOptions options;
    options.address = std::string(address);
    EXPECT_TRUE(absl::IsFailedPrecondition(Gate::check_options(options))) << address;
    options.token = "too short";
    EXPECT_TRUE(absl::IsFailedPrecondition(Gate::check_options(options))) << address;
    options.token = std::string(16, 'x');
    EXPECT_TRUE(Gate::check_options(options).ok()) << address;
  }
  for (const std::string_view address : {"127.0.0.1", "127.8.9.1", "::1", "localhost"}) {
    DeskOptions options;
    options.address = std::string(address);
    EXPECT_TRUE(Gate::check_options(options).ok()) << address;
    options.token = "too short";
    EXPECT_FALSE(Gate::check_options(options).ok()) << address;
  }
}

TEST_F(GateTest, OnLoopbackOnlyLoopbackNamesAreAnswered) {
  Gate& g = gate("127.0.0.1", "");
  for (const std::string_view host : {"localhost", "localhost:8642", "LOCALHOST:1", "127.0.0.1:8642",
                                      "[::1]:8642", "[::1]", "desk.example", "desk.example:443"}) {
    EXPECT_EQ(status(g, request("GET", "/", {{"Host", std::string(host)}})), 0) << host;
  }
  for (const std::string_view host : {"evil.test", "localhost.evil.test", "127.0.0.1.evil.test:8642", "",
                                      "[::1", "desk.example.evil", "0.0.0.0:8642", "192.168.0.1"}) {
    EXPECT_EQ(status(g, request("GET", "/", {{"Host", std::string(host)}})), 421) << host;
    EXPECT_EQ(status(g, request("GET", "/livez", {{"Host", std::string(host)}}), true), 421) << host;
  }
}

TEST_F(GateTest, TheTokenOpensAndNothingElseDoes) {
  Gate& g = gate();
  EXPECT_EQ(status(g, with_token(kToken)), 0);
  EXPECT_EQ(status(g, with_token("wrong")), 401);
  EXPECT_EQ(status(g, with_token(str_cat(kToken, "x"))), 401);
  EXPECT_EQ(status(g, with_token("")), 401);
  EXPECT_EQ(status(g, request("GET", "/api/stories", {{"Host", "desk.test"}})), 401);
  EXPECT_EQ(status(g, request("GET", "/livez", {{"Host", "desk.test"}}), true), 0);
  const auto browser =
      g.refuse(request("GET", "/", {{"Host", "desk.test"}, {"Accept", "text/html,*/*"}}), false);
  ASSERT_TRUE(browser);
  EXPECT_EQ(browser->status, 303);
}

TEST_F(GateTest, GuessingIsThrottledByPeer) {
  Gate& g = gate();
  int refused = 0, throttled = 0;
  for (int i = 0; i < 10'000; ++i) {
    const int code = status(g, with_token(str_cat("guess ", i), str_cat("192.0.2.1:", 1024 + i)));
    refused += code == 401 ? 1 : 0;
    throttled += code == 429 ? 1 : 0;
  }
  EXPECT_EQ(refused, 10);
  EXPECT_EQ(throttled, 9'990);
  EXPECT_EQ(status(g, with_token(kToken)), 429) << "a throttled peer is not even looked at";
  EXPECT_EQ(status(g, with_token(kToken, "198.51.100.7:1")), 0) << "another peer is not held liable";
  now_ += absl::Minutes(1);
  EXPECT_EQ(status(g, with_token(kToken)), 0);
}

TEST_F(GateTest, GuessingFromManyPeersIsThrottledInAllButNotForThoseWhoCameBefore) {
  Gate& g = gate();
  EXPECT_EQ(status(g, with_token(kToken, "198.51.100.7:1")), 0);
  int refused = 0;
  for (int i = 0; i < 10'000; ++i) {
    refused += status(g, with_token("guess", str_cat("10.", i / 250, ".", i % 250, ".1:1"))) == 401 ? 1 : 0;
  }
  EXPECT_EQ(refused, 100);
  EXPECT_EQ(status(g, with_token(kToken, "198.51.100.8:1")), 429);
  EXPECT_EQ(status(g, with_token(kToken, "198.51.100.7:1")), 0);
}

TEST(Peers, AHouseholdIsOnePeer) {
  EXPECT_EQ(peer_key("192.0.2.1:50000"), peer_key("192.0.2.1:50001"));
  EXPECT_NE(peer_key("192.0.2.1:50000"), peer_key("192.0.2.2:50000"));
  EXPECT_EQ(peer_key("[2001:db8:1:2::1]:50000"), peer_key("[2001:db8:1:2:ffff::9]:1"));
  EXPECT_NE(peer_key("[2001:db8:1:2::1]:50000"), peer_key("[2001:db8:1:3::1]:50000"));
}

TEST_F(GateTest, LoginGivesASessionThatEnds) {
  Gate& g = gate();
  ServerRequest login = request("POST", "/login", {{"Host", "desk.test"}, {"Origin", "https://desk.test"}});
  login.body = "token=correct+horse%20battery+staple";
  const ServerResponse response = g.login(login);
  EXPECT_EQ(response.status, 303);
  const std::string cookie(header_value(response.headers, "set-cookie"));
  EXPECT_THAT(cookie,
              AllOf(StartsWith("__Host-copytaster_session="), HasSubstr("; HttpOnly"), HasSubstr("; Secure"),
                    HasSubstr("; SameSite=Strict"), HasSubstr("; Path=/"), Not(HasSubstr("Domain"))));
  EXPECT_THAT(cookie, Not(HasSubstr("horse"))) << "the token is not in the cookie";
  const std::string pair = cookie.substr(0, cookie.find(';'));
  const auto with = [&](const std::string& value) {
    return request("GET", "/", {{"Host", "desk.test"}, {"Cookie", str_cat("a=b; ", value)}});
  };
  EXPECT_EQ(status(g, with(pair)), 0);
  EXPECT_EQ(status(g, with(pair + "0")), 401);
  EXPECT_EQ(status(g, with("__Host-copytaster_session=")), 401);
  now_ += absl::Hours(13);
  EXPECT_EQ(status(g, with(pair)), 401);
  const ServerResponse again = g.login(login);
  const std::string second(header_value(again.headers, "set-cookie"));
  EXPECT_EQ(status(g, with(second.substr(0, second.find(';')))), 0);
  EXPECT_EQ(g.logout(with(second.substr(0, second.find(';')))).status, 303);
  EXPECT_EQ(status(g, with(second.substr(0, second.find(';')))), 401);
}

TEST_F(GateTest, LoginOnLoopbackUsesAPlainCookie) {
  Gate& g = gate("127.0.0.1");
  ServerRequest login = request("POST", "/login", {{"Host", "127.0.0.1:8642"}});
  login.body = str_cat("token=", kToken);
  const std::string cookie(header_value(g.login(login).headers, "set-cookie"));
  EXPECT_THAT(cookie, AllOf(StartsWith("copytaster_session="), Not(HasSubstr("Secure")),
                            HasSubstr("SameSite=Strict")));
}

TEST_F(GateTest, LoginFormsAreThrottledToo) {
  Gate& g = gate();
  ServerRequest login = request("POST", "/login", {{"Host", "desk.test"}});
  login.body = "token=wrong";
  for (int i = 0; i < 10; ++i) EXPECT_EQ(g.login(login).status, 401);
  const ServerResponse response = g.login(login);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header_value(response.headers, "retry-after"), "60");
}

TEST_F(GateTest, ChangesComeFromOurOwnPagesOnly) {
  Gate& g = gate("127.0.0.1", "");
  const auto post = [&](std::vector<HttpHeader> headers) {
    headers.push_back({"Host", "localhost:8642"});
    return status(g, request("POST", "/login", std::move(headers)), true);
  };
  EXPECT_EQ(post({{"Origin", "http://localhost:8642"}}), 0);
  EXPECT_EQ(post({{"Origin", "http://localhost:8642"}, {"Sec-Fetch-Site", "same-origin"}}), 0);
  EXPECT_EQ(post({{"Sec-Fetch-Site", "same-origin"}}), 0);
  EXPECT_EQ(post({}), 403);
  EXPECT_EQ(post({{"Origin", "null"}}), 403);
  EXPECT_EQ(post({{"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}}), 403);
  EXPECT_EQ(post({{"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}), 0)
      << "what a browser sends for a form on a page with Referrer-Policy: no-referrer";
  EXPECT_EQ(post({{"Origin", "http://evil.test"}}), 403);
  EXPECT_EQ(post({{"Origin", "x://localhost:8642"}}), 403) << "no web page has that address";
  EXPECT_EQ(post({{"Origin", "http://localhost:9999"}}), 403);
  EXPECT_EQ(post({{"Origin", "http://localhost:8642.evil.test"}}), 403);
  EXPECT_EQ(post({{"Origin", "http://localhost:8642"}, {"Sec-Fetch-Site", "cross-site"}}), 403);
  EXPECT_EQ(post({{"Origin", "http://evil.test"}, {"Sec-Fetch-Site", "same-origin"}}), 403);
  EXPECT_EQ(post({{"Sec-Fetch-Site", "same-site"}}), 403);
}

TEST_F(GateTest, OtherSitesPagesMayLinkButNotLoad) {
  Gate& g = gate("127.0.0.1", "");
  const auto get = [&](std::string mode) {
    return status(
        g, request("GET", "/api/stories",
                   {{"Host", "localhost"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", mode}}));
  };
  EXPECT_EQ(get("navigate"), 0);
  EXPECT_EQ(get("no-cors"), 403);
  EXPECT_EQ(get("cors"), 403);
}

// The same through the real server.
TEST(GateOverHttp, TokenHostAndOrigin) {
  FakeStore store;
  put_visit(store);
  FakeMedia media;
  const ManualClock clock(absl::UnixEpoch());
  DeskOptions options;
  options.port = 0;
  options.token = std::string(kToken);
  auto server = DeskServer::start(
      options, {.store = &store, .media = &media, .clock = &clock, .not_ready = {}, .thumbnail = {}});
  ASSERT_TRUE(server.ok()) << server.status();
  const std::uint16_t port = (*server)->port();
  EXPECT_EQ(ask(port, "GET /livez").status, 200);
  EXPECT_EQ(ask(port, "GET /readyz").status, 200);
  for (const std::string_view path :
       {"/api/stories", "/api/items", "/api/status", "/openapi.json", "/media/00", "/nothing"}) {
    const RawReply closed = ask(port, str_cat("GET ", path));
    EXPECT_EQ(closed.status, 401) << path;
    EXPECT_THAT(closed.header("www-authenticate"), StartsWith("Bearer"));
  }
  const std::string bearer = str_cat("Host: localhost\r\nAuthorization: Bearer ", kToken, "\r\n");
  EXPECT_EQ(ask(port, "GET /api/stories", bearer).status, 200);
  EXPECT_EQ(ask(port, "GET /api/stories", replace_all(bearer, "localhost", "rebound.evil.test")).status, 421);
  const std::string form = str_cat("token=", replace_all(kToken, " ", "+"));
  EXPECT_EQ(ask(port, "POST /login", "Host: localhost\r\nOrigin: http://evil.test\r\n", form).status, 403);
  const RawReply login = ask(port, "POST /login", "Host: localhost\r\nOrigin: http://localhost\r\n", form);
  EXPECT_EQ(login.status, 303);
  const std::string cookie = login.header("set-cookie");
  EXPECT_EQ(
      ask(port, "GET /", str_cat("Host: localhost\r\nCookie: ", cookie.substr(0, cookie.find(';')), "\r\n"))
          .status,
      200);
  EXPECT_EQ(ask(port, "GET /", "Host: localhost\r\nAccept: text/html\r\n").header("location"), "/login");
  EXPECT_THAT(ask(port, "GET /login").body, HasSubstr("<form method=\"post\" action=\"/login\">"));
}

TEST(DeskServerStart, TellsWhyNot) {
  FakeStore store;
  FakeMedia media;
  const ManualClock clock(absl::UnixEpoch());
  const DeskDependencies house = {
      .store = &store, .media = &media, .clock = &clock, .not_ready = {}, .thumbnail = {}};
  DeskOptions open;
  open.address = "0.0.0.0";
  open.port = 0;
  EXPECT_TRUE(absl::IsFailedPrecondition(DeskServer::start(open, house).status()));
  DeskOptions first;
  first.port = 0;
  auto server = DeskServer::start(first, house);
  ASSERT_TRUE(server.ok()) << server.status();
  DeskOptions second;
  second.port = (*server)->port();
  EXPECT_TRUE(absl::IsUnavailable(DeskServer::start(second, house).status()));
}

}  // namespace
}  // namespace copytaster
