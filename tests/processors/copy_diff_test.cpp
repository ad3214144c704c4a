#include "processors/copy_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace copytaster {
namespace {

TEST(CopyDiff, AShortenedTextLiesInsideTheLongOne) {
  const TextDiff diff = diff_texts(
      "The footbridge is open. It took eighteen months and cost less than planned. Thank you to the crews.",
      "The footbridge is open. Thank you to the crews. #bridge https://t.example/a");
  EXPECT_EQ(diff.shorter, 9U);
  EXPECT_EQ(diff.common, 9U);
  EXPECT_EQ(diff.replaced, 0U);
  EXPECT_DOUBLE_EQ(diff.inside(), 1);
  EXPECT_LT(diff.lengths(), 0.6);
}

TEST(CopyDiff, OneWordInPlaceOfAnother) {
  const TextDiff diff = diff_texts("Tomorrow the Tanner's Bridge is closed all day for repairs",
                                   "Tomorrow the Miller's Bridge is closed all day for repairs");
  EXPECT_EQ(diff.replaced, 1U);
  EXPECT_EQ(diff.missing, 1U);
  EXPECT_FALSE(diff.negated);
}

struct Two {
  const char* what;
  const char* a;
  const char* b;
};

TEST(CopyDiff, SpellingsAreNoOtherWords) {
  const Two kPairs[] = {
      {"a typo", "the neighbourhood meets tonight", "the neigbourhood meets tonight"},
      {"an ending", "Wejście od ulicy Rybiej numer", "Wejście od ulicy Rybia numer"},
      {"joined", "the fire brigade came at once", "the firebrigade came at once"},
      {"Arabic written longer", "المصعد معطل والمدير في الطابق السابع",
       "المصعد معطل والـــمدير في الـــطابق السابع"},
      {"Arabic digits", "شجرة زيتون 1250 غرسها تلاميذ", "شجرة زيتون ١٢٥٠ غرسها تلاميذ"},
      {"hours", "from 9 to 13 we are closed", "from 9:00 to 13:00 we are closed"},
  };
  for (const Two& two : kPairs) {
    const TextDiff diff = diff_texts(two.a, two.b);
    EXPECT_EQ(diff.replaced, 0U) << two.what;
    EXPECT_FALSE(diff.other_numbers) << two.what;
    EXPECT_DOUBLE_EQ(diff.inside(), 1) << two.what;
  }
}

TEST(CopyDiff, MonthsAreNotSpellingsOfEachOther) {
  EXPECT_EQ(diff_texts("12 июня откроется мост", "12 июля откроется мост").replaced, 1U);
  EXPECT_EQ(diff_texts("Am Montag ist die Brücke zu", "Am Sonntag ist die Brücke zu").replaced, 1U);
}

TEST(CopyDiff, TheOppositeIsNoSpelling) {
  EXPECT_EQ(diff_texts("The school building is safe for all children",
                       "The school building is unsafe for all children")
                .replaced,
            1U);
  EXPECT_EQ(diff_texts("Die Öffnung am Montag ist möglich", "Die Öffnung am Montag ist unmöglich").replaced,
            1U);
}

TEST(CopyDiff, WhatIsAlikeButBeginsOtherwiseIsAnotherWord) {
  const Two kPairs[] = {
      {"opposite", "Unemployment has increased by three per cent",
       "Unemployment has decreased by three per cent"},
      {"direction", "The northbound carriageway is closed", "The southbound carriageway is closed"},
      {"another town", "Gewitter für Hamburg am Nachmittag", "Gewitter für Homburg am Nachmittag"},
      {"a longer town", "Der Strom ist in Berg ausgefallen", "Der Strom ist in Bergheim ausgefallen"},
      {"bridges", "Die Ostbrücke ist ab Montag zu", "Die Westbrücke ist ab Montag zu"},
  };
  for (const Two& two : kPairs) EXPECT_EQ(diff_texts(two.a, two.b).replaced, 1U) << two.what;
  EXPECT_TRUE(
      diff_texts("Gewitter in Hamburg am Nachmittag", "Gewitter in Homburg am Nachmittag").other_names);
  EXPECT_EQ(diff_texts("Alles Gute für Daniela Moser heute", "Alles Gute für Danielle Moser heute").replaced,
            0U);
  EXPECT_TRUE(
      diff_texts("Alles Gute für Daniela Moser heute", "Alles Gute für Danielle Moser heute").alike_names);
  EXPECT_EQ(
      diff_texts("Spotkanie przy ul. Rybiej wieczorem", "Spotkanie przy ulicy Rybiej wieczorem").replaced, 0U)
      << "an abbreviation";
}

TEST(CopyDiff, LettersBesideFiguresCount) {
  const Two kPairs[] = {
      {"lines", "Auf der S6 gibt es Störungen", "Auf der U6 gibt es Störungen"},
      {"classes", "Die Klasse 5a hat gewonnen", "Die Klasse 5b hat gewonnen"},
      {"a sign", "Tonight -5 degrees are expected", "Tonight 5 degrees are expected"},
      {"a minus", "Tonight −5 degrees are expected", "Tonight 5 degrees are expected"},
      {"a day at the end", "Marché de Noël samedi (13/12)", "Marché de Noël samedi (20/12)"},
      {"a day that may be a part", "Marché de Noël samedi (5/12)", "Marché de Noël samedi (12/12)"},
  };
  for (const Two& two : kPairs) EXPECT_TRUE(diff_texts(two.a, two.b).other_numbers) << two.what;
  const Two kSame[] = {
      {"an hour", "ouvert à 9h pour tous", "ouvert à 9 h pour tous"},
      {"minutes", "ouvert à 18h30 pour tous", "ouvert à 18:30 pour tous"},
      {"an ordinal", "am 3. Mai und die 1st edition", "am 3. Mai und die 1 edition"},
      {"joined", "covid-19 vaccination in the hall", "covid19 vaccination in the hall"},
      {"a range", "open 10-15 every day", "open 10 - 15 every day"},
  };
  for (const Two& two : kSame) EXPECT_FALSE(diff_texts(two.a, two.b).other_numbers) << two.what;
}

TEST(CopyDiff, AnotherHeadingIsAnotherMatter) {
  const char* notice = "Der Strom ist wegen eines Kabelschadens ausgefallen, Techniker sind auf dem Weg.";
  const std::string west = std::string("Weststadt\n\n") + notice, east = std::string("Oststadt\n\n") + notice;
  EXPECT_EQ(diff_texts(west, east).replaced, 1U);
  EXPECT_EQ(diff_texts(west, notice).replaced, 0U);
  EXPECT_DOUBLE_EQ(diff_texts(west, notice).inside(), 1);
}

TEST(CopyDiff, ThousandsAreOneNumberHoweverTheyAreWritten) {
  EXPECT_FALSE(diff_texts("1,204 votes were counted", "1204 votes were counted").other_numbers);
  EXPECT_FALSE(diff_texts("1 204 votes were counted", "1.204 votes were counted").other_numbers);
}

// Each word of the one would be compared with each of the other, letter by letter.
TEST(CopyDiff, LongRunsOfLongWordsAreGivenUp) {
  std::string begin, a, b;
  for (int i = 0; i < 600; ++i) begin += "word" + std::to_string(i) + " ";
  for (int i = 0; i < 3400; ++i) a += std::string(60, 'x') + " ";
  for (int i = 0; i < 3399; ++i) b += std::string(60, 'y') + " ";
  EXPECT_EQ(diff_texts(begin + a, begin + b + std::string(59, 'x')).common, 600U);
}

TEST(CopyDiff, OtherNumbersAreSeen) {
  const Two kPairs[] = {
      {"another one", "gusts of up to 75 km/h tonight", "gusts of up to 95 km/h tonight"},
      {"two zeros more", "The crash left 9 injured people behind",
       "The crash left 900 injured people behind"},
      {"a point", "prices rose by 2.5 % in May", "prices rose by 25 % in May"},
      {"only in the shorter", "Day 41 without water", "Again this is a day without water in the town"},
  };
  for (const Two& two : kPairs) EXPECT_TRUE(diff_texts(two.a, two.b).other_numbers) << two.what;
  EXPECT_FALSE(diff_texts("The funeral is on Saturday.", "The funeral is on Saturday at 15 in the church.")
                   .other_numbers)
      << "something was added";
}

TEST(CopyDiff, FiguresForWordsAreNotCalledOtherNumbers) {
  const TextDiff diff = diff_texts("thirty eight call-outs and nobody hurt", "38 call-outs and nobody hurt");
  EXPECT_TRUE(diff.spelled_numbers);
  EXPECT_FALSE(diff.other_numbers);
}

TEST(CopyDiff, NotTurnsASentenceRound) {
  const Two kPairs[] = {
      {"en", "they are satisfied that it is safe", "they are not satisfied that it is safe"},
      {"de", "Der Markt findet statt", "Der Markt findet nicht statt"},
      {"fr", "Les lignes circuleront mardi", "Les lignes ne circuleront pas mardi"},
      {"uk", "Укриття відповідає вимогам", "Укриття не відповідає вимогам"},
      {"ar", "يقام المهرجان يوم السبت", "لن يقام المهرجان يوم السبت"},
      {"pt", "Na segunda as aulas voltam", "Na segunda as aulas não voltam"},
      {"el", "Το σχολείο ανοίγει", "Το σχολείο δεν ανοίγει"},
      {"contracted", "The bridge is open", "The bridge isn't open"},
      {"el, without", "Το σχολείο ανοίγει με άδεια", "Το σχολείο ανοίγει χωρίς άδεια"},
  };
  for (const Two& two : kPairs) EXPECT_TRUE(diff_texts(two.a, two.b).negated) << two.what;
  EXPECT_FALSE(
      diff_texts("The bridge is open. We did not expect so many of you this morning.", "The bridge is open.")
          .negated)
      << "a sentence of its own was left out";
}

TEST(CopyDiff, ThePartOfAThreadLosesItsCounter) {
  for (const char* part :
       {"The zones were drawn from an old map. (1/4)", "The zones were drawn from an old map. 1/",
        "The zones were drawn from an old map. 🧵 1/4", "(1/4) The zones were drawn from an old map."}) {
    const TextDiff diff =
        diff_texts(part, "The zones were drawn from an old map. A carer will pay three times.");
    EXPECT_FALSE(diff.other_numbers) << part;
    EXPECT_DOUBLE_EQ(diff.inside(), 1) << part;
  }
  EXPECT_TRUE(diff_texts("Traffic fell by 1/4", "Traffic fell by 1/3").other_numbers);
}

TEST(CopyDiff, EitherOrderGivesTheSame) {
  const std::string a = "One two three four five six, seven.";
  const std::string b = "One two three. Five six!";
  EXPECT_EQ(diff_texts(a, b).common, diff_texts(b, a).common);
  EXPECT_EQ(diff_texts(a, b).longer, diff_texts(b, a).longer);
}

TEST(CopyDiff, AnyBytesGiveAnAnswer) {
  std::string emoji, marks, rtl = "\xE2\x80\xAE";
  for (int i = 0; i < 10'000; ++i) emoji += "🎉";
  for (int i = 0; i < 10'000; ++i) marks += "\xCC\x81";
  const std::string large(1 << 20, 'a');
  std::string words;
  for (int i = 0; i < 100'000; ++i) words += "w" + std::to_string(i * 7919 % 5003) + " ";
  for (const std::string& text :
       {std::string(), emoji, "e" + marks, rtl + "abc", large, words, std::string("\xFF\xFE\x00z", 4)}) {
    for (const std::string& other : {std::string("a plain text of some words"), text}) {
      const TextDiff diff = diff_texts(text, other);
      EXPECT_LE(diff.common, diff.longer);
      EXPECT_LE(diff.inside(), 1);
    }
  }
}

TEST(CopyDiff, RandomTextsKeepItsSums) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2000; ++round) {
    const auto make = [&] {
      std::string text;
      for (std::size_t i = random() % 30; i > 0; --i) {
        static const char* const kWords[] = {"alpha", "beta",  "not",   "12",  "13",
                                             "#tag",  "gamma", "délta", "нет", "x"};
        text += std::string(kWords[random() % 10]) + " ";
      }
      return text;
    };
    const std::string a = make(), b = make();
    const TextDiff diff = diff_texts(a, b);
    ASSERT_LE(diff.shorter, diff.longer) << a << "|" << b;
    ASSERT_LE(diff.common, diff.shorter) << a << "|" << b;
    ASSERT_LE(diff.missing, diff.shorter) << a << "|" << b;
    ASSERT_DOUBLE_EQ(diff_texts(a, a).inside(), diff.shorter == 0 && diff_texts(a, a).shorter == 0 ? 0 : 1)
        << a;
  }
}

}  // namespace
}  // namespace copytaster
