// Two lumas laid over each other: scale and shift along each axis, and how well they agree there
// (picture_cut.h). Pure.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "processors/picture_luma.h"

namespace copytaster {

using Grey = std::array<double, kLumaBytes>;

// Shapes rather than light: smoothed against sampling, and without what a wide neighbourhood has too
// (a bright sky over a dark street looks alike in any two pictures).
[[nodiscard]] Grey shapes_of(const Luma& luma);
// Light, only smoothed as shapes are.
[[nodiscard]] Grey light_of(const Luma& luma);

// Sums for a correlation that are fed pair by pair.
class Correlation {
 public:
  void add(double x, double y) {
    ++n_;
    x_ += x, y_ += y, xx_ += x * x, yy_ += y * y, xy_ += x * y;
  }
  // 0 where either is flat: a standard deviation under two grey levels is no answer.
  [[nodiscard]] double value() const;
  // y = gain × x + offset, as their spreads say.
  struct Line {
    double gain = 1, offset = 0;
  };
  [[nodiscard]] Line line() const;
  // Standard deviation of y.
  [[nodiscard]] double spread() const;

 private:
  double n_ = 0, x_ = 0, y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

// Along one axis: a's coordinate = scale × b's + shift, both in pixels of the edge.
struct Fit {
  double scale = 1;
  double shift = 0;
  double score = 0;
};

struct Placement {
  Fit rows, columns;
  double score = 0;
};

// Whether both show at least `least` of their edge.
[[nodiscard]] bool shares_enough(const Fit& fit, double least);

// Calls visit(a's value, b's value, b's row, b's column) for each pixel of b, every `step` of them, that a
// shows too.
template <typename Visit>
void each_shared(const Grey& a, const Grey& b, const Fit& rows, const Fit& columns, int step, Visit visit) {
  const auto pixel = [](const Grey& grey, int row, int column) {
    return grey[static_cast<std::size_t>(row * kLumaEdge + column)];
  };
  for (int i = 0; i < kLumaEdge; i += step) {
    const double row = rows.scale * i + rows.shift;
    if (row < 0 || row > kLumaEdge - 1) continue;
    const int low = static_cast<int>(row);
    const int high = std::min(low + 1, kLumaEdge - 1);
    for (int j = 0; j < kLumaEdge; j += step) {
      const double column = columns.scale * j + columns.shift;
      if (column < 0 || column > kLumaEdge - 1) continue;
      const int left = static_cast<int>(column);
      const int right = std::min(left + 1, kLumaEdge - 1);
      const double down = row - low;
      const double across = column - left;
      const double upper = pixel(a, low, left) * (1 - across) + pixel(a, low, right) * across;
      const double lower = pixel(a, high, left) * (1 - across) + pixel(a, high, right) * across;
      visit(upper * (1 - down) + lower * down, pixel(b, i, j), i, j);
    }
  }
}

[[nodiscard]] double compare_areas(const Grey& a, const Grey& b, const Fit& rows, const Fit& columns,
                                   int step = 1);

// Climbs to the best placement nearby. At most `climbs` changes that are better are taken.
void refine(const Grey& a, const Grey& b, double least_shared, int step, int climbs, Placement& best);

}  // namespace copytaster
