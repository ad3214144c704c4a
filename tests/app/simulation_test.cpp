// Histories by chance: whatever clock, network, disk and stops do, nothing is lost, doubled or invented.
#include "tests/app/simulation.h"

#include <cstdlib>

namespace copytaster::testing {
namespace {

constexpr int kSteps = 400;
constexpr std::uint64_t kSeedsInShort = 60;
constexpr std::uint64_t kSeedsInFull = 10'000;
// One in so many is rebuilt.
constexpr std::uint64_t kRebuildEachInShort = 4;
constexpr std::uint64_t kRebuildEachInFull = 10;

std::uint64_t first_seed() {
  const char* const set = std::getenv("COPYTASTER_SEED");
  return set != nullptr ? std::strtoull(set, nullptr, 10) : std::random_device()();
}

// COPYTASTER_SEED=N begins with that seed; COPYTASTER_SEEDS=1 plays it alone.
TEST(SimulatedHistories, LoseDoubleAndInventNothing) {
  const char* const wanted = std::getenv("COPYTASTER_SEEDS");
  std::uint64_t seeds = std::getenv("COPYTASTER_FULL") == nullptr ? kSeedsInShort : kSeedsInFull;
  if (wanted != nullptr) seeds = std::strtoull(wanted, nullptr, 10);
  Simulation::Counts all;
  SimulatedTowns::Counts posted;
  const std::uint64_t first = first_seed();
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    SCOPED_TRACE(str_cat("COPYTASTER_SEED=", seed));
    Simulation simulation(seed);
    simulation.play(kSteps, seed % (seeds > kSeedsInShort ? kRebuildEachInFull : kRebuildEachInShort) == 0);
    if (::testing::Test::HasFailure()) return;
    posted += simulation.posted();
    all += simulation.counts();
  }
  // A history in which nothing happens proves nothing.
  for (const int count : {posted.posts, all.met.edits, all.met.deletions, all.actions, all.stops,
                          all.refused_writes, posted.failed_answers, all.jumps})
    EXPECT_GT(count, seeds > 10 ? 0 : -1);
  std::printf(
      "proof: %llu histories from seed %llu: %d posts, %d edits (%d met), %d deletions (%d met), %d actions; "
      "%d stops, %d writes refused by a full disk, %d answers failed, %d jumps of the clock; nothing lost, "
      "doubled "
      "or invented\n",
      static_cast<unsigned long long>(seeds), static_cast<unsigned long long>(first), posted.posts,
      posted.edits, all.met.edits, posted.deletions, all.met.deletions, all.actions, all.stops,
      all.refused_writes, posted.failed_answers, all.jumps);
}

TEST(SimulatedHistories, OfOneSeedAreTheSame) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Simulation once(seed), again(seed);
    once.play(kSteps);
    again.play(kSteps);
    EXPECT_EQ(once.digest(), again.digest()) << "seed " << seed;
    EXPECT_GT(once.posted().posts, 10);
  }
}

}  // namespace
}  // namespace copytaster::testing
