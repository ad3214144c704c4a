// Pictures in a bucket, against a server of our own that errs as servers do.
#include "net/s3_media.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "core/strings.h"
#include "core/text.h"
#include "tests/support/fake_s3.h"
#include "tests/support/sockets.h"

namespace copytaster {
namespace {

using ::copytaster::testing::FakeS3;
using ::copytaster::testing::RawServer;
using ::copytaster::testing::s3_error;
using ::copytaster::testing::Socket;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPicture = "bytes of a picture";

std::string key_of(std::string_view bytes) {
  const std::string hash = sha256_hex(bytes);
  return str_cat("house/kept/", hash.substr(0, 2), "/", hash);
}

class S3Media : public ::testing::Test {
 protected:
  S3Media() : media_(*make_s3_media(options())) {}
  [[nodiscard]] S3Options options() {
    S3Options options = server_.client_options();
    options.sleep = [this](absl::Duration wait) { waits_.push_back(wait); };
    return options;
  }
  void always(int status, std::string_view code, std::string_view more = {}) {
    server_.set_fault([=, body = s3_error(code, more)](const ServerRequest& request) {
      return ServerResponse{status, {}, request.method == "HEAD" ? "" : body};
    });
  }
  void the_first(int count, ServerResponse response) {
    server_.set_fault([=, left = std::make_shared<std::atomic<int>>(count)](
                          const ServerRequest&) -> std::optional<ServerResponse> {
      if (left->fetch_sub(1) <= 0) return std::nullopt;
      return response;
    });
  }

