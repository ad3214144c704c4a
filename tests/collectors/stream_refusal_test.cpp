// A server that refuses to open a stream, over a real handshake on loopback: its own words reach the
// collector.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <thread>

#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/poller_streams.h"
#include "core/strings.h"
#include "net/web_socket.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

// Answers one request with this instead of a WebSocket.
class Refuser {
 public:
  Refuser(http::status status, std::string body)
      : acceptor_(io_, {asio::ip::address_v4::loopback(), 0}),
        thread_([this, status, body = std::move(body)] {
          try {
            tcp::socket socket = acceptor_.accept();
            boost::beast::flat_buffer buffer;
            http::request<http::string_body> request;
            http::read(socket, buffer, request);
            target_ = std::string(request.target());
            http::response<http::string_body> response(status, request.version());
            response.body() = body;
            response.prepare_payload();
            http::write(socket, response);
          } catch (const std::exception&) {  // the test looks at the client
          }
        }) {}
  ~Refuser() {
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] std::string address() const {
    return str_cat("127.0.0.1:", acceptor_.local_endpoint().port());
  }
  // What was asked for, once it was refused.
  [[nodiscard]] std::string target() {
    thread_.join();
    return target_;
  }

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::string target_;
  std::thread thread_;
};

// The stream's state after its only attempt, which began at `position`.
AccountState state_after_refusal(const Refuser& server, const Collector& collector, Account account,
                                 const std::string& position) {
  testing::MemoryKeyValue key_value;
  testing::MemoryStore store(&key_value);
  AccountState before;
  before.set_account_id(collector.streams({&account, 1}).at(0).name);
  before.mutable_cursor()->set_position(position);
  auto batch = store.batch();
  EXPECT_TRUE(store.stage_account(*batch, before).ok());
  EXPECT_TRUE(store.write(*batch, Durability::kLater).ok());

  WebSocketOptions options;
  options.allow = {server.address()};
  const auto opener = *make_web_sockets(options);
  AccountRuns runs;
  runs.add(std::move(account), &collector);
  Jitter jitter(7);
  PollerStreams streams(&runs, opener.get(), &jitter);
  const absl::Time now = absl::FromUnixSeconds(1'650'000'000);
  EXPECT_TRUE(streams.start(store, now).ok());
  for (int i = 0; i < 2000 && streams.state(0).failures() == 0; ++i) {
    streams.turn(now, 10);
    EXPECT_FALSE(streams.next(now).has_value());
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(streams.state(0).failures(), 1U);
  return streams.state(0);
}

AccountState bluesky_after(http::status status, std::string_view body) {
  Refuser server(status, std::string(body));
  const std::string url = str_cat("ws://", server.address());
  const auto collector = make_bluesky({{"jetstream", url}, {"jetstream_version", "2"}});
  auto account = *collector->recognise("https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx");
  Position place("");
  place.set("seq", std::int64_t{5});
  place.set("host", std::string_view(url));
  const AccountState state = state_after_refusal(server, *collector, std::move(account), place.text());
  EXPECT_THAT(server.target(), HasSubstr("cursor=5"));
  return state;
}

TEST(StreamRefusal, JetstreamsWordsForAPlaceGiveItUp) {
  for (const char* name : {"FutureCursor", "CursorTooOld"}) {
    const AccountState state = bluesky_after(
        http::status::bad_request, str_cat(R"({"error":")", name, R"(","message":"not this place"})"));
    EXPECT_EQ(state.cursor().position(), "") << name;
    EXPECT_THAT(state.last_error(), HasSubstr("not this place"));
    EXPECT_FALSE(state.paused());
  }
}

TEST(StreamRefusal, JetstreamsUnknownDictionaryNeedsAnOperatorAndKeepsThePlace) {
  const AccountState state =
      bluesky_after(http::status::bad_request, R"({"error":"UnknownZstdDictionary","message":"none such"})");
  EXPECT_NE(state.cursor().position(), "");
  EXPECT_TRUE(state.paused());
  EXPECT_THAT(state.last_error(), HasSubstr("zstd_dictionary"));
}

TEST(StreamRefusal, MastodonsWordsAreKeptWithoutTheToken) {
  Refuser server(http::status::unauthorized, R"({"error":"The access token canary-token is invalid"})");
  const auto collector = make_mastodon({{"token", "canary-token"},
                                        {"token_host", server.address()},
                                        {"stream", str_cat("ws://", server.address())}});
  Account account;
  account.set_id(str_cat("mastodon:ravenel@", server.address()));
  account.set_platform("mastodon");
  (*account.mutable_details())["host"] = server.address();
  const AccountState state = state_after_refusal(server, *collector, std::move(account), "");
  EXPECT_TRUE(state.paused());
  EXPECT_THAT(state.last_error(), HasSubstr("The access token xxxxxxxxxxxx is invalid"));
}

}  // namespace
}  // namespace copytaster
