// The evidence as WARC, read back by a small strict reader of ISO 28500.
#include "app/warc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <map>
#include <set>

#include "app/evidence.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "storage/open.h"
#include "tests/app/program.h"
#include "tests/support/memory_key_value.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Record {
  std::map<std::string, std::string, std::less<>> head;  // each name once, or it is no record
  std::string block;
  [[nodiscard]] std::string at(std::string_view name) const {
    const auto found = head.find(name);
    return found == head.end() ? "(none)" : found->second;
  }
};

// "name: value" lines up to an empty one (`closed`) or to the end; false for anything else.
bool take_fields(std::string_view* bytes, bool closed, std::map<std::string, std::string, std::less<>>* out) {
  while (closed || !bytes->empty()) {
    const std::size_t end = bytes->find("\r\n");
    if (end == std::string_view::npos) return false;
    const std::string_view line = bytes->substr(0, end);
    bytes->remove_prefix(end + 2);
    if (line.empty()) return closed;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos || colon == 0) return false;
    if (line.substr(0, colon).find_first_of(" \t\r\n") != std::string_view::npos) return false;
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) return false;
    if (!out->emplace(line.substr(0, colon), line.substr(colon + 2)).second) return false;
  }
  return true;
}

// All records of a file; adds a failure where the bytes are not exactly that.
std::vector<Record> read_warc(std::string_view bytes) {
  std::vector<Record> out;
  while (!bytes.empty()) {
    Record record;
    const bool begun = consume_prefix(&bytes, "WARC/1.1\r\n") && take_fields(&bytes, true, &record.head);
    const auto length = parse_number<std::size_t>(record.at("Content-Length"));
    if (!begun || !length || *length + 4 > bytes.size() || bytes.substr(*length, 4) != "\r\n\r\n") {
      ADD_FAILURE() << "record " << out.size() << " is broken";
      return out;
    }
    record.block = bytes.substr(0, *length);
    bytes.remove_prefix(*length + 4);
    out.push_back(std::move(record));
  }
  return out;
}

std::map<std::string, std::string, std::less<>> fields_of(std::string_view block) {
  std::map<std::string, std::string, std::less<>> out;
  EXPECT_TRUE(take_fields(&block, false, &out)) << block;
  return out;
}

Capture capture_of(std::string_view body) {
  Capture out;
  out.set_body(std::string(body));
  out.set_sha256(sha256_hex(body));
  out.set_account_id("mastodon:mayor@social.example");
  out.set_url("https://social.example/api/v1/accounts/7/statuses?limit=40");
  out.set_final_url("https://social.example/api/v1/accounts/7/statuses?limit=40");
  out.set_status(200);
  out.set_collector("mastodon/1");
  out.mutable_cursor()->set_position("since=secret-of-the-collector");
  set_timestamp(out.mutable_fetched_at(), absl::FromUnixMillis(1'650'000'000'250));
  return out;
}

void add_header(Capture* capture, std::string_view name, std::string_view value) {
  Header* header = capture->add_headers();
  header->set_name(std::string(name));
  header->set_value(std::string(value));
}

constexpr std::string_view kInfo = "<urn:uuid:00000000-0000-8000-8000-000000000000>";

// The two records of a capture.
std::vector<Record> records_of(const Capture& capture) {
  std::vector<Record> all = read_warc(make_warc_records(capture, kInfo));
  EXPECT_EQ(all.size(), kWarcRecordsOfCapture);
  all.resize(kWarcRecordsOfCapture);
  for (const Record& record : all)
    EXPECT_EQ(record.at("WARC-Block-Digest"), "sha256:" + sha256_hex(record.block));
  EXPECT_EQ(all[0].at("WARC-Payload-Digest"), "sha256:" + sha256_hex(capture.body()));
  return all;
}

