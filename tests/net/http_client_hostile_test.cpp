// The client against servers that mean it harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "core/strings.h"
#include "net/http_client.h"
#include "tests/support/fetching.h"
#include "tests/support/hit_server.h"
#include "tests/support/sockets.h"

namespace copytaster {
namespace {

using ::copytaster::testing::fetch_one;
using ::copytaster::testing::get;
using ::copytaster::testing::HitServer;
using ::copytaster::testing::RawServer;
using ::copytaster::testing::Socket;
using ::testing::HasSubstr;

HttpClientOptions loopback_options() {
  HttpClientOptions options;
  options.allow = {"127.0.0.1:*"};
  return options;
}

absl::StatusOr<HttpResponse> fetch_from(const RawServer& server, std::size_t max_body = std::size_t{1} << 20,
                                        HttpClientOptions options = loopback_options()) {
  const auto fetcher = *make_http_client(options);
  HttpRequest request = get(str_cat("http://127.0.0.1:", server.port(), "/"));
  request.max_body_bytes = max_body;
  return fetch_one(*fetcher, request);
}

absl::StatusOr<HttpResponse> fetch_bytes(std::string bytes) {
  const RawServer server(std::move(bytes));
  return fetch_from(server);
}

// 1 MiB of zeros as one deflate block with fixed codes (RFC 1951 §3.2.6): repeatable without end.
class BitWriter {
 public:
  void bits(unsigned value, int count) {  // least significant first
    for (int i = 0; i < count; ++i) bit((value >> i & 1U) != 0);
  }
  void code(unsigned value, int count) {  // Huffman codes: most significant first
    for (int i = count; i-- > 0;) bit((value >> i & 1U) != 0);
  }
  [[nodiscard]] bool aligned() const { return used_ == 0; }
  std::string bytes;

