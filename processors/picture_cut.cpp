#include "processors/picture_cut.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace copytaster {
namespace {

constexpr double kLeftOut = 0.15;
constexpr float kSamePlace = 2.5;  // cells
// Square cells: what the scale of the patches weighs against the places of the marks.
constexpr double kCertainty = 30;
constexpr float kSameScale = 1.45F;  // two patches' scales may differ by so much in one placement
constexpr int kMostClimbs = 64;
constexpr double kPromising = 0.4;  // strangers climb to nothing
constexpr std::size_t kMostLaid = 64;
constexpr int kMiddle = kLumaEdge / 4;                     // cells from each side to what is inside
constexpr double kChanged = 0.28;                          // of the spread of the light
constexpr std::ptrdiff_t kMostRows = 5, kMostColumns = 3;  // in which something changed

struct Pair {
  float asked, other;
};

// a's coordinate = scale × b's + shift through the pairs; few marks close together say little of the scale,
// so that of the patches counts too.
Fit fit_of(std::span<const Pair> pairs, double scale) {
  double asked = 0, other = 0;
  for (const Pair& pair : pairs) asked += pair.asked, other += pair.other;
  asked /= static_cast<double>(pairs.size());
  other /= static_cast<double>(pairs.size());
  double square = kCertainty, product = kCertainty * scale;
  for (const Pair& pair : pairs) {
    square += (pair.asked - asked) * (pair.asked - asked);
    product += (pair.asked - asked) * (pair.other - other);
  }
  Fit fit;
  fit.scale = product / square;
  fit.shift = other - fit.scale * asked;
  return fit;
}

// What both show, cell by cell.
struct Shown {
  double other = 0, asked = 0;
  int row = 0, column = 0;
};

double off(const Shown& cell, const Correlation::Line& line) {
  return std::abs(line.gain * cell.other + line.offset - cell.asked);
}

// Whether something in the middle is not the same on both. Somebody else at the lectern is high and wide; a
// line of text is only wide, and marks stand in corners.
bool changed_inside(const Luma& other, const Luma& asked, const Placement& placement,
                    std::span<const Shown> alike) {
  const Grey theirs = light_of(other), own = light_of(asked);
  std::array<bool, kLumaBytes> is_alike{};
  for (const Shown& cell : alike)
    is_alike[static_cast<std::size_t>(cell.row * kLumaEdge + cell.column)] = true;
  std::vector<Shown> cells;
  Correlation kept;
  each_shared(theirs, own, placement.rows, placement.columns, 1,
              [&](double x, double y, int row, int column) {
                cells.push_back({x, y, row, column});
                if (is_alike[static_cast<std::size_t>(row * kLumaEdge + column)]) kept.add(x, y);
              });
  const double noise = kept.spread() * std::sqrt(std::max(0.0, 1 - kept.value() * kept.value()));
  const double least = std::max(3 * noise, kChanged * kept.spread());
  const Correlation::Line line = kept.line();
  const auto [their_dark, their_bright] = std::ranges::minmax(theirs);
  const auto [own_dark, own_bright] = std::ranges::minmax(own);
  std::array<int, kLumaEdge> rows{}, columns{};
  for (const Shown& cell : cells) {
    const bool inside = cell.row >= kMiddle && cell.row < kLumaEdge - kMiddle && cell.column >= kMiddle &&
                        cell.column < kLumaEdge - kMiddle;
    if (!inside || off(cell, line) < least) continue;
    // More contrast makes white of all that is bright: the other one may have shades there.
    if (std::abs(std::clamp(line.gain * cell.other + line.offset, own_dark, own_bright) - cell.asked) < least)
      continue;
    const double back = line.gain > 0 ? (cell.asked - line.offset) / line.gain : 0;
    if (line.gain * std::abs(std::clamp(back, their_dark, their_bright) - cell.other) < least) continue;
    ++rows[static_cast<std::size_t>(cell.row)];
    ++columns[static_cast<std::size_t>(cell.column)];
  }
  const auto lines = [](const auto& counts) {
    return std::ranges::count_if(counts, [](int count) { return count >= 2; });
  };
  return lines(rows) > kMostRows && lines(columns) > kMostColumns;
}

struct Settled {
  double value = 0;
  bool changed = false;  // changed_inside()
};

// nullopt: strangers.
std::optional<Settled> settle(const Luma& other, const Luma& asked, Placement placement, int climbs) {
  const Grey theirs = shapes_of(other), own = shapes_of(asked);
  placement.score = compare_areas(theirs, own, placement.rows, placement.columns, 2);
  if (placement.score < kPromising) return std::nullopt;
  refine(theirs, own, kCutShared, 2, climbs, placement);
  std::vector<Shown> cells;
  Correlation all;
  each_shared(theirs, own, placement.rows, placement.columns, 1,
              [&](double x, double y, int row, int column) {
                cells.push_back({x, y, row, column});
                all.add(x, y);
              });
  const auto kept = static_cast<std::size_t>(static_cast<double>(cells.size()) * (1 - kLeftOut));
  const auto last = cells.begin() + static_cast<std::ptrdiff_t>(kept);
  // Twice: what is left out bends the line that says what is to be left out.
  for (int round = 0; round < 2; ++round) {
    std::nth_element(cells.begin(), last, cells.end(), [line = all.line()](const Shown& a, const Shown& b) {
      return off(a, line) < off(b, line);
    });
    all = Correlation();
    for (auto cell = cells.begin(); cell != last; ++cell) all.add(cell->other, cell->asked);
  }
  return Settled{all.value(), changed_inside(other, asked, placement, {cells.data(), kept})};
}

}  // namespace

