// PDQ, the perceptual hash of Meta's ThreatExchange (paper and reference: hashing/pdq there), as published:
// two passes of box filters (Jarosz), decimation to 64 × 64, a DCT of which 16 × 16 coefficients are kept,
// and one bit each: above the median or not.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "processors/picture_facts.h"

namespace copytaster {
namespace {

constexpr int kGrid = 64;
constexpr int kKept = 16;
using Coefficients = std::array<std::array<float, kKept>, kKept>;

int window_size(int dimension) { return (dimension + 2 * kGrid - 1) / (2 * kGrid); }

// Running mean over a window; at the ends the window is as small as the edge makes it.
void box(const float* in, float* out, int length, int stride, int window) {
  const int half = (window + 2) / 2;
  float sum = 0;
  int size = 0;
  int left = 0;
  int right = 0;
  int at = 0;
  for (int i = 0; i < half - 1; ++i, right += stride, ++size) sum += in[right];
  for (int i = 0; i < window - half + 1; ++i, right += stride, at += stride) {
    sum += in[right];
    ++size;
    out[at] = sum / static_cast<float>(size);
  }
  for (int i = 0; i < length - window; ++i, left += stride, right += stride, at += stride) {
    sum += in[right];
    sum -= in[left];
    out[at] = sum / static_cast<float>(size);
  }
  for (int i = 0; i < half - 1; ++i, left += stride, at += stride) {
    sum -= in[left];
    --size;
    out[at] = sum / static_cast<float>(size);
  }
}

std::vector<float> blur(const float* luma, int rows, int columns) {
  std::vector<float> a(luma, luma + static_cast<std::ptrdiff_t>(rows) * columns);
  std::vector<float> b(a.size());
  const int along_rows = window_size(columns);
  const int along_columns = window_size(rows);
  for (int pass = 0; pass < 2; ++pass) {
    for (int r = 0; r < rows; ++r) {
      const auto offset = static_cast<std::ptrdiff_t>(r) * columns;
      box(a.data() + offset, b.data() + offset, columns, 1, along_rows);
    }
    for (int c = 0; c < columns; ++c) box(b.data() + c, a.data() + c, rows, columns, along_columns);
  }
  return a;
}

using Grid = std::array<std::array<float, kGrid>, kGrid>;

Grid decimate(const std::vector<float>& blurred, int rows, int columns) {
  Grid grid{};
  for (int i = 0; i < kGrid; ++i) {
    const int row = static_cast<int>((i + 0.5) * rows / kGrid);
    for (int j = 0; j < kGrid; ++j) {
      const int column = static_cast<int>((j + 0.5) * columns / kGrid);
      grid[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] =
          blurred[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                  static_cast<std::size_t>(column)];
    }
  }
  return grid;
}

// How much there is to hash: 0 (flat) to 100. Below 50 matches mean little.
std::uint32_t quality_of(const Grid& grid) {
  int sum = 0;
  for (std::size_t i = 0; i < kGrid; ++i) {
    for (std::size_t j = 0; j < kGrid; ++j) {
      if (i + 1 < kGrid) sum += std::abs(static_cast<int>((grid[i][j] - grid[i + 1][j]) * 100 / 255));
      if (j + 1 < kGrid) sum += std::abs(static_cast<int>((grid[i][j] - grid[i][j + 1]) * 100 / 255));
    }
  }
  return static_cast<std::uint32_t>(std::min(sum / 90, 100));
}

using Basis = std::array<std::array<float, kGrid>, kKept>;
const Basis& basis() {
  static const Basis all = [] {
    Basis d{};
    const double scale = std::sqrt(2.0 / kGrid);
    for (int i = 0; i < kKept; ++i) {
      for (int j = 0; j < kGrid; ++j) {
        d[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] =
            static_cast<float>(scale * std::cos(std::numbers::pi / 2 / kGrid * (i + 1) * (2 * j + 1)));
      }
    }
    return d;
  }();
  return all;
}

// basis × grid × basisᵀ: frequencies 1 to 16 along both axes.
Coefficients transform(const Grid& grid) {
  const Basis& d = basis();
  std::array<std::array<float, kGrid>, kKept> half{};
  for (std::size_t i = 0; i < kKept; ++i) {
    for (std::size_t j = 0; j < kGrid; ++j) {
      float sum = 0;
      for (std::size_t k = 0; k < kGrid; ++k) sum += d[i][k] * grid[k][j];
      half[i][j] = sum;
    }
  }
  Coefficients out{};
  for (std::size_t i = 0; i < kKept; ++i) {
    for (std::size_t j = 0; j < kKept; ++j) {
      float sum = 0;
      for (std::size_t k = 0; k < kGrid; ++k) sum += half[i][k] * d[j][k];
      out[i][j] = sum;
    }
  }
  return out;
}

// 64 hex digits; row 15 first, and within a row column 15 is the highest bit.
std::string to_hash(const Coefficients& c) {
  std::vector<float> all;
  for (const auto& row : c) all.insert(all.end(), row.begin(), row.end());
  // The lower of the two middle values, as the published median takes it.
  auto middle = all.begin() + (kKept * kKept / 2 - 1);
  std::nth_element(all.begin(), middle, all.end());
  const float median = *middle;
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = kKept; i-- > 0;) {
    for (std::size_t nibble = 4; nibble-- > 0;) {
      unsigned value = 0;
      for (std::size_t bit = 4; bit-- > 0;) value = value * 2 + (c[i][nibble * 4 + bit] > median ? 1 : 0);
      out += kHex[value];
    }
  }
  return out;
}

struct Hashed {
  Coefficients coefficients{};
  std::uint32_t quality = 0;
  std::string luma;  // PictureHash.luma
};

// Each four of the grid's cells to one byte.
std::string halve(const Grid& grid) {
  std::string out;
  for (std::size_t i = 0; i < kGrid; i += 2) {
    for (std::size_t j = 0; j < kGrid; j += 2) {
      const float mean = (grid[i][j] + grid[i][j + 1] + grid[i + 1][j] + grid[i + 1][j + 1]) / 4;
      out.push_back(static_cast<char>(static_cast<unsigned char>(std::clamp(mean, 0.0F, 255.0F))));
    }
  }
  return out;
}

Hashed analyse(const float* luma, int rows, int columns) {
  const Grid grid = decimate(blur(luma, rows, columns), rows, columns);
  return {transform(grid), quality_of(grid), halve(grid)};
}

// Turning or mirroring a picture swaps the axes of its coefficients and changes the sign of odd frequencies;
// index i is frequency i + 1, so even indices are the odd frequencies.
Coefficients turned(const Coefficients& c, bool swap, bool negate_rows, bool negate_columns) {
  Coefficients out{};
  for (std::size_t i = 0; i < kKept; ++i) {
    for (std::size_t j = 0; j < kKept; ++j) {
      float value = swap ? c[j][i] : c[i][j];
      if (negate_rows && i % 2 == 0) value = -value;
      if (negate_columns && j % 2 == 0) value = -value;
      out[i][j] = value;
    }
  }
  return out;
}

}  // namespace

PictureHash pdq_hash(const float* luma, int rows, int columns) {
  const Hashed hashed = analyse(luma, rows, columns);
  PictureHash out;
  out.set_hash(to_hash(hashed.coefficients));
  out.set_quality(hashed.quality);
  out.set_luma(hashed.luma);
  return out;
}

std::array<std::string, 8> pdq_dihedral(const float* luma, int rows, int columns) {
  const Coefficients c = analyse(luma, rows, columns).coefficients;
  return {to_hash(c),
          to_hash(turned(c, true, true, false)),   // rotate 90: to the left
          to_hash(turned(c, false, true, true)),   // rotate 180
          to_hash(turned(c, true, false, true)),   // rotate 270
          to_hash(turned(c, false, true, false)),  // flip x: upside down
          to_hash(turned(c, false, false, true)),  // flip y: left to right
          to_hash(turned(c, true, false, false)),  // flip over the main diagonal
          to_hash(turned(c, true, true, true))};   // flip over the other diagonal
}

}  // namespace copytaster
