#pragma GCC optimize("O2")

#include <algorithm>
#include <functional>
#include <utility>

#include "tests/processors/picture_set.h"

namespace copytaster::testing {
namespace {

using Change = std::function<Canvas(const Canvas&, Dice&)>;
struct Made {
  Attack attack;
  std::string suffix;
  Change change;
};

Canvas same(const Canvas& in, Dice&) { return in; }

Change scaled(double across, double down) {
  return [=](const Canvas& in, Dice&) { return resized(in, int(in.width * across), int(in.height * down)); };
}

// Off one side, that of the dice.
Change side(double share) {
  return [=](const Canvas& in, Dice& dice) {
    const int x = int(in.width * share + 0.5), y = int(in.height * share + 0.5);
    switch (dice.whole(0, 3)) {
      case 0:
        return cut(in, x, 0, in.width - x, in.height);
      case 1:
        return cut(in, 0, 0, in.width - x, in.height);
      case 2:
        return cut(in, 0, y, in.width, in.height - y);
      default:
        return cut(in, 0, 0, in.width, in.height - y);
    }
  };
}

// So much off each of the four: 10 % leave 64 % of the area.
Change all_sides(double share) {
  return [=](const Canvas& in, Dice&) {
    const int x = int(in.width * share + 0.5), y = int(in.height * share + 0.5);
    return cut(in, x, y, in.width - 2 * x, in.height - 2 * y);
  };
}

Change bars(double share, bool upright, double grey) {
  return [=](const Canvas& in, Dice&) {
    const int x = upright ? int(in.width * share) : 0, y = upright ? 0 : int(in.height * share);
    return framed(in, x, y, x, y, {grey, grey, grey});
  };
}

Canvas frame(const Canvas& in, Dice& dice) {
  const int wide = in.width / 25;
  return framed(in, wide, wide, wide, wide, any_colour(dice));
}

// A mark of so much of the area in a corner.
Change mark(double area) {
  return [=](const Canvas& in, Dice& dice) {
    Canvas out = in;
    const double wide = 0.4, high = area / wide;
    const double x = dice.whole(0, 1) == 0 ? 0.02 : 0.98 - wide,
                 y = dice.whole(0, 1) == 0 ? 0.02 : 0.98 - high;
    out.box(x, y, x + wide, y + high, any_colour(dice));
    out.disc(x + high, y + high / 2, high * 0.4, high * 0.4, any_colour(dice));
    out.words(x + wide * 0.4, y + high * 0.2, x + wide, y + high, high * 0.5, 2, any_colour(dice, 0, 255),
              dice);
    return out;
  };
}

Change strip(double share) {
  return [=](const Canvas& in, Dice& dice) {
    Canvas out = in;
    out.box(0, 1 - share, 1, 1, {15, 20, 60});
    out.words(0.03, 1 - share * 0.85, 0.97, 1, share * 0.6, 9, {250, 250, 250}, dice);
    return out;
  };
}

Canvas line_of_text(const Canvas& in, Dice& dice) {
  Canvas out = in;
  const double top = dice.between(0.1, 0.8);
  out.words(0.06, top, 0.94, top + 0.1, 0.08, 8, {255, 255, 255}, dice);
  return out;
}

Change light(double gain, double add) {
  return [=](const Canvas& in, Dice&) {
    return recoloured(in, {{{gain, 0, 0}, {0, gain, 0}, {0, 0, gain}}}, {add, add, add});
  };
}

Canvas warmer(const Canvas& in, Dice&) {
  return recoloured(in, {{{1.1, 0, 0}, {0, 1, 0}, {0, 0, 0.85}}}, {4, 0, -4});
}

Canvas grey(const Canvas& in, Dice&) {
  const Colour weights = {0.3, 0.59, 0.11};
  return recoloured(in, {weights, weights, weights}, {0, 0, 0});
}

Change turn(int quarters, bool mirrored) {
  return [=](const Canvas& in, Dice&) { return turned(in, quarters, mirrored); };
}

const std::vector<Made>& made() {
  static const std::string kJpeg = ".jpg[Q=85]";
  static const std::vector<Made> kAll = {
      {{"JPEG of quality 80", "recompressed"}, ".jpg[Q=80]", same},
      {{"JPEG of quality 50", "recompressed"}, ".jpg[Q=50]", same},
      {{"JPEG of quality 30", "recompressed"}, ".jpg[Q=30]", same},
      {{"WebP", "recompressed"}, ".webp[Q=60]", same},
      {{"to 50 %", "resized"}, kJpeg, scaled(0.5, 0.5)},
      {{"to 25 %", "resized"}, kJpeg, scaled(0.25, 0.25)},
      {{"4 % wider", "resized"}, kJpeg, scaled(1.04, 1)},
      {{"6 % lower", "resized"}, kJpeg, scaled(1, 0.94)},
      {{"brighter", "light"}, kJpeg, light(1, 18)},
      {{"more contrast", "light"}, kJpeg, light(1.2, -22)},
      {{"less contrast", "light"}, kJpeg, light(0.8, 25)},
      {{"warmer", "light"}, kJpeg, warmer},
      {{"grey", "light"}, kJpeg, grey},
      {{"quarter turn left", "turned"}, kJpeg, turn(1, false)},
      {{"half turn", "turned"}, kJpeg, turn(2, false)},
      {{"quarter turn right", "turned"}, kJpeg, turn(3, false)},
      {{"mirrored", "turned"}, kJpeg, turn(0, true)},
      {{"upside down", "turned"}, kJpeg, turn(2, true)},
      {{"mirrored, quarter left", "turned"}, kJpeg, turn(1, true)},
      {{"mirrored, quarter right", "turned"}, kJpeg, turn(3, true)},
      {{"crop 1 % of one side", "crop"}, kJpeg, side(0.01)},
      {{"crop 2 % of one side", "crop"}, kJpeg, side(0.02)},
      {{"crop 5 % of one side", "crop"}, kJpeg, side(0.05)},
      {{"crop 8 % of one side", "crop"}, kJpeg, side(0.08)},
      {{"crop 10 % of one side", "crop"}, kJpeg, side(0.10)},
      {{"crop 15 % of one side", "crop"}, kJpeg, side(0.15)},
      {{"crop 1 % off all sides", "crop"}, kJpeg, all_sides(0.01)},
      {{"crop 2 % off all sides", "crop"}, kJpeg, all_sides(0.02)},
      {{"crop 5 % off all sides", "crop"}, kJpeg, all_sides(0.05)},
      {{"crop 8 % off all sides", "crop"}, kJpeg, all_sides(0.08)},
      {{"crop 10 % off all sides", "crop"}, kJpeg, all_sides(0.10)},
      {{"crop 15 % off all sides", "crop"}, kJpeg, all_sides(0.15)},
      {{"black bars above, below", "bars"}, kJpeg, bars(0.12, false, 0)},
      {{"black bars left, right", "bars"}, kJpeg, bars(0.15, true, 0)},
      {{"white bars above, below", "bars"}, kJpeg, bars(0.08, false, 255)},
      {{"a frame", "bars"}, kJpeg, frame},
      {{"mark of 5 % in a corner", "overlay"}, kJpeg, mark(0.05)},
      {{"mark of 10 % in a corner", "overlay"}, kJpeg, mark(0.10)},
      {{"strip of 8 % below", "overlay"}, kJpeg, strip(0.08)},
      {{"strip of 12 % below", "overlay"}, kJpeg, strip(0.12)},
      {{"a line of text", "overlay"}, kJpeg, line_of_text},
  };
  return kAll;
}

}  // namespace

const std::vector<Attack>& attacks() {
  static const std::vector<Attack> kAll = [] {
    std::vector<Attack> out;
    for (const Made& one : made()) out.push_back(one.attack);
    return out;
  }();
  return kAll;
}

std::string attacked(const Canvas& photograph, std::size_t attack, std::uint64_t seed) {
  Dice dice(seed * 1009 + attack);
  const Made& one = made()[attack];
  return encoded(one.change(photograph, dice), one.suffix);
}

}  // namespace copytaster::testing
