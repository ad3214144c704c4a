// Real and constructed payloads outside the repository (see the README's "Reference data"): each parses, or
// is refused with a reason. Skipped, saying so, where they are not present.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "collectors/bluesky_syntax.h"
#include "collectors/json_fields.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/x_text.h"
#include "core/strings.h"
#include "core/time.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

std::string reference(std::string_view path) { return source_path(str_cat("../shared/reference/", path)); }

#define SKIP_WITHOUT(path) \
  if (!fs::exists(path)) GTEST_SKIP() << "SKIPPED: " << (path) << " not present"

struct Tally {
  int files = 0, parsed = 0, items = 0, refused = 0, errors = 0;
};

void read_one(const Collector& collector, const Account& account, const Capture& capture,
              std::string_view name, Tally* tally) {
  ++tally->files;
  const auto parsed = collector.parse(account, capture);
  if (!parsed.ok()) {
    EXPECT_FALSE(parsed.status().message().empty()) << name;
    ++tally->errors;
    return;
  }
  ++tally->parsed;
  tally->items += static_cast<int>(parsed->items.size());
  tally->refused += static_cast<int>(parsed->refused.size());
  EXPECT_EQ(faults_of(*parsed, account, capture), "") << name;
}

Tally read_folder(const Collector& collector, const Account& account, const std::string& folder,
                  std::string_view prefix) {
  Tally tally;
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (file.is_regular_file() && name.starts_with(prefix) &&
        (name.ends_with(".json") || name.ends_with(".txt") || name.ends_with(".sse")))
      files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    Capture capture = answer(read_file(file.string()));
    capture.set_purpose(INTAKE);
    read_one(collector, account, capture, file.filename().string(), &tally);
  }
  std::cout << folder << " " << prefix << "*: " << tally.files << " files, " << tally.parsed << " parsed, "
            << tally.items << " items, " << tally.refused << " posts refused, " << tally.errors
            << " files refused\n";
  return tally;
}

TEST(PlatformReference, Mastodon) {
  SKIP_WITHOUT(reference("samples/mastodon"));
  const auto collector = make_mastodon({});
  const Account account = *collector->recognise("http://localhost:3000/@mastodonpy_test");
  EXPECT_GE(read_folder(*collector, account, reference("samples/mastodon"), "").items, 15);
  read_folder(*collector, account, reference("samples/_constructed"), "mastodon");
}

TEST(PlatformReference, Bluesky) {
  SKIP_WITHOUT(reference("samples/bluesky"));
  const auto collector = make_bluesky({});
  const Account account = *collector->recognise("https://bsky.app/profile/did:plc:user");
  EXPECT_GE(read_folder(*collector, account, reference("samples/bluesky"), "").items, 5);
  read_folder(*collector, account, reference("samples/_constructed"), "bluesky");
}

// The snapshots mask ids as record(0) and user(0): with the shape of real ones, every post is read.
TEST(PlatformReference, BlueskySnapshotsUnmasked) {
  SKIP_WITHOUT(reference("samples/bluesky"));
  const auto collector = make_bluesky({});
  const Account account = *collector->recognise("https://bsky.app/profile/did:plc:user0");
  Tally tally;
  for (const auto& file : fs::directory_iterator(reference("samples/bluesky"))) {
    const std::string name = file.path().filename().string();
    if (!name.starts_with("atproto_snap_")) continue;
    std::string body = read_file(file.path().string());
    for (int i = 99; i >= 0; --i) {
      body = replace_all(body, str_cat("\"record(", i, ")\""),
                         str_cat("\"at://did:plc:user0/app.bsky.feed.post/3l", i, "\""));
      body = replace_all(body, str_cat("user(", i, ")"), str_cat("did:plc:user", i));
      body = replace_all(body, str_cat("cids(", i, ")"), str_cat("bafkreimasked", i));
    }
    Capture capture = answer(body);
    capture.set_purpose(INTAKE);
    read_one(*collector, account, capture, name, &tally);
    const auto parsed = collector->parse(account, capture);
    if (parsed.ok()) {
      EXPECT_TRUE(parsed->refused.empty()) << name << ": " << parsed->refused[0].reason();
    }
  }
  std::cout << "unmasked snapshots: " << tally.files << " files, " << tally.items << " items, "
            << tally.errors << " files refused\n";
  EXPECT_GE(tally.items, 50);
}

