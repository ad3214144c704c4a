#include "processors/fingerprint.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "core/text.h"
#include "processors/dedupe_text.h"
#include "processors/shingle.h"

namespace copytaster {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  WordReader reader(text);
  for (TextWord word; reader.next(word);) out.emplace_back(word.folded);
  return out;
}

using Words = std::vector<std::string>;

TEST(PlainText, DropsReshareMarksAndRaggedEnds) {
  EXPECT_EQ(words_of("RT @office: RT @other Water is back"), (Words{"water", "is", "back"}));
  EXPECT_EQ(words_of("Water is ba… https://t.example/x1"), (Words{"water", "is"}));
  EXPECT_EQ(words_of("Water is ..."), (Words{"water"}));
  EXPECT_TRUE(plain_text("Water is ba…").cut);
  EXPECT_FALSE(plain_text("Water is back.").cut);
  EXPECT_EQ(plain_text("Water is back. (1/2)").text, "Water is back.");
  EXPECT_EQ(plain_text("Water is back. (1/2)").counted, "Water is back. (1/2)");
  EXPECT_EQ(plain_text("Christmas market on Saturday (13/12)").text, "Christmas market on Saturday (13/12)");
  EXPECT_EQ(words_of("Rthis is no reshare"), (Words{"rthis", "is", "no", "reshare"}));
  EXPECT_EQ(words_of("RT is a word"), (Words{"rt", "is", "a", "word"}));
}

TEST(WordReader, SkipsLinksEmojiAndInvisibleCharacters) {
  EXPECT_EQ(words_of("Merci, Kyiv! 🇺🇦 https://example.org/a?b=c (www.example.org)"),
            (Words{"merci", "kyiv"}));
  EXPECT_EQ(words_of("water\u200bless"), (Words{"water", "less"})) << "a space of no width parts words";
  EXPECT_EQ(words_of("\u202eWater\u202c"), (Words{"water"}));
}

TEST(WordReader, KnowsNamesNumbersAndTags) {
  WordReader reader("Yesterday Anna met 14 people in Lyon. Then #Paris and @Office");
  std::set<std::string> names, numbers, tags;
  for (TextWord word; reader.next(word);) {
    if (word.name) names.insert(std::string(word.folded));
    if (word.number) numbers.insert(std::string(word.folded));
    if (word.tag) tags.insert(std::string(word.folded));
  }
  EXPECT_EQ(names, (std::set<std::string>{"anna", "lyon"}));
  EXPECT_EQ(numbers, (std::set<std::string>{"14"}));
  EXPECT_EQ(tags, (std::set<std::string>{"paris", "office"}));
}

TEST(Fingerprint, SameStatementSameHashWhateverItsDress) {
  const Sketch plain = sketch_of("", "Le pont Wilson rouvre demain à sept heures.");
  const Sketch dressed =
      sketch_of("", "RT @ville: LE PONT WILSON rouvre demain, à sept heures !! 🎉 https://t.example/1");
  EXPECT_NE(plain.exact, 0U);
  EXPECT_EQ(plain.exact, dressed.exact);
  EXPECT_EQ(plain.signature, dressed.signature);
}

TEST(Fingerprint, OrderCounts) {
  EXPECT_NE(sketch_of("", "the bridge closes and the road opens").exact,
            sketch_of("", "the road closes and the bridge opens").exact);
}

TEST(Fingerprint, TooShortSaysNothing) {
  EXPECT_EQ(sketch_of("", "Merci à tous").exact, 0U);
  EXPECT_EQ(sketch_of("", "").exact, 0U);
  EXPECT_TRUE(sketch_of("", "").signature.empty);
  EXPECT_FALSE(sketch_of("", "Merci").signature.empty);
}

TEST(Fingerprint, TitleIsPartOfTheText) {
  EXPECT_EQ(sketch_of("Bridge closed", "It reopens on Monday.").exact,
            sketch_of("", "Bridge closed. It reopens on Monday.").exact);
}

TEST(Fingerprint, StoredAndReadAgainIsTheSame) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "Word" + std::to_string(i * 7919) + " in Town ";
  for (const std::string& one : {std::string("A short one about Anna and 14 others"), text, std::string()}) {
    const Sketch made = sketch_of("", one);
    const Sketch read = to_sketch(to_fingerprint(made));
    EXPECT_EQ(to_fingerprint(made).SerializeAsString(), to_fingerprint(read).SerializeAsString());
    EXPECT_EQ(made.signature, read.signature);
  }
}

