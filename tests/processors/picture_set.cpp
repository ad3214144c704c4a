#pragma GCC optimize("O2")

#include "tests/processors/picture_set.h"

#include <algorithm>
#include <cmath>

namespace copytaster::testing {
namespace {

Colour shade(const Colour& colour, double factor) {
  return {std::clamp(colour[0] * factor, 0.0, 255.0), std::clamp(colour[1] * factor, 0.0, 255.0),
          std::clamp(colour[2] * factor, 0.0, 255.0)};
}

// Ground of two colours with clouds or texture.
void textured(Canvas& canvas, double top, double bottom, Colour above, Colour below, double strength,
              double scale, std::uint64_t seed) {
  const Noise noise(seed);
  const int begin = int(top * canvas.height), end = int(bottom * canvas.height);
  for (int y = begin; y < end; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const double t = double(y - begin) / std::max(1, end - begin);
      const double n = strength * noise.at(scale * x / canvas.width, scale * y / canvas.height, 6);
      canvas.put(x, y,
                 {std::lerp(above[0], below[0], t) + n, std::lerp(above[1], below[1], t) + n,
                  std::lerp(above[2], below[2], t) + n});
    }
  }
}

// Light that falls unevenly, and the sensor's grain.
void lit(Canvas& canvas, Dice& dice) {
  const Noise noise(dice.roll()), grain(dice.roll());
  const double depth = dice.between(0.15, 0.4);
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const double light = 1 + depth * noise.at(3.0 * x / canvas.width, 3.0 * y / canvas.height, 5);
      const Colour old = canvas.get(x, y);
      const double g = 6 * grain.at(x * 0.7, y * 0.7, 1);
      canvas.put(x, y, {old[0] * light + g, old[1] * light + g, old[2] * light + g});
    }
  }
}

void house(Canvas& canvas, double left, double top, double right, double bottom, Dice& dice) {
  const Colour wall = any_colour(dice, 60, 220);
  const Colour pane = shade(wall, dice.between(0.3, 0.6));
  canvas.box(left, top, right, bottom, wall);
  canvas.box(std::lerp(left, right, dice.between(0.7, 0.9)), top, right, bottom, shade(wall, 0.7));
  const int columns = dice.whole(2, 6), rows = dice.whole(2, 8);
  for (int c = 0; c < columns; ++c) {
    for (int r = 0; r < rows; ++r) {
      const double x = std::lerp(left, right, (c + 0.25) / columns),
                   y = std::lerp(top, bottom, (r + 0.25) / rows);
      canvas.box(x, y, x + (right - left) / columns * 0.5, y + (bottom - top) / rows * 0.5,
                 dice.unit() < 0.15 ? Colour{240, 225, 160} : pane);
    }
  }
}

void person(Canvas& canvas, double x, double foot, double tall, Dice& dice) {
  const double wide = tall * 0.16 * canvas.height / canvas.width;
  const Colour coat = any_colour(dice, 15, 200),
               skin = {dice.between(90, 230), dice.between(70, 180), dice.between(50, 150)};
  canvas.box(x - wide * 0.8, foot - tall * 0.5, x - wide * 0.1, foot, shade(coat, 0.5));
  canvas.box(x + wide * 0.1, foot - tall * 0.5, x + wide * 0.8, foot, shade(coat, 0.4));
  canvas.disc(x, foot - tall * 0.62, wide * 1.1, tall * 0.24, coat, 0.1);
  canvas.disc(x, foot - tall * 0.92, wide * 0.5, tall * 0.1, skin, 0.1);
  canvas.disc(x, foot - tall * 0.97, wide * 0.5, tall * 0.05, shade(skin, 0.35), 0.2);
}

void tree(Canvas& canvas, double x, double foot, double tall, Dice& dice) {
  canvas.box(x - 0.012, foot - tall * 0.5, x + 0.012, foot, {60, 45, 35});
  const Colour green = {dice.between(30, 90), dice.between(70, 140), dice.between(20, 60)};
  for (int i = 0; i < 14; ++i) {
    canvas.disc(x + dice.between(-0.3, 0.3) * tall, foot - tall * dice.between(0.45, 1),
                tall * dice.between(0.06, 0.18), tall * dice.between(0.06, 0.16),
                shade(green, dice.between(0.5, 1.5)), 0.4);
  }
}