TEST(Warc, AResponseIsTheBytesAsKept) {
  const std::string body("{\"a\":\"\xd0\x9a\"}\r\n\r\nWARC/1.1\r\n\0\xff\x80", 27);
  Capture capture = capture_of(body);
  add_header(&capture, "content-type", "application/json; charset=utf-8");
  add_header(&capture, "etag", "\"x\"");
  const std::vector<Record> all = records_of(capture);
  const Record& response = all[0];
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
  const std::vector<Record> all = records_of(capture);
  const Record& metadata = all[1];
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
  const std::vector<Record> all = records_of(capture);
  EXPECT_EQ(all[0].at("WARC-Target-URI"), "https://social.example/%0D%0AWARC-Type:%20metadata%0D%0A");
  EXPECT_EQ(all[0].block,
            "HTTP/1.1 200 \r\n"
            "etag: x    WARC/1.1  WARC-Type: resource  Content-Length: 0\r\n"
            "date: a Injected: 1 Injected: 2 b\r\n"
            "content-length: 2\r\n\r\n{}");
  EXPECT_FALSE(fields_of(all[1].block).contains("Injected"));

  capture.set_purpose(INTAKE);  // the type of a resource stands in the record's own head
  add_header(&capture, "content-type", "text/plain; x=\r\nWARC-Type: metadata");
  EXPECT_EQ(records_of(capture)[0].at("Content-Type"), "text/plain; x=  WARC-Type: metadata");
  const WarcInfo info = make_warc_info("copytaster/1", forged, absl::UnixEpoch(), "");
  EXPECT_EQ(read_warc(info.record).size(), 1U);
}

TEST(Warc, ABodyMayBeEmptyOrAnything) {
  for (const std::string& body :
       {std::string(), std::string("\r\n"), std::string("\r\n\r\n\r\n"), std::string(3, '\0'),
        std::string("HTTP/1.1 500 \r\n\r\n"), std::string(1 << 20, '\n')}) {
    const std::vector<Record> all = records_of(capture_of(body));
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
  std::vector<Record> all = records_of(frame);
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
    const std::vector<Record> records = records_of(capture);
    EXPECT_EQ(records[0].at("WARC-Target-URI"), uri);
    EXPECT_EQ(records[0].at("WARC-Type"), "response") << url;
  }
}

