// The quotes of a text as the whole path to them makes them: mentions first, then quotes.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/processors/steps_support.h"

namespace copytaster::testing {

struct SaidCase {
  std::string_view language;
  std::string_view text;
  std::vector<std::string> said;  // as said() has it
};

class QuoteSteps : public Steps {
 protected:
  void expect_said(const std::vector<SaidCase>& cases) const {
    for (const SaidCase& one : cases) {
      EXPECT_THAT(said(one.text, one.language), ::testing::ElementsAreArray(one.said))
          << one.language << " " << one.text;
    }
  }

  // Each quote must be a span of the text, byte for byte.
  Item quotes_in(std::string_view text, std::string_view language, std::string_view official_id = "") const {
    Item one = item(text, language, official_id);
    run(&one, *make_mentions_step());
    run(&one, *make_quotes_step());
    for (const Quote& quote : one.quotes()) {
      EXPECT_LE(quote.end(), text.size());
      EXPECT_EQ(quote.text(), text.substr(quote.begin(), quote.end() - quote.begin())) << text;
      EXPECT_FALSE(quote.reason().empty());
      EXPECT_EQ(quote.language(), language);
    }
    return one;
  }

  // "speaker: text" of each quotation in marks or dashes, in order of the text.
  std::vector<std::string> said(std::string_view text, std::string_view language) const {
    const Item one = quotes_in(text, language);
    std::vector<const Quote*> quotes;
    quotes.reserve(static_cast<std::size_t>(one.quotes_size()));
    for (const Quote& quote : one.quotes()) quotes.push_back(&quote);
    std::ranges::sort(quotes, {}, [](const Quote* quote) { return quote->begin(); });
    std::vector<std::string> out;
    out.reserve(quotes.size());
    for (const Quote* quote : quotes) out.push_back(quote->speaker().name() + ": " + quote->text());
    return out;
  }
};

}  // namespace copytaster::testing
