// Names that are looked up and addresses that are dialled: whoever is waited for, a stream can be dropped.
#include <gmock/gmock.h>

#include <future>

#include "tests/net/web_socket_support.h"

namespace copytaster {
namespace {

using testing::BlackHole;
using testing::Client;
using testing::loopback_address;
using testing::OneShot;
using testing::Server;
using testing::tcp;
using testing::wait_for;
namespace asio = boost::asio;
namespace beast = boost::beast;
using ::testing::ElementsAre;

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
    return std::vector<SocketAddress>{hole.address(), loopback_address(server.port())};
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

}  // namespace
}  // namespace copytaster
