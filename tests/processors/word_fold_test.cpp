#include "processors/word_fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "core/strings.h"
#include "core/text.h"
#include "processors/word_scan.h"
#include "processors/word_sentences.h"
#include "processors/word_trie.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> words_of(std::string_view text) {
  WordScan scan;
  scan_words_into(text, &scan);
  std::vector<std::string> out;
  for (const Word& word : scan.words) out.emplace_back(scan.folded_word(word));
  return out;
}

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<Span> spans;
  split_sentences(text, &spans);
  std::vector<std::string> out;
  for (const Span& span : spans) out.emplace_back(text.substr(span.begin, span.end - span.begin));
  return out;
}

TEST(WordFold, TakesOffCaseAccentsAndFancyLetters) {
  constexpr std::pair<std::string_view, std::string_view> kCases[] = {
      {"Élysée", "elysee"},
      {"Łódź", "lodz"},
      {"Straße", "strasse"},
      {"Ґанок", "ганок"},
      {"ΜΆΙΟΣ", "μαιοσ"},
      {"μάιος", "μαιοσ"},
      {"Ærø", "aero"},
      {"Œuvre", "oeuvre"},
      {"ﬁn", "fin"},
      {"Ｋｙｉｖ", "kyiv"},
      {"𝐊𝐲𝐢𝐯", "kyiv"},
      {"İstanbul", "istanbul"},
      {"서울시", "서울시"},        // no marks to take off
      {"e\u0301te\u0301", "ete"},  // decomposed
      {"Ki\u00ADev", "kiev"},      // soft hyphen
      {"Ki\u200Dev", "kiev"},      // joiner
  };
  for (const auto& [text, folded] : kCases) EXPECT_THAT(words_of(text), ElementsAre(folded)) << text;
}

TEST(WordFold, DecodesAsTheTextHelpersDo) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (std::size_t i = random() % 20; i > 0; --i) text += static_cast<char>(random());
    text += "é市𝐊";
    std::string valid = to_valid_utf8(text);
    std::size_t at = 0, previous = 0;
    while (at < valid.size()) {
      const char32_t forward = next_code_point(valid, &at);
      ASSERT_GT(at, previous);
      ASSERT_EQ(code_point_before(valid, at), forward);
      previous = at;
    }
    ASSERT_EQ(at, valid.size());
    for (at = 0; at < text.size();) next_code_point(text, &at);  // any bytes: moves on and ends
    ASSERT_EQ(at, text.size());
  }
}

TEST(WordFold, APhraseMayEndInAStarOrATilde) {
  EXPECT_EQ(fold_phrase("Conseil de l'Europe"), "conseil de l europe");
  EXPECT_EQ(fold_phrase("мер~"), std::string("мер") + kEnding);
  EXPECT_EQ(fold_phrase("tram*", kRest), std::string("tram") + kRest);
  EXPECT_EQ(fold_phrase(""), "");
}

TEST(WordScan, SaysWhatStandsBeforeEachWord) {
  const std::string text = "Мер Києва, Anne-Marie O'Brien (St. Gallen): #Kyiv @anne_h.\nÀ 12h 市長";
  const WordScan& scan = scan_words(text);
  std::vector<std::pair<std::string, Gap>> got;
  for (const Word& word : scan.words)
    got.emplace_back(text.substr(word.begin, word.end - word.begin), word.gap);
  EXPECT_THAT(got, ElementsAre(std::pair("Мер", Gap::kLine), std::pair("Києва", Gap::kSpace),
                               std::pair("Anne", Gap::kComma), std::pair("Marie", Gap::kHyphen),
                               std::pair("O", Gap::kSpace), std::pair("Brien", Gap::kApostrophe),
                               std::pair("St", Gap::kOther), std::pair("Gallen", Gap::kAbbreviation),
                               std::pair("Kyiv", Gap::kOther), std::pair("anne", Gap::kOther),
                               std::pair("h", Gap::kUnderscore), std::pair("À", Gap::kLine),
                               std::pair("12h", Gap::kSpace), std::pair("市", Gap::kSpace),
                               std::pair("長", Gap::kNone)));
  EXPECT_TRUE(scan.words[0].capital);
  EXPECT_TRUE(scan.words[8].hash);
  EXPECT_TRUE(scan.words[9].at);
  EXPECT_TRUE(scan.words[12].digit);
  EXPECT_EQ(scan.first_word_from(0), 0U);
  EXPECT_EQ(scan.first_word_from(1), 1U);
  EXPECT_EQ(scan.first_word_from(text.size()), scan.words.size());
}

