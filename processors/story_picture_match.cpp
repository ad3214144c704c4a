#include "processors/story_picture_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace copytaster {
namespace {

// Along one axis: a's coordinate = scale × b's + shift, both in pixels of the edge.
struct Fit {
  double scale = 1;
  double shift = 0;
  double score = 0;
};

using Profile = std::array<double, kLumaEdge>;

constexpr double kLeastShared = 0.75;  // of each picture, along each axis
constexpr int kNear = 1;               // pixels to each side
constexpr int kFar = 6;
constexpr std::size_t kFitsKept = 6;
constexpr std::size_t kRefined = 3;

using Grey = std::array<double, kLumaEdge * kLumaEdge>;

double pixel(const Grey& grey, int row, int column) {
  return grey[static_cast<std::size_t>(row * kLumaEdge + column)];
}

double mean_around(std::string_view luma, int row, int column, int reach) {
  double sum = 0;
  int count = 0;
  for (int i = std::max(0, row - reach); i <= std::min(kLumaEdge - 1, row + reach); ++i) {
    for (int j = std::max(0, column - reach); j <= std::min(kLumaEdge - 1, column + reach); ++j, ++count) {
      sum += static_cast<unsigned char>(luma[static_cast<std::size_t>(i * kLumaEdge + j)]);
    }
  }
  return sum / count;
}

// Shapes rather than light: smoothed against sampling, and without what a wide neighbourhood has too
// (a bright sky over a dark street looks alike in any two pictures).
Grey shapes_of(std::string_view luma) {
  Grey out{};
  for (int i = 0; i < kLumaEdge; ++i) {
    for (int j = 0; j < kLumaEdge; ++j) {
      out[static_cast<std::size_t>(i * kLumaEdge + j)] =
          mean_around(luma, i, j, kNear) - mean_around(luma, i, j, kFar);
    }
  }
  return out;
}

// Sums for a correlation that are fed pair by pair.
class Correlation {
 public:
  void add(double x, double y) {
    ++n_;
    x_ += x, y_ += y, xx_ += x * x, yy_ += y * y, xy_ += x * y;
  }
  [[nodiscard]] double value() const {
    const double vx = xx_ - x_ * x_ / n_;
    const double vy = yy_ - y_ * y_ / n_;
    // A standard deviation under two grey levels is flat: no answer.
    if (n_ < 8 || vx < 4 * n_ || vy < 4 * n_) return 0;
    return (xy_ - x_ * y_ / n_) / std::sqrt(vx * vy);
  }

 private:
  double n_ = 0, x_ = 0, y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

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

double compare_areas(const Grey& a, const Grey& b, const Fit& rows, const Fit& columns) {
  Correlation correlation;
  for (int i = 0; i < kLumaEdge; ++i) {
    const double row = rows.scale * i + rows.shift;
    if (row < 0 || row > kLumaEdge - 1) continue;
    const int low = static_cast<int>(row);
    const int high = std::min(low + 1, kLumaEdge - 1);
    for (int j = 0; j < kLumaEdge; ++j) {
      const double column = columns.scale * j + columns.shift;
      if (column < 0 || column > kLumaEdge - 1) continue;
      const int left = static_cast<int>(column);
      const int right = std::min(left + 1, kLumaEdge - 1);
      const double down = row - low;
      const double across = column - left;
      const double upper = pixel(a, low, left) * (1 - across) + pixel(a, low, right) * across;
      const double lower = pixel(a, high, left) * (1 - across) + pixel(a, high, right) * across;
      correlation.add(upper * (1 - down) + lower * down, pixel(b, i, j));
    }
  }
  return correlation.value();
}

struct Placement {
  Fit rows, columns;
  double score = 0;
};

bool shares_enough(const Fit& fit) {
  const double begin = std::max(0.0, -fit.shift / fit.scale);
  const double end = std::min<double>(kLumaEdge - 1, (kLumaEdge - 1 - fit.shift) / fit.scale);
  const double shared = end - begin + 1;
  return shared >= kLeastShared * kLumaEdge && shared * fit.scale >= kLeastShared * kLumaEdge;
}

// Climbs to the best placement nearby: the profiles only say about where it is.
void refine(const Grey& a, const Grey& b, Placement& best) {
  for (double step = 1; step >= 0.125; step /= 2) {
    for (bool better = true; better;) {
      better = false;
      for (int change = 0; change < 8; ++change) {
        Placement next = best;
        Fit& fit = change < 4 ? next.rows : next.columns;
        const double sign = change % 2 == 0 ? 1 : -1;
        // A change of scale turns about the middle, not about the corner.
        const double by = change % 4 < 2 ? 0 : sign * step / kLumaEdge;
        fit.scale += by;
        fit.shift += by == 0 ? sign * step : -by * kLumaEdge / 2;
        if (!shares_enough(fit)) continue;
        next.score = compare_areas(a, b, next.rows, next.columns);
        if (next.score <= best.score + 1e-4) continue;
        best = next;
        better = true;
      }
    }
  }
}

}  // namespace

double best_overlap(std::string_view luma_a, std::string_view luma_b) {
  constexpr std::size_t kBytes = kLumaEdge * kLumaEdge;
  if (luma_a.size() != kBytes || luma_b.size() != kBytes) return 0;
  const Grey a = shapes_of(luma_a);
  const Grey b = shapes_of(luma_b);
  const std::vector<Fit> rows = best_fits(profile_of(a, true), profile_of(b, true));
  const std::vector<Fit> columns = best_fits(profile_of(a, false), profile_of(b, false));
  std::vector<Placement> tried = {{Fit(), Fit(), compare_areas(a, b, Fit(), Fit())}};
  for (const Fit& row : rows) {
    for (const Fit& column : columns) tried.push_back({row, column, compare_areas(a, b, row, column)});
  }
  std::ranges::stable_sort(tried, std::greater<>(), &Placement::score);
  double best = 0;
  for (std::size_t i = 0; i < std::min(tried.size(), kRefined); ++i) {
    refine(a, b, tried[i]);
    best = std::max(best, tried[i].score);
  }
  return best;
}

}  // namespace copytaster