std::optional<Luma> cuttable(std::string_view bytes) {
  auto luma = read_luma(bytes);
  if (!luma) return std::nullopt;
  // Bars and frames are of one shade, too: what is drawn is asked of what they frame.
  luma = without_rim(*luma);
  if (ground_share(*luma) >= kDrawnPicture || flat_share(*luma) >= kFlatPicture) return std::nullopt;
  return luma;
}

std::optional<Luma> comparable(std::string_view luma) {
  auto freed = cuttable(luma);
  return freed ? freed : read_luma(luma);
}

Laid lay(std::span<const PictureMark> asked, std::span<const MetMark> met) {
  Laid best;
  met = met.first(std::min(met.size(), kMostLaid));
  std::vector<Pair> rows, columns;
  std::vector<std::pair<std::uint8_t, std::uint8_t>> places;
  for (const MetMark& guess : met) {
    const PictureMark& own = asked[guess.mark];
    const float scale = 1 / own.scale;
    const float right = static_cast<float>(guess.x) - scale * own.x,
                down = static_cast<float>(guess.y) - scale * own.y;
    rows.clear(), columns.clear(), places.clear();
    for (const MetMark& one : met) {
      const PictureMark& mark = asked[one.mark];
      const auto x = static_cast<float>(one.x), y = static_cast<float>(one.y);
      if (std::abs(scale * mark.x + right - x) > kSamePlace ||
          std::abs(scale * mark.y + down - y) > kSamePlace)
        continue;
      if (std::max(mark.scale, own.scale) > kSameScale * std::min(mark.scale, own.scale)) continue;
      columns.push_back({mark.x, x});
      rows.push_back({mark.y, y});
      if (std::ranges::find(places, std::pair(one.x, one.y)) == places.end())
        places.emplace_back(one.x, one.y);
    }
    if (places.size() <= best.marks) continue;
    best.marks = places.size();
    best.placement = {fit_of(rows, scale), fit_of(columns, scale), 0};
  }
  return best;
}

double agreement(const Luma& other, const Luma& asked, const Placement& placement) {
  if (!shares_enough(placement.rows, kCutShared) || !shares_enough(placement.columns, kCutShared)) return 0;
  const auto settled = settle(other, asked, placement, kMostClimbs);
  return settled && settled->value >= kCutAgreement && !settled->changed ? settled->value : 0;
}

bool is_another_inside(const Luma& other, const Luma& asked) {
  // Most lie exactly on each other; a hair's breadth beside is looked at again.
  for (const int climbs : {0, kMostClimbs}) {
    const auto settled = settle(other, asked, Placement(), climbs);
    if (!settled || !settled->changed) return false;
  }
  return true;
}

double cut_agreement(const Luma& other, const Luma& asked) {
  const std::vector<PictureMark> theirs = marks_of(other, kRememberedScales),
                                 own = marks_of(asked, kLookUpScales);
  MarkTable table;
  table.insert(theirs, 0);
  std::vector<MetMark> met;
  table.meet(own, &met);
  const Laid laid = lay(own, met);
  if (laid.marks < kLeastMarksMet) return 0;
  return agreement(unpack(pack(other)), unpack(pack(asked)), laid.placement);
}

}  // namespace copytaster
