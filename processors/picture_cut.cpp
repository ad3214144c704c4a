#include "processors/picture_cut.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace copytaster {
namespace {

constexpr double kLeftOut = 0.15;
constexpr float kSamePlace = 2.5;  // cells
constexpr double kCertainty =
    30;  // square cells that the scale of the patches weighs against the marks' places
constexpr float kSameScale = 1.45F;  // two patches' scales may differ by so much in one placement
constexpr int kMostClimbs = 64;
constexpr double kPromising = 0.4;  // strangers climb to nothing
constexpr std::size_t kMostLaid = 64;

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

}  // namespace

std::optional<Luma> cuttable(std::string_view bytes) {
  auto luma = read_luma(bytes);
  if (!luma) return std::nullopt;
  // Bars and frames are of one shade, too: what is drawn is asked of what they frame.
  luma = without_rim(*luma);
  if (ground_share(*luma) >= kDrawnPicture || flat_share(*luma) >= kFlatPicture) return std::nullopt;
  return luma;
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

double agreement(const Grey& other, const Grey& asked, Placement placement) {
  if (!shares_enough(placement.rows, kCutShared) || !shares_enough(placement.columns, kCutShared)) return 0;
  placement.score = compare_areas(other, asked, placement.rows, placement.columns, 2);
  if (placement.score < kPromising) return 0;
  refine(other, asked, kCutShared, 2, kMostClimbs, placement);
  std::vector<std::pair<double, double>> cells;
  Correlation all;
  each_shared(other, asked, placement.rows, placement.columns, 1, [&](double x, double y) {
    cells.emplace_back(x, y);
    all.add(x, y);
  });
  const auto kept = static_cast<std::ptrdiff_t>(static_cast<double>(cells.size()) * (1 - kLeftOut));
  double value = 0;
  // Twice: what is left out bends the line that says what is to be left out.
  for (int round = 0; round < 2; ++round) {
    const Correlation::Line line = all.line();
    std::nth_element(cells.begin(), cells.begin() + kept, cells.end(), [&](const auto& a, const auto& b) {
      const auto off = [&](const auto& cell) {
        return std::abs(line.gain * cell.first + line.offset - cell.second);
      };
      return off(a) < off(b);
    });
    all = Correlation();
    for (auto cell = cells.begin(); cell != cells.begin() + kept; ++cell) all.add(cell->first, cell->second);
    value = all.value();
  }
  return value;
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
  return agreement(shapes_of(unpack(pack(other))), shapes_of(unpack(pack(asked))), laid.placement);
}

}  // namespace copytaster
