// The scanner's loops against the plainest way to say the same: one character after another.
#include "processors/word_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace copytaster {
namespace {

bool is(const FoldedChar& folded, std::uint8_t flag) { return (folded.flags & flag) != 0; }

struct Reference {
  std::vector<Word> words;
  std::vector<std::string> folded;

  explicit Reference(std::string_view text) {
    bool open = false;
    bool lower = false;
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      const FoldedChar letter = folded_char(next_code_point(text, &at));
      if (is(letter, FoldedChar::kWord)) {
        const bool cjk = letter.script == Script::kCjk;
        if (open && (cjk || words.back().script == Script::kCjk)) open = false;
        if (!open) {
          Word& fresh = words.emplace_back();
          folded.emplace_back();
          fresh.begin = static_cast<std::uint32_t>(begin);
          fresh.capital = is(letter, FoldedChar::kUpper);
          fresh.digit = is(letter, FoldedChar::kDigit);
          lower = false;
          letters = 0;
        }
        open = true;
        Word& word = words.back();
        if (word.script == Script::kOther) word.script = letter.script;
        word.end = static_cast<std::uint32_t>(at);
        folded.back().append(letter.bytes, letter.size);
        lower = lower || (!is(letter, FoldedChar::kUpper) && !is(letter, FoldedChar::kDigit));
        word.all_upper = !lower && ++letters >= 2 && word.capital;
      } else if (!is(letter, FoldedChar::kTransparent)) {
        open = false;
      } else if (open && is(letter, FoldedChar::kMark)) {
        words.back().end = static_cast<std::uint32_t>(at);
      }
    }
  }
};

void expect_same(const std::string& text) {
  const Reference wanted(text);
  WordScan scan;
  scan_words_into(text, &scan);
  ASSERT_EQ(scan.words.size(), wanted.words.size()) << text;
  for (std::size_t i = 0; i < scan.words.size(); ++i) {
    const Word& got = scan.words[i];
    const Word& want = wanted.words[i];
    ASSERT_EQ(scan.folded_word(i), wanted.folded[i]) << text;
    ASSERT_EQ(got.begin, want.begin) << text;
    ASSERT_EQ(got.end, want.end) << text;
    ASSERT_EQ(got.script, want.script) << text;
    ASSERT_EQ(got.capital, want.capital) << text;
    ASSERT_EQ(got.all_upper, want.all_upper) << text;
    ASSERT_EQ(got.digit, want.digit) << text;
    const std::string& folded = wanted.folded[i];
    ASSERT_EQ(got.number, folded.find_first_of("0123456789") != std::string::npos) << text;
    // Behind each word stands its separator.
    ASSERT_TRUE(scan.folded[got.fold_end] == ' ' || scan.folded[got.fold_end] == '\n') << text;
  }
  if (scan.words.empty()) return;
  ASSERT_EQ(scan.folded.size(), scan.words.back().fold_end + 1) << text;
}

TEST(WordScan, FindsWhatOneCharacterAfterAnotherGives) {
  static constexpr std::string_view kParts[] = {
      "a",    "B",        "Zz",       "word",   "PARIS",  "é",      "Ł", "ß",  "ĳ",  "ﬁ",
      "Київ", "ґ",        "Ω",        "市長",   "か",     "한국",   "1", "２", "²",  "𝟗",
      "𝐀",    "e\u0301",  "\u0301",   "\u00AD", "\u200D", "\uFE0F", "🎉", " ",  " ",  "\n",
      "-",    "'",        "’",        ".",      ",",      "#",      "@", "_",  "／", "\xff",
      "\xC3", "\xE2\x80", "\xF0\x9F", "ａ",     "و",      "١"};
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t n = random() % 24; n > 0; --n) text += kParts[random() % std::size(kParts)];
    expect_same(text);
    if (HasFatalFailure()) return;
  }
}

TEST(WordScan, TakesAnyBytes) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 5'000; ++round) {
    std::string text(random() % 80, '\0');
    for (char& c : text) c = static_cast<char>(random());
    expect_same(text);
    if (HasFatalFailure()) return;
  }
}

// The contract of scan_words: a scan is good until two other texts were scanned, wherever it is kept.
TEST(WordScan, WhatWasAskedForJustNowIsNotTheNextToGo) {
  int number = 0;
  const auto fresh = [&number] { return "The text of number " + std::to_string(++number); };
  std::vector<std::string> asked;
  for (int round = 0; round < 40; ++round) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(asked.size(), 6); ++back) {
      const std::string again = asked[asked.size() - back];
      const WordScan& scan = scan_words(again);
      WordScan wanted;
      scan_words_into(again, &wanted);
      asked.push_back(fresh());
      (void)scan_words(asked.back());
      ASSERT_EQ(scan.folded, wanted.folded) << "asked for again after " << back - 1 << " others";
    }
    asked.push_back(fresh());
    (void)scan_words(asked.back());
  }
}

}  // namespace
}  // namespace copytaster
