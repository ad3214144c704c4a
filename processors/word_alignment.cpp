#include "processors/word_alignment.h"

#include <bit>

#include "absl/container/flat_hash_map.h"

namespace copytaster {
namespace {

constexpr std::size_t kBits = 64;

// Where each word of the one text stands: a row of bits for each different word. Bit i is the i-th word from
// behind, for the subsequence is sought from there.
class Places {
 public:
  explicit Places(std::span<const std::uint64_t> words)
      : size_(words.size()), row_((size_ + kBits - 1) / kBits) {
    rows_.reserve(size_);
    for (std::size_t i = 0; i < size_; ++i) {
      const auto [found, added] = rows_.try_emplace(words[size_ - 1 - i], bits_.size());
      if (added) bits_.resize(bits_.size() + row_);
      bits_[found->second + i / kBits] |= std::uint64_t{1} << i % kBits;
    }
  }
  // Null: nowhere.
  [[nodiscard]] const std::uint64_t* of(std::uint64_t word) const {
    const auto found = rows_.find(word);
    return found == rows_.end() ? nullptr : &bits_[found->second];
  }
  [[nodiscard]] std::size_t row() const { return row_; }

 private:
  std::size_t size_, row_;
  absl::flat_hash_map<std::uint64_t, std::size_t> rows_;
  std::vector<std::uint64_t> bits_;
};

// A row: bit i is 0 where the longest subsequence grows with the i-th word of b from behind.
class Rows {
 public:
  Rows(std::span<const std::uint64_t> a, const Places& places)
      : row_(places.row()), bits_((a.size() + 1) * row_, ~std::uint64_t{0}) {
    for (std::size_t x = a.size(); x-- > 0;) step(&bits_[(x + 1) * row_], places.of(a[x]), &bits_[x * row_]);
  }
  [[nodiscard]] bool grows(std::size_t x, std::size_t bit) const {
    return (bits_[x * row_ + bit / kBits] >> bit % kBits & 1) == 0;
  }
  // Length of the subsequence of a from x on and the first `bits` words of b from behind.
  [[nodiscard]] std::size_t length(std::size_t x, std::size_t bits) const {
    const std::uint64_t* row = &bits_[x * row_];
    std::size_t length = 0;
    for (; bits >= kBits; bits -= kBits) length += static_cast<std::size_t>(std::popcount(~*row++));
    if (bits > 0) length += static_cast<std::size_t>(std::popcount(~*row & ((std::uint64_t{1} << bits) - 1)));
    return length;
  }

 private:
  void step(const std::uint64_t* before, const std::uint64_t* places, std::uint64_t* after) const {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < row_; ++i) {
      const std::uint64_t v = before[i];
      const std::uint64_t u = places == nullptr ? 0 : v & places[i];
      const std::uint64_t sum = v + u;
      const std::uint64_t with_carry = sum + carry;
      carry = (sum < v ? 1U : 0U) | (with_carry < sum ? 1U : 0U);
      after[i] = with_carry | (v - u);
    }
  }

  std::size_t row_;
  std::vector<std::uint64_t> bits_;
};

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> align_words(std::span<const std::uint64_t> a,
                                                             std::span<const std::uint64_t> b) {
  std::vector<std::pair<std::size_t, std::size_t>> matched;
  if (a.empty() || b.empty()) return matched;
  const Places places(b);
  const Rows rows(a, places);
  for (std::size_t x = 0, y = 0; x < a.size() && y < b.size();) {
    const std::size_t bits = b.size() - y;
    if (a[x] == b[y]) {
      matched.emplace_back(x++, y++);
    } else if (rows.grows(x, bits - 1) || rows.length(x + 1, bits) == rows.length(x, bits)) {
      ++x;
    } else {
      ++y;
    }
  }
  return matched;
}

}  // namespace copytaster