TEST(WordScan, IsRememberedForTheSameBytesOnly) {
  const std::string one = "Odile Marchal", other = "Bohdan Kravets";
  const WordScan* first = &scan_words(one);
  EXPECT_EQ(&scan_words(std::string("Odile Marchal")), first);
  EXPECT_NE(&scan_words(other), first);
  EXPECT_EQ(scan_words(one).folded_word(0), "odile");
  EXPECT_EQ(scan_words(other).folded_word(0), "bohdan");
  std::string changed = one;
  changed[0] = 'U';
  EXPECT_EQ(scan_words(changed).folded_word(0), "udile");
  // Four others were scanned: it is made anew and says the same.
  for (const char* text : {"a", "b", "c", "d", "e", "f"}) scan_words(text);
  EXPECT_EQ(scan_words(one).folded_word(1), "marchal");
}

TEST(WordScan, IsSoundOnAnyBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 1000; ++round) {
    std::string text;
    for (std::size_t i = random() % 80; i > 0; --i) {
      text += random() % 3 == 0 ? static_cast<char>(random()) : "aÉ '-.市"[random() % 10];
    }
    WordScan scan;
    scan_words_into(text, &scan);
    std::uint32_t end = 0, fold_end = 0;
    for (const Word& word : scan.words) {
      ASSERT_LE(end, word.begin);
      ASSERT_LT(word.begin, word.end);
      ASSERT_LE(word.end, text.size());
      ASSERT_LE(fold_end, word.fold_begin);
      ASSERT_LT(word.fold_end, scan.folded.size());
      end = word.end;
      fold_end = word.fold_end;
    }
  }
}

TEST(WordScan, LongTextsAreReadToABoundThatSplitsNoCharacter) {
  std::string text;
  while (text.size() < kMaxScannedBytes + 100) text += "é ";
  EXPECT_LE(scan_words(text).words.back().end, kMaxScannedBytes);
  EXPECT_EQ(scan_words(text).folded_word(scan_words(text).words.size() - 1), "e");
}

PhraseTable table_of(const std::vector<std::string>& patterns) {
  PhraseBuilder builder;
  std::uint32_t value = 0;
  for (const std::string& pattern : patterns) builder.add(pattern, ++value);
  return builder.build();
}

TEST(PhraseTable, FindsTheLongestPhrase) {
  const PhraseTable table =
      table_of({"le mans", "le", "le mans est", fold_phrase("tram*", kRest), fold_phrase("київ~")});
  const WordScan& scan = scan_words("Le Mans-Est, le mans. Tramway, Київ, Київом, Київщина, le! Mans");
  EXPECT_EQ(table.longest_at(scan, 0).words, 3U);
  EXPECT_EQ(table.longest_at(scan, 3).words, 2U);
  EXPECT_EQ(table.longest_at(scan, 5).value, 4U);
  EXPECT_EQ(table.longest_at(scan, 6).value, 5U);
  EXPECT_EQ(table.longest_at(scan, 7).value, 5U);
  EXPECT_EQ(table.longest_at(scan, 8).words, 0U);  // "щина" is no case ending
  EXPECT_EQ(table.longest_at(scan, 9).words, 1U);  // a phrase does not run over a full stop
  EXPECT_EQ(table.longest_at(scan, 999).words, 0U);
  EXPECT_EQ(PhraseTable().longest_at(scan, 0).words, 0U);
}

// Whether the words fit the pattern, by its definition alone: one table of one pattern has no other to skip.
bool fits(const WordScan& scan, std::size_t at, const std::vector<std::string_view>& pattern) {
  if (at + pattern.size() > scan.words.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::string_view want = pattern[i];
    const std::string_view word = scan.folded_word(at + i);
    const char mark = want.empty() ? ' ' : want.back();
    if (mark == kEnding || mark == kRest) want.remove_suffix(1);
    if (!word.starts_with(want)) return false;
    const std::string_view rest = word.substr(want.size());
    const bool whole = mark == kRest || (mark == kEnding && is_case_ending(rest, scan.words[at + i].script));
    if (!rest.empty() && !whole) return false;
  }
  return true;
}