  std::vector<absl::Duration> waits_;
  FakeS3 server_;
  std::unique_ptr<MediaStore> media_;
};

TEST_F(S3Media, KeepsBytesUnderTheKeyTheFolderWouldGiveThem) {
  const auto sha256 = media_->put(kPicture);
  ASSERT_TRUE(sha256.ok()) << sha256.status();
  EXPECT_EQ(*sha256, sha256_hex(kPicture));
  EXPECT_THAT(server_.objects(), ::testing::ElementsAre(::testing::Pair(key_of(kPicture), kPicture)));
  EXPECT_TRUE(media_->has(*sha256));
  EXPECT_EQ(*media_->get(*sha256), kPicture);
}

TEST_F(S3Media, TakesWhatAnyBytesMayBe) {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  for (const std::string& bytes : {std::string(), std::string("\0\0", 2), all, std::string(3 << 20, 'x')}) {
    const auto sha256 = media_->put(bytes);
    ASSERT_TRUE(sha256.ok()) << sha256.status();
    EXPECT_EQ(*media_->get(*sha256), bytes);
  }
}

TEST_F(S3Media, SendsOnceWhatIsThereAndAgainWhatIsDamaged) {
  ASSERT_TRUE(media_->put(kPicture).ok());
  ASSERT_TRUE(media_->put(kPicture).ok());
  EXPECT_EQ(server_.count("PUT"), 1U);
  server_.put(key_of(kPicture), "bytes of a pic");
  ASSERT_TRUE(media_->put(kPicture).ok());
  EXPECT_EQ(server_.count("PUT"), 2U);
  EXPECT_EQ(server_.objects().begin()->second, kPicture);
  // As long, and the server's own checksum tells the difference.
  server_.set_fault([](const ServerRequest& request) -> std::optional<ServerResponse> {
    if (request.method != "HEAD") return std::nullopt;
    return ServerResponse{200, {{"x-amz-checksum-sha256", "b3RoZXI="}}, std::string(kPicture)};
  });
  ASSERT_TRUE(media_->put(kPicture).ok());
  EXPECT_EQ(server_.count("PUT"), 3U);
}

TEST_F(S3Media, AKeptChecksumOfOtherBytesIsNoSuccess) {
  server_.set_fault([](const ServerRequest& request) -> std::optional<ServerResponse> {
    if (request.method != "PUT") return std::nullopt;
    return ServerResponse{200, {{"x-amz-checksum-sha256", "b3RoZXI="}}, ""};
  });
  EXPECT_TRUE(absl::IsUnavailable(media_->put(kPicture).status()));
}

TEST_F(S3Media, WhatIsNotThereIsNotFoundAndBadNamesAskNothing) {
  EXPECT_TRUE(absl::IsNotFound(media_->get(sha256_hex("never kept")).status()));
  EXPECT_FALSE(media_->has(sha256_hex("never kept")));
  const std::size_t asked = server_.requests().size();
  for (const std::string& name :
       {std::string("../../etc/passwd"), std::string(64, 'G'), std::string(64, 'A')}) {
    EXPECT_TRUE(absl::IsInvalidArgument(media_->get(name).status()));
    EXPECT_TRUE(absl::IsInvalidArgument(media_->erase(name)));
    EXPECT_FALSE(media_->has(name));
  }
  EXPECT_EQ(server_.requests().size(), asked);
}

TEST_F(S3Media, ErasesAlsoWhatIsNotThere) {
  const std::string sha256 = *media_->put(kPicture);
  EXPECT_TRUE(media_->erase(sha256).ok());
  EXPECT_TRUE(server_.objects().empty());
  EXPECT_TRUE(media_->erase(sha256).ok());
}

TEST_F(S3Media, ListsAllPagesAndOnlyItsOwn) {
  std::set<std::string> kept;
  for (int i = 0; i < 2500; ++i) {
    const std::string bytes = str_cat("picture ", i);
    server_.put(key_of(bytes), bytes);
    kept.insert(sha256_hex(bytes));
  }
  server_.put("house/kept/README", "by hand");
  server_.put(str_cat("house/kept/00/", std::string(64, 'f')), "in a wrong folder");
  server_.put(str_cat("house/other/ff/", std::string(64, 'f')), "another program's");
  std::set<std::string> listed;
  ASSERT_TRUE(media_->each([&](std::string_view name) { return listed.emplace(name).second; }).ok());
  EXPECT_EQ(listed, kept);
  EXPECT_EQ(server_.count("GET"), 3U);
  int seen = 0;
  ASSERT_TRUE(media_->each([&](std::string_view) { return ++seen < 10; }).ok());
  EXPECT_EQ(seen, 10);
}

TEST_F(S3Media, AListThatDoesNotGoOnOrIsNoneEnds) {
  const auto answer = [&](std::string body) {
    server_.set_fault([body = std::move(body)](const ServerRequest&) {
      return ServerResponse{200, {}, body};
    });
    return media_->each([](std::string_view) { return true; });
  };
  const std::string page = str_cat("<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>",
                                   key_of("x"), "</Key></Contents></ListBucketResult>");
  EXPECT_THAT(std::string(answer(page).message()), HasSubstr("does not go on"));
  EXPECT_THAT(
      std::string(answer("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>").message()),
      HasSubstr("does not go on"));
  EXPECT_TRUE(absl::IsUnavailable(answer("<html><body>hello</body></html>")));
  EXPECT_TRUE(absl::IsUnavailable(answer(page.substr(0, 50))));
  EXPECT_TRUE(absl::IsUnavailable(answer("<ListBucketResult>" + std::string(5 << 20, 'x'))));
}

TEST_F(S3Media, ALaterIsTriedAgainWithGrowingPauses) {
  the_first(4, {503, {}, s3_error("SlowDown")});
  ASSERT_TRUE(media_->put(kPicture).ok());
  ASSERT_EQ(waits_.size(), 4U);
  EXPECT_GE(waits_[0], absl::Milliseconds(100));
  EXPECT_LE(waits_[0], absl::Milliseconds(200));
  EXPECT_GE(waits_[3], absl::Milliseconds(800));
  EXPECT_EQ(*media_->get(sha256_hex(kPicture)), kPicture);
}

TEST_F(S3Media, EachWordForLaterIsUnderstood) {
  for (const auto& [status, code] : {std::pair(500, "InternalError"),
                                     {502, ""},
                                     {503, "SlowDown"},
                                     {504, ""},
                                     {429, ""},
                                     {400, "RequestTimeout"}}) {
    server_.erase_all();
    the_first(1, {status, {}, s3_error(code)});
    EXPECT_TRUE(media_->get(sha256_hex("x")).status().code() == absl::StatusCode::kNotFound) << status;
  }
}

TEST_F(S3Media, AServerThatIsAwayIsToldAndThenAskedOnceATime) {
  always(503, "SlowDown");
  const auto first = media_->put(kPicture);
  EXPECT_TRUE(absl::IsUnavailable(first.status())) << first.status();
  EXPECT_THAT(std::string(first.status().message()), HasSubstr("media.s3_endpoint"));
  const std::size_t asked = server_.requests().size();
  EXPECT_GT(asked, 2U);
  EXPECT_LE(asked, 6U);
  EXPECT_TRUE(absl::IsUnavailable(media_->get(sha256_hex(kPicture)).status()));
  EXPECT_FALSE(media_->has(sha256_hex(kPicture)));
  EXPECT_EQ(server_.requests().size(), asked + 2);
  server_.set_fault(nullptr);
  EXPECT_TRUE(media_->put(kPicture).ok());
  the_first(1, {503, {}, ""});  // patient again
  EXPECT_TRUE(media_->get(sha256_hex(kPicture)).ok());
}

TEST_F(S3Media, PatienceHasAnEnd) {
  S3Options impatient = options();
  impatient.patience = absl::Milliseconds(700);
  const auto media = *make_s3_media(impatient);
  always(500, "InternalError");
  EXPECT_TRUE(absl::IsUnavailable(media->get(sha256_hex(kPicture)).status()));
  absl::Duration waited;
  for (const absl::Duration wait : waits_) waited += wait;
  EXPECT_LE(waited, absl::Milliseconds(700));
}

TEST_F(S3Media, BytesThatHaveChangedAreToldAfterASecondLook) {
  const std::string sha256 = *media_->put(kPicture);
  server_.put(key_of(kPicture), "bytes of a Picture");
  EXPECT_TRUE(absl::IsDataLoss(media_->get(sha256).status()));
  EXPECT_EQ(server_.count("GET"), 2U);
  the_first(1, {200, {}, "garbled on the way"});
  server_.put(key_of(kPicture), kPicture);
  EXPECT_EQ(*media_->get(sha256), kPicture);
}

TEST_F(S3Media, ARefusalNamesTheSetting) {
  const auto told = [&](int status, std::string_view code, std::string_view more = {}) {
    always(status, code, more);
    return look_at_s3(server_.client_options());
  };
  absl::Status status = told(403, "SignatureDoesNotMatch");
  EXPECT_TRUE(absl::IsPermissionDenied(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_secret_key_file"));
  status = told(403, "InvalidAccessKeyId");
  EXPECT_TRUE(absl::IsPermissionDenied(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_access_key_file"));
  status = told(403, "AccessDenied");
  EXPECT_TRUE(absl::IsPermissionDenied(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("the right to list"));
  status = told(404, "NoSuchBucket");
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_bucket"));
  status = told(400, "AuthorizationHeaderMalformed", "<Region>eu-west-3</Region>");
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_region, \"eu-west-3\""));
  EXPECT_TRUE(absl::IsFailedPrecondition(told(301, "PermanentRedirect")));
  EXPECT_THAT(std::string(told(403, "RequestTimeTooSkewed").message()), HasSubstr("clock"));
  server_.set_fault(nullptr);
  EXPECT_TRUE(look_at_s3(server_.client_options()).ok());
}

TEST_F(S3Media, ABucketThatIsGoneIsNoMissingPicture) {
  always(404, "NoSuchBucket");
  EXPECT_TRUE(absl::IsFailedPrecondition(media_->get(sha256_hex(kPicture)).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(media_->put(kPicture).status()));
}

TEST_F(S3Media, OnlyWhatSaysSoIsAMissingPicture) {
  for (const std::string& body :
       {std::string(), std::string("<html>Not Found</html>"), s3_error("UserNotFound")}) {
    server_.set_fault([&](const ServerRequest&) { return ServerResponse{404, {}, body}; });
    EXPECT_TRUE(absl::IsFailedPrecondition(media_->get(sha256_hex(kPicture)).status())) << body;
    EXPECT_TRUE(absl::IsFailedPrecondition(media_->erase(sha256_hex(kPicture)))) << body;
  }
}

TEST_F(S3Media, NoErrorTellsAKeyOrTheServersOwnWords) {
  always(403, "AKTEST<x/>", "<Message>secret-of-a-test</Message><Region>AKTEST secret</Region>");
  const std::string told(look_at_s3(server_.client_options()).message());
  EXPECT_THAT(told, AllOf(Not(HasSubstr("secret-of-a-test")), Not(HasSubstr("AKTEST"))));
  for (const ServerRequest& request : server_.requests()) {
    EXPECT_EQ(request.query.find("AKTEST"), std::string::npos);
    EXPECT_EQ(std::string(request.header("authorization")).find("secret-of-a-test"), std::string::npos);
  }
}

TEST_F(S3Media, QueriesAreSortedAndEncodedAsTheyAreSigned) {
  ASSERT_TRUE(look_at_s3(server_.client_options()).ok());
  EXPECT_EQ(server_.requests().back().query, "list-type=2&max-keys=1&prefix=house%2Fkept%2F");
}

TEST_F(S3Media, ManyThreadsShareAFewConnections) {
  S3Options few = options();
  few.connections = 2;
  few.sleep = nullptr;
  const auto media = *make_s3_media(few);
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        const std::string bytes = str_cat("of thread ", t, ", number ", i);
        const auto sha256 = media->put(bytes);
        if (sha256.ok() && media->get(*sha256).value_or("") == bytes) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 80);
  EXPECT_EQ(server_.objects().size(), 80U);
}

// ---- below HTTP

S3Options options_for(const RawServer& server) {
  S3Options options;
  options.endpoint = str_cat("http://127.0.0.1:", server.port());
  options.bucket = "pictures";
  options.access_key = "AKTEST";
  options.secret_key = "secret-of-a-test";
  options.sleep = [](absl::Duration) {};
  return options;
}

TEST(S3Line, ABodyCutShortIsAskedForAgain) {
  std::atomic<int> number = 0;
  const RawServer server([&](const Socket& socket, const std::string&) {
    if (++number < 3) {
      socket.send("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\nbytes of");
    } else {
      socket.send("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\nbytes of a picture");
    }
  });
  const auto media = *make_s3_media(options_for(server));
  EXPECT_EQ(*media->get(sha256_hex(kPicture)), kPicture);
  EXPECT_EQ(server.hits(), 3);
}

TEST(S3Line, AConnectionClosedOrSpokenNonsenseOnIsAway) {
  for (const std::string& bytes :
       {std::string(), std::string("nonsense\r\n\r\n"), std::string("HTTP/1.1 200 OK\r\nA: b")}) {
    const RawServer server(bytes);
    const auto media = *make_s3_media(options_for(server));
    const auto got = media->get(sha256_hex(kPicture));
    EXPECT_TRUE(absl::IsUnavailable(got.status())) << bytes << got.status();
    EXPECT_TRUE(absl::IsUnavailable(media->put(kPicture).status()));
  }
}

TEST(S3Line, AnEndlessAnswerIsCut) {
  std::atomic<std::size_t> sent = 0;
  const RawServer server([&](const Socket& socket, const std::string&) {
    const std::string some(65536, 'x');
    socket.send("HTTP/1.1 200 OK\r\n\r\n<ListBucketResult><Contents><Key>");
    for (int i = 0; i < 2000 && socket.send(some); ++i) sent += some.size();
  });
  S3Options options = options_for(server);
  options.max_object_bytes = 1 << 20;
  const auto media = *make_s3_media(options);
  EXPECT_TRUE(absl::IsUnavailable(media->each([](std::string_view) { return true; })));
  EXPECT_TRUE(absl::IsUnavailable(media->get(sha256_hex(kPicture)).status()));
  EXPECT_LT(sent, std::size_t{130} << 20);
}

TEST(S3Line, NobodyThereIsAway) {
  std::uint16_t port = 0;
  { port = RawServer("").port(); }
  S3Options options;
  options.endpoint = str_cat("http://127.0.0.1:", port);
  options.bucket = "pictures";
  options.access_key = options.secret_key = "of-a-test";
  options.sleep = [](absl::Duration) {};
  EXPECT_TRUE(absl::IsUnavailable((*make_s3_media(options))->put(kPicture).status()));
}

}  // namespace
}  // namespace copytaster
