#include "processors/story_picture_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "processors/picture_align.h"

namespace copytaster {
namespace {

using Profile = std::array<double, kLumaEdge>;

constexpr double kLeastShared = 0.75;  // of each picture, along each axis
constexpr std::size_t kFitsKept = 6;
constexpr std::size_t kRefined = 3;
constexpr int kMostClimbs = 1 << 20;  // as many as it takes: each is better by 1e-4 at least

double pixel(const Grey& grey, int row, int column) {
  return grey[static_cast<std::size_t>(row * kLumaEdge + column)];
}

// Means of columns (of rows when `rows`).
Profile profile_of(const Grey& luma, bool rows) {
  Profile out{};
  for (int i = 0; i < kLumaEdge; ++i) {
    for (int j = 0; j < kLumaEdge; ++j) {
      out[static_cast<std::size_t>(i)] += (rows ? pixel(luma, i, j) : pixel(luma, j, i)) / kLumaEdge;
    }
  }
  return out;
}

double sample(const Profile& profile, double at) {
  const auto low = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(low);
  return low + 1 < profile.size() ? profile[low] * (1 - part) + profile[low + 1] * part : profile[low];
}

double compare_profiles(const Profile& a, const Profile& b, const Fit& fit) {
  Correlation correlation;
  int shared = 0;
  for (int i = 0; i < kLumaEdge; ++i) {
    const double at = fit.scale * i + fit.shift;
    if (at < 0 || at > kLumaEdge - 1) continue;
    ++shared;
    correlation.add(sample(a, at), b[static_cast<std::size_t>(i)]);
  }
  const double of_a = shared * fit.scale / kLumaEdge;
  if (shared < kLeastShared * kLumaEdge || of_a < kLeastShared) return -1;
  // Even a flat profile may be the right one (a horizon seen along its rows).
  return correlation.value();
}

std::vector<Fit> best_fits(const Profile& a, const Profile& b) {
  std::vector<Fit> fits;
  for (double scale = 0.78; scale <= 1.285; scale += 0.02) {
    for (double shift = -8; shift <= 8; shift += 0.5) {
      Fit fit{scale, shift, 0};
      fit.score = compare_profiles(a, b, fit);
      if (fit.score > -1) fits.push_back(fit);
    }
  }
  // Neighbours of a good fit are nearly as good: keep the best of each neighbourhood.
  std::ranges::stable_sort(fits, std::greater<>(), &Fit::score);
  std::vector<Fit> kept;
  for (const Fit& fit : fits) {
    const bool near = std::ranges::any_of(kept, [&](const Fit& k) {
      return std::abs(k.scale - fit.scale) < 0.05 && std::abs(k.shift - fit.shift) < 1.2;
    });
    if (!near) kept.push_back(fit);
    if (kept.size() == kFitsKept) break;
  }
  return kept;
}

}  // namespace

double best_overlap(std::string_view luma_a, std::string_view luma_b) {
  const auto read_a = read_luma(luma_a), read_b = read_luma(luma_b);
  if (!read_a || !read_b) return 0;
  const Grey a = shapes_of(*read_a);
  const Grey b = shapes_of(*read_b);
  const std::vector<Fit> rows = best_fits(profile_of(a, true), profile_of(b, true));
  const std::vector<Fit> columns = best_fits(profile_of(a, false), profile_of(b, false));
  std::vector<Placement> tried = {{Fit(), Fit(), compare_areas(a, b, Fit(), Fit())}};
  for (const Fit& row : rows) {
    for (const Fit& column : columns) tried.push_back({row, column, compare_areas(a, b, row, column)});
  }
  std::ranges::stable_sort(tried, std::greater<>(), &Placement::score);
  double best = 0;
  for (std::size_t i = 0; i < std::min(tried.size(), kRefined); ++i) {
    refine(a, b, kLeastShared, 1, kMostClimbs, tried[i]);
    best = std::max(best, tried[i].score);
  }
  return best;
}

}  // namespace copytaster
