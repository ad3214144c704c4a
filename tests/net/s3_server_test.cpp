// Against a real S3 server, one that checks signatures: only when COPYTASTER_VERSITYGW names its program
// (tests/servers/s3/README.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <thread>

#include "core/strings.h"
#include "core/text.h"
#include "net/s3_media.h"
#include "tests/support/sockets.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

using ::copytaster::testing::connect_to;
using ::testing::HasSubstr;

std::uint16_t free_port() {
  const copytaster::testing::RawServer server("");
  return server.port();
}

class RealS3Server : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* const program = std::getenv("COPYTASTER_VERSITYGW");
    if (program == nullptr || ::access(program, X_OK) != 0)
      GTEST_SKIP() << "COPYTASTER_VERSITYGW names no program";
    program_ = program;
    std::filesystem::create_directories(folder_.path() + "/pictures");
    port_ = free_port();
    start();
  }
  void TearDown() override { stop(); }

  void start() {
    std::string port = str_cat("127.0.0.1:", port_), data = folder_.path();
    std::vector<std::string> words = {program_,           "--port",   port,          "--region",
                                      "eu-west-3",        "--access", "AKTEST",      "--secret",
                                      "secret-of-a-test", "--quiet",  "--keep-alive"};
    words.insert(words.end(), tls_.begin(), tls_.end());
    words.insert(words.end(), {"posix", data});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ASSERT_EQ(::posix_spawn(&pid_, program_.c_str(), nullptr, nullptr, arguments.data(), environ), 0);
    for (int i = 0; i < 400 && connect_to(port_).fd() < 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
    ASSERT_GE(connect_to(port_).fd(), 0) << "the server does not start";
  }
  void stop(int signal = SIGTERM) {
    if (pid_ <= 0) return;
    ::kill(pid_, signal);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  [[nodiscard]] S3Options options() const {
    S3Options options;
    options.endpoint = str_cat("http://127.0.0.1:", port_);
    options.bucket = "pictures";
    options.region = "eu-west-3";
    options.prefix = "house/kept";
    options.access_key = "AKTEST";
    options.secret_key = "secret-of-a-test";
    return options;
  }

  std::string program_;
  std::vector<std::string> tls_;  // options that make it speak HTTPS
  TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
};

TEST_F(RealS3Server, KeepsGivesListsAndErasesAThousandAndMore) {
  constexpr int kObjects = 1203;
  const auto media = *make_s3_media(options());
  std::set<std::string> kept;
  for (int i = 0; i < kObjects; ++i) {
    const auto sha256 = media->put(str_cat("picture ", i));
    ASSERT_TRUE(sha256.ok()) << sha256.status();
    kept.insert(*sha256);
  }
  std::set<std::string> listed;
  const absl::Status walked = media->each([&](std::string_view name) { return listed.emplace(name).second; });
  ASSERT_TRUE(walked.ok()) << walked;
  EXPECT_EQ(listed, kept);
  for (const std::string& sha256 : {sha256_hex("picture 0"), sha256_hex("picture 1202")}) {
    EXPECT_TRUE(media->has(sha256));
    EXPECT_TRUE(media->get(sha256).ok()) << media->get(sha256).status();
    EXPECT_TRUE(media->erase(sha256).ok());
    EXPECT_FALSE(media->has(sha256));
    EXPECT_TRUE(absl::IsNotFound(media->get(sha256).status())) << media->get(sha256).status();
    EXPECT_TRUE(media->erase(sha256).ok());
  }
  std::printf("proof: %d objects kept in a real S3 server, listed, and erased\n", kObjects);
}

TEST_F(RealS3Server, TakesAnyBytesAndMuchOfThem) {
  const auto media = *make_s3_media(options());
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  for (const std::string& bytes : {std::string(), all, std::string(25 << 20, 'x')}) {
    const auto sha256 = media->put(bytes);
    ASSERT_TRUE(sha256.ok()) << bytes.size() << ": " << sha256.status();
    const auto again = media->put(bytes);
    ASSERT_TRUE(again.ok()) << bytes.size() << ": " << again.status();
    const auto got = media->get(*sha256);
    ASSERT_TRUE(got.ok()) << got.status();
    EXPECT_TRUE(*got == bytes);
  }
}

TEST_F(RealS3Server, BytesChangedOnItsDiskAreToldAndReplaced) {
  const auto media = *make_s3_media(options());
  const std::string sha256 = *media->put("bytes of a picture");
  const std::string file = str_cat(folder_.path(), "/pictures/house/kept/", sha256.substr(0, 2), "/", sha256);
  ASSERT_TRUE(std::filesystem::exists(file)) << file;
  std::filesystem::resize_file(file, 9);
  EXPECT_TRUE(absl::IsDataLoss(media->get(sha256).status())) << media->get(sha256).status();
  ASSERT_TRUE(media->put("bytes of a picture").ok());
  EXPECT_EQ(media->get(sha256).value_or(""), "bytes of a picture");
}

TEST_F(RealS3Server, WrongKeysRegionsAndBucketsAreTold) {
  EXPECT_TRUE(look_at_s3(options()).ok()) << look_at_s3(options());
  S3Options wrong = options();
  wrong.secret_key = "another-secret";
  absl::Status status = look_at_s3(wrong);
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_secret_key_file"));
  EXPECT_TRUE(absl::IsPermissionDenied((*make_s3_media(wrong))->put("x").status()));
  EXPECT_TRUE(absl::IsPermissionDenied((*make_s3_media(wrong))->get(sha256_hex("x")).status()));
  wrong = options();
  wrong.access_key = "AKOTHER";
  status = look_at_s3(wrong);
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_access_key_file"));
  EXPECT_FALSE(absl::IsNotFound((*make_s3_media(wrong))->get(sha256_hex("x")).status()));
  wrong = options();
  wrong.bucket = "elsewhere";
  status = look_at_s3(wrong);
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_bucket"));
  wrong = options();
  wrong.region = "us-east-2";
  status = look_at_s3(wrong);
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr("media.s3_region"));
}

