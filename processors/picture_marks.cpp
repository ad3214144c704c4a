#include "processors/picture_marks.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace copytaster {
namespace {

constexpr int kPatch = 13;           // samples along an edge of the patch, a cell apart at scale 1
constexpr float kReach = 6;          // cells from its middle to its edge
constexpr float kOverEdge = 1;       // cells that a patch may stick out
constexpr float kLeastStrength = 1;  // grey levels
constexpr int kFrequencies = 9;      // 0…8; of two axes, those whose sum is small enough for 40
constexpr int kWeakest = 6;          // signs that may have tipped over

using Field = std::array<float, kLumaBytes>;

std::size_t cell(int row, int column) { return static_cast<std::size_t>(row * kLumaEdge + column); }

// Mirrored at the edges.
int inside(int i) { return i < 0 ? -i - 1 : (i >= kLumaEdge ? 2 * kLumaEdge - 1 - i : i); }

// Along columns, then on its side: twice is a blur along both and upright again. The innermost loops run
// along rows, where compilers can take four cells at once.
Field blurred_once(const Field& in, std::span<const float> weights) {
  const int reach = static_cast<int>(weights.size() / 2);
  Field half{}, out{};
  for (int row = 0; row < kLumaEdge; ++row) {
    float* to = &half[cell(row, 0)];
    for (int i = -reach; i <= reach; ++i) {
      const float weight = weights[static_cast<std::size_t>(i + reach)];
      const float* from = &in[cell(inside(row + i), 0)];
      for (int column = 0; column < kLumaEdge; ++column) to[column] += weight * from[column];
    }
  }
  for (int row = 0; row < kLumaEdge; ++row) {
    for (int column = 0; column < kLumaEdge; ++column) out[cell(column, row)] = half[cell(row, column)];
  }
  return out;
}

Field blurred(const Field& in, float sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  std::vector<float> weights;
  float sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(std::exp(-static_cast<float>(i * i) / (2 * sigma * sigma)));
    sum += weights.back();
  }
  for (float& weight : weights) weight /= sum;
  return blurred_once(blurred_once(in, weights), weights);
}

struct Blob {
  float x, y, strength;
};

bool stands_out(const Field& field, int row, int column) {
  const float own = field[cell(row, column)];
  bool highest = true, lowest = true;
  for (int i = -1; i <= 1; ++i) {
    for (int j = -1; j <= 1; ++j) {
      if (i == 0 && j == 0) continue;
      const float other = field[cell(row + i, column + j)];
      highest = highest && other < own;
      lowest = lowest && other > own;
    }
  }
  return highest || lowest;
}

// Between the cells, by the parabola through three of them.
float peak(float before, float own, float after) {
  const float bend = before + after - 2 * own;
  return bend == 0 ? 0 : std::clamp(-(after - before) / 2 / bend, -0.5F, 0.5F);
}

std::vector<Blob> blobs_of(const Field& luma) {
  const Field fine = blurred(luma, 1.2F), coarse = blurred(luma, 2.4F);
  Field field{};
  for (std::size_t i = 0; i < field.size(); ++i) field[i] = fine[i] - coarse[i];
  std::vector<Blob> blobs;
  for (int row = 1; row < kLumaEdge - 1; ++row) {
    for (int column = 1; column < kLumaEdge - 1; ++column) {
      const float own = field[cell(row, column)];
      if (std::abs(own) < kLeastStrength || !stands_out(field, row, column)) continue;
      blobs.push_back(
          {static_cast<float>(column) + peak(field[cell(row, column - 1)], own, field[cell(row, column + 1)]),
           static_cast<float>(row) + peak(field[cell(row - 1, column)], own, field[cell(row + 1, column)]),
           std::abs(own)});
    }
  }
  std::ranges::stable_sort(blobs, std::greater<>(), &Blob::strength);
  return blobs;
}

// [sample][frequency], filled up to whole registers.
constexpr std::size_t kPadded = 12;
using Cosines = std::array<std::array<float, kPadded>, kPatch>;
const Cosines& cosines() {
  static const Cosines kAll = [] {
    Cosines all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t u = 0; u < kFrequencies; ++u) {
        all[i][u] = static_cast<float>(std::cos(std::numbers::pi * (double(i) + 0.5) * double(u) / kPatch));
      }
    }
    return all;
  }();
  return kAll;
}

struct Sample {
  std::size_t low;
  float part;
};

std::array<Sample, kPatch> samples_along(float middle, float reach) {
  std::array<Sample, kPatch> out{};
  for (std::size_t i = 0; i < kPatch; ++i) {
    const float at = std::clamp(middle - reach + 2 * reach * static_cast<float>(i) / (kPatch - 1), 0.0F,
                                static_cast<float>(kLumaEdge - 1));
    const auto low = std::min(static_cast<std::size_t>(at), std::size_t{kLumaEdge - 2});
    out[i] = {low, at - static_cast<float>(low)};
  }
  return out;
}