TEST(PlatformReference, Facebook) {
  SKIP_WITHOUT(reference("samples/facebook"));
  const auto collector = make_facebook({});
  const Account account = *collector->recognise("https://www.facebook.com/100044000000001");
  EXPECT_GE(read_folder(*collector, account, reference("samples/facebook"), "").items, 5);
  EXPECT_EQ(read_folder(*collector, account, reference("samples/_constructed"), "facebook_published").items,
            2);
  read_folder(*collector, account, reference("samples/_constructed"), "meta_error");
}

TEST(PlatformReference, FacebooksConstructedAlbumIsReadRight) {
  const std::string path = reference("samples/_constructed/facebook_published_posts.json");
  SKIP_WITHOUT(path);
  const auto collector = make_facebook({});
  const Account account = *collector->recognise("https://www.facebook.com/100044000000001");
  const auto parsed = collector->parse(account, answer(read_file(path)));
  ASSERT_TRUE(parsed.ok() && parsed->items.size() == 2);
  EXPECT_EQ(parsed->items[1].media_size(), 2);
  EXPECT_EQ(parsed->items[1].media(0).caption(), "Devant l'école détruite");
  EXPECT_EQ(parsed->items[0].links(0).url(), "https://example.eu/a?utm_source=fb");
}

TEST(PlatformReference, X) {
  SKIP_WITHOUT(reference("samples/x"));
  const auto collector = make_x({});
  const Account account = *collector->recognise("https://x.com/mayor");
  EXPECT_GE(read_folder(*collector, account, reference("samples/x"), "").items, 100);
  EXPECT_EQ(read_folder(*collector, account, reference("samples/_constructed"), "x_").items, 3);
}

// In every capture X's own entities stand where they say: none is left out for standing elsewhere.
TEST(PlatformReference, XsEntitiesAreAllBelieved) {
  SKIP_WITHOUT(reference("samples/x"));
  int links = 0;
  for (const auto& file : fs::directory_iterator(reference("samples/x"))) {
    auto document = JsonDocument::parse(read_file(file.path().string()));
    if (!document.ok()) continue;
    document->root()["data"].each([&](Json post) {
      StringSet distinct;
      post["entities"]["urls"].each([&](Json url) { distinct.insert(url["url"].text()); });
      const XText text = x_text(post, "");
      int found = 0;
      for (const Facet& facet : text.facets) found += facet.kind() == Facet::LINK ? 1 : 0;
      // Of the links to the post's own pictures none is text.
      EXPECT_LE(distinct.size() - static_cast<std::size_t>(found), post["attachments"]["media_keys"].size())
          << post["id"].view();
      EXPECT_EQ(text.text.find("&amp;"), std::string::npos);
      links += found;
    });
  }
  EXPECT_GE(links, 20);
}

TEST(PlatformReference, XsConstructedPageIsReadRight) {
  const std::string path = reference("samples/_constructed/x_users_tweets.json");
  SKIP_WITHOUT(path);
  const auto collector = make_x({});
  const auto parsed =
      collector->parse(*collector->recognise("https://x.com/mayor"), answer(read_file(path), "id=42"));
  ASSERT_TRUE(parsed.ok() && parsed->items.size() == 3);
  const Item& edited = parsed->items[2];
  EXPECT_EQ(edited.id(), "x:1900000000000000001");
  EXPECT_TRUE(edited.text().ends_with(" END & more"));
  EXPECT_TRUE(edited.has_edited_at());
  ASSERT_EQ(edited.media_size(), 2);
  EXPECT_EQ(edited.media(0).alt_text(), "Two mayors in front of a destroyed school");
  EXPECT_EQ(parsed->items[1].repost_of().text(), "A truncated repost, here whole <3");
  EXPECT_EQ(parsed->items[0].quote_of().item_id(), "x:1899999999999999998");
}

TEST(PlatformReference, Instagram) {
  SKIP_WITHOUT(reference("samples/instagram"));
  const auto collector = make_instagram({});
  const Account account = *collector->recognise("https://www.instagram.com/mayor_example/");
  EXPECT_GE(read_folder(*collector, account, reference("samples/instagram"), "").items, 8);
  EXPECT_EQ(read_folder(*collector, account, reference("samples/_constructed"), "instagram").items, 1);
}

