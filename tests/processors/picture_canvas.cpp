// Test programs are built without optimisation; a few thousand pictures want it.
#pragma GCC optimize("O2")

#include "tests/processors/picture_canvas.h"

#include <vips/vips.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace copytaster::testing {
namespace {

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

Image to_vips(const Canvas& in) {
  VipsImage* raw = vips_image_new_from_memory_copy(in.rgb.data(), in.rgb.size(), in.width, in.height, 3,
                                                   VIPS_FORMAT_UCHAR);
  const Image owned(raw);
  VipsImage* copied = nullptr;
  if (raw == nullptr || vips_copy(raw, &copied, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr) != 0)
    throw std::runtime_error(vips_error_buffer());
  return Image(copied);
}

}  // namespace

Dice::Dice(std::uint64_t seed) : state_(mix(seed + 1)) {}
std::uint64_t Dice::roll() { return mix(state_ += 0x9e3779b97f4a7c15ULL); }

Colour any_colour(Dice& dice, double low, double high) {
  return {dice.between(low, high), dice.between(low, high), dice.between(low, high)};
}

double Noise::lattice(std::int64_t x, std::int64_t y) const {
  const std::uint64_t hash = mix(seed_ ^ mix(static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15ULL ^
                                             mix(static_cast<std::uint64_t>(y) + 77)));
  return static_cast<double>(hash >> 11) * 0x1p-52 - 1;
}

double Noise::at(double x, double y, int octaves) const {
  double sum = 0, strength = 1;
  for (int octave = 0; octave < octaves; ++octave, strength /= 2, x = x * 2 + 17.3, y = y * 2 + 5.7) {
    const double fx = std::floor(x), fy = std::floor(y);
    const auto ix = static_cast<std::int64_t>(fx), iy = static_cast<std::int64_t>(fy);
    const auto smooth = [](double t) { return t * t * (3 - 2 * t); };
    const double sx = smooth(x - fx), sy = smooth(y - fy);
    const double upper = std::lerp(lattice(ix, iy), lattice(ix + 1, iy), sx);
    const double lower = std::lerp(lattice(ix, iy + 1), lattice(ix + 1, iy + 1), sx);
    sum += strength * std::lerp(upper, lower, sy);
  }
  return sum / 2;
}

Canvas::Canvas(int w, int h, Colour ground) : width(w), height(h) {
  rgb.resize(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3);
  for (std::size_t i = 0; i < rgb.size(); ++i) rgb[i] = static_cast<unsigned char>(ground[i % 3]);
}

void Canvas::put(int x, int y, const Colour& colour, double cover) {
  if (x < 0 || y < 0 || x >= width || y >= height || cover <= 0) return;
  unsigned char* p =
      &rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3];
  for (std::size_t i = 0; i < 3; ++i)
    p[i] = static_cast<unsigned char>(
        std::clamp(std::lerp(double(p[i]), colour[i], std::min(cover, 1.0)), 0.0, 255.0));
}

Colour Canvas::get(int x, int y) const {
  const unsigned char* p =
      &rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3];
  return {double(p[0]), double(p[1]), double(p[2])};
}

void Canvas::box(double left, double top, double right, double bottom, const Colour& colour, double cover) {
  for (int y = int(std::lround(top * height)); y < std::lround(bottom * height); ++y)
    for (int x = int(std::lround(left * width)); x < std::lround(right * width); ++x)
      put(x, y, colour, cover);
}

void Canvas::disc(double x, double y, double across, double down, const Colour& colour, double soft) {
  for (int py = int((y - down * 1.2) * height) - 1; py <= (y + down * 1.2) * height + 1; ++py) {
    for (int px = int((x - across * 1.2) * width) - 1; px <= (x + across * 1.2) * width + 1; ++px) {
      const double dx = ((px + 0.5) / width - x) / across, dy = ((py + 0.5) / height - y) / down;
      put(px, py, colour, (1 - std::sqrt(dx * dx + dy * dy)) / std::max(soft, 1e-3));
    }
  }
}