TEST_F(RealS3Server, OverTlsOnlyWhoIsTrustedIsAsked) {
  stop();
  const std::string key = folder_.path() + "/key.pem", certificate = folder_.path() + "/certificate.pem";
  const std::string make = str_cat(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=s3 -addext "
      "subjectAltName=IP:127.0.0.1 -keyout ",
      key, " -out ", certificate, " 2>/dev/null");
  ASSERT_EQ(std::system(make.c_str()), 0);  // NOLINT: of a test's own words
  tls_ = {"--cert", certificate, "--key", key};
  start();
  S3Options secure = options();
  secure.endpoint = str_cat("https://127.0.0.1:", port_);
  const absl::Status unknown = look_at_s3(secure);
  EXPECT_TRUE(absl::IsFailedPrecondition(unknown)) << unknown;
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("media.s3_ca_file"));
  secure.ca_file = certificate;
  const auto media = *make_s3_media(secure);
  const auto sha256 = media->put("bytes of a picture");
  ASSERT_TRUE(sha256.ok()) << sha256.status();
  EXPECT_EQ(media->get(*sha256).value_or(""), "bytes of a picture");
  secure.endpoint = str_cat("https://localhost:", port_);  // a name that the certificate does not have
  EXPECT_TRUE(absl::IsFailedPrecondition(look_at_s3(secure))) << look_at_s3(secure);
}

// What was acknowledged is there; what was not is put again until it is.
TEST_F(RealS3Server, KilledInTheMiddleItLosesNothingThatWasAcknowledged) {
  constexpr int kObjects = 300;
  S3Options patient = options();
  patient.patience = absl::Seconds(60);
  const auto media = *make_s3_media(patient);
  std::atomic<int> done = 0, refused = 0;
  std::thread putting([&] {
    for (int i = 0; i < kObjects; ++i) {
      while (!media->put(str_cat("over a kill ", i)).ok()) ++refused;
      ++done;
    }
  });
  for (const int at : {60, 120, 180}) {
    while (done < at) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    stop(SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    start();
  }
  putting.join();
  int there = 0;
  for (int i = 0; i < kObjects; ++i) there += media->get(sha256_hex(str_cat("over a kill ", i))).ok() ? 1 : 0;
  EXPECT_EQ(there, kObjects);
  std::printf(
      "proof: %d of %d objects there after three kills of the S3 server; %d puts had to be repeated\n", there,
      kObjects, refused.load());
}

}  // namespace
}  // namespace copytaster