TEST(PlatformReference, InstagramsConstructedAlbumIsReadRight) {
  const std::string path = reference("samples/_constructed/instagram_business_discovery.json");
  SKIP_WITHOUT(path);
  const auto collector = make_instagram({});
  const auto parsed = collector->parse(*collector->recognise("https://www.instagram.com/mayor_example/"),
                                       answer(read_file(path)));
  ASSERT_TRUE(parsed.ok() && parsed->items.size() == 1);
  EXPECT_EQ(parsed->items[0].author().name(), "Δήμαρχος");
  ASSERT_EQ(parsed->items[0].media_size(), 2);
  EXPECT_EQ(parsed->items[0].media(0).alt_text(), "Παιδιά φυτεύουν δέντρα στην πλατεία");
  EXPECT_FALSE(parsed->items[0].media(1).problem().empty());
}

TEST(PlatformReference, Threads) {
  SKIP_WITHOUT(reference("samples/threads"));
  const auto collector = make_threads({});
  const Account account = *collector->recognise("https://www.threads.com/@mayor");
  EXPECT_GE(read_folder(*collector, account, reference("samples/threads"), "").items, 1);
  EXPECT_EQ(read_folder(*collector, account, reference("samples/_constructed"), "threads").items, 3);
}

TEST(PlatformReference, MastodonRecordings) {
  const std::string path = reference("evaluation/mastodon_api_recordings.jsonl");
  SKIP_WITHOUT(path);
  const auto collector = make_mastodon({});
  const Account account = *collector->recognise("http://localhost:3000/@mastodonpy_test");
  std::ifstream file(path);
  Tally tally;
  for (std::string line; std::getline(file, line);) {
    auto document = JsonDocument::parse(line);
    ASSERT_TRUE(document.ok());
    const Json recording = document->root();
    Capture capture = answer(
        recording["body"].is_string() ? recording["body"].text() : recording["body"].raw(kMaxJsonBytes), "",
        static_cast<int>(recording["status"].count()));
    capture.set_purpose(INTAKE);
    read_one(*collector, account, capture, recording["id"].view(), &tally);
    const auto parsed = collector->parse(account, capture);
    if (!parsed.ok()) continue;
    for (const Item& item : parsed->items) {
      EXPECT_TRUE(item.url().starts_with("http")) << item.native_id();
      EXPECT_FALSE(item.author().handle().empty());
      EXPECT_GT(item.created_at().seconds(), 1500000000);
    }
  }
  std::cout << "recordings: " << tally.files << ", " << tally.items << " items, " << tally.refused
            << " posts refused, " << tally.errors << " refused\n";
  EXPECT_GE(tally.items, 40);
}

TEST(PlatformReference, AtprotoSyntax) {
  const std::string path = reference("evaluation/atproto_syntax.jsonl");
  SKIP_WITHOUT(path);
  std::ifstream file(path);
  int judged = 0;
  for (std::string line; std::getline(file, line);) {
    auto document = JsonDocument::parse(line);
    ASSERT_TRUE(document.ok());
    const std::string_view type = document->root()["type"].view();
    const std::string_view value = document->root()["value"].view();
    const bool valid = document->root()["valid"].yes();
    bool got = valid;
    if (type == "handle")
      got = is_handle(value);
    else if (type == "did")
      got = is_did(value);
    else if (type == "atidentifier")
      got = is_did(value) || is_handle(value);
    else if (type == "nsid")
      got = is_nsid(value);
    else if (type == "recordkey")
      got = is_record_key(value);
    else if (type == "cid")
      got = is_cid(value);
    else if (type == "aturi")
      got = parse_at_uri(value).has_value();
    else if (type == "language")
      got = is_language_tag(value);
    else if (type == "datetime" && document->root()["level"].view() == "parse")
      got = parse_date(value).has_value();
    else
      continue;
    ++judged;
    EXPECT_EQ(got, valid) << type << " " << value;
  }
  std::cout << "atproto syntax: " << judged << " cases judged\n";
  EXPECT_GT(judged, 90);
}

}  // namespace
}  // namespace copytaster
