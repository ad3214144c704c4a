#include "net/s3_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

S3Options good() {
  S3Options options;
  options.endpoint = "https://s3.example.org";
  options.bucket = "town-pictures";
  options.prefix = "house/2026";
  options.access_key = "AK";
  options.secret_key = "SK";
  return options;
}

TEST(S3Options, AddressesInBothWays) {
  S3Options options = good();
  EXPECT_EQ(s3_url(options, "house/ab/abcd"), "https://s3.example.org/town-pictures/house/ab/abcd");
  EXPECT_EQ(s3_url(options, "", "a=b"), "https://s3.example.org/town-pictures?a=b");
  options.bucket_in_host = true;
  options.endpoint = "https://s3.example.org:8443/";
  EXPECT_EQ(s3_url(options, "house/ab/abcd"), "https://town-pictures.s3.example.org:8443/house/ab/abcd");
  EXPECT_EQ(s3_url(options, "", "a=b"), "https://town-pictures.s3.example.org:8443/?a=b");
}

TEST(S3Options, GoodOnesPass) {
  EXPECT_TRUE(check_s3_options(good()).ok());
  for (const std::string_view endpoint :
       {"http://127.0.0.1:9000", "http://localhost:9000/", "http://[::1]:9000", "https://10.1.2.3"}) {
    S3Options options = good();
    options.endpoint = endpoint;
    EXPECT_TRUE(check_s3_options(options).ok()) << endpoint << check_s3_options(options);
  }
  S3Options plain = good();
  plain.endpoint = "http://minio.example.org:9000";
  plain.plain_http = true;
  EXPECT_TRUE(check_s3_options(plain).ok());
}

TEST(S3Options, WrongOnesNameTheirSetting) {
  const auto told = [](auto change) {
    S3Options options = good();
    change(options);
    const absl::Status status = check_s3_options(options);
    EXPECT_TRUE(absl::IsInvalidArgument(status));
    return std::string(status.message());
  };
  for (const std::string_view endpoint :
       {"", "s3.example.org", "ftp://s3.example.org", "https://", "https://a.example/path",
        "https://a.example?x", "https://user:pass@a.example"})
    EXPECT_THAT(told([&](S3Options& o) { o.endpoint = endpoint; }), HasSubstr("media.s3_endpoint"))
        << endpoint;
  EXPECT_THAT(told([](S3Options& o) { o.endpoint = "http://s3.example.org"; }),
              HasSubstr("media.s3_plain_http"));
  for (const std::string_view bucket : {"", "ab", "Upper", "a_b", "a/b", "-ab", "a..b", "ab?"})
    EXPECT_THAT(told([&](S3Options& o) { o.bucket = bucket; }), HasSubstr("media.s3_bucket")) << bucket;
  for (const std::string_view prefix : {"/a", "a/", "a//b", "a/../b", "a b", "a?b", "a%2f"})
    EXPECT_THAT(told([&](S3Options& o) { o.prefix = prefix; }), HasSubstr("media.s3_prefix")) << prefix;
  EXPECT_THAT(told([](S3Options& o) { o.region = "eu west"; }), HasSubstr("media.s3_region"));
  EXPECT_THAT(told([](S3Options& o) { o.access_key.clear(); }), HasSubstr("media.s3_access_key_file"));
  EXPECT_THAT(told([](S3Options& o) { o.secret_key.clear(); }), HasSubstr("media.s3_secret_key_file"));
  EXPECT_THAT(told([](S3Options& o) {
                o.bucket_in_host = true;
                o.bucket = "a.b.c";
              }),
              HasSubstr("media.s3_addressing"));
}

}  // namespace
}  // namespace copytaster