TEST(PhraseTable, FindsWhatThePatternsSayWhateverTheyBeginWith) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE(str_cat("seed ", seed));
  std::mt19937_64 random(seed);
  const std::string_view letters[] = {"a", "b", "і", "σ", "т"};
  const auto word = [&] {
    std::string out;
    for (auto left = 1 + random() % 5; left > 0; --left) out += letters[random() % 5];
    return out;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> patterns;
    for (int i = 0; i < 6; ++i) {
      std::string pattern;
      for (auto left = 1 + random() % 2; left > 0; --left) {
        const std::string_view mark = random() % 3 == 0 ? "\x01" : random() % 2 == 0 ? "\x02" : "";
        str_append(&pattern, pattern.empty() ? "" : " ", word(), mark);
      }
      patterns.push_back(pattern);
    }
    std::string text;
    for (int i = 0; i < 12; ++i) str_append(&text, word(), " ");
    const PhraseTable table = table_of(patterns);
    WordScan scan;
    scan_words_into(text, &scan);
    for (std::size_t at = 0; at < scan.words.size(); ++at) {
      std::set<std::uint32_t> wanted, got;
      for (std::size_t p = 0; p < patterns.size(); ++p) {
        if (fits(scan, at, split(patterns[p], ' '))) wanted.insert(static_cast<std::uint32_t>(p + 1));
      }
      std::vector<PhraseMatch> found;
      table.match_at(scan, at, &found);
      for (const PhraseMatch& match : found) got.insert(match.value);
      ASSERT_EQ(got, wanted) << "in \"" << text << "\" at word " << at;
    }
  }
}

TEST(PhraseTable, CaseEndingsAreThoseOfTheScript) {
  EXPECT_TRUE(is_case_ending("", Script::kLatin));
  EXPECT_TRUE(is_case_ending("em", Script::kLatin));
  EXPECT_TRUE(is_case_ending("ом", Script::kCyrillic));
  EXPECT_TRUE(is_case_ending("ου", Script::kGreek));
  EXPECT_FALSE(is_case_ending("ом", Script::kLatin));
  EXPECT_FALSE(is_case_ending("xyz", Script::kLatin));
  EXPECT_EQ(name_stem("клична", Script::kCyrillic), "кличн");
  EXPECT_EQ(name_stem("ana", Script::kLatin), "ana");  // too short to be cut
}

TEST(Sentences, AbbreviationsDatesAndInitialsEndNone) {
  EXPECT_THAT(sentences_of("We met Dr. Martin at 5 p.m. today. He left."),
              ElementsAre("We met Dr. Martin at 5 p.m. today.", "He left."));
  EXPECT_THAT(sentences_of("John F. Kennedy came. So did we."),
              ElementsAre("John F. Kennedy came.", "So did we."));
  EXPECT_THAT(sentences_of("Sie kam am 14. April an. Er nicht."),
              ElementsAre("Sie kam am 14. April an.", "Er nicht."));
  EXPECT_THAT(sentences_of("Він живе на вул. Шевченка. Вона ні."),
              ElementsAre("Він живе на вул. Шевченка.", "Вона ні."));
}

TEST(Sentences, AGermanOrdinalEndsNone) {
  EXPECT_THAT(sentences_of("Herzlichen Glückwunsch zum 100. Geburtstag, Frau Kröplin! Alles Gute."),
              ElementsAre("Herzlichen Glückwunsch zum 100. Geburtstag, Frau Kröplin!", "Alles Gute."));
  EXPECT_THAT(sentences_of("Es waren 100. Danach ging das Licht aus."),
              ElementsAre("Es waren 100.", "Danach ging das Licht aus."));
  EXPECT_THAT(sentences_of("100. Am Ende"), ElementsAre("100.", "Am Ende"));
}

TEST(Sentences, LinesMarksAndWideStopsEndThem) {
  EXPECT_THAT(sentences_of("One\nTwo\r\n\r\nThree"), ElementsAre("One", "Two", "Three"));
  EXPECT_THAT(sentences_of("« Non ! » Elle part. “Yes.” He stays?!"),
              ElementsAre("« Non ! »", "Elle part.", "“Yes.”", "He stays?!"));
  EXPECT_THAT(sentences_of("« Non ! » dit-elle."), ElementsAre("« Non ! » dit-elle."));
  EXPECT_THAT(sentences_of("図書館を開く。来週だ。"), ElementsAre("図書館を開く。", "来週だ。"));
  EXPECT_THAT(sentences_of("Wait… Go."), ElementsAre("Wait…", "Go."));
  EXPECT_TRUE(sentences_of("").empty());
  EXPECT_TRUE(sentences_of(" \n\u00A0\n").empty());
}

TEST(Sentences, CoverTheTextInOrderOnAnyBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 1000; ++round) {
    std::string text;
    for (std::size_t i = random() % 60; i > 0; --i)
      text += random() % 4 == 0 ? static_cast<char>(random()) : ".!? \nAb"[random() % 7];
    std::vector<Span> spans;
    split_sentences(text, &spans);
    std::size_t end = 0;
    for (const Span& span : spans) {
      ASSERT_LE(end, span.begin);
      ASSERT_LT(span.begin, span.end);
      ASSERT_LE(span.end, text.size());
      end = span.end;
    }
  }
}

}  // namespace
}  // namespace copytaster
