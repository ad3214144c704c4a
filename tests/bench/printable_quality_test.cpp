// What comes out as an editor would print it, on the project's own labelled set: captions, credits, reshares
// and speakers, in ten languages and on every platform. Prints a report; a floor lies just below what is
// measured.
#include "bench/printable_quality.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "core/strings.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

TEST(PrintableQuality, OfTheProjectsOwnSet) {
  const auto posts = read_printable_posts(std::string(COPYTASTER_SOURCE_DIR) + "/tests/processors/printable");
  ASSERT_TRUE(posts.ok()) << posts.status();
  std::set<std::string> languages, platforms;
  for (const PrintablePost& post : *posts) {
    languages.insert(post.language);
    platforms.insert(post.item.platform());
  }
  EXPECT_GE(posts->size(), 220U);
  EXPECT_EQ(languages.size(), 10U);
  EXPECT_EQ(platforms.size(), 9U);
  auto quality = measure_printable(*posts);
  ASSERT_TRUE(quality.ok()) << quality.status();
  for (const std::string& line : headlines(*quality)) std::printf("quality: %s\n", line.c_str());
  // Rules are tuned on what is seen: the misses of the other posts are only counted.
  std::printf("%s", details(*quality, "seen").c_str());
  struct Floor {
    const char* measure;
    double seen, held;
  };
  for (const Floor& floor :
       {Floor{"captions", 0.99, 0.98}, Floor{"credits", 0.99, 0.98}, Floor{"photographers", 0.99, 0.95},
        Floor{"reshares", 0.99, 0.99}, Floor{"speakers", 0.99, 0.95}}) {
    SCOPED_TRACE(floor.measure);
    const auto measure = quality->measures.find(floor.measure);
    ASSERT_NE(measure, quality->measures.end());
    for (const auto& [split, least] : {std::pair("seen", floor.seen), std::pair("held", floor.held)}) {
      SCOPED_TRACE(split);
      const PrintableQuality::Count count = measure->second.splits[split];
      EXPECT_GT(count.all, 20U);
      EXPECT_GE(count.share(), least);
    }
  }
}

constexpr const char* kPost =
    R"({"post":"en-1","kind":"k","split":"seen","official":{"id":"a","name":"Ann Lee","accounts":)"
    R"([{"platform":"x","handle":"ann_ensayo","url":"https://x.com/ann_ensayo"}]},"item":{"platform":"x",)"
    R"("person":"a","name":"Ann Lee","handle":"ann_ensayo","at":"2026-04-07T05:59:16Z","url":)"
    R"("https://x.com/ann_ensayo/status/1","text":"The \"fast\" bus was late.","media":[{"altText":)"
    R"("A red bus at a stop in the rain."}]},"expect":{"captions":[{"text":"CAPTION","origin":"alt"}],)"
    R"("pictureCredits":[{"line":"Source: Ann Lee on X","name":"Ann Lee"}],"credit":{"line":"LINE",)"
    R"("name":"Ann Lee"},"statements":[{"text":"STATEMENT","speaker":"Bo Day"}]}})";

std::string labelled(const std::string& caption, const std::string& line, const std::string& statement) {
  std::string out = kPost;
  for (const auto& [mark, text] :
       {std::pair("CAPTION", caption), std::pair("LINE", line), std::pair("STATEMENT", statement)})
    out.replace(out.find(mark), std::string(mark).size(), text);
  return out + "\n";
}

// Of what it counts, one that is right and one that is not.
TEST(PrintableQuality, CountsWhatIsAsLabelledAndTellsWhatIsNot) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() + "/en.jsonl")
      << labelled("A red bus at a stop in the rain", "Source: Ann Lee on X", "fast")
      << labelled("A blue bus.", "Source: Somebody on X", "fast");
  const auto posts = read_printable_posts(folder.path());
  ASSERT_TRUE(posts.ok()) << posts.status();
  const auto quality = measure_printable(*posts);
  ASSERT_TRUE(quality.ok()) << quality.status();
  const auto count = [&](const std::string& name) { return quality->measures.at(name).splits.at("seen"); };
  EXPECT_EQ(count("captions").right, 1U);
  EXPECT_EQ(count("captions").all, 2U);
  EXPECT_EQ(count("credits").right, 3U);
  EXPECT_EQ(count("credits").all, 4U);
  EXPECT_EQ(count("speakers").right, 0U);  // no quote, so nobody's name
  EXPECT_EQ(count("speakers").all, 2U);
  EXPECT_EQ(quality->misses.size(), 4U);
  EXPECT_NE(details(*quality, "seen").find("en-1 seen k captions: wanted alt \"A blue bus.\", got alt"),
            std::string::npos)
      << details(*quality, "seen");
  EXPECT_EQ(details(*quality, "held").find("wanted"), std::string::npos);
}

TEST(PrintableQuality, AFaultyFileIsToldWithItsLine) {
  const TemporaryFolder folder;
  const std::string good = labelled("A caption.", "Source: Ann Lee on X", "fast");
  const auto message = [&](const std::string& bad) {
    const std::string file = folder.path() + "/bad.jsonl";
    std::ofstream(file) << good << bad;
    return std::string(read_printable_posts(file).status().message());
  };
  EXPECT_NE(message("{\"item\":\n").find("bad.jsonl:2: "), std::string::npos);
  EXPECT_NE(message("{}\n").find("bad.jsonl:2: "), std::string::npos);
  EXPECT_NE(message(labelled("A caption.", "Source: Ann Lee on X", "slow")).find("not in the text: slow"),
            std::string::npos);
  std::string missing = good;
  missing.replace(missing.find("[{\"text\":\"A caption.\",\"origin\":\"alt\"}]"), 38, "[]");
  EXPECT_NE(message(missing).find("for each picture"), std::string::npos) << message(missing);
  EXPECT_FALSE(read_printable_posts(folder.path() + "/none").ok());
}

}  // namespace
}  // namespace copytaster
