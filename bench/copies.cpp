#include "bench/copies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>

#include "bench/process_cost.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"
#include "processors/copy_index.h"
#include "processors/dedupe.h"
#include "processors/shingle.h"

namespace copytaster {
namespace {

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kBatchesLooked = 100;  // before a point where stock is taken
constexpr std::size_t kPeople = 20'000;
constexpr std::uint64_t kLanguages = 11, kVocabulary = 4000;

// Random numbers that follow from a seed alone: a post is made anew wherever it is needed.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(mix64(seed + 0x9e3779b97f4a7c15ULL)) {}
  std::uint64_t roll() { return mix64(state_ += 0x9e3779b97f4a7c15ULL); }
  std::uint64_t below(std::uint64_t limit) { return roll() % limit; }
  double share() { return static_cast<double>(roll() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

// Posts like the corpus's (corpus.h): as long, and with words by Zipf's law in as many languages.
class Posts {
 public:
  explicit Posts(std::uint64_t seed) : seed_(seed) {
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(ranks_.size());
      ranks_[i] = static_cast<std::uint16_t>(std::pow(static_cast<double>(kVocabulary), u) - 1);
    }
  }

  Item item(std::uint64_t number) {
    Item out;
    const std::uint64_t person = mix64(number ^ seed_) % kPeople;
    out.set_platform("mastodon");
    out.set_account_id(str_cat("mastodon:https://social.example/@mayor", person));
    out.set_id(str_cat("mastodon:https://social.example/users/mayor", person, "/statuses/",
                       108'000'000'000'000'000 + number));
    out.mutable_created_at()->set_seconds(1'650'000'000 + static_cast<std::int64_t>(number / 10));
    words_of(number);
    *out.mutable_fingerprint() = to_fingerprint(sketch());
    return out;
  }

 private:
  std::uint64_t word(std::uint64_t language, Dice& dice) const {
    return mix64(language * kVocabulary + ranks_[dice.roll() >> 48] + 1);
  }

  void words_of(std::uint64_t number) {
    Dice dice(mix64(seed_) + number);
    const double kind = dice.share();
    if (number > 0 && kind < 0.3) {
      words_of(dice.below(number));
      if (kind < 0.15) return;
      for (std::size_t i = 0; i <= words_.size() / 20; ++i)
        words_[dice.below(words_.size())] = word(dice.below(kLanguages), dice);
      return;
    }
    double bell = -6;
    for (int i = 0; i < 12; ++i) bell += dice.share();
    const std::uint64_t language = dice.below(kLanguages);
    words_.resize(static_cast<std::size_t>(std::clamp(45 * std::exp(0.8 * bell), 4.0, 400.0)));
    for (std::uint64_t& one : words_) one = word(language, dice);
  }

  // As sketch_of() makes it, but from hashes.
  Sketch sketch() {
    Sketch out;
    MinHash minhash;
    Shingles shingles;
    std::uint64_t shingle = 0, chain = 0;
    hashes_.clear();
    for (std::size_t i = 0; i < words_.size(); ++i) {
      chain = mix64(chain + words_[i]);
      if (i == 5) out.lead = static_cast<std::uint32_t>(chain >> 32) | 1;
      if (shingles.add(words_[i], &shingle)) minhash.add(shingle);
      hashes_.push_back(static_cast<std::uint16_t>(words_[i] >> 48));
    }
    out.exact = chain;
    out.shingles = minhash.shingles();
    out.signature = minhash.finish();
    std::ranges::sort(hashes_);
    hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
    out.words = static_cast<std::uint32_t>(hashes_.size());
    for (const std::uint16_t hash : hashes_) {
      if (out.word_hashes.size < out.word_hashes.kCapacity)
        out.word_hashes.values[out.word_hashes.size++] = hash;
      if (hash % 29 == 0 && out.name_hashes.size < out.name_hashes.kCapacity)
        out.name_hashes.values[out.name_hashes.size++] = hash;
    }
    return out;
  }

  std::uint64_t seed_;
  std::array<std::uint16_t, 65536> ranks_;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint16_t> hashes_;
};

// Looks up and remembers posts [from, to).
class Run {
 public:
  explicit Run(std::uint64_t seed) : posts_(seed) {}

  void batch(std::size_t from, std::size_t to) {
    std::vector<Item> items;
    for (std::size_t i = from; i < to; ++i) items.push_back(posts_.item(i));
    const double begun = cpu_microseconds();
    for (Item& item : items) {
      DuplicateOf fold = find_original(item, index_);
      if (!fold.item_id().empty()) *item.mutable_duplicate_of() = std::move(fold);
    }
    const double looked = cpu_microseconds();
    for (const Item& item : items) (void)index_.remember(item);
    const auto count = static_cast<double>(to - from);
    look_ups_.push_back((looked - begun) / count);
    remembers_.push_back((cpu_microseconds() - looked) / count);
    if (look_ups_.size() > kBatchesLooked) {
      look_ups_.erase(look_ups_.begin());
      remembers_.erase(remembers_.begin());
    }
  }

  [[nodiscard]] CopiesCost cost() const {
    const auto count = static_cast<double>(std::max<std::size_t>(index_.size(), 1));
    return {index_.size(), median(look_ups_), median(remembers_),
            static_cast<double>(index_.memory_bytes()) / count, (resident_bytes() - before_) / count};
  }

 private:
  Posts posts_;
  double before_ = resident_bytes();
  CopyIndex index_;
  std::vector<double> look_ups_, remembers_;
};

}  // namespace

absl::StatusOr<std::vector<CopiesCost>> measure_copies(std::size_t posts, std::uint64_t seed) {
  const auto run = std::make_unique<Run>(seed);
  std::vector<CopiesCost> costs;
  std::size_t done = 0;
  for (const std::size_t tenths : {1, 2, 5, 10}) {
    for (const std::size_t until = posts * tenths / 10; done < until;) {
      const std::size_t next = std::min(done + kBatch, until);
      run->batch(done, next);
      done = next;
    }
    costs.push_back(run->cost());
  }
  return costs;
}

std::string as_text(const std::vector<CopiesCost>& costs) {
  std::string out;
  char line[200];
  for (const CopiesCost& cost : costs) {
    std::snprintf(
        line, sizeof line,
        "%9zu posts: %7.2f µs CPU a look-up, %6.2f to remember one; %6.1f bytes a post (resident %.1f)\n",
        cost.posts, cost.look_up, cost.remember, cost.bytes_a_post, cost.resident_a_post);
    out += line;
  }
  return out;
}

}  // namespace copytaster