void Canvas::line(double x0, double y0, double x1, double y1, double thick, const Colour& colour) {
  const double length = std::hypot((x1 - x0) * width, (y1 - y0) * height);
  const int half = std::max(0, int(thick * height / 2));
  for (double t = 0; t <= length; t += 0.5) {
    const int x = int(std::lerp(x0, x1, t / std::max(length, 1.0)) * width);
    const int y = int(std::lerp(y0, y1, t / std::max(length, 1.0)) * height);
    for (int dy = -half; dy <= half; ++dy)
      for (int dx = -half; dx <= half; ++dx) put(x + dx, y + dy, colour);
  }
}

void Canvas::words(double left, double top, double right, double bottom, double size, int words,
                   const Colour& colour, Dice& dice) {
  // A letter is 5 × 7 dots, of which the alphabet (26 rolls) sets about half.
  const double dot = std::max(1.0, size * height / 10);
  double x = left * width, y = top * height;
  for (int word = 0; word < words; ++word) {
    const int letters = dice.whole(2, 10);
    if (x + letters * 6 * dot > right * width) x = left * width, y += 10 * dot;
    if (y + 8 * dot > bottom * height) return;
    for (int letter = 0; letter < letters; ++letter, x += 6 * dot) {
      const std::uint64_t shape = mix(dice.roll() % 26 + 4711);
      for (int bit = 0; bit < 35; ++bit) {
        if (((shape >> bit) & 1) == 0) continue;
        for (double dy = 0; dy < dot; ++dy)
          for (double dx = 0; dx < dot; ++dx)
            put(int(x + bit % 5 * dot + dx), int(y + bit / 5 * dot + dy), colour);
      }
    }
    x += 4 * dot;
  }
}

Canvas cut(const Canvas& in, int left, int top, int width, int height) {
  Canvas out(width, height, {0, 0, 0});
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) out.put(x, y, in.get(left + x, top + y));
  return out;
}

Canvas framed(const Canvas& in, int left, int top, int right, int bottom, Colour colour) {
  Canvas out(in.width + left + right, in.height + top + bottom, colour);
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x) out.put(x + left, y + top, in.get(x, y));
  return out;
}

Canvas turned(const Canvas& in, int quarters, bool mirrored) {
  const bool swap = quarters % 2 == 1;
  Canvas out(swap ? in.height : in.width, swap ? in.width : in.height, {0, 0, 0});
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      int from_x = x, from_y = y;
      if (quarters == 1) from_x = in.width - 1 - y, from_y = x;
      if (quarters == 2) from_x = in.width - 1 - x, from_y = in.height - 1 - y;
      if (quarters == 3) from_x = y, from_y = in.height - 1 - x;
      out.put(x, y, in.get(mirrored ? in.width - 1 - from_x : from_x, from_y));
    }
  }
  return out;
}

Canvas recoloured(const Canvas& in, const std::array<Colour, 3>& mix, Colour add) {
  Canvas out = in;
  for (int y = 0; y < in.height; ++y) {
    for (int x = 0; x < in.width; ++x) {
      const Colour old = in.get(x, y);
      Colour made = add;
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t k = 0; k < 3; ++k) made[i] += mix[i][k] * old[k];
      out.put(x, y, made);
    }
  }
  return out;
}

Canvas resized(const Canvas& in, int width, int height) {
  const Image image = to_vips(in);
  VipsImage* small = nullptr;
  if (vips_thumbnail_image(image.get(), &small, width, "height", height, "size", VIPS_SIZE_FORCE, nullptr) !=
      0)
    throw std::runtime_error(vips_error_buffer());
  const Image owned(small);
  std::size_t size = 0;
  void* memory = vips_image_write_to_memory(small, &size);
  Canvas out(vips_image_get_width(small), vips_image_get_height(small), {0, 0, 0});
  const auto* bytes = static_cast<const unsigned char*>(memory);
  out.rgb.assign(bytes, bytes + std::min(size, out.rgb.size()));
  g_free(memory);
  return out;
}

std::string encoded(const Canvas& in, std::string_view suffix) {
  const Image image = to_vips(in);
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_image_write_to_buffer(image.get(), std::string(suffix).c_str(), &bytes, &size, nullptr) != 0)
    throw std::runtime_error(vips_error_buffer());
  std::string out(static_cast<const char*>(bytes), size);
  g_free(bytes);
  return out;
}

}  // namespace copytaster::testing
