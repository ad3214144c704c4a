#include "processors/word_alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace copytaster {
namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
using Texts = std::vector<std::uint64_t>;

// The table, cell by cell.
Pairs by_table(const Texts& a, const Texts& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t x = a.size(); x-- > 0;) {
    for (std::size_t y = b.size(); y-- > 0;)
      table[x][y] = a[x] == b[y] ? table[x + 1][y + 1] + 1 : std::max(table[x + 1][y], table[x][y + 1]);
  }
  Pairs matched;
  for (std::size_t x = 0, y = 0; x < a.size() && y < b.size();) {
    if (a[x] == b[y]) {
      matched.emplace_back(x++, y++);
    } else {
      (table[x + 1][y] >= table[x][y + 1] ? x : y) += 1;
    }
  }
  return matched;
}

TEST(AlignWords, GivesWhatTheTableGives) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 1500; ++round) {
    const auto make = [&] {
      Texts words(random() % (round % 10 == 0 ? 300 : 70));
      const std::uint64_t different = 1 + random() % 40;
      for (std::uint64_t& word : words) word = random() % different;
      return words;
    };
    const Texts a = make(), b = make();
    ASSERT_EQ(align_words(a, b), by_table(a, b)) << a.size() << " and " << b.size() << " words";
  }
}

TEST(AlignWords, WholeRowsOfBits) {
  for (const std::size_t size : {63U, 64U, 65U, 127U, 128U, 129U, 600U}) {
    Texts a(size);
    for (std::size_t i = 0; i < size; ++i) a[i] = i * 7;
    EXPECT_EQ(align_words(a, a).size(), size);
    Texts b = a;
    b.erase(b.begin() + static_cast<std::ptrdiff_t>(size / 2));
    EXPECT_EQ(align_words(a, b), by_table(a, b));
    EXPECT_EQ(align_words(a, Texts(size, 1)).size(), 0U);
  }
  EXPECT_TRUE(align_words({}, Texts{1}).empty());
  EXPECT_TRUE(align_words(Texts{1}, {}).empty());
}

}  // namespace
}  // namespace copytaster