void street(Canvas& canvas, Dice& dice) {
  const double horizon = dice.between(0.5, 0.75);
  textured(canvas, 0, horizon, any_colour(dice, 110, 230), any_colour(dice, 140, 240), 60, 4, dice.roll());
  textured(canvas, horizon, 1, any_colour(dice, 60, 140), any_colour(dice, 40, 120), 50, 12, dice.roll());
  for (double x = dice.between(-0.1, 0.05); x < 1;) {
    const double wide = dice.between(0.08, 0.28);
    if (dice.unit() < 0.85)
      house(canvas, x, dice.between(0.05, horizon - 0.15), x + wide, horizon + dice.between(0, 0.06), dice);
    x += wide + dice.between(0, 0.05);
  }
  for (int i = dice.whole(1, 7); i > 0; --i)
    person(canvas, dice.unit(), dice.between(horizon + 0.1, 1.05), dice.between(0.15, 0.45), dice);
}

void hall(Canvas& canvas, Dice& dice) {
  textured(canvas, 0, 1, any_colour(dice, 60, 180), any_colour(dice, 30, 120), 40, 5, dice.roll());
  const double x = dice.between(0.1, 0.5);
  canvas.box(x, 0.08, x + dice.between(0.3, 0.5), dice.between(0.35, 0.5), any_colour(dice, 150, 250));
  for (int i = 0; i < 5; ++i)
    canvas.disc(x + dice.between(0, 0.35), dice.between(0.1, 0.4), 0.05, 0.06, any_colour(dice), 0.3);
  person(canvas, dice.between(0.2, 0.8), 0.75, dice.between(0.4, 0.55), dice);
  canvas.box(dice.between(0.2, 0.7), 0.55, dice.between(0.72, 0.85), 0.8, any_colour(dice, 40, 120));
  for (double row = 0.75; row < 1.1; row += 0.12)
    for (double seat = dice.between(0, 0.08); seat < 1; seat += dice.between(0.07, 0.13))
      canvas.disc(seat, row + dice.between(-0.02, 0.02), 0.035, 0.06, shade(any_colour(dice, 20, 130), 0.8),
                  0.3);
}

void portrait(Canvas& canvas, Dice& dice) {
  textured(canvas, 0, 1, any_colour(dice, 40, 200), any_colour(dice, 40, 200), 120, dice.between(2, 4),
           dice.roll());
  const double x = dice.between(0.3, 0.7), y = dice.between(0.3, 0.45), size = dice.between(0.13, 0.2);
  const Colour skin = {dice.between(120, 230), dice.between(90, 180), dice.between(70, 150)},
               coat = any_colour(dice, 20, 160);
  canvas.disc(x + dice.between(-0.05, 0.05), 1.05, size * 2.2, 0.55, coat, 0.08);
  canvas.disc(x, y, size, size * 1.9, skin, 0.1);
  canvas.disc(x + dice.between(-0.02, 0.02), y - size * 1.2, size * 1.05, size * 0.9, shade(skin, 0.3), 0.3);
  for (const double side : {-0.4, 0.4})
    canvas.disc(x + side * size, y - size * 0.1, size * 0.15, size * 0.12, {40, 30, 30}, 0.4);
  canvas.disc(x, y + size * 0.9, size * 0.35, size * 0.12, shade(skin, 0.6), 0.5);
  canvas.line(x, 0.75, x + dice.between(-0.05, 0.05), 1, 0.05, any_colour(dice));
  canvas.box(dice.between(0, 0.2), dice.between(0, 0.4), dice.between(0.2, 0.3), dice.between(0.5, 0.9),
             any_colour(dice), 0.7);
}

void park(Canvas& canvas, Dice& dice) {
  const double horizon = dice.between(0.3, 0.6);
  textured(canvas, 0, horizon, {120, 160, 220}, {210, 220, 230}, 90, 3, dice.roll());
  textured(canvas, horizon, 1, {90, 130, 60}, {50, 100, 40}, 90, 9, dice.roll());
  for (int i = dice.whole(3, 10); i > 0; --i)
    tree(canvas, dice.unit(), dice.between(horizon, 0.9), dice.between(0.2, 0.6), dice);
  const double bend = dice.between(0.2, 0.8);
  for (double y = horizon; y < 1; y += 0.01)
    canvas.disc(bend + (y - horizon) * dice.between(0.28, 0.32) * std::sin(y * 5), y,
                0.02 + 0.12 * (y - horizon), 0.02, {190, 175, 150}, 0.3);
  for (int i = dice.whole(0, 5); i > 0; --i)
    person(canvas, dice.unit(), dice.between(0.7, 1), dice.between(0.12, 0.35), dice);
}

