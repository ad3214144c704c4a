#include "net/s3_reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kWhole =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment -->"
    "<ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Name>pictures</Name><Prefix/>"
    "<IsTruncated>false</IsTruncated><Contents><ETag>&#34;b1&quot;</ETag><Key>a&amp;b/&#x41;</"
    "Key><Owner><ID>Key</ID>"
    "</Owner></Contents><Contents><Key>c</Key></Contents><CommonPrefixes><Key>no "
    "object</Key></CommonPrefixes>"
    "</ListBucketResult>\n";

TEST(S3Reply, AListHoldsItsKeys) {
  const auto listing = read_s3_listing(kWhole);
  ASSERT_TRUE(listing.ok()) << listing.status();
  EXPECT_THAT(listing->keys, ElementsAre("a&b/A", "c"));
  EXPECT_FALSE(listing->is_truncated);
}

TEST(S3Reply, APrefixedNamespaceIsTheSame) {
  const auto listing = read_s3_listing(
      "<s:ListBucketResult><s:IsTruncated> true </s:IsTruncated><s:Contents><s:Key>k</s:Key></s:Contents>"
      "</s:ListBucketResult>");
  ASSERT_TRUE(listing.ok()) << listing.status();
  EXPECT_TRUE(listing->is_truncated);
  EXPECT_THAT(listing->keys, ElementsAre("k"));
}

TEST(S3Reply, CutAnywhereItIsNoList) {
  const std::string_view whole = strip_space(kWhole);
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(read_s3_listing(whole.substr(0, length)).ok()) << length;
}

TEST(S3Reply, WhatIsNoStrictXmlIsRefused) {
  for (const std::string_view wrong :
       {"",
        "plain",
        "<a",
        "<a>",
        "<a></b>",
        "<a></a><b></b>",
        "<a b></a>",
        "<a b=c></a>",
        "<a b=\"c></a>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<a>&#x110000;</a>",
        "<a>& b</a>",
        "</a>",
        "<a/>x",
        "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
        "<a><![CDATA[x]]></a>",
        "<ListBucketResult/>",
        "<ListBucketResult><IsTruncated>perhaps</IsTruncated></ListBucketResult>",
        "<a b=\"\"c=\"\"></a>"})
    EXPECT_FALSE(read_s3_listing(wrong).ok()) << wrong;
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  EXPECT_FALSE(read_s3_listing(deep).ok());
}

TEST(S3Reply, AnErrorIsItsCodeAndRegion) {
  const S3Error error = read_s3_error(
      "<Error><Code>SlowDown</Code><Message>do</Message><Region>eu-west-3</Region><Nested><Code>No</Code></"
      "Nested></Error>");
  EXPECT_EQ(error.code, "SlowDown");
  EXPECT_EQ(error.region, "eu-west-3");
}

TEST(S3Reply, OtherWordsAreNoCode) {
  EXPECT_EQ(read_s3_error("<Error><Code>a b</Code></Error>").code, "");
  EXPECT_EQ(read_s3_error("<Error><Code>" + std::string(65, 'a') + "</Code></Error>").code, "");
  EXPECT_EQ(read_s3_error("<html><Code>x</Code></html>").code, "");
  EXPECT_EQ(read_s3_error("<Error><Code>SlowDown</Code>").code, "");
  EXPECT_EQ(read_s3_error("").code, "");
}

}  // namespace
}  // namespace copytaster
