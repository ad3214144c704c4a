#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/text.h"
#include "tests/processors/quotes_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using testing::QuoteSteps;

class Quotes : public QuoteSteps {};

constexpr std::string_view kReport =
    "Les maires réunis à Lyon 🇺🇦\n\n"
    "Odile Marchal a ouvert la séance : « Nous rebâtirons l'école — et le théâtre. »\n\n"
    "— Ми відбудуємо все, — сказав Богдан Кравець. — Разом.\n\n"
    "“We stay.\n\n“We rebuild,” he added. The “temporary” bridge stands, ‘the boys’ house’ too.\n\n"
    "市長は「図書館を開く」と述べた。 „Wir bleiben hier, sagte sie.";

TEST_F(Quotes, EveryCutOfATextGivesSoundQuotes) {
  for (const char* language : {"fr", "uk", ""}) {
    for (std::size_t cut = 0; cut <= kReport.size(); ++cut) {
      quotes_in(kReport.substr(0, utf8_floor(kReport, cut)), language, "odile-marchal");
      if (HasFailure()) FAIL() << "cut at " << cut;
    }
  }
}

TEST_F(Quotes, AnyBytesAreBorne) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto mentions = make_mentions_step(), quotes = make_quotes_step();
  for (int round = 0; round < 300; ++round) {
    std::string text(kReport.substr(random() % kReport.size()));
    for (std::size_t i = random() % 12; i > 0 && !text.empty(); --i)
      text[random() % text.size()] = static_cast<char>(random());
    Item one = item("", "en", "odile-marchal");
    one.set_text(to_valid_utf8(text));
    ASSERT_TRUE(mentions->process(one, context_).ok());
    ASSERT_TRUE(quotes->process(one, context_).ok());
    for (const Quote& quote : one.quotes()) {
      ASSERT_EQ(quote.text(), one.text().substr(quote.begin(), quote.end() - quote.begin()));
    }
  }
}

TEST_F(Quotes, AVeryLongTextIsReadToABound) {
  std::string text;
  while (text.size() < (std::size_t{300} << 10))
    text += "Odile Marchal said: “We stay here.” She said: “We rebuild.” ";
  const Item one = quotes_in(text, "en", "odile-marchal");
  EXPECT_GT(one.quotes_size(), 0);
  EXPECT_LE(one.quotes_size(), 520);
}

TEST_F(Quotes, BestFirst) {
  const Item one =
      quotes_in("“Yes,” she said. Odile Marchal said: “We will rebuild every school in this city.”", "en");
  ASSERT_EQ(one.quotes_size(), 2);
  EXPECT_EQ(one.quotes(0).text(), "We will rebuild every school in this city.");
  EXPECT_GT(one.quotes(0).score(), one.quotes(1).score());
}

TEST_F(Quotes, OneWithoutItsClosingMarkIsMarkedDown) {
  const Item whole = quotes_in("Odile Marchal said: “We will rebuild every school.”", "en");
  const Item open = quotes_in("Odile Marchal said: “We will rebuild every school.", "en");
  ASSERT_EQ(whole.quotes_size(), 1);
  ASSERT_EQ(open.quotes_size(), 1);
  EXPECT_LT(open.quotes(0).score(), whole.quotes(0).score());
  EXPECT_THAT(open.quotes(0).reason(), ::testing::HasSubstr("the closing mark is missing"));
}

TEST_F(Quotes, TheSpeakersRoleIsThatOfTheDay) {
  Item one = item("“We will rebuild every school,” said Odile Marchal.", "en");
  set_timestamp(one.mutable_created_at(), *parse_date("2024-04-14T08:00:00Z"));
  run(&one, *make_mentions_step());
  run(&one, *make_quotes_step());
  ASSERT_EQ(one.quotes_size(), 1);
  EXPECT_EQ(one.quotes(0).speaker().official_id(), "odile-marchal");
  EXPECT_EQ(one.quotes(0).speaker().role(), "Senator");
}

TEST_F(Quotes, ThePostOfAnOfficialWithQuotesOfOthers) {
  EXPECT_THAT(said("Ruas fechadas até sexta.\n\n«Não há obra invisível», diz o engenheiro Custódio "
                   "Ramalhinho, que nos acompanha.",
                   "pt"),
              ElementsAre("Custódio Ramalhinho: Não há obra invisível"));
}

}  // namespace
}  // namespace copytaster