void water(Canvas& canvas, Dice& dice) {
  const double shore = dice.between(0.4, 0.6);
  textured(canvas, 0, shore, any_colour(dice, 130, 220), any_colour(dice, 170, 240), 80, 3, dice.roll());
  textured(canvas, shore, 1, any_colour(dice, 60, 140), any_colour(dice, 30, 90), 70, 15, dice.roll());
  for (double x = 0; x < 1; x += dice.between(0.06, 0.2)) {
    const double top = shore - dice.between(0.03, 0.3), wide = dice.between(0.05, 0.16);
    house(canvas, x, top, x + wide, shore, dice);
    canvas.box(x, shore, x + wide, shore + (shore - top) * 0.8, any_colour(dice, 30, 110), 0.5);
  }
  const double at = dice.between(0.1, 0.7);
  canvas.box(at, shore - 0.06, at + dice.between(0.2, 0.4), shore - 0.02, {90, 90, 95});
  canvas.disc(dice.unit(), dice.between(shore + 0.1, 0.9), dice.between(0.06, 0.16), 0.04, any_colour(dice),
              0.2);
}

void crowd(Canvas& canvas, Dice& dice) {
  textured(canvas, 0, 1, any_colour(dice, 60, 200), any_colour(dice, 40, 140), 60, 4, dice.roll());
  for (double foot = 0.5; foot < 1.3; foot += 0.12)
    for (double x = dice.between(0, 0.1); x < 1; x += dice.between(0.05, 0.16))
      person(canvas, x, foot, foot * dice.between(0.35, 0.5), dice);
  for (int i = dice.whole(0, 3); i > 0; --i) {
    const double x = dice.unit(), y = dice.between(0.05, 0.3);
    canvas.box(x, y, x + 0.2, y + 0.12, any_colour(dice));
    canvas.words(x + 0.01, y + 0.02, x + 0.19, y + 0.12, 0.05, 3, any_colour(dice, 0, 60), dice);
  }
}

void site(Canvas& canvas, Dice& dice) {
  textured(canvas, 0, 1, any_colour(dice, 120, 230), any_colour(dice, 90, 160), 80, 5, dice.roll());
  for (int i = dice.whole(4, 9); i > 0; --i) {
    const double x = dice.unit(), lean = dice.between(-0.2, 0.2);
    canvas.line(x, dice.between(0, 0.3), x + lean, 1, dice.between(0.01, 0.05), any_colour(dice, 20, 230));
  }
  for (int i = dice.whole(3, 8); i > 0; --i) {
    const double x = dice.unit() * 0.9, y = dice.between(0.3, 0.9);
    canvas.box(x, y, x + dice.between(0.05, 0.3), y + dice.between(0.04, 0.25), any_colour(dice));
  }
  for (int i = dice.whole(1, 4); i > 0; --i)
    person(canvas, dice.unit(), dice.between(0.7, 1), dice.between(0.3, 0.6), dice);
}

void night(Canvas& canvas, Dice& dice) {
  textured(canvas, 0, 1, {20, 20, 50}, {50, 40, 40}, 60, 5, dice.roll());
  for (double x = 0; x < 1; x += dice.between(0.1, 0.2))
    house(canvas, x, dice.between(0.2, 0.6), x + 0.12, 0.8, dice);
  textured(canvas, 0.8, 1, {40, 40, 50}, {70, 60, 60}, 80, 10, dice.roll());
  for (int i = dice.whole(5, 25); i > 0; --i)
    canvas.disc(dice.unit(), dice.between(0.2, 0.95), dice.between(0.01, 0.06), dice.between(0.015, 0.08),
                {255, dice.between(180, 250), dice.between(100, 220)}, 0.9);
}

constexpr double kPi = 3.14159265358979;

