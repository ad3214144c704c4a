#include "processors/copy_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <span>

#include "processors/shingle.h"

namespace copytaster {
namespace {

std::set<std::uint32_t> found(const CopyTable& table, std::uint64_t hash) {
  std::set<std::uint32_t> out;
  table.each(hash, [&](std::uint32_t number) { return out.insert(number), true; });
  return out;
}

TEST(CopyTable, FindsWhatAPlainMapFinds) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  CopyTable table;
  std::map<std::uint32_t, std::uint64_t> hash_of;
  const auto hash = [&](std::span<std::uint64_t> all) {
    for (std::uint64_t& one : all) one = hash_of.at(CopyTable::number_in(one));
  };
  for (std::uint32_t step = 0; step < 60'000; ++step) {
    if (random() % 3 != 0 || hash_of.empty()) {
      hash_of[step] = mix64(random() % 20'000 + 1);
      table.insert(hash_of[step], step, hash);
    } else {
      const auto victim = std::next(hash_of.begin(), random() % std::min<std::size_t>(hash_of.size(), 50));
      table.erase(victim->second, victim->first, hash);
      hash_of.erase(victim);
    }
  }
  for (const auto& [number, its_hash] : hash_of) EXPECT_TRUE(found(table, its_hash).contains(number));
  std::size_t all = 0;
  for (const auto& [number, its_hash] : hash_of) all += found(table, its_hash).size();
  // An entry carries 8 bits of its hash: a foreign one comes along now and then, never often.
  EXPECT_LT(all, hash_of.size() * 4);
  while (!hash_of.empty()) {
    const auto [number, its_hash] = *hash_of.begin();
    table.erase(its_hash, number, hash);
    EXPECT_FALSE(found(table, its_hash).contains(number));
    hash_of.erase(number);
  }
}

TEST(CopyTable, AHotKeyStaysShort) {
  CopyTable table;
  const auto hash = [](std::span<std::uint64_t> all) { std::ranges::fill(all, mix64(7)); };
  for (std::uint32_t number = 0; number < 100'000; ++number) table.insert(mix64(7), number, hash);
  const auto all = found(table, mix64(7));
  EXPECT_LE(all.size(), CopyTable::kMaxSame + 1);
  EXPECT_TRUE(all.contains(99'999)) << "the newest is kept: it leads to the root when the old ones expire";
  EXPECT_LT(table.memory_bytes(), 64U << 10);
}

}  // namespace
}  // namespace copytaster