TEST(Warc, TheFirstRecordTellsWhatWroteItAndTheNotice) {
  const WarcInfo info =
      make_warc_info("copytaster/0.1.0", "Rehearsal:\nwords invented", absl::UnixEpoch(), "a");
  const std::vector<Record> all = read_warc(info.record);
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

// ---- the store

class Evidence : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() { store_ = *open_store(&database_, folder_.path(), OpenMode::kReadWrite); }
  template <typename Stage>
  void stage(Stage what) {
    auto batch = store_->batch();
    ASSERT_TRUE(what(*batch).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  }
  std::string have_capture(std::string_view body, int second) {
    Capture capture = capture_of(body);
    set_timestamp(capture.mutable_fetched_at(), absl::FromUnixSeconds(1'650'000'000 + second));
    stage([&](WriteBatch& batch) { return store_->stage_capture(batch, capture); });
    return capture.sha256();
  }
  void have_item(std::string_view id, std::uint32_t version, std::string_view sha256) {
    Item item;
    item.set_id(std::string(id));
    item.set_version(version);
    item.set_capture_sha256(std::string(sha256));
    stage([&](WriteBatch& batch) { return store_->stage_item(batch, item); });
  }
  void have_letter(std::string_view id, std::string_view sha256) {
    DeadLetter letter;
    letter.set_id(std::string(id));
    letter.set_capture_sha256(std::string(sha256));
    stage([&](WriteBatch& batch) { return store_->stage_dead_letter(batch, letter); });
  }
  std::string written() {
    std::string out;
    auto report = write_evidence(database_, *store_, [&](std::string_view bytes) {
      out += bytes;
      return absl::OkStatus();
    });
    EXPECT_TRUE(report.ok()) << report.status();
    report_ = report.ok() ? *report : EvidenceReport();
    return out;
  }
  // The payloads' hashes in the order of the file.
  static std::vector<std::string> payloads(std::string_view bytes) {
    std::vector<std::string> out;
    for (const Record& record : read_warc(bytes)) {
      if (record.at("WARC-Type") == "response") out.push_back(record.at("WARC-Payload-Digest").substr(7));
    }
    return out;
  }

  TemporaryFolder folder_;
  testing::MemoryKeyValue database_;
  std::unique_ptr<Store> store_;
  EvidenceReport report_;
};

TEST_F(Evidence, HoldsWhatPostsAllTheirVersionsAndDeadLettersPointAt) {
  const std::string second = have_capture("second", 2);
  const std::string first = have_capture("first", 1);
  const std::string refused = have_capture("refused", 3);
  have_capture("nobody points at it", 9);
  have_item("x:1", 1, first);
  have_item("x:1", 2, second);
  have_item("x:2", 1, second);
  have_item("x:3", 1, "");
  have_letter("a/b/1", refused);
  ASSERT_TRUE(store_->set_notice("Rehearsal").ok());
  const std::string bytes = written();
  EXPECT_THAT(payloads(bytes), ElementsAre(first, second, refused)) << "as they were fetched, each once";
  EXPECT_EQ(report_.captures, 3U);
  EXPECT_EQ(report_.without_capture, 1U);
  EXPECT_EQ(report_.problem_count, 0U);
  const std::vector<Record> all = read_warc(bytes);
  EXPECT_EQ(report_.records, all.size());
  EXPECT_EQ(all[0].at("WARC-Type"), "warcinfo");
  EXPECT_EQ(all[0].at("WARC-Date"), "2022-04-15T05:20:03Z") << "the newest capture's";
  EXPECT_EQ(fields_of(all[0].block)["description"], "Rehearsal");
  std::set<std::string> ids;
  for (const Record& record : all) {
    EXPECT_TRUE(ids.insert(record.at("WARC-Record-ID")).second) << "an id belongs to one record";
    if (&record != all.data()) {
      EXPECT_EQ(record.at("WARC-Warcinfo-ID"), all[0].at("WARC-Record-ID"));
    }
  }
  open();
  EXPECT_EQ(written(), bytes) << "the same store, the same bytes";
}

TEST_F(Evidence, AnEmptyStoreIsAFileThatSaysSo) {
  const std::vector<Record> all = read_warc(written());
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(report_.records, 1U);
  EXPECT_EQ(report_.captures, 0U);
}

TEST_F(Evidence, WhatIsMissingOrDamagedIsNamedAndTheRestIsWritten) {
  const std::string good = have_capture("good", 1);
  const std::string changed = have_capture("changed", 2);
  const std::string broken = have_capture("broken", 3);
  Capture other = capture_of("other bytes");
  other.set_sha256(changed);
  stage([&](WriteBatch& batch) {
    batch.put(Space::kCaptures, changed, other.SerializeAsString());
    batch.put(Space::kCaptures, broken, "\xff");
    batch.put(Space::kItems, "x:9\n", "\xff");
    return absl::OkStatus();
  });
  have_item("x:1", 1, good);
  have_item("x:2", 1, "nosuch");
  have_item("x:3", 1, changed);
  have_letter("a/b/1", broken);
  EXPECT_THAT(payloads(written()), ElementsAre(good));
  EXPECT_EQ(report_.problem_count, 4U);
  EXPECT_THAT(report_.problems,
              ElementsAre(AllOf(HasSubstr("x:9\\n"), HasSubstr("damaged")),
                          AllOf(HasSubstr("nosuch"), HasSubstr("x:2"), HasSubstr("not in the store")),
                          AllOf(HasSubstr(changed), HasSubstr("x:3"), HasSubstr("another hash")),
                          AllOf(HasSubstr(broken), HasSubstr("a/b/1"), HasSubstr("damaged"))));
}

TEST_F(Evidence, ProblemsAreBounded) {
  for (int i = 0; i < 60; ++i) have_item(str_cat("x:", i), 1, str_cat("nosuch", i));
  written();
  EXPECT_EQ(report_.problem_count, 60U);
  EXPECT_EQ(report_.problems.size(), EvidenceReport::kMostProblems);
}

TEST_F(Evidence, AFullDiskOrAFailingDatabaseEndsIt) {
  have_item("x:1", 1, have_capture("a", 1));
  const auto full = [](std::string_view) { return absl::UnavailableError("full"); };
  EXPECT_TRUE(absl::IsUnavailable(write_evidence(database_, *store_, full).status()));
  database_.fail_reads(Space::kCaptures, absl::UnavailableError("disk"));
  const auto none = [](std::string_view) { return absl::OkStatus(); };
  EXPECT_TRUE(absl::IsUnavailable(write_evidence(database_, *store_, none).status()));
}

// ---- the command

class ExportCommand : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  // A store with one post whose capture is there and, if wanted, one whose capture is not.
  void have_store(bool with_missing) const {
    const auto database = *open_key_value(at("data"), OpenMode::kReadWrite);
    const auto store = *open_store(database.get(), at("data"), OpenMode::kReadWrite);
    const Capture capture = capture_of("good");
    Item item;
    item.set_id("x:1");
    item.set_version(1);
    item.set_capture_sha256(capture.sha256());
    auto batch = store->batch();
    ASSERT_TRUE(store->stage_capture(*batch, capture).ok());
    ASSERT_TRUE(store->stage_item(*batch, item).ok());
    item.set_id("x:2");
    item.set_capture_sha256("nosuch");
    if (with_missing) {
      ASSERT_TRUE(store->stage_item(*batch, item).ok());
    }
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  }
  TemporaryFolder folder_;
};

TEST_F(ExportCommand, WritesAFileOrStandardOutput) {
  have_store(false);
  write_bytes(at("out.warc.part"), std::string(100'000, 'x'));  // left behind by one that was cut off
  Program file({"export", "--warc", at("out.warc"), "--data", at("data")});
  ASSERT_EQ(file.exit_code(), 0) << file.err();
  EXPECT_THAT(file.err(), AllOf(HasSubstr("3 records of 1 captures"), HasSubstr(at("out.warc"))));
  EXPECT_EQ(file.out(), "");
  EXPECT_EQ(read_warc(bytes_of(at("out.warc"))).size(), 3U);
  EXPECT_FALSE(std::filesystem::exists(at("out.warc.part")));
  Program output({"export", "--warc", "-", "--data", at("data")});
  ASSERT_EQ(output.exit_code(), 0) << output.err();
  EXPECT_EQ(output.out(), bytes_of(at("out.warc")));
  Program lost({"export", "--warc", "-", "--data", at("nothing")});
  EXPECT_EQ(lost.exit_code(), 66);
  Program none({"export", "--data", at("data")});
  EXPECT_EQ(none.exit_code(), 64);
}

TEST_F(ExportCommand, AMissingCaptureIsNamed) {
  have_store(true);
  Program program({"export", "--warc", at("out.warc"), "--data", at("data")});
  EXPECT_EQ(program.exit_code(), 74);
  EXPECT_THAT(program.err(), AllOf(HasSubstr("nosuch"), HasSubstr("x:2"), HasSubstr("1 left out")));
  EXPECT_EQ(read_warc(bytes_of(at("out.warc"))).size(), 3U) << "and the rest is written";
}

TEST_F(ExportCommand, WhatCannotBeWrittenLeavesWhatWasThere) {
  have_store(false);
  Program folder({"export", "--warc", at("data"), "--data", at("data")});
  EXPECT_EQ(folder.exit_code(), 65);
  EXPECT_THAT(folder.err(), HasSubstr("no ordinary file"));
  Program nowhere({"export", "--warc", at("nosuch/out.warc"), "--data", at("data")});
  EXPECT_EQ(nowhere.exit_code(), 69);
  EXPECT_THAT(nowhere.err(), HasSubstr("nosuch/out.warc.part"));
  write_bytes(at("out.warc"), "before");
  write_bytes(at("out.warc.part"), "of another process");
  const int other = ::open(at("out.warc.part").c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(other, LOCK_EX), 0);
  Program second({"export", "--warc", at("out.warc"), "--data", at("data")});
  EXPECT_EQ(second.exit_code(), 69);
  EXPECT_THAT(second.err(), HasSubstr("another process"));
  ::close(other);
  EXPECT_EQ(bytes_of(at("out.warc.part")), "of another process");
  EXPECT_EQ(bytes_of(at("out.warc")), "before");
  const std::string to_full =
      str_cat(COPYTASTER_BINARY, " export --warc - --data ", at("data"), " >/dev/full 2>/dev/null");
  EXPECT_EQ(WEXITSTATUS(std::system(to_full.c_str())), 74);
}

}  // namespace
}  // namespace copytaster
