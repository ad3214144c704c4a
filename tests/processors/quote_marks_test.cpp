#include "processors/quote_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "core/text.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<QuotedSpan> spans_of(std::string_view text) {
  std::vector<QuotedSpan> spans;
  find_quoted(text, &spans);
  return spans;
}

std::vector<std::string> quoted(std::string_view text) {
  std::vector<std::string> out;
  for (const QuotedSpan& span : spans_of(text)) {
    out.emplace_back(text.substr(span.inner.begin, span.inner.end - span.inner.begin));
  }
  return out;
}

struct Style {
  std::string_view text;
  std::string_view inside;
};

TEST(QuoteMarks, KnowsEveryStyleOfEuropeAndEastAsia) {
  constexpr Style kStyles[] = {
      {"She said “we stay” and left", "we stay"},                       // en
      {"She said \"we stay\" and left", "we stay"},                     // typed
      {"She said ‘we stay here’ and left", "we stay here"},             // en, British
      {"She said 'we stay here' and left", "we stay here"},             // typed
      {"Elle dit « nous restons » et part", "nous restons"},            // fr
      {"Elle dit «\u202Fnous restons\u202F» et part", "nous restons"},  // fr, narrow spaces
      {"Elle dit «\u00A0nous restons\u00A0» et part", "nous restons"},  // fr, no-break spaces
      {"Вона сказала «ми лишаємось» і пішла", "ми лишаємось"},          // uk
      {"Вона сказала „ми лишаємось“ і пішла", "ми лишаємось"},          // uk, older
      {"Sie sagte „wir bleiben“ und ging", "wir bleiben"},              // de
      {"Sie sagte »wir bleiben« und ging", "wir bleiben"},              // de, books
      {"Sie sagte ‚wir bleiben hier‘ und ging", "wir bleiben hier"},    // de, single
      {"Sie sagte ›wir bleiben‹ und ging", "wir bleiben"},              // de, books, single
      {"Sie sagte ‹wir bleiben› und ging", "wir bleiben"},              // de-CH, single
      {"Sie sagte „wir bleiben\" und ging", "wir bleiben"},             // de, half typed
      {"Powiedziała „zostajemy” i wyszła", "zostajemy"},                // pl, hu, ro
      {"Powiedziała ,,zostajemy'' i wyszła", "zostajemy"},              // pl, typed
      {"Ha detto “restiamo” ed è uscita", "restiamo"},                  // it, es, pt
      {"Ha detto «restiamo» ed è uscita", "restiamo"},                  // it, es, pt, el
      {"Η δήμαρχος είπε «μένουμε» και έφυγε", "μένουμε"},               // el
      {"Ze zei ‘we blijven hier’ en ging", "we blijven hier"},          // nl
      {"Hon sa ”vi stannar” och gick", "vi stannar"},                   // sv, fi
      {"Hon sa »vi stannar» och gick", "vi stannar"},                   // sv, fi, books
      {"市長は「図書館を開く」と述べた", "図書館を開く"},               // ja, zh-Hant
      {"市長は『図書館を開く』と述べた", "図書館を開く"},               // ja
      {"市長は｢図書館を開く｣と述べた", "図書館を開く"},                 // ja, half width
      {"市長は〝図書館を開く〟と述べた", "図書館を開く"},               // ja, vertical
      {"市长说：“图书馆继续开放。”", "图书馆继续开放。"},               // zh-Hans
      {"市长说：＂图书馆继续开放。＂", "图书馆继续开放。"},             // full width
      {"시장은 “도서관을 열겠다”고 말했다", "도서관을 열겠다"},         // ko
      {"❝We stay❞ she said", "we stay"},                                // ornaments
  };
  for (const Style& style : kStyles) {
    const std::string_view inside =
        style.inside == "we stay" && style.text.starts_with("❝") ? "We stay" : style.inside;
    EXPECT_THAT(quoted(style.text), ElementsAre(inside)) << style.text;
  }
}

TEST(QuoteMarks, OffsetsAreBytesWithAndWithoutTheMarks) {
  const std::string text = "Élue : « Été à Kyiv » 🇺🇦";
  const std::vector<QuotedSpan> spans = spans_of(text);
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(text.substr(spans[0].inner.begin, spans[0].inner.end - spans[0].inner.begin), "Été à Kyiv");
  EXPECT_EQ(text.substr(spans[0].outer.begin, spans[0].outer.end - spans[0].outer.begin), "« Été à Kyiv »");
  EXPECT_EQ(spans[0].outer.begin, text.find("«"));
  EXPECT_TRUE(spans[0].closed);
  EXPECT_FALSE(spans[0].own_paragraph);
}