Canvas flag(Dice& dice, bool vertical, int stripes) {
  Canvas canvas(480, 320, {0, 0, 0});
  for (int i = 0; i < stripes; ++i) {
    const double from = double(i) / stripes, to = double(i + 1) / stripes;
    const Colour colour = any_colour(dice, 0, 255);
    vertical ? canvas.box(from, 0, to, 1, colour) : canvas.box(0, from, 1, to, colour);
  }
  return canvas;
}

Canvas logo(Dice& dice) {
  Canvas canvas(400, 400, any_colour(dice, 0, 255));
  const Colour ink = any_colour(dice, 0, 255);
  const double size = dice.between(0.2, 0.38);
  switch (dice.whole(0, 4)) {
    case 0:
      canvas.disc(0.5, 0.5, size, size, ink);
      break;
    case 1:
      canvas.box(0.5 - size, 0.5 - size, 0.5 + size, 0.5 + size, ink);
      break;
    case 2:
      for (double t = 0; t < 1; t += 0.002)
        canvas.box(0.5 - size * t, 0.5 - size + 2 * size * t, 0.5 + size * t, 0.503 - size + 2 * size * t,
                   ink);
      break;
    case 3:
      canvas.disc(0.5, 0.5, size, size, ink);
      canvas.disc(0.5, 0.5, size * 0.6, size * 0.6, canvas.get(0, 0));
      break;
    default:
      for (int i = 0; i < 5; ++i)
        canvas.line(0.5, 0.5, 0.5 + size * std::sin(i * kPi * 0.4), 0.5 - size * std::cos(i * kPi * 0.4),
                    0.08, ink);
  }
  return canvas;
}

// The town hall's card: its bar and its mark are always the same, the words are not.
Canvas card(Dice& dice, bool dark) {
  Canvas canvas(480, 480, dark ? Colour{22, 30, 60} : Colour{246, 246, 242});
  const Colour ink = dark ? Colour{240, 240, 240} : Colour{20, 20, 20};
  canvas.box(0, 0, 1, 0.12, {0, 90, 160});
  canvas.disc(0.09, 0.06, 0.04, 0.04, {250, 200, 40});
  canvas.words(0.08, 0.22, 0.92, 0.45, 0.09, dice.whole(5, 9), ink, dice);
  canvas.words(0.08, 0.52, 0.92, 0.85, 0.05, dice.whole(12, 30), ink, dice);
  canvas.box(0.08, 0.9, 0.4, 0.94, {0, 90, 160});
  return canvas;
}

Canvas screenshot(Dice& dice) {
  Canvas canvas(360, 640, {255, 255, 255});
  canvas.box(0, 0, 1, 0.08, {60, 90, 150});
  for (int i = 0; i < 4; ++i) {
    const double top = 0.11 + 0.22 * i;
    canvas.disc(0.1, top + 0.03, 0.06, 0.035, {200, 200, 205});
    canvas.words(0.2, top + 0.01, 0.7, top + 0.05, 0.025, 3, {30, 30, 30}, dice);
    canvas.words(0.05, top + 0.08, 0.95, top + 0.18, 0.022, dice.whole(8, 25), {60, 60, 60}, dice);
    canvas.box(0, top + 0.2, 1, top + 0.205, {220, 220, 220});
  }
  return canvas;
}

Canvas chart(Dice& dice) {
  Canvas canvas(520, 360, {255, 255, 255});
  canvas.line(0.1, 0.9, 0.95, 0.9, 0.008, {60, 60, 60});
  canvas.line(0.1, 0.1, 0.1, 0.9, 0.008, {60, 60, 60});
  canvas.words(0.12, 0.03, 0.9, 0.12, 0.05, 5, {20, 20, 20}, dice);
  for (int i = 0; i < 8; ++i)
    canvas.box(0.13 + i * 0.1, 0.9 - dice.between(0.05, 0.7), 0.2 + i * 0.1, 0.9, {40, 110, 180});
  return canvas;
}

