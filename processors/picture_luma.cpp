#include "processors/picture_luma.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace copytaster {
namespace {

constexpr int kOneShade = 4;      // levels; JPEG's noise in a cell's mean is 1 or 2
constexpr int kRimShade = 6;      // levels along a bar
constexpr int kMostOfRim = 9;     // cells off one side
constexpr int kFrequencies = 16;  // along an axis; of two axes, those whose sum is less

int at(const Luma& luma, int row, int column) {
  return luma[static_cast<std::size_t>(row * kLumaEdge + column)];
}

struct Window {
  int top = 0, bottom = kLumaEdge - 1, left = 0, right = kLumaEdge - 1;
};

bool one_shade(const Luma& luma, int top, int bottom, int left, int right) {
  int low = 255, high = 0;
  for (int row = top; row <= bottom; ++row) {
    for (int column = left; column <= right; ++column) {
      low = std::min(low, at(luma, row, column));
      high = std::max(high, at(luma, row, column));
    }
  }
  return high - low <= kRimShade;
}

bool shrink(const Luma& luma, Window& part) {
  const Window old = part;
  if (part.top < kMostOfRim && one_shade(luma, part.top, part.top, part.left, part.right)) ++part.top;
  if (part.bottom >= kLumaEdge - kMostOfRim &&
      one_shade(luma, part.bottom, part.bottom, part.left, part.right))
    --part.bottom;
  if (part.left < kMostOfRim && one_shade(luma, part.top, part.bottom, part.left, part.left)) ++part.left;
  if (part.right >= kLumaEdge - kMostOfRim && one_shade(luma, part.top, part.bottom, part.right, part.right))
    --part.right;
  return part.top != old.top || part.bottom != old.bottom || part.left != old.left || part.right != old.right;
}

// Where sample `i` of the new square lies in the old one: the cell below, and how far to the next.
std::pair<int, double> place(int i, int from, int to) {
  const double x = std::clamp(from - 0.5 + (i + 0.5) * (to - from + 1) / kLumaEdge, double(from), double(to));
  const int low = std::min(static_cast<int>(x), kLumaEdge - 2);
  return {low, x - low};
}

using Cosines = std::array<std::array<float, kLumaEdge>, kFrequencies>;
const Cosines& cosines() {
  static const Cosines kAll = [] {
    Cosines all{};
    for (std::size_t u = 0; u < all.size(); ++u) {
      for (std::size_t x = 0; x < kLumaEdge; ++x) {
        all[u][x] =
            static_cast<float>(std::cos(std::numbers::pi * (double(x) + 0.5) * double(u) / kLumaEdge) *
                               std::sqrt((u == 0 ? 1.0 : 2.0) / kLumaEdge));
      }
    }
    return all;
  }();
  return kAll;
}

using Spectrum = std::array<std::array<float, kFrequencies>, kFrequencies>;  // [down][across]

Spectrum spectrum_of(const Luma& luma) {
  const Cosines& c = cosines();
  std::array<std::array<float, kFrequencies>, kLumaEdge> half{};
  for (std::size_t y = 0; y < kLumaEdge; ++y) {
    for (std::size_t u = 0; u < kFrequencies; ++u) {
      float sum = 0;
      for (std::size_t x = 0; x < kLumaEdge; ++x)
        sum += c[u][x] * static_cast<float>(luma[y * kLumaEdge + x]);
      half[y][u] = sum;
    }
  }
  Spectrum out{};
  for (std::size_t v = 0; v < kFrequencies; ++v) {
    for (std::size_t u = 0; u + v < kFrequencies; ++u) {
      float sum = 0;
      for (std::size_t y = 0; y < kLumaEdge; ++y) sum += c[v][y] * half[y][u];
      out[v][u] = sum;
    }
  }
  out[0][0] = 0;
  return out;
}

template <typename Visit>
void each_frequency(Visit visit) {
  std::size_t i = 0;
  for (std::size_t v = 0; v < kFrequencies; ++v) {
    for (std::size_t u = 0; u + v < kFrequencies; ++u) {
      if (u + v > 0) visit(++i, v, u);
    }
  }
}

}  // namespace

std::optional<Luma> read_luma(std::string_view bytes) {
  if (bytes.size() != kLumaBytes) return std::nullopt;
  Luma luma;
  std::memcpy(luma.data(), bytes.data(), luma.size());
  return luma;
}