TEST(QuoteMarks, WhatIsNestedStaysInside) {
  EXPECT_THAT(quoted("“He told me ‘never again’ and wept,” she said."),
              ElementsAre("He told me ‘never again’ and wept,"));
  EXPECT_THAT(quoted("\"He told me 'never again' and wept,\" she said."),
              ElementsAre("He told me 'never again' and wept,"));
  EXPECT_THAT(quoted("« Il m'a dit : “Jamais plus” et il a pleuré », dit-elle."),
              ElementsAre("Il m'a dit : “Jamais plus” et il a pleuré"));
  EXPECT_THAT(quoted("« Il a dit « jamais » hier », dit-elle."), ElementsAre("Il a dit « jamais » hier"));
  EXPECT_THAT(quoted("«Він казав: „Ніколи більше“ — і плакав», — сказала вона."),
              ElementsAre("Він казав: „Ніколи більше“ — і плакав"));
  EXPECT_THAT(quoted("„Er rief ‚nie wieder‘ und weinte“, sagte sie."),
              ElementsAre("Er rief ‚nie wieder‘ und weinte"));
  EXPECT_THAT(quoted("»Er rief ›nie wieder‹ und weinte«, sagte sie."),
              ElementsAre("Er rief ›nie wieder‹ und weinte"));
  EXPECT_THAT(quoted("市長は「彼は『二度とない』と言った」と述べた"),
              ElementsAre("彼は『二度とない』と言った"));
  EXPECT_THAT(quoted("\"He said \"never\" to me,\" she said."), ElementsAre("He said \"never\" to me,"));
  EXPECT_THAT(quoted("“The claim “nobody knew of it” is a lie,” she said."),
              ElementsAre("The claim “nobody knew of it” is a lie,"));
  EXPECT_THAT(quoted("„Das Wort „nie wieder“ gilt heute noch“, sagte sie."),
              ElementsAre("Das Wort „nie wieder“ gilt heute noch"));
  // The first one was never closed.
  EXPECT_THAT(quoted("“We stay here, he began. “We rebuild,” he said."),
              ElementsAre("We stay here, he began.", "We rebuild,"));
}

TEST(QuoteMarks, TwoThatEndTogetherMayShareTheMark) {
  const std::vector<QuotedSpan> spans =
      spans_of("Elle raconte : « Il m'a dit : « Partez vite. » Puis silence.\n\nFin.");
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_FALSE(spans[0].closed);
  EXPECT_THAT(quoted("Elle raconte : « Il m'a dit : « Partez vite. » Puis silence.\n\nFin."),
              ElementsAre("Il m'a dit : « Partez vite."));
}

TEST(QuoteMarks, GoesOnOverParagraphsThatOpenWithTheMarkAgain) {
  EXPECT_THAT(quoted("“We stay.\n\n“We rebuild,” she said. “All of it.”"),
              ElementsAre("We stay.\n\n“We rebuild,", "All of it."));
  EXPECT_THAT(quoted("“We stay.\n“We rebuild,” she said."), ElementsAre("We stay.\n“We rebuild,"));
  EXPECT_THAT(quoted("\"We stay.\n\n\"We rebuild,\" she said."), ElementsAre("We stay.\n\n\"We rebuild,"));
  EXPECT_THAT(quoted("« Nous restons.\n\n» Nous rebâtirons », dit-elle."),
              ElementsAre("Nous restons.\n\n» Nous rebâtirons"));
  EXPECT_THAT(quoted("«Ми лишаємось.\n\n«Ми відбудуємо», — сказала вона."),
              ElementsAre("Ми лишаємось.\n\n«Ми відбудуємо"));
  EXPECT_THAT(quoted("„Wir bleiben.\n\nWir bauen auf“, sagte sie."),
              ElementsAre("Wir bleiben.\n\nWir bauen auf"));
}

TEST(QuoteMarks, AMissingClosingMarkEndsWithTheParagraphAndSaysSo) {
  for (const char* text : {"“We stay and rebuild\n\nThe end.", "\"We stay and rebuild\n\nThe end.",
                           "„We stay and rebuild\n\nThe end.", "« We stay and rebuild\n\nThe end."}) {
    const std::vector<QuotedSpan> spans = spans_of(text);
    ASSERT_EQ(spans.size(), 1U) << text;
    EXPECT_FALSE(spans[0].closed) << text;
    EXPECT_THAT(quoted(text), ElementsAre("We stay and rebuild")) << text;
  }
  // The next one is not lost with it.
  EXPECT_THAT(quoted("“We stay, he said. “We rebuild,” she said."),
              ElementsAre("We stay, he said.", "We rebuild,"));
  EXPECT_THAT(quoted("\"We stay, he said.\n\"We rebuild,\" she said."),
              ElementsAre("We stay, he said.", "We rebuild,"));
}

