#include "desk/version_diff.h"

#include <gtest/gtest.h>

#include <random>

#include "core/strings.h"

namespace copytaster {
namespace {

using Kind = DiffPart::Kind;

std::string marked(std::string_view from, std::string_view to) {
  std::string out;
  for (const DiffPart& part : diff_words(from, to)) {
    const std::string_view sign = part.kind == Kind::kSame ? "=" : part.kind == Kind::kGone ? "-" : "+";
    str_append(&out, sign, part.text, "|");
  }
  return out;
}

std::string side(const std::vector<DiffPart>& parts, Kind other) {
  std::string out;
  for (const DiffPart& part : parts) {
    if (part.kind != other) out += part.text;
  }
  return out;
}

TEST(VersionDiff, TellsTheWordsThatWereReplaced) {
  EXPECT_EQ(marked("The bridge opens on Friday.", "The bridge opens on Saturday."),
            "=The bridge opens on |-Friday.|+Saturday.|");
  EXPECT_EQ(marked("same", "same"), "=same|");
  EXPECT_EQ(marked("", "new words"), "+new words|");
  EXPECT_EQ(marked("old words", ""), "-old words|");
  EXPECT_EQ(marked("a c", "a b c"), "=a |+b |=c|");
}

TEST(VersionDiff, BothTextsComeOutOfIt) {
  std::mt19937 random(7);
  const std::vector<std::string> words = {"a", "b", " ", "\n\n", "długie", "🚋", ","};
  for (int round = 0; round < 500; ++round) {
    std::string from, to;
    for (auto i = random() % 30; i > 0; --i) from += words[random() % words.size()];
    for (auto i = random() % 30; i > 0; --i) to += words[random() % words.size()];
    const std::vector<DiffPart> parts = diff_words(from, to);
    EXPECT_EQ(side(parts, Kind::kNew), from);
    EXPECT_EQ(side(parts, Kind::kGone), to);
    for (std::size_t i = 1; i < parts.size(); ++i) EXPECT_NE(parts[i].kind, parts[i - 1].kind);
  }
}

TEST(VersionDiff, HugeTextsAreReplacedAsOne) {
  std::string from = "begin ", to = "begin ";
  for (int i = 0; i < 5000; ++i) {
    str_append(&from, "a", i, " ");
    str_append(&to, "b", i, " ");
  }
  const std::vector<DiffPart> parts = diff_words(from + "end", to + "end");
  EXPECT_EQ(side(parts, Kind::kNew), from + "end");
  EXPECT_EQ(side(parts, Kind::kGone), to + "end");
  EXPECT_LE(parts.size(), 10'003U);
}

TEST(VersionDiff, NamesTheFieldsThatDiffer) {
  Item from, to;
  from.set_text("The pool is closed.");
  to.set_text("The pool is open.");
  from.set_title("Pool");
  to.set_title("Pool");
  from.mutable_engagement()->set_likes(3);
  to.mutable_engagement()->set_likes(9);
  Media* picture = from.add_media();
  picture->set_native_id("p1");
  picture->set_alt_text("A pool");
  *to.add_media() = *picture;
  to.mutable_media(0)->set_alt_text("An open pool");
  to.add_media()->set_url("https://example.org/new.jpg");
  const std::vector<FieldChange> changes = diff_versions(from, to);
  ASSERT_EQ(changes.size(), 3U) << "counts are no words";
  EXPECT_EQ(changes[0].field, "text");
  EXPECT_EQ(changes[1].field, "picture https://example.org/new.jpg");
  EXPECT_EQ(changes[1].from, "");
  EXPECT_EQ(changes[2].field, "picture p1");
  EXPECT_EQ(changes[2].to, "alternative text: An open pool");
}

TEST(VersionDiff, IsJson) {
  Item from, to;
  from.set_version(1);
  to.set_version(2);
  from.set_text("a b");
  to.set_text("a c");
  JsonWriter json;
  json.begin_object();
  write_diff(json, from, to);
  EXPECT_EQ(
      json.end_object().text(),
      R"({"from":{"version":1},"to":{"version":2},"changes":[{"field":"text","from":"a b","to":"a c","parts":[{"kind":"same","text":"a "},{"kind":"gone","text":"b"},{"kind":"new","text":"c"}]}]})");
}

}  // namespace
}  // namespace copytaster