double flat_share(const Luma& luma) {
  int flat = 0;
  for (int row = 1; row < kLumaEdge - 1; ++row) {
    for (int column = 1; column < kLumaEdge - 1; ++column) {
      int low = 255, high = 0;
      for (int i = row - 1; i <= row + 1; ++i) {
        for (int j = column - 1; j <= column + 1; ++j) {
          low = std::min(low, at(luma, i, j));
          high = std::max(high, at(luma, i, j));
        }
      }
      flat += high - low <= kOneShade ? 1 : 0;
    }
  }
  return flat / double((kLumaEdge - 2) * (kLumaEdge - 2));
}

double ground_share(const Luma& luma) {
  std::array<int, 256> shades{};
  for (const std::uint8_t value : luma) ++shades[value];
  int most = 0;
  for (std::size_t i = 2; i + 2 < shades.size(); ++i) {
    most = std::max(most, shades[i - 2] + shades[i - 1] + shades[i] + shades[i + 1] + shades[i + 2]);
  }
  return most / double(kLumaBytes);
}

Luma without_rim(const Luma& luma) {
  Window part;
  while (shrink(luma, part)) {
  }
  if (part.top == 0 && part.left == 0 && part.bottom == kLumaEdge - 1 && part.right == kLumaEdge - 1)
    return luma;
  // The cell beside a bar is half bar.
  if (part.top > 0) ++part.top;
  if (part.left > 0) ++part.left;
  if (part.bottom < kLumaEdge - 1) --part.bottom;
  if (part.right < kLumaEdge - 1) --part.right;
  Luma out;
  for (int i = 0; i < kLumaEdge; ++i) {
    const auto [row, down] = place(i, part.top, part.bottom);
    for (int j = 0; j < kLumaEdge; ++j) {
      const auto [column, right] = place(j, part.left, part.right);
      const double upper = std::lerp(double(at(luma, row, column)), double(at(luma, row, column + 1)), right);
      const double lower =
          std::lerp(double(at(luma, row + 1, column)), double(at(luma, row + 1, column + 1)), right);
      out[static_cast<std::size_t>(i * kLumaEdge + j)] =
          static_cast<std::uint8_t>(std::lerp(upper, lower, down) + 0.5);
    }
  }
  return out;
}

PackedLuma pack(const Luma& luma) {
  const Spectrum spectrum = spectrum_of(luma);
  float most = 1;
  for (const auto& row : spectrum) {
    for (const float value : row) most = std::max(most, std::abs(value));
  }
  PackedLuma out{};
  // The largest of them is at most 32 · 255, 2 to the 13th.
  out[0] = static_cast<std::uint8_t>(std::ceil(std::log2(most) * 16));
  const float scale = std::exp2(static_cast<float>(out[0]) / 16);
  each_frequency([&](std::size_t i, std::size_t v, std::size_t u) {
    const float value = spectrum[v][u] / scale;
    const float root = 127 * std::copysign(std::sqrt(std::abs(value)), value);
    out[i] = static_cast<std::uint8_t>(128 + std::clamp(static_cast<int>(std::lround(root)), -127, 127));
  });
  return out;
}

Luma unpack(const PackedLuma& packed) {
  const Cosines& c = cosines();
  const float scale = std::exp2(static_cast<float>(packed[0]) / 16);
  Spectrum spectrum{};
  each_frequency([&](std::size_t i, std::size_t v, std::size_t u) {
    const float root = static_cast<float>(static_cast<int>(packed[i]) - 128) / 127;
    spectrum[v][u] = std::copysign(root * root * scale, root);
  });
  std::array<std::array<float, kFrequencies>, kLumaEdge> half{};
  for (std::size_t y = 0; y < kLumaEdge; ++y) {
    for (std::size_t v = 0; v < kFrequencies; ++v) {
      for (std::size_t u = 0; u + v < kFrequencies; ++u) half[y][u] += c[v][y] * spectrum[v][u];
    }
  }
  Luma out;
  for (std::size_t y = 0; y < kLumaEdge; ++y) {
    for (std::size_t x = 0; x < kLumaEdge; ++x) {
      float sum = 128.5F;
      for (std::size_t u = 0; u < kFrequencies; ++u) sum += c[u][x] * half[y][u];
      out[y * kLumaEdge + x] = static_cast<std::uint8_t>(std::clamp(sum, 0.0F, 255.0F));
    }
  }
  return out;
}

}  // namespace copytaster
