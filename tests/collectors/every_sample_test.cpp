// Every payload of the reference, of every platform: it parses, or is refused with a reason; none is passed
// over. Skipped, saying so, where the reference is not present.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <map>

#include "collectors/catalog.h"
#include "core/strings.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

struct Reader {
  std::string_view collector, profile;
};

// Whose payload a file is: by its folder, or, of the constructed ones, by its name.
const Reader* reader_of(const std::string& folder, const std::string& name) {
  static const std::map<std::string, Reader, std::less<>> kReaders = {
      {"bluesky", {"bluesky", "https://bsky.app/profile/did:plc:ravenel2345portvent234567"}},
      {"facebook", {"facebook", "https://www.facebook.com/ravenel.portvent"}},
      {"feed", {"feed", "https://portvent.example/feed.xml"}},
      {"feeds", {"feed", "https://portvent.example/feed.xml"}},
      {"instagram", {"instagram", "https://www.instagram.com/ravenel/"}},
      {"jetstream", {"bluesky", "https://bsky.app/profile/did:plc:ravenel2345portvent234567"}},
      {"mastodon", {"mastodon", "https://social.example/@ravenel"}},
      {"telegram", {"telegram", "https://t.me/ravenel"}},
      {"threads", {"threads", "https://www.threads.com/@ravenel"}},
      {"x", {"x", "https://x.com/ravenel"}},
      {"youtube", {"youtube", "https://www.youtube.com/channel/UCravenel000000000000000"}},
  };
  const std::string key = folder == "_constructed" ? name.substr(0, name.find('_')) : folder;
  const auto found = kReaders.find(key);
  return found == kReaders.end() ? nullptr : &found->second;
}

// What is no answer of a platform: descriptions, dictionaries, headers without a body, schemas.
bool is_payload(const fs::path& file) {
  const std::string extension = file.extension();
  return extension != ".zdict" && extension != ".headers" && extension != ".md" && extension != ".tsv" &&
         file.parent_path().filename() != "lexicons";
}

bool is_stream(const std::string& name) {
  return name.starts_with("jetstream") || name.find("_ws_") != std::string::npos || name.ends_with(".sse");
}

// What became of it, in a word; empty: it was passed over in silence.
std::string outcome(const Collector& collector, const Account& account, const Capture& capture, bool stream) {
  if (stream) {
    const auto news = collector.parse_frame([&](std::string_view) { return &account; }, capture);
    if (!news.ok()) return news.status().message().empty() ? "" : "refused";
    return "parsed";
  }
  const auto parsed = collector.parse(account, capture);
  if (!parsed.ok()) return parsed.status().message().empty() ? "" : "refused";
  for (const DeadLetter& letter : parsed->refused)
    if (letter.reason().empty()) return "";
  return "parsed";
}

TEST(EverySample, ParsesOrIsRefusedWithAReason) {
  const std::string root = source_path("../shared/reference/samples");
  if (!fs::exists(root)) GTEST_SKIP() << "SKIPPED: " << root << " not present";
  std::map<std::string, std::map<std::string, int>> tally;
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || !is_payload(entry.path())) continue;
    const std::string name = entry.path().filename();
    const std::string folder = entry.path().parent_path().filename();
    const Reader* reader = reader_of(folder, name);
    ASSERT_NE(reader, nullptr) << "nobody reads " << folder << "/" << name;
    std::unique_ptr<Collector> collector;
    for (const CatalogEntry& one : catalog())
      if (one.spec().name == reader->collector) collector = one.make(canary_settings());
    ASSERT_NE(collector, nullptr) << reader->collector;
    const auto account = collector->recognise(reader->profile);
    ASSERT_TRUE(account.ok()) << account.status();
    const std::string result =
        outcome(*collector, *account, answer(read_file(entry.path())), is_stream(name));
    EXPECT_NE(result, "") << folder << "/" << name;
    ++tally[folder][result];
    ++files;
  }
  for (const auto& [folder, results] : tally)
    for (const auto& [result, count] : results) std::cout << folder << ": " << count << " " << result << "\n";
  EXPECT_GT(files, 150);
}

}  // namespace
}  // namespace copytaster