// The same square on another day: sky, houses and lamps stay where they are, people and stalls do not.
Canvas same_place(Dice& dice) {
  Canvas canvas(480, 320, {0, 0, 0});
  Dice fixed(99);
  textured(canvas, 0, 0.45, {150, 180, 220}, {220, 225, 230}, 70, 3, dice.roll());
  textured(canvas, 0.45, 1, {150, 140, 130}, {110, 105, 100}, 40, 10, dice.roll());
  for (int i = 0; i < 5; ++i) house(canvas, 0.2 * i, fixed.between(0.15, 0.3), 0.2 * i + 0.19, 0.47, fixed);
  for (int i = dice.whole(4, 9); i > 0; --i)
    person(canvas, dice.unit(), dice.between(0.6, 1.1), dice.between(0.2, 0.55), dice);
  for (int i = dice.whole(2, 5); i > 0; --i) {
    const double x = dice.unit(), y = dice.between(0.5, 0.8);
    canvas.box(x, y, x + dice.between(0.1, 0.3), y + 0.15, any_colour(dice));
  }
  lit(canvas, dice);
  return canvas;
}

// A camera on its stand before a lectern: nothing changes but who speaks.
Canvas other_speaker(Dice& dice) {
  Canvas canvas(480, 320, {0, 0, 0});
  Dice fixed(77);
  textured(canvas, 0, 1, {70, 80, 120}, {40, 40, 60}, 60, 5, 5);
  canvas.box(0.05, 0.1, 0.3, 0.5, {200, 200, 190});
  for (int i = 0; i < 6; ++i)
    canvas.disc(fixed.between(0.07, 0.28), fixed.between(0.15, 0.45), 0.04, 0.05, any_colour(fixed), 0.3);
  canvas.box(0.75, 0, 0.8, 0.8, {150, 30, 40});
  canvas.box(0.86, 0, 0.92, 0.8, {40, 60, 150});
  const double x = 0.5 + dice.between(-0.03, 0.03), head = dice.between(0.28, 0.36),
               wide = dice.between(0.06, 0.08);
  const Colour skin = {dice.between(90, 230), dice.between(70, 180), dice.between(50, 150)};
  canvas.disc(x, head + 0.42, wide * 1.9, 0.32, any_colour(dice, 20, 200), 0.1);
  canvas.disc(x, head, wide, wide * 1.9, skin, 0.1);
  canvas.disc(x, head - wide * 1.3, wide, wide * dice.between(0.5, 1), shade(skin, dice.between(0.2, 0.9)),
              0.2);
  canvas.box(0.38, 0.62, 0.62, 0.95, {110, 80, 50});
  for (double seat = 0.02; seat < 1; seat += 0.1)
    canvas.disc(seat, 0.97, 0.04, 0.08, any_colour(fixed, 20, 120), 0.3);
  Dice light(3);
  lit(canvas, light);
  return canvas;
}

}  // namespace

Canvas photograph(std::uint64_t seed) {
  Dice dice(seed * 31 + 7);
  static constexpr int kSizes[][2] = {{480, 320}, {480, 360}, {360, 480}, {440, 440}, {512, 288}};
  const auto& size = kSizes[dice.roll() % 5];
  Canvas canvas(size[0], size[1], {128, 128, 128});
  using Scene = void (*)(Canvas&, Dice&);
  static constexpr Scene kScenes[] = {street, hall, portrait, park, water, crowd, site, night};
  kScenes[seed % 8](canvas, dice);
  lit(canvas, dice);
  return canvas;
}

const std::vector<std::string_view>& negative_kinds() {
  static const std::vector<std::string_view> kKinds = {"flat",       "flag",          "cross",      "logo",
                                                       "light card", "dark card",     "screenshot", "chart",
                                                       "same place", "other speaker", "photograph"};
  return kKinds;
}

Canvas negative(std::string_view kind, std::uint64_t seed) {
  Dice dice(seed * 131 + kind.size());
  if (kind == "flat") return {400, 300, any_colour(dice, 0, 255)};
  if (kind == "flag") return flag(dice, seed % 2 == 0, dice.whole(2, 3));
  if (kind == "cross") {
    Canvas canvas(480, 320, any_colour(dice, 0, 255));
    const Colour ink = any_colour(dice, 0, 255);
    canvas.box(0.3, 0, 0.44, 1, ink);
    canvas.box(0, 0.4, 1, 0.6, ink);
    return canvas;
  }
  if (kind == "logo") return logo(dice);
  if (kind == "light card") return card(dice, false);
  if (kind == "dark card") return card(dice, true);
  if (kind == "screenshot") return screenshot(dice);
  if (kind == "chart") return chart(dice);
  if (kind == "same place") return same_place(dice);
  if (kind == "other speaker") return other_speaker(dice);
  return photograph(seed + 1'000'000);
}

}  // namespace copytaster::testing