// The lowest frequencies of the patch, along diagonals: (0,1) (1,0) (0,2) (1,1) (2,0) …
std::array<float, kMarkBits> frequencies(const Field& smooth, const Blob& blob, float reach) {
  const auto rows = samples_along(blob.y, reach), columns = samples_along(blob.x, reach);
  std::array<std::array<float, kPadded>, kFrequencies> all{};  // [down][across]
  const Cosines& c = cosines();
  for (std::size_t i = 0; i < kPatch; ++i) {
    const float* upper = &smooth[rows[i].low * kLumaEdge];
    const float* lower = upper + kLumaEdge;
    std::array<float, kPadded> across{};
    for (std::size_t j = 0; j < kPatch; ++j) {
      const auto& [low, part] = columns[j];
      const float above = upper[low] + (upper[low + 1] - upper[low]) * part;
      const float below = lower[low] + (lower[low + 1] - lower[low]) * part;
      const float value = above + (below - above) * rows[i].part;
      for (std::size_t u = 0; u < kPadded; ++u) across[u] += c[j][u] * value;
    }
    for (std::size_t v = 0; v < kFrequencies; ++v) {
      for (std::size_t u = 0; u < kPadded; ++u) all[v][u] += c[i][v] * across[u];
    }
  }
  std::array<float, kMarkBits> out{};
  std::size_t bit = 0;
  for (std::size_t sum = 1; bit < out.size(); ++sum) {
    for (std::size_t down = 0; down <= sum && bit < out.size(); ++down) out[bit++] = all[down][sum - down];
  }
  return out;
}

// Flips of the six weakest signs of the key, one or two of them, the likeliest first.
void add_keys(const std::array<float, kMarkBits>& values, PictureMark* mark) {
  std::array<int, kMarkKeyBits> order{};
  for (int i = 0; i < kMarkKeyBits; ++i) order[static_cast<std::size_t>(i)] = i;
  const auto weight = [&](int bit) { return std::abs(values[static_cast<std::size_t>(bit)]); };
  std::partial_sort(order.begin(), order.begin() + kWeakest, order.end(),
                    [&](int a, int b) { return weight(a) < weight(b) || (weight(a) == weight(b) && a < b); });
  std::array<std::pair<float, std::uint32_t>, kWeakest*(kWeakest + 1) / 2> flips{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < kWeakest; ++i) {
    flips[count++] = {weight(order[i]), 1U << order[i]};
    for (std::size_t j = 0; j < i; ++j)
      flips[count++] = {weight(order[i]) + weight(order[j]), 1U << order[i] | 1U << order[j]};
  }
  std::partial_sort(flips.begin(), flips.begin() + kMarkKeys - 1, flips.end());
  mark->keys[0] = static_cast<std::uint32_t>(mark->code & kMarkKeyMask);
  for (std::size_t i = 1; i < kMarkKeys; ++i) mark->keys[i] = mark->keys[0] ^ flips[i - 1].second;
}

}  // namespace

std::vector<PictureMark> marks_of(const Luma& luma, std::span<const float> scales) {
  Field field{};
  for (std::size_t i = 0; i < field.size(); ++i) field[i] = static_cast<float>(luma[i]);
  const std::vector<Blob> blobs = blobs_of(field);
  const Field smooth = blurred(field, 1.0F);
  std::vector<PictureMark> marks;
  for (const float scale : scales) {
    const float reach = kReach * scale, least = reach - kOverEdge, most = kLumaEdge - 1 - least;
    std::size_t found = 0;
    for (const Blob& blob : blobs) {
      if (blob.x < least || blob.y < least || blob.x > most || blob.y > most) continue;
      if (found++ == kMostMarks) break;
      const auto values = frequencies(smooth, blob, reach);
      PictureMark mark{blob.x, blob.y, scale, 0, {}};
      for (std::size_t bit = 0; bit < values.size(); ++bit)
        mark.code |= static_cast<std::uint64_t>(values[bit] > 0 ? 1 : 0) << bit;
      add_keys(values, &mark);
      marks.push_back(mark);
    }
  }
  return marks;
}

bool marks_meet(const PictureMark& asked, std::uint64_t code) {
  if (std::popcount((asked.code ^ code) >> kMarkKeyBits) > kMarkRestDistance) return false;
  return std::ranges::find(asked.keys, static_cast<std::uint32_t>(code & kMarkKeyMask)) != asked.keys.end();
}

}  // namespace copytaster
