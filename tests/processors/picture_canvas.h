// A canvas for pictures made in code: shapes with soft edges, fractal noise, words of an invented alphabet.
// Everything follows from seeds. Not for hot paths.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copytaster::testing {

// Numbers that follow from a seed alone, on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed);
  std::uint64_t roll();
  double unit() { return static_cast<double>(roll() >> 11) * 0x1p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  int whole(int low, int high) {
    return low + static_cast<int>(roll() % static_cast<std::uint64_t>(high - low + 1));
  }

 private:
  std::uint64_t state_;
};

using Colour = std::array<double, 3>;  // 0…255
Colour any_colour(Dice& dice, double low = 20, double high = 235);

// Fractal noise: each octave half as strong as the one below it, as photographs' spectra are. About -1…1.
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : seed_(seed) {}
  [[nodiscard]] double at(double x, double y, int octaves) const;

 private:
  [[nodiscard]] double lattice(std::int64_t x, std::int64_t y) const;
  std::uint64_t seed_;
};

struct Canvas {
  int width = 0, height = 0;
  std::vector<unsigned char> rgb;  // row by row

  Canvas(int w, int h, Colour ground);
  void put(int x, int y, const Colour& colour, double cover = 1);
  [[nodiscard]] Colour get(int x, int y) const;
  // Coordinates and sizes are shares of the canvas (0…1).
  void box(double left, double top, double right, double bottom, const Colour& colour, double cover = 1);
  void disc(double x, double y, double across, double down, const Colour& colour, double soft = 0.02);
  void line(double x0, double y0, double x1, double y1, double thick, const Colour& colour);
  // Lines of words in a box, `size` high each (share of the height), until `words` are written or the box is
  // full.
  void words(double left, double top, double right, double bottom, double size, int words,
             const Colour& colour, Dice& dice);
};

// A part of it, in pixels.
Canvas cut(const Canvas& in, int left, int top, int width, int height);
// Put into a larger canvas of one colour.
Canvas framed(const Canvas& in, int left, int top, int right, int bottom, Colour colour);
// 0…3 quarter turns to the left, after mirroring left to right when asked.
Canvas turned(const Canvas& in, int quarters, bool mirrored);
Canvas recoloured(const Canvas& in, const std::array<Colour, 3>& mix, Colour add);
// Through libvips: to a size of one's own, and to the bytes of a file (".jpg[Q=80]").
Canvas resized(const Canvas& in, int width, int height);
std::string encoded(const Canvas& in, std::string_view suffix);

}  // namespace copytaster::testing