 private:
  void bit(bool one) {
    if (used_ == 0) bytes.push_back('\0');
    if (one) bytes.back() = static_cast<char>(static_cast<unsigned char>(bytes.back()) | 1U << used_);
    used_ = (used_ + 1) % 8;
  }
  int used_ = 0;
};

std::string deflate_block_of_zeros(int runs) {
  BitWriter out;
  out.bits(0, 1);  // not the last block
  out.bits(1, 2);  // fixed Huffman codes
  out.code(0x30, 8);
  for (int i = 0; i < runs; ++i) {
    out.code(0xC5, 8);  // length 258 …
    out.code(0, 5);     // … from one byte back
  }
  out.code(0, 7);  // end of block
  // An empty stored block ends at a byte boundary, so that blocks can be strung together.
  out.bits(0, 3);
  while (!out.aligned()) out.bits(0, 1);
  return out.bytes + std::string("\0\0\xff\xff", 4);
}

std::string gzip_header() { return {"\x1f\x8b\x08\0\0\0\0\0\0\x03", 10}; }

// zstd (RFC 8878): one frame without content size, then blocks that each repeat a byte 128 KiB times.
std::string zstd_header() { return {"\x28\xb5\x2f\xfd\x00\x38", 6}; }  // window 128 KiB
std::string zstd_block_of_zeros() {
  const unsigned header = (1U << 17) << 3 | 1U << 1;  // size, RLE, not the last
  return {static_cast<char>(header & 0xff), static_cast<char>(header >> 8 & 0xff),
          static_cast<char>(header >> 16 & 0xff), '\0'};
}

struct Bomb {
  std::string coding;
  std::string start;
  std::string block;
  std::size_t blocks;
};

TEST(HostileServer, BombsAreStoppedAtTheCap) {
  const Bomb bombs[] = {
      {"gzip", gzip_header(), deflate_block_of_zeros(4064), 10240},  // 1 MiB each: 10 GiB
      {"zstd", zstd_header(), zstd_block_of_zeros(), 81920},         // 128 KiB each: 10 GiB
  };
  for (const Bomb& bomb : bombs) {
    std::atomic<bool> sent_all = false;
    const RawServer server([&](const Socket& socket, const std::string&) {
      bool open =
          socket.send(str_cat("HTTP/1.1 200 OK\r\nContent-Encoding: ", bomb.coding, "\r\n\r\n", bomb.start));
      std::string many;
      for (int i = 0; i < 16; ++i) many += bomb.block;
      for (std::size_t i = 0; open && i < bomb.blocks; i += 16) open = socket.send(many);
      sent_all = open;
    });
    const std::size_t cap = std::size_t{8} << 20;
    const auto status = fetch_from(server, cap).status();
    EXPECT_TRUE(absl::IsResourceExhausted(status)) << bomb.coding << " " << status;
    EXPECT_THAT(status.ToString(), HasSubstr("larger than")) << bomb.coding;
  }
}

TEST(HostileServer, WhatFitsUnderTheCapIsUnpackedWhole) {
  // The same generators, ended properly, are the proof that the bombs above are well-formed.
  BitWriter last;
  last.bits(1, 1);
  last.bits(1, 2);
  last.code(0, 7);
  const std::size_t size = 1 + 258 * 10;
  std::string body = gzip_header() + deflate_block_of_zeros(10) + last.bytes;
  body += std::string("\0\0\0\0", 4);  // no right checksum …
  const auto wrong =
      fetch_bytes(str_cat("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ", body.size() + 4,
                          "\r\n\r\n", body, std::string("\0\0\0\0", 4)));
  EXPECT_TRUE(absl::IsUnavailable(wrong.status()))
      << "a wrong checksum is a broken transfer: " << wrong.status();
  const auto plain = fetch_bytes(str_cat("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n",
                                         deflate_block_of_zeros(10), last.bytes));
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ(plain->body, std::string(size, '\0'));
}

TEST(HostileServer, CapHoldsForPlainBodiesToo) {
  const std::string over(1025, 'x');
  const RawServer told(str_cat("HTTP/1.1 200 OK\r\nContent-Length: 1025\r\n\r\n", over));
  EXPECT_TRUE(absl::IsResourceExhausted(fetch_from(told, 1024).status()));
  EXPECT_THAT(std::string(fetch_from(told, 1024).status().message()),
              HasSubstr("the body is larger than 1024 bytes"));
  const RawServer untold(str_cat("HTTP/1.1 200 OK\r\n\r\n", over));
  EXPECT_TRUE(absl::IsResourceExhausted(fetch_from(untold, 1024).status()));
  const RawServer chunked(
      str_cat("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n", over, "\r\n0\r\n\r\n"));
  EXPECT_TRUE(absl::IsResourceExhausted(fetch_from(chunked, 1024).status()));
  const auto exact = fetch_from(chunked, 1025);
  ASSERT_TRUE(exact.ok()) << exact.status();
  EXPECT_EQ(exact->body, over);
}

TEST(HostileServer, AnEndlessHeaderIsCut) {
  const RawServer many([](const Socket& socket, const std::string&) {
    bool open = socket.send("HTTP/1.1 200 OK\r\n");
    for (int i = 0; open && i < 1'000'000; ++i)
      open = socket.send(str_cat("X-", i, ": ", std::string(100, 'x'), "\r\n"));
  });
  EXPECT_TRUE(absl::IsResourceExhausted(fetch_from(many).status()));
  const RawServer one_line([](const Socket& socket, const std::string&) {
    bool open = socket.send("HTTP/1.1 200 OK\r\nX: ");
    const std::string part(65536, 'x');
    for (int i = 0; open && i < 10'000; ++i) open = socket.send(part);
  });
  const auto status = fetch_from(one_line).status();
  EXPECT_FALSE(status.ok());
  EXPECT_TRUE(absl::IsResourceExhausted(status) || absl::IsUnavailable(status)) << status;
  const RawServer informational([](const Socket& socket, const std::string&) {
    bool open = true;
    for (int i = 0; open && i < 1'000'000; ++i)
      open = socket.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
  });
  EXPECT_FALSE(fetch_from(informational).ok());
}

TEST(HostileServer, AmbiguousLengthsAreRefused) {
  for (const char* headers :
       {"Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: -5", "Content-Length: x"}) {
    const auto response = fetch_bytes(str_cat("HTTP/1.1 200 OK\r\n", headers, "\r\n\r\nhello"));
    EXPECT_TRUE(absl::IsUnavailable(response.status())) << headers << " " << response.status();
  }
}

TEST(HostileServer, BadChunksAreRefused) {
  for (const char* body :
       {"x\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "ffffffffffffffffff\r\nhello",
        "5\r\nhelloXX0\r\n\r\n", "5\r\nhello\r\n", "5\r\nhel", ""}) {
    const auto response = fetch_bytes(str_cat("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", body));
    EXPECT_TRUE(absl::IsUnavailable(response.status())) << body << " " << response.status();
  }
}

TEST(HostileServer, TruncationIsAnError) {
  EXPECT_TRUE(
      absl::IsUnavailable(fetch_bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello").status()));
  EXPECT_TRUE(absl::IsUnavailable(fetch_bytes("HTTP/1.1 200 OK\r\nX: y").status()));
  EXPECT_TRUE(absl::IsUnavailable(fetch_bytes("").status()));
  EXPECT_TRUE(absl::IsUnavailable(fetch_bytes("SSH-2.0-OpenSSH_9.2\r\n").status()))
      << "HTTP/0.9 is not spoken";
}

TEST(HostileServer, TrailersAreNotHeaders) {
  const auto response =
      fetch_bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nETag: \"x\"\r\n\r\n");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "hi");
  EXPECT_EQ(header_value(response->headers, "etag"), "");
}

TEST(HostileServer, OnlyTheLastHeaderBlockCounts) {
  const auto response = fetch_bytes(
      "HTTP/1.1 103 Early Hints\r\nX: early\r\n\r\nHTTP/1.1 200 OK\r\nX: late\r\n folded\r\n\r\n");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(header_value(response->headers, "x"), "late folded");
}

// A byte now and then, for ever.
RawServer::Answer drip(const RawServer*& server) {
  return [&server](const Socket& socket, const std::string&) {
    if (!socket.send("HTTP/1.1 200 OK\r\n\r\n")) return;
    while (server->pause(socket, 20) && socket.send("x")) {
    }
  };
}

TEST(HostileServer, ADrippingSourceIsCutByItsTimeout) {
  const RawServer* self = nullptr;
  const RawServer server(drip(self));
  self = &server;
  const auto fetcher = *make_http_client(loopback_options());
  HttpRequest request = get(str_cat("http://127.0.0.1:", server.port(), "/"));
  request.timeout = absl::Milliseconds(200);
  EXPECT_TRUE(absl::IsDeadlineExceeded(fetch_one(*fetcher, request).status()));
}

TEST(HostileServer, ADrippingSourceIsCutByItsSpeed) {
  const RawServer* self = nullptr;
  const RawServer server(drip(self));
  self = &server;
  HttpClientOptions options = loopback_options();
  options.low_speed_bytes_per_second = 10'000;
  options.low_speed_time = absl::Seconds(1);
  const auto status = fetch_from(server, 1 << 20, options).status();
  EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
  EXPECT_THAT(status.ToString(), HasSubstr("too slow"));
}

TEST(HostileServer, TheTimeoutCountsOverAllHops) {
  const RawServer* self = nullptr;
  const RawServer server([&self](const Socket& socket, const std::string&) {
    if (!self->pause(socket, 60)) return;
    socket.send("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  self = &server;
  const auto fetcher = *make_http_client(loopback_options());
  HttpRequest request = get(str_cat("http://127.0.0.1:", server.port(), "/"));
  request.timeout = absl::Milliseconds(250);
  request.max_redirects = 1000;
  EXPECT_TRUE(absl::IsDeadlineExceeded(fetch_one(*fetcher, request).status()));
}

TEST(HostileServer, ASilentHostDelaysNoOther) {
  const RawServer* self = nullptr;
  const RawServer silent([&self](const Socket& socket, const std::string&) {
    while (self->pause(socket, 1000)) {
    }
  });
  self = &silent;
  HitServer good([](const ServerRequest&) -> ServerResponse { return {200, {}, "good"}; });
  HttpClientOptions options = loopback_options();
  options.max_in_flight = 8;
  const auto fetcher = *make_http_client(options);
  int slow_done = 0;
  for (int i = 0; i < 50; ++i) {
    fetcher->fetch(get(str_cat("http://127.0.0.1:", silent.port(), "/")), [&](const auto&) { ++slow_done; });
  }
  for (int i = 0; i < 50; ++i) EXPECT_EQ(fetch_one(*fetcher, get(good.url("/")))->body, "good");
  EXPECT_EQ(slow_done, 0) << "the good ones were answered while all the silent ones hung";
  EXPECT_LE(silent.hits(), 4) << "politeness: at most max_per_host at once";
}

}  // namespace
}  // namespace copytaster
