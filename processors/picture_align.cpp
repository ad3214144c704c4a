#include "processors/picture_align.h"

#include <cmath>

namespace copytaster {
namespace {

constexpr int kNear = 1;  // pixels to each side
constexpr int kFar = 6;

// Sums of all above and to the left, with a row and a column of zeros first.
using Sums = std::array<std::array<int, kLumaEdge + 1>, kLumaEdge + 1>;

Sums sums_of(const Luma& luma) {
  Sums sums{};
  for (std::size_t i = 0; i < kLumaEdge; ++i) {
    for (std::size_t j = 0; j < kLumaEdge; ++j) {
      sums[i + 1][j + 1] = luma[i * kLumaEdge + j] + sums[i][j + 1] + sums[i + 1][j] - sums[i][j];
    }
  }
  return sums;
}

double mean_around(const Sums& sums, int row, int column, int reach) {
  const auto top = static_cast<std::size_t>(std::max(0, row - reach));
  const auto left = static_cast<std::size_t>(std::max(0, column - reach));
  const auto bottom = static_cast<std::size_t>(std::min(kLumaEdge, row + reach + 1));
  const auto right = static_cast<std::size_t>(std::min(kLumaEdge, column + reach + 1));
  const int sum = sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left];
  return static_cast<double>(sum) / static_cast<double>((bottom - top) * (right - left));
}

}  // namespace

Grey shapes_of(const Luma& luma) {
  const Sums sums = sums_of(luma);
  Grey out{};
  for (int i = 0; i < kLumaEdge; ++i) {
    for (int j = 0; j < kLumaEdge; ++j) {
      out[static_cast<std::size_t>(i * kLumaEdge + j)] =
          mean_around(sums, i, j, kNear) - mean_around(sums, i, j, kFar);
    }
  }
  return out;
}

Grey light_of(const Luma& luma) {
  const Sums sums = sums_of(luma);
  Grey out{};
  for (int i = 0; i < kLumaEdge; ++i) {
    for (int j = 0; j < kLumaEdge; ++j)
      out[static_cast<std::size_t>(i * kLumaEdge + j)] = mean_around(sums, i, j, kNear);
  }
  return out;
}

double Correlation::value() const {
  const double vx = xx_ - x_ * x_ / n_;
  const double vy = yy_ - y_ * y_ / n_;
  if (n_ < 8 || vx < 4 * n_ || vy < 4 * n_) return 0;
  return (xy_ - x_ * y_ / n_) / std::sqrt(vx * vy);
}

Correlation::Line Correlation::line() const {
  const double vx = xx_ - x_ * x_ / n_;
  const double vy = yy_ - y_ * y_ / n_;
  if (n_ < 8 || vx <= 0) return {};
  const double gain = std::sqrt(std::max(vy, 0.0) / vx);
  return {gain, y_ / n_ - gain * x_ / n_};
}

double Correlation::spread() const { return n_ < 1 ? 0 : std::sqrt(std::max(0.0, yy_ - y_ * y_ / n_) / n_); }

double compare_areas(const Grey& a, const Grey& b, const Fit& rows, const Fit& columns, int step) {
  Correlation correlation;
  each_shared(a, b, rows, columns, step, [&](double x, double y, int, int) { correlation.add(x, y); });
  return correlation.value();
}

bool shares_enough(const Fit& fit, double least) {
  const double begin = std::max(0.0, -fit.shift / fit.scale);
  const double end = std::min<double>(kLumaEdge - 1, (kLumaEdge - 1 - fit.shift) / fit.scale);
  const double shared = end - begin + 1;
  return shared >= least * kLumaEdge && shared * fit.scale >= least * kLumaEdge;
}

void refine(const Grey& a, const Grey& b, double least_shared, int step_of_pixels, int climbs,
            Placement& best) {
  for (double step = 1; step >= 0.125; step /= 2) {
    for (bool better = true; better && climbs > 0;) {
      better = false;
      for (int change = 0; change < 8; ++change) {
        Placement next = best;
        Fit& fit = change < 4 ? next.rows : next.columns;
        const double sign = change % 2 == 0 ? 1 : -1;
        // A change of scale turns about the middle, not about the corner.
        const double by = change % 4 < 2 ? 0 : sign * step / kLumaEdge;
        fit.scale += by;
        fit.shift += by == 0 ? sign * step : -by * kLumaEdge / 2;
        if (!shares_enough(fit, least_shared)) continue;
        next.score = compare_areas(a, b, next.rows, next.columns, step_of_pixels);
        if (next.score <= best.score + 1e-4) continue;
        best = next;
        better = true;
        --climbs;
      }
    }
  }
}

}  // namespace copytaster