TEST(QuoteMarks, AClosingMarkAloneIsNothing) {
  for (const char* text :
       {"We stay” she said.", "We stay\" she said.", "Wir bleiben“ sagte sie.", "Nous restons », dit-elle.",
        "図書館」と述べた", "we stay' she said", "we stay’ she said"}) {
    EXPECT_THAT(quoted(text), IsEmpty()) << text;
  }
}

TEST(QuoteMarks, ApostrophesAreNoMarks) {
  for (const char* text :
       {"It's the mayor's and the boys' house, isn't it?", "C’est l’été d’Anne, aujourd’hui",
        "Rock 'n' roll in the '90s", "'s Avonds gaat 't licht uit, zo'n avond", "П'ять подій у Кам'янці",
        "dell'arte e un po' d'acqua", "Wie geht's? So 'n Tag!", "O'Brien and D'Angelo's café",
        "'Tis the season, 'cause it's"}) {
    EXPECT_THAT(quoted(text), IsEmpty()) << text;
  }
  EXPECT_THAT(quoted("He said ‘the boys’ house isn’t safe’ twice"),
              ElementsAre("the boys’ house isn’t safe"));
  EXPECT_THAT(quoted("He said 'it isn't safe here' twice"), ElementsAre("it isn't safe here"));
  EXPECT_THAT(quoted("l'«Europa unita» e l'\"Europa unita\""), ElementsAre("Europa unita", "Europa unita"));
}

TEST(QuoteMarks, InchesFeetSecondsAndDittoAreNoMarks) {
  EXPECT_THAT(quoted("“She is 5’9” and he is 6’2”,” the coach said. Then “we go.”"),
              ElementsAre("She is 5’9” and he is 6’2”,", "we go."));
  EXPECT_THAT(quoted("A 27\" screen and a 6'2\" goalkeeper at 48°51'24''"), IsEmpty());
  EXPECT_THAT(quoted("''so it is'' and ''ditto''"), IsEmpty());
}

TEST(QuoteMarks, TellsWhetherAQuotationBeginsItsParagraph) {
  const std::vector<QuotedSpan> spans = spans_of("“We stay.”\n\nThen “we rebuild.”\n  “All of it.”");
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_TRUE(spans[0].own_paragraph);
  EXPECT_FALSE(spans[1].own_paragraph);
  EXPECT_TRUE(spans[2].own_paragraph);
}

void expect_sound(std::string_view text) {
  std::size_t end = 0;
  for (const QuotedSpan& span : spans_of(text)) {
    ASSERT_LE(end, span.outer.begin);
    ASSERT_LE(span.outer.begin, span.inner.begin);
    ASSERT_LT(span.inner.begin, span.inner.end);
    ASSERT_LE(span.inner.end, span.outer.end);
    ASSERT_LE(span.outer.end, text.size());
    if (is_valid_utf8(text)) {
      ASSERT_TRUE(is_valid_utf8(text.substr(span.inner.begin, span.inner.end - span.inner.begin)));
    }
    end = span.outer.end;
  }
}

TEST(QuoteMarks, SpansAreSoundOnAnyBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  constexpr std::string_view kPieces[] = {"“",  "”",  "„",  "‟", "\"", "'",  "''",       ",,",   "«",
                                          "»",  "‹",  "›",  "‘", "’",  "‚",  "「",       "」",   "『",
                                          "』", "〝", "〟", "❝", "❞",  "＂", "\n",       "\n\n", " ",
                                          "a",  "Éa", "市", ".", ",",  "s",  "\xE2\x80", "\xFF", "\u00A0"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = random() % 60; i > 0; --i) text += kPieces[random() % std::size(kPieces)];
    expect_sound(text);
    if (HasFatalFailure()) FAIL() << text;
  }
}

TEST(QuoteMarks, HostileTextsStayLinearAndBounded) {
  for (const char* piece : {"“", "\"a ", "'a ", "«", "„\n\n", "「", ",,a", "‘a’s ", "“a\n\n"}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 18)) text += piece;
    expect_sound(text);
    EXPECT_LE(spans_of(text).size(), 500U);
  }
}

}  // namespace
}  // namespace copytaster
