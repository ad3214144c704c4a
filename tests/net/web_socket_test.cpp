// The WebSocket client against a real server on loopback.
#include "net/web_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <thread>

#include "core/stream_refusal.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Server = beast::websocket::stream<tcp::socket>;

// Accepts one connection, reads its request, and then does what the test says.
class OneShot {
 public:
  using Script =
      std::function<void(tcp::socket socket, beast::http::request<beast::http::string_body> request)>;
  explicit OneShot(Script script)
      : acceptor_(io_, {asio::ip::address_v4::loopback(), 0}), thread_([this, script = std::move(script)] {
          try {
            tcp::socket socket = acceptor_.accept();
            beast::flat_buffer buffer;
            beast::http::request<beast::http::string_body> request;
            beast::http::read(socket, buffer, request);
            script(std::move(socket), std::move(request));
          } catch (const std::exception&) {  // the client went away: the test looks at the client
          }
        }) {}
  ~OneShot() {
    beast::error_code ignored;
    acceptor_.close(ignored);
    thread_.join();
  }
  [[nodiscard]] std::string address() const {
    return str_cat("127.0.0.1:", acceptor_.local_endpoint().port());
  }
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  [[nodiscard]] std::string url() const { return str_cat("ws://", address(), "/subscribe?cursor=5"); }

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

SocketAddress loopback(std::uint16_t port) {
  SocketAddress out;
  auto& address = reinterpret_cast<sockaddr_in&>(out.bytes);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  out.size = sizeof address;
  return out;
}

// An address that answers nobody: the queue of a server that accepts none is full.
class BlackHole {
 public:
  BlackHole() : acceptor_(io_) {
    acceptor_.open(tcp::v4());
    acceptor_.bind({asio::ip::address_v4::loopback(), 0});
    acceptor_.listen(0);
    for (int i = 0; i < 4; ++i) {
      waiting_.emplace_back(io_, tcp::v4());
      waiting_.back().non_blocking(true);
      const SocketAddress to = address();  // asio's own connect() would wait
      (void)::connect(waiting_.back().native_handle(), reinterpret_cast<const sockaddr*>(&to.bytes), to.size);
    }
  }
  [[nodiscard]] SocketAddress address() const { return loopback(acceptor_.local_endpoint().port()); }

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::vector<tcp::socket> waiting_;
};

// Until `done` or ten seconds have passed.
bool wait_for(const std::function<bool()>& done) {
  for (int i = 0; i < 2000 && !done(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return done();
}

class Client {
 public:
  explicit Client(const OneShot& server, WebSocketOptions options = {}) {
    options.allow.push_back(server.address());
    opener_ = *make_web_sockets(options);
    HttpRequest request;
    request.url = server.url();
    request.authorization = "Bearer canary-token";
    request.headers = {{"X-Test", "yes"}};
    stream_ = opener_->open(request);
  }
  std::vector<std::string> wait(std::size_t messages) {
    (void)wait_for([&] {
      for (std::string& one : stream_->take(1000)) got_.push_back(std::move(one));
      return got_.size() >= messages || !stream_->status().ok();
    });
    return got_;
  }
  absl::Status end() {
    (void)wait_for([&] { return !stream_->status().ok(); });
    return stream_->status();
  }
  Stream& stream() { return *stream_; }

 private:
  std::unique_ptr<StreamOpener> opener_;
  std::unique_ptr<Stream> stream_;
  std::vector<std::string> got_;
};

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

// Nothing is timed: were its destructor to wait, the test would never end.
TEST(WebSocket, AStreamCanBeDroppedWhileItsNameIsLookedUp) {
  const auto asked = std::make_shared<std::promise<void>>();  // the lookup outlives the stream
  std::promise<void> answer;
  auto may_answer = std::make_shared<std::shared_future<void>>(answer.get_future());
  WebSocketOptions options;
  options.connect_timeout = absl::Hours(1);
  options.resolve = [asked, may_answer](const std::string&, std::uint16_t) {
    asked->set_value();
    may_answer->wait();
    return absl::StatusOr<std::vector<SocketAddress>>(absl::UnavailableError("too late"));
  };
  {
    auto opener = *make_web_sockets(options);
    HttpRequest request;
    request.url = "ws://slow.example/";
    auto stream = opener->open(request);
    asked->get_future().wait();
    EXPECT_TRUE(stream->status().ok());
    stream.reset();
  }
  answer.set_value();
}

TEST(WebSocket, AStreamCanBeDroppedWhileItDials) {
  BlackHole hole;
  WebSocketOptions options;
  options.connect_timeout = absl::Hours(1);
  options.allow = {"127.0.0.1:*"};
  const auto asked = std::make_shared<std::promise<void>>();
  options.resolve = [asked, address = hole.address()](const std::string&, std::uint16_t) {
    asked->set_value();
    return std::vector<SocketAddress>{address, address};
  };
  auto opener = *make_web_sockets(options);
  HttpRequest request;
  request.url = "ws://hole.example/";
  auto stream = opener->open(request);
  asked->get_future().wait();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // most likely it dials by now
  EXPECT_TRUE(stream->status().ok()) << stream->status();
  stream.reset();
}

TEST(WebSocket, AnAddressThatNeverAnswersLeavesTimeForTheNext) {
  BlackHole hole;
  OneShot server([](tcp::socket socket, const auto& request) {
    Server ws(std::move(socket));
    ws.accept(request);
    ws.write(asio::buffer(std::string("hello")));
    beast::flat_buffer buffer;
    ws.read(buffer);
  });
  WebSocketOptions options;
  options.connect_timeout = absl::Seconds(2);
  options.resolve = [&](const std::string&, std::uint16_t) {
    return std::vector<SocketAddress>{hole.address(), loopback(server.port())};
  };
  options.allow = {"127.0.0.1:*"};
  Client client(server, options);
  EXPECT_THAT(client.wait(1), ElementsAre("hello")) << client.stream().status();
}

TEST(WebSocket, ANameThatIsNeverFoundIsGivenUp) {
  std::promise<void> answer;
  auto may_answer = std::make_shared<std::shared_future<void>>(answer.get_future());
  WebSocketOptions options;
  options.connect_timeout = absl::Milliseconds(200);
  options.resolve = [may_answer](const std::string&, std::uint16_t) {
    may_answer->wait();
    return absl::StatusOr<std::vector<SocketAddress>>(absl::UnavailableError("too late"));
  };
  auto opener = *make_web_sockets(options);
  HttpRequest request;
  request.url = "ws://slow.example/";
  std::vector<std::unique_ptr<Stream>> streams;
  for (int i = 0; i < kMostLookups + 1; ++i) streams.push_back(opener->open(request));
  int refused = 0;
  for (const auto& stream : streams) {
    ASSERT_TRUE(wait_for([&] { return !stream->status().ok(); }));
    if (absl::IsUnavailable(stream->status())) ++refused;
  }
  EXPECT_GE(refused, 1) << "lookups that hang are not piled up";
  EXPECT_TRUE(absl::IsDeadlineExceeded(streams[0]->status()) || refused > 1) << streams[0]->status();
  streams.clear();
  answer.set_value();
}

TEST(WebSocket, WhoNeverAnswersIsGivenUp) {
  OneShot server([](tcp::socket socket, const auto&) {
    beast::flat_buffer buffer;
    beast::http::request<beast::http::string_body> more;
    beast::http::read(socket, buffer, more);
  });
  WebSocketOptions options;
  options.connect_timeout = absl::Seconds(1);
  Client client(server, options);
  EXPECT_TRUE(absl::IsDeadlineExceeded(client.end())) << client.end();
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
