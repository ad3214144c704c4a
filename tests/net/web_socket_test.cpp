// The WebSocket client against a real server on loopback.
#include "net/web_socket.h"

#include <gmock/gmock.h>

#include "core/stream_refusal.h"
#include "tests/net/web_socket_support.h"

namespace copytaster {
namespace {

using testing::Client;
using testing::OneShot;
using testing::Server;
using testing::tcp;
using testing::wait_for;
namespace asio = boost::asio;
namespace beast = boost::beast;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(WebSocket, BringsMessagesInOrderTextAndBinary) {
  OneShot server([](tcp::socket socket, const auto& request) {
    Server ws(std::move(socket));
    ws.accept(request);
    ws.write(asio::buffer(std::string("one")));
    ws.binary(true);
    ws.write(asio::buffer(std::string("t\0wo", 4)));
    ws.write(asio::buffer(std::string(200'000, 'x')));
    beast::flat_buffer buffer;
    ws.read(buffer);  // until the client closes
  });
  Client client(server);
  EXPECT_THAT(client.wait(3), ElementsAre("one", std::string("t\0wo", 4), std::string(200'000, 'x')));
  EXPECT_TRUE(client.stream().is_open());
  EXPECT_TRUE(client.stream().status().ok());
}

TEST(WebSocket, SendsTargetHostAuthorizationAndHeaders) {
  std::string target, host, authorization, header;
  {
    OneShot server([&](tcp::socket socket, const auto& request) {
      target = std::string(request.target());
      host = std::string(request["Host"]);
      authorization = std::string(request["Authorization"]);
      header = std::string(request["X-Test"]);
      Server ws(std::move(socket));
      ws.accept(request);
      ws.write(asio::buffer(std::string("hello")));
      ws.close(beast::websocket::close_code::normal);
    });
    Client client(server);
    (void)client.wait(1);
    (void)client.end();
    EXPECT_EQ(host, server.address());
  }
  EXPECT_EQ(target, "/subscribe?cursor=5");
  EXPECT_EQ(authorization, "Bearer canary-token");
  EXPECT_EQ(header, "yes");
}

TEST(WebSocket, SaysWhyItEnded) {
  OneShot server([](tcp::socket socket, const auto& request) {
    Server ws(std::move(socket));
    ws.accept(request);
    ws.close({beast::websocket::close_code::going_away, "restarting"});
  });
  Client client(server);
  EXPECT_TRUE(absl::IsUnavailable(client.end()));
  EXPECT_THAT(std::string(client.end().message()), HasSubstr("restarting"));
}

absl::Status refused_with(beast::http::status status, const std::string& body) {
  OneShot server([&](tcp::socket socket, const auto& request) {
    beast::http::response<beast::http::string_body> response(status, request.version());
    response.body() = body;
    response.prepare_payload();
    beast::http::write(socket, response);
  });
  Client client(server);
  return client.end();
}

TEST(WebSocket, ARefusalTellsWhatToDo) {
  EXPECT_TRUE(absl::IsUnauthenticated(refused_with(beast::http::status::unauthorized, "no token")));
  EXPECT_TRUE(absl::IsPermissionDenied(refused_with(beast::http::status::forbidden, "")));
  EXPECT_TRUE(absl::IsResourceExhausted(refused_with(beast::http::status::too_many_requests, "")));
  EXPECT_TRUE(absl::IsUnavailable(refused_with(beast::http::status::bad_gateway, "<html>")));
  EXPECT_TRUE(absl::IsInvalidArgument(refused_with(beast::http::status::bad_request, "what?")));
}

TEST(WebSocket, ARefusalsOwnWordsGoWithItForTheCollector) {
  const std::string words = R"({"error":"FutureCursor","message":"not yet"})";
  const absl::Status why = refused_with(beast::http::status::bad_request, words);
  const auto refusal = refusal_of(why);
  ASSERT_TRUE(refusal.has_value()) << why;
  EXPECT_EQ(refusal->status, 400);
  EXPECT_EQ(refusal->body, words);
  EXPECT_EQ(std::string(why.message()).find("not yet"), std::string::npos) << "it may repeat a token";
  const auto large = refusal_of(refused_with(beast::http::status::bad_gateway, std::string(50'000, 'x')));
  ASSERT_TRUE(large.has_value());
  EXPECT_EQ(large->body.size(), kMaxRefusalBody);
  EXPECT_FALSE(refusal_of(absl::UnavailableError("reset")).has_value());
}

TEST(WebSocket, AServerThatClosesForThePlaceSaysSo) {
  for (const char* name : {"CursorTooOld", "FutureCursor", "UnknownZstdDictionary"}) {
    OneShot server([name](tcp::socket socket, const auto& request) {
      Server ws(std::move(socket));
      ws.accept(request);
      ws.close({beast::websocket::close_code::policy_error, name});
    });
    Client client(server);
    EXPECT_EQ(client.end().code(), std::string(name) == "UnknownZstdDictionary"
                                       ? absl::StatusCode::kFailedPrecondition
                                       : absl::StatusCode::kOutOfRange)
        << name;
  }
}

TEST(WebSocket, AMessageThatIsTooLargeEndsIt) {
  OneShot server([](tcp::socket socket, const auto& request) {
    Server ws(std::move(socket));
    ws.accept(request);
    ws.write(asio::buffer(std::string(100'000, 'x')));
    beast::flat_buffer buffer;
    ws.read(buffer);
  });
  WebSocketOptions options;
  options.max_message_bytes = 50'000;
  Client client(server, options);
  EXPECT_TRUE(absl::IsResourceExhausted(client.end())) << client.end();
}

TEST(WebSocket, WhoDoesNotTakeMessagesMakesTheSenderWait) {
  std::atomic<std::size_t> sent{0};
  OneShot server([&](tcp::socket socket, const auto& request) {
    Server ws(std::move(socket));
    ws.accept(request);
    for (int i = 0; i < 2000; ++i) {
      ws.write(asio::buffer(std::string(100'000, 'x')));
      ++sent;
    }
  });
  WebSocketOptions options;
  options.max_waiting_bytes = 1'000'000;
  {
    Client client(server, options);
    // 200 MB would come; the sockets' own buffers take a few.
    std::size_t before = 1;
    (void)wait_for([&] {
      const bool still = sent != 0 && sent == before;
      before = sent;
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      return still;
    });
    EXPECT_LT(sent, 500U);
    EXPECT_EQ(client.stream().take(1).size(), 1U);
  }
}

TEST(WebSocket, SilenceEndsIt) {
  OneShot server([](tcp::socket socket, const auto& request) {
    Server ws(std::move(socket));
    ws.accept(request);
    beast::flat_buffer buffer;
    ws.read(buffer);
  });
  WebSocketOptions options;
  options.silence = absl::Seconds(1);
  Client client(server, options);
  EXPECT_TRUE(absl::IsDeadlineExceeded(client.end())) << client.end();
}

TEST(WebSocket, AServerThatOnlyPingsIsThere) {
  OneShot server([](tcp::socket socket, const auto& request) {
    Server ws(std::move(socket));
    ws.accept(request);
    for (int i = 0; i < 25; ++i) {  // twice the silence
      ws.ping("still here");
      std::this_thread::sleep_for(std::chrono::milliseconds(80));
    }
    ws.write(asio::buffer(std::string("at last")));
    beast::flat_buffer buffer;
    ws.read(buffer);
  });
  WebSocketOptions options;
  options.silence = absl::Seconds(1);
  Client client(server, options);
  EXPECT_THAT(client.wait(1), ElementsAre("at last")) << client.stream().status();
}

TEST(WebSocket, TheGuardForbidsLoopback) {
  auto opener = *make_web_sockets({});
  HttpRequest request;
  for (const char* url : {"ws://127.0.0.1:9/", "ws://localhost:9/", "ws://[::1]:9/"}) {
    request.url = url;
    const auto stream = opener->open(request);
    ASSERT_TRUE(wait_for([&] { return !stream->status().ok(); })) << url;
    EXPECT_TRUE(absl::IsPermissionDenied(stream->status())) << url << stream->status();
  }
  request.url = "https://example.org/";
  const auto stream = opener->open(request);
  ASSERT_TRUE(wait_for([&] { return !stream->status().ok(); }));
  EXPECT_TRUE(absl::IsInvalidArgument(stream->status()));
}

}  // namespace
}  // namespace copytaster
