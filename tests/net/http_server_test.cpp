#include "net/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

#include "core/strings.h"
#include "tests/support/hit_server.h"
#include "tests/support/sockets.h"

namespace copytaster {
namespace {

using ::copytaster::testing::connect_to;
using ::copytaster::testing::HitServer;
using ::copytaster::testing::Socket;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

ServerResponse echo(const ServerRequest& request) {
  return {200,
          {{"Content-Type", "text/plain"}},
          str_cat(request.method, " ", request.path, " ", request.query, " ", request.body)};
}

// All that comes back for `bytes` until the server closes.
std::string talk(const HitServer& server, std::string_view bytes) {
  const Socket socket = connect_to(server.port());
  socket.send(bytes);
  return socket.receive_all();
}

constexpr std::string_view kGood = "GET /good HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

TEST(HttpServer, Answers) {
  HitServer server(echo);
  const std::string answer =
      talk(server, "GET /a%20b?q=%20 HTTP/1.1\r\nHost: h\r\nX-A: b\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/plain\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 15\r\n"));
  EXPECT_THAT(answer, HasSubstr(" GMT\r\n"));
  EXPECT_THAT(answer, ::testing::EndsWith("\r\n\r\nGET /a b q=%20 "));
  const ServerRequest seen = server.requests().at(0);
  EXPECT_EQ(seen.header("x-a"), "b");
  EXPECT_THAT(seen.peer, StartsWith("127.0.0.1:"));
}

TEST(HttpServer, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
  HitServer server(echo);
  const std::string answers =
      talk(server,
           "POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
           "POST /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
           "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const auto first = answers.find("POST /1  abc");
  const auto second = answers.find("POST /2  def");
  const auto third = answers.find("GET /3  ");
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_NE(third, std::string::npos);
}

TEST(HttpServer, HeadHasTheLengthAndNoBody) {
  HitServer server([](const ServerRequest&) -> ServerResponse { return {200, {}, "12345"}; });
  const std::string answer = talk(server, "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
  EXPECT_THAT(answer, ::testing::EndsWith("\r\n\r\n"));
}

TEST(HttpServer, NoContentHasNoLength) {
  HitServer server([](const ServerRequest&) -> ServerResponse { return {204, {}, ""}; });
  EXPECT_THAT(talk(server, kGood), Not(HasSubstr("Content-Length")));
}

TEST(HttpServer, TheHandlersFaultsBecome500) {
  HitServer server([](const ServerRequest& request) -> ServerResponse {
    if (request.path == "/throw") throw std::runtime_error("broken");
    if (request.path == "/odd") throw 7;
    if (request.path == "/split") return {200, {{"X", "a\r\nSet-Cookie: b"}}, "x"};
    if (request.path == "/status") return {99, {}, "x"};
    return {200, {{"Content-Length", "999"}, {"Connection", "upgrade"}}, "fine"};
  });
  for (const char* path : {"/throw", "/odd", "/split", "/status"}) {
    const std::string answer =
        talk(server, str_cat("GET ", path, " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 ")) << path;
    EXPECT_THAT(answer, Not(HasSubstr("broken"))) << path;
    EXPECT_THAT(answer, Not(HasSubstr("Set-Cookie"))) << path;
  }
  const std::string answer = talk(server, kGood);
  EXPECT_THAT(answer, HasSubstr("Content-Length: 4\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("999")));
}

TEST(HttpServer, RefusesWhatTwoReadersMayUnderstandDifferently) {
  HitServer server(echo);
  for (const char* request : {
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\n\r\nhello",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\nhello",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\nhello",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551617\r\n\r\nhello",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
           "chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length : 5\r\n\r\nhello",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n",
           "GET / HTTP/1.1\nHost: h\n\n",
           "GET /.. HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET / HTTP/9.9\r\nHost: h\r\n\r\n",
           "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET /\r\n\r\n",
           "\x16\x03\x01 no tls here\r\n\r\n",
       }) {
    const std::string answer = talk(server, request);
    const std::string_view code = std::string_view(answer).substr(0, 13);
    EXPECT_TRUE(code == "HTTP/1.1 400 " || code == "HTTP/1.1 413 ") << request << " -> " << answer;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << request;
  }
  const std::string with_nul("GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 36);
  EXPECT_THAT(talk(server, with_nul), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(server.requests(), IsEmpty());
  EXPECT_THAT(talk(server, kGood), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServer, TrailersAreNotHeaders) {
  HitServer server(echo);
  talk(server,
       "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: "
       "chunked\r\n\r\n0\r\nX-Late: yes\r\n\r\n");
  EXPECT_EQ(server.requests().at(0).header("x-late"), "");
}

TEST(HttpServer, LimitsHeaderAndBody) {
  HttpServerOptions options;
  options.max_header_bytes = 4096;
  options.max_body_bytes = 1000;
  HitServer server(echo, options);
  const std::string big_header =
      str_cat("GET / HTTP/1.1\r\nHost: h\r\nX: ", std::string(5000, 'x'), "\r\n\r\n");
  EXPECT_THAT(talk(server, big_header), StartsWith("HTTP/1.1 431 "));
  const std::string big_target = str_cat("GET /", std::string(64 << 20, 'x'), " HTTP/1.1\r\n\r\n");
  EXPECT_THAT(talk(server, big_target), Not(HasSubstr("200")));
  EXPECT_THAT(talk(server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  const std::string chunked =
      str_cat("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n",
              std::string(1001, 'x'), "\r\n0\r\n\r\n");
  EXPECT_THAT(talk(server, chunked), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(server.requests(), IsEmpty());
  const std::string fits =
      str_cat("POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n",
              std::string(1000, 'x'));
  EXPECT_THAT(talk(server, fits), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServer, SaysContinueToThoseWhoAsk) {
  HitServer server(echo);
  const Socket socket = connect_to(server.port());
  socket.send(
      "POST /up HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: "
      "close\r\n\r\n");
  EXPECT_THAT(socket.receive_until("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue\r\n"));
  socket.send("ab");
  EXPECT_THAT(socket.receive_all(), HasSubstr("POST /up  ab"));
}

TEST(HttpServer, ThreeHundredSlowClientsDelayNobodyAndAreCut) {
  HttpServerOptions options;
  options.read_timeout = absl::Milliseconds(500);
  HitServer server(echo, options);
  std::vector<Socket> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(connect_to(server.port()));
    ASSERT_GE(slow.back().fd(), 0);
    slow.back().send(i % 3 == 0   ? ""
                     : i % 3 == 1 ? "GET / HTTP/1.1\r\nHost:"
                                  : "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
  }
  for (int i = 0; i < 20; ++i) EXPECT_THAT(talk(server, kGood), StartsWith("HTTP/1.1 200 "));
  for (const Socket& socket : slow) EXPECT_EQ(socket.receive_all(), "");  // returns once it is cut
  EXPECT_EQ(server.hits("/"), 0);
}

TEST(HttpServer, DrippingDoesNotProlongTheDeadline) {
  HttpServerOptions options;
  options.read_timeout = absl::Milliseconds(200);
  HitServer server(echo, options);
  const Socket socket = connect_to(server.port());
  socket.send("GET / HTTP/1.1\r\nHost: h\r\nX: ");
  while (socket.send("x")) {
    pollfd gone{socket.fd(), POLLIN | POLLRDHUP, 0};
    if (::poll(&gone, 1, 10) > 0) break;
  }
  EXPECT_EQ(socket.receive_all(), "");
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(HttpServer, IdleConnectionsAreClosed) {
  HttpServerOptions options;
  options.idle_timeout = absl::Milliseconds(100);
  HitServer server(echo, options);
  const Socket socket = connect_to(server.port());
  socket.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(socket.receive_all(), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServer, AClientThatDoesNotReadIsCut) {
  HttpServerOptions options;
  options.write_timeout = absl::Milliseconds(200);
  options.max_connections = 1;
  constexpr std::size_t kBig = std::size_t{64} << 20;
  HitServer server(
      [](const ServerRequest& request) -> ServerResponse {
        return {200, {}, std::string(request.path == "/big" ? kBig : 1, 'x')};
      },
      options);
  const Socket socket = connect_to(server.port());
  socket.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(talk(server, kGood), StartsWith("HTTP/1.1 503 ")) << "the only place is taken …";
  while (!talk(server, kGood).starts_with("HTTP/1.1 200 ")) {  // … and comes free only by the cut
  }
  EXPECT_LT(socket.receive_all().size(), kBig);
}

TEST(HttpServer, ConnectionsAreBounded) {
  HttpServerOptions options;
  options.max_connections = 2;
  HitServer server(echo, options);
  Socket first = connect_to(server.port());
  first.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(first.receive_until("GET /1"), HasSubstr("200"));
  const Socket second = connect_to(server.port());
  second.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(second.receive_until("GET /2"), HasSubstr("200"));
  EXPECT_THAT(connect_to(server.port()).receive_all(), StartsWith("HTTP/1.1 503 "));
}

TEST(HttpServer, ManyThreadsServeAtOnce) {
  HttpServerOptions options;
  options.threads = 2;
  std::latch both(2);
  HitServer server(
      [&both](const ServerRequest&) -> ServerResponse {
        both.arrive_and_wait();  // passes only when two handlers run at the same time
        return {200, {}, "together"};
      },
      options);
  std::string other;
  std::thread client([&] { other = talk(server, kGood); });
  EXPECT_THAT(talk(server, kGood), HasSubstr("together"));
  client.join();
  EXPECT_THAT(other, HasSubstr("together"));
}

TEST(HttpServer, StoppingFinishesTheAnswerUnderWay) {
  std::latch begun(1);
  std::latch go_on(1);
  auto server = std::make_unique<HitServer>([&](const ServerRequest&) -> ServerResponse {
    begun.count_down();
    go_on.wait();
    return {200, {}, "finished"};
  });
  const Socket busy = connect_to(server->port());
  busy.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  begun.wait();
  const Socket idle = connect_to(server->port());
  std::thread stopper([&] { server.reset(); });
  go_on.count_down();
  EXPECT_THAT(busy.receive_all(), HasSubstr("finished"));
  EXPECT_EQ(idle.receive_all(), "");
  stopper.join();
}

TEST(HttpServer, StopsAtOnceWhenItsLastConnectionIsJustEnding) {
  // Once, the threads ended with the last connection and stopping waited out its grace, now and then.
  // The grace would let this run for minutes and time out.
  for (int i = 0; i < 200; ++i) {
    HitServer server(echo);
    const Socket socket = connect_to(server.port());
    socket.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(socket.receive_until("GET /"), HasSubstr("200"));
  }
}

TEST(HttpServer, SaysWhichAddressIsTaken) {
  HitServer server(echo);
  HttpServerOptions options;
  options.port = server.port();
  const auto second = HttpServer::start(options, echo);
  EXPECT_TRUE(absl::IsUnavailable(second.status()));
  EXPECT_THAT(second.status().ToString(), HasSubstr(str_cat("127.0.0.1:", server.port())));
  options.address = "nowhere";
  EXPECT_TRUE(absl::IsInvalidArgument(HttpServer::start(options, echo).status()));
}

}  // namespace
}  // namespace copytaster
