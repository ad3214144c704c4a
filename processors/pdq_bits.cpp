#include "processors/pdq_bits.h"

#include <bit>
#include <cstddef>

namespace copytaster {
namespace {

// Of each 64 bits: the rows, and the columns, of even index, which are the odd frequencies.
constexpr std::uint64_t kEvenRows = 0x0000FFFF0000FFFF;
constexpr std::uint64_t kEvenColumns = 0x5555555555555555;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::size_t shift_of(std::size_t row) { return row % 4 * 16; }

std::uint64_t row_of(const PdqBits& bits, std::size_t row) {
  return (bits[3 - row / 4] >> shift_of(row)) & 0xffff;
}

PdqBits swapped(const PdqBits& bits) {
  PdqBits out = {};
  for (std::size_t row = 0; row < 16; ++row) {
    const std::uint64_t from = row_of(bits, row);
    for (std::size_t column = 0; column < 16; ++column) {
      out[3 - column / 4] |= ((from >> column) & 1) << (shift_of(column) + row);
    }
  }
  return out;
}

PdqBits changed(PdqBits bits, std::uint64_t mask) {
  for (std::uint64_t& word : bits) word ^= mask;
  return bits;
}

}  // namespace

std::optional<PdqBits> pdq_bits(std::string_view hex) {
  if (hex.size() != 64) return std::nullopt;
  PdqBits bits = {};
  for (std::size_t i = 0; i < 64; ++i) {
    const int digit = hex_digit(hex[i]);
    if (digit < 0) return std::nullopt;
    bits[i / 16] = (bits[i / 16] << 4) | static_cast<std::uint64_t>(digit);
  }
  return bits;
}

int pdq_distance(const PdqBits& a, const PdqBits& b) {
  int distance = 0;
  for (std::size_t i = 0; i < a.size(); ++i) distance += std::popcount(a[i] ^ b[i]);
  return distance;
}

std::array<PdqBits, 7> turned_pdq(const PdqBits& upright) {
  const PdqBits across = swapped(upright);
  return {changed(upright, kEvenColumns),  // mirrored first: it is what people do most
          changed(across, kEvenRows),
          changed(across, kEvenColumns),
          changed(upright, kEvenRows ^ kEvenColumns),
          changed(upright, kEvenRows),
          across,
          changed(across, kEvenRows ^ kEvenColumns)};
}

}  // namespace copytaster
