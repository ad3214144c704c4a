// The evidence as WARC, read back. Of a whole store: evidence_test.cpp.
#include "app/warc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/warc_support.h"

namespace copytaster {
namespace {

void add_header(Capture* capture, std::string_view name, std::string_view value) {
  Header* header = capture->add_headers();
  header->set_name(std::string(name));
  header->set_value(std::string(value));
}

constexpr std::string_view kInfo = "<urn:uuid:00000000-0000-8000-8000-000000000000>";

// The two records of a capture.
std::vector<WarcRecord> records_of(const Capture& capture) {
  std::vector<WarcRecord> all = read_warc(make_warc_records(capture, kInfo));
  EXPECT_EQ(all.size(), kWarcRecordsOfCapture);
  all.resize(kWarcRecordsOfCapture);
  for (const WarcRecord& record : all)
    EXPECT_EQ(record.at("WARC-Block-Digest"), "sha256:" + sha256_hex(record.block));
  EXPECT_EQ(all[0].at("WARC-Payload-Digest"), "sha256:" + sha256_hex(capture.body()));
  return all;
}

TEST(Warc, AResponseIsTheBytesAsKept) {
  const std::string body("{\"a\":\"\xd0\x9a\"}\r\n\r\nWARC/1.1\r\n\0\xff\x80", 27);
  Capture capture = capture_of(body);
  add_header(&capture, "content-type", "application/json; charset=utf-8");
  add_header(&capture, "etag", "\"x\"");
  const std::vector<WarcRecord> all = records_of(capture);
  const WarcRecord& response = all[0];
  EXPECT_EQ(response.at("WARC-Type"), "response");
  EXPECT_EQ(response.at("WARC-Target-URI"), capture.final_url());
  EXPECT_EQ(response.at("WARC-Date"), "2022-04-15T05:20:00.25Z");
  EXPECT_EQ(response.at("WARC-Warcinfo-ID"), kInfo);
  EXPECT_EQ(response.at("Content-Type"), "application/http;msgtype=response");
  EXPECT_THAT(response.at("WARC-Record-ID"),
              ::testing::MatchesRegex(
                  "<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>"));
  EXPECT_EQ(response.block,
            str_cat("HTTP/1.1 200 \r\ncontent-type: application/json; charset=utf-8\r\netag: \"x\"\r\n"
                    "content-length: ",
                    body.size(), "\r\n\r\n", body));
}

TEST(Warc, TheMetadataSaysHowItCame) {
  Capture capture = capture_of("{}");
  capture.set_purpose(REREAD);
  capture.set_native_id("109");
  capture.set_url("https://social.example/asked");
  const std::vector<WarcRecord> all = records_of(capture);
  const WarcRecord& metadata = all[1];
  EXPECT_EQ(metadata.at("WARC-Type"), "metadata");
  EXPECT_EQ(metadata.at("WARC-Concurrent-To"), all[0].at("WARC-Record-ID"));
  EXPECT_NE(metadata.at("WARC-Record-ID"), all[0].at("WARC-Record-ID"));
  EXPECT_EQ(metadata.at("WARC-Target-URI"), all[0].at("WARC-Target-URI"));
  EXPECT_EQ(metadata.at("WARC-Date"), all[0].at("WARC-Date"));
  EXPECT_EQ(metadata.at("Content-Type"), "application/warc-fields");
  const decltype(metadata.head) expected = {{"collector", "mastodon/1"},
                                            {"accountId", "mastodon:mayor@social.example"},
                                            {"purpose", "REREAD"},
                                            {"nativeId", "109"},
                                            {"askedUrl", "https://social.example/asked"}};
  EXPECT_EQ(fields_of(metadata.block), expected) << "and no cursor";
}

TEST(Warc, AServerCannotForgeARecordOrAField) {
  const std::string forged = "x\r\n\r\nWARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
  Capture capture = capture_of("{}");
  add_header(&capture, "etag", forged);
  add_header(&capture, "bad name: x\r\nInjected", "1");
  add_header(&capture, "", "1");
  add_header(&capture, "date", std::string("a\nInjected: 1\rInjected: 2\0b\x7f", 28));
  capture.set_final_url("https://social.example/\r\nWARC-Type: metadata\r\n");
  capture.set_url("https://social.example/asked\r\nInjected: 1");
  capture.set_account_id(forged);
  capture.set_native_id(forged);
  capture.set_collector(forged);
  const std::vector<WarcRecord> all = records_of(capture);
  EXPECT_EQ(all[0].at("WARC-Target-URI"), "https://social.example/%0D%0AWARC-Type:%20metadata%0D%0A");
  EXPECT_EQ(all[0].block,
            "HTTP/1.1 200 \r\n"
            "etag: x    WARC/1.1  WARC-Type: resource  Content-Length: 0\r\n"
            "date: a Injected: 1 Injected: 2 b\r\n"
            "content-length: 2\r\n\r\n{}");
  EXPECT_FALSE(fields_of(all[1].block).contains("Injected"));

  capture.set_purpose(INTAKE);
  capture.set_status(0);  // pasted: the type of a resource stands in the record's own head
  add_header(&capture, "content-type", "text/plain; x=\r\nWARC-Type: metadata");
  EXPECT_EQ(records_of(capture)[0].at("Content-Type"), "text/plain; x=  WARC-Type: metadata");
  const WarcInfo info = make_warc_info("copytaster/1", forged, absl::UnixEpoch(), "");
  EXPECT_EQ(read_warc(info.record).size(), 1U);
}

TEST(Warc, ABodyMayBeEmptyOrAnything) {
  for (const std::string& body :
       {std::string(), std::string("\r\n"), std::string("\r\n\r\n\r\n"), std::string(3, '\0'),
        std::string("HTTP/1.1 500 \r\n\r\n"), std::string(1 << 20, '\n')}) {
    const std::vector<WarcRecord> all = records_of(capture_of(body));
    EXPECT_EQ(all[0].block, str_cat("HTTP/1.1 200 \r\ncontent-length: ", body.size(), "\r\n\r\n", body));
    Capture message = capture_of(body);
    message.set_url("bluesky:stream/jetstream");
    message.clear_final_url();
    EXPECT_EQ(records_of(message)[0].block, body);
  }
}

TEST(Warc, TheBodyIsDecodedAndItsHeadersSaySo) {
  Capture capture = capture_of("{}");
  add_header(&capture, "Content-Encoding", "gzip");
  add_header(&capture, "transfer-encoding", "chunked");
  add_header(&capture, "content-length", "999");
  EXPECT_EQ(records_of(capture)[0].block, "HTTP/1.1 200 \r\ncontent-length: 2\r\n\r\n{}");
}

TEST(Warc, WhatNoWebServerAnsweredIsAResource) {
  Capture frame = capture_of("{\"kind\":\"commit\"}");
  frame.set_url("bluesky:stream/jetstream");
  frame.clear_final_url();
  std::vector<WarcRecord> all = records_of(frame);
  EXPECT_EQ(all[0].at("WARC-Type"), "resource");
  EXPECT_EQ(all[0].at("WARC-Target-URI"), "bluesky:stream/jetstream");
  EXPECT_EQ(all[0].at("Content-Type"), "application/octet-stream");
  EXPECT_EQ(all[0].block, frame.body());
  EXPECT_EQ(fields_of(all[1].block)["askedUrl"], "bluesky:stream/jetstream");

  Capture page = capture_of("<p>Seen</p>");
  page.set_purpose(INTAKE);
  page.set_collector("intake/1");
  page.set_status(0);
  page.set_final_url("");
  add_header(&page, "content-type", "text/html; charset=utf-8");
  all = records_of(page);
  EXPECT_EQ(all[0].at("WARC-Type"), "resource") << "brought in by hand: no server answered it";
  EXPECT_EQ(all[0].at("WARC-Target-URI"), page.url());
  EXPECT_EQ(all[0].at("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(fields_of(all[1].block)["purpose"], "INTAKE");
  EXPECT_EQ(fields_of(all[1].block)["header"], "content-type: text/html; charset=utf-8");

  Capture fetched = capture_of("<p>Read</p>");
  fetched.set_purpose(INTAKE);
  EXPECT_EQ(records_of(fetched)[0].at("WARC-Type"), "response") << "a server answered an editor's address";

  page.clear_url();  // a pasted text has no address
  EXPECT_THAT(records_of(page)[0].at("WARC-Target-URI"), ::testing::StartsWith("urn:uuid:"));
  page.clear_headers();
  add_header(&page, "content-type", "not a type");
  EXPECT_EQ(records_of(page)[0].at("Content-Type"), "application/octet-stream");
}

// RFC 3986: what may stand in it as it is, and what may not.
TEST(Warc, AnAddressIsAUri) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"https://a.example/?access_token=\u2026&x=1", "https://a.example/?access_token=%E2%80%A6&x=1"},
      {"https://a.example/a b\"<>\\^`{|}", "https://a.example/a%20b%22%3C%3E%5C%5E%60%7B%7C%7D"},
      {"https://a.example/%41%zz%4", "https://a.example/%41%25zz%254"},
      {"https://[2001:db8::1]:8080/?a[]=1#b#c", "https://[2001:db8::1]:8080/?a%5B%5D=1#b%23c"},
      {"HTTPS://a.example", "HTTPS://a.example"},
  };
  Capture capture = capture_of("{}");
  for (const auto& [url, uri] : all) {
    capture.set_final_url(url);
    const std::vector<WarcRecord> records = records_of(capture);
    EXPECT_EQ(records[0].at("WARC-Target-URI"), uri);
    EXPECT_EQ(records[0].at("WARC-Type"), "response") << url;
  }
}

TEST(Warc, TheFirstRecordTellsWhatWroteItAndTheNotice) {
  const WarcInfo info =
      make_warc_info("copytaster/0.1.0", "Rehearsal:\nwords invented", absl::UnixEpoch(), "a");
  const std::vector<WarcRecord> all = read_warc(info.record);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at("WARC-Type"), "warcinfo");
  EXPECT_EQ(all[0].at("WARC-Record-ID"), info.id);
  EXPECT_EQ(all[0].at("WARC-Date"), "1970-01-01T00:00:00Z");
  auto fields = fields_of(all[0].block);
  EXPECT_EQ(fields["software"], "copytaster/0.1.0");
  EXPECT_EQ(fields["description"], "Rehearsal: words invented");
  EXPECT_EQ(fields["format"], "WARC File Format 1.1");
  const WarcInfo other = make_warc_info("copytaster/0.1.0", "", absl::UnixEpoch(), "b");
  EXPECT_NE(other.id, info.id);
  EXPECT_FALSE(fields_of(read_warc(other.record)[0].block).contains("description"));
}

}  // namespace
}  // namespace copytaster