TEST(Fingerprint, DamagedOnesAreLeftOutNotTrusted) {
  Fingerprint damaged;
  damaged.add_minhash(7);
  damaged.set_word_hashes("\x05\x00\x03\x00\x05\x00\x01");  // unsorted, doubled, odd
  const Sketch read = to_sketch(damaged);
  EXPECT_TRUE(read.signature.empty);
  ASSERT_EQ(read.word_hashes.size, 0) << "a C string ends at its first NUL";
  damaged.set_word_hashes(std::string("\x05\x00\x03\x00\x05\x00\x01", 7));
  const Sketch again = to_sketch(damaged);
  ASSERT_EQ(again.word_hashes.size, 2);
  EXPECT_LT(again.word_hashes.values[0], again.word_hashes.values[1]);
}

TEST(Fingerprint, SurvivesAnyText) {
  std::string emoji, marks, han, long_word(1 << 20, 'a'), long_text;
  for (int i = 0; i < 10'000; ++i) emoji += "\U0001F389", marks += "e\u0301\u0302\u0303", han += "市";
  while (long_text.size() < (1 << 20)) long_text += "мер Києва каже, що ";
  for (const std::string& text :
       {emoji, marks, han, long_word, long_text, std::string("\xff\xfe\x00\xc0", 4)}) {
    const Sketch sketch = sketch_of("", text);
    EXPECT_LE(sketch.word_hashes.size, 128);
  }
  EXPECT_TRUE(sketch_of("", emoji).signature.empty);
  EXPECT_EQ(sketch_of("", han).words, 1U);
  std::mt19937 random(std::random_device{}());
  const auto seed = random();
  random.seed(seed);
  SCOPED_TRACE(seed);
  for (int i = 0; i < 2000; ++i) {
    std::string noise(random() % 200, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    const Sketch one = sketch_of("", noise);
    EXPECT_EQ(to_fingerprint(one).SerializeAsString(),
              to_fingerprint(sketch_of("", noise)).SerializeAsString());
  }
}

TEST(MinHash, EstimatesTheShareOfShingles) {
  std::mt19937_64 random(20220414);
  for (const double share : {0.0, 0.2, 0.5, 0.8, 1.0}) {
    double sum = 0;
    constexpr int kTrials = 200;
    for (int trial = 0; trial < kTrials; ++trial) {
      MinHash a, b;
      const int common = static_cast<int>(300 * share);
      for (int i = 0; i < common; ++i) {
        const std::uint64_t shingle = random();
        a.add(shingle), b.add(shingle);
      }
      for (int i = common; i < 300; ++i) (i % 2 == 0 ? a : b).add(random());
      sum += similarity(a.finish(), b.finish());
    }
    EXPECT_NEAR(sum / kTrials, share, 0.02) << share;
  }
}

TEST(MinHash, FewShinglesFillAllBinsAlike) {
  MinHash a, b;
  a.add(mix64(1)), b.add(mix64(1));
  EXPECT_EQ(a.finish(), b.finish());
  EXPECT_DOUBLE_EQ(similarity(a.finish(), b.finish()), 1);
  b.add(mix64(2));
  EXPECT_LT(similarity(a.finish(), b.finish()), 0.9);
}

TEST(MatchTexts, ShorterInsideLonger) {
  const Sketch longer =
      sketch_of("",
                "Water is back in the Old Town since noon. The crews worked all night, thank you. "
                "Schools open on Monday.");
  const Sketch cut = sketch_of("", "Water is back in the Old Town since noon. The crews worked all ni…");
  const TextMatch match = match_texts(view_of(cut), view_of(longer));
  EXPECT_DOUBLE_EQ(match.words_inside, 1);
  EXPECT_GT(match.shingles_inside, 0.7);
  EXPECT_TRUE(match.same_start);
  EXPECT_TRUE(match.names_agree);
  EXPECT_TRUE(match.numbers_agree);
}

TEST(MatchTexts, NumbersAndNames) {
  const auto match = [](std::string_view a, std::string_view b) {
    const Sketch x = sketch_of("", a), y = sketch_of("", b);
    return match_texts(view_of(x), view_of(y));
  };
  EXPECT_FALSE(match("gusts of up to 75 km/h tonight", "gusts of up to 95 km/h tonight").numbers_agree);
  EXPECT_TRUE(match("gusts of up to 75 km/h tonight", "gusts tonight of up to 75 km/h").numbers_agree);
  EXPECT_FALSE(match("happy birthday to Anna today", "happy birthday to Bruno today").names_agree);
  EXPECT_TRUE(match("happy birthday to Anna today", "happy birthday to Anna in Lyon today").names_agree);
  EXPECT_TRUE(match("happy birthday to Anna today", "happy birthday to #Anna today").names_agree);
}

}  // namespace
}  // namespace copytaster
