#include "tests/processors/picture_maker.h"

#include <openssl/evp.h>
#include <vips/vips.h>

#include <array>
#include <bit>
#include <cmath>
#include <exiv2/exiv2.hpp>
#include <memory>
#include <random>
#include <stdexcept>

namespace copytaster {
namespace {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string(what) + ": " + vips_error_buffer());
}

std::string saved(VipsImage* image, std::string_view suffix) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (suffix == ".ppm") {  // only as a stream
    VipsTarget* target = vips_target_new_to_memory();
    if (vips_ppmsave_target(image, target, nullptr) != 0) fail("ppm");
    VipsBlob* blob = nullptr;
    g_object_get(target, "blob", &blob, nullptr);
    const void* data = vips_blob_get(blob, &size);
    std::string out(static_cast<const char*>(data), size);
    vips_area_unref(VIPS_AREA(blob));
    g_object_unref(target);
    return out;
  }
  if (vips_image_write_to_buffer(image, std::string(suffix).c_str(), &bytes, &size, nullptr) != 0)
    fail("save");
  std::string out(static_cast<const char*>(bytes), size);
  g_free(bytes);
  return out;
}

Image from_memory(const std::vector<unsigned char>& pixels, int width, int height, int bands) {
  VipsImage* image =
      vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, bands, VIPS_FORMAT_UCHAR);
  if (image == nullptr) fail("pixels");
  Image owned(image);
  VipsImage* copied = nullptr;
  const VipsInterpretation meaning = bands == 1   ? VIPS_INTERPRETATION_B_W
                                     : bands == 4 ? VIPS_INTERPRETATION_sRGB
                                                  : VIPS_INTERPRETATION_sRGB;
  if (vips_copy(image, &copied, "interpretation", meaning, nullptr) != 0) fail("copy");
  return Image(copied);
}

std::vector<unsigned char> pixels_of(int number, int width, int height, int bands) {
  const auto luma = scene(number, height, width);
  std::vector<unsigned char> out;
  out.reserve(luma.size() * static_cast<std::size_t>(bands));
  for (const float value : luma) {
    for (int band = 0; band < bands; ++band) {
      const float shade = bands >= 3 && band < 3 ? value * (1.0F - 0.1F * static_cast<float>(band))
                          : band == 3            ? 255.0F
                                                 : value;
      out.push_back(static_cast<unsigned char>(shade));
    }
  }
  return out;
}

std::string big_endian(std::size_t value, int bytes) {
  std::string out;
  for (int i = bytes; i-- > 0;) out.push_back(static_cast<char>((value >> (8 * i)) & 255));
  return out;
}

std::string resource(std::string_view number, const std::string& data) {
  return "8BIM" + std::string(number) + std::string(2, '\0') + big_endian(data.size(), 4) + data +
         (data.size() % 2 == 1 ? std::string(1, '\0') : "");
}

std::string md5(const std::string& bytes) {
  std::array<unsigned char, 16> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_md5(), nullptr);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

void set_tag(Exiv2::Image& image, const std::string& key, const std::string& value) {
  if (key.starts_with("Exif.")) {
    image.exifData()[key] = value;
  } else if (key.starts_with("Iptc.")) {
    Exiv2::StringValue text(value);
    image.iptcData().add(Exiv2::IptcKey(key), &text);
  } else {
    image.xmpData()[key] = value;
  }
}

}  // namespace

std::vector<float> scene(int number, int rows, int columns) {
  // Random shades on a grid, smooth between its points: something in every frequency that is looked at.
  constexpr int kPoints = 28;
  std::mt19937 random(static_cast<unsigned>(number) + 1);
  std::array<std::array<double, kPoints>, kPoints> shades{};
  for (auto& line : shades) {
    for (double& shade : line) shade = static_cast<double>(random() % 256);
  }
  const auto shade_at = [&](double y, double x) {
    const auto r = std::min(static_cast<std::size_t>(y), std::size_t{kPoints - 2});
    const auto c = std::min(static_cast<std::size_t>(x), std::size_t{kPoints - 2});
    const double down = y - static_cast<double>(r);
    const double right = x - static_cast<double>(c);
    const double above = std::lerp(shades[r][c], shades[r][c + 1], right);
    return std::lerp(above, std::lerp(shades[r + 1][c], shades[r + 1][c + 1], right), down);
  };
  std::vector<float> out;
  out.reserve(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const double shade = shade_at((r + 0.5) * (kPoints - 1) / rows, (c + 0.5) * (kPoints - 1) / columns);
      out.push_back(static_cast<float>(std::floor(shade)));  // whole, so that no machine rounds otherwise
    }
  }
  return out;
}

std::string encoded_scene(int number, int width, int height, std::string_view suffix) {
  return saved(from_memory(pixels_of(number, width, height, 3), width, height, 3).get(), suffix);
}

std::string encoded_bands(std::string_view bands, std::string_view suffix) {
  const int count = bands == "grey" ? 1 : bands == "rgba" ? 4 : 3;
  Image image = from_memory(pixels_of(3, 120, 90, count), 120, 90, count);
  VipsImage* changed = nullptr;
  if (bands == "cmyk" && vips_colourspace(image.get(), &changed, VIPS_INTERPRETATION_CMYK, nullptr) != 0)
    fail("cmyk");
  if (bands == "rgb16" && vips_colourspace(image.get(), &changed, VIPS_INTERPRETATION_RGB16, nullptr) != 0)
    fail("rgb16");
  if (changed != nullptr) image.reset(changed);
  return saved(image.get(), suffix);
}

std::string with_metadata(const std::string& picture, const Tags& tags) {
  // What a hostile picture declared before ("dc" for another namespace) Exiv2 would write.
  Exiv2::XmpProperties::unregisterNs();
  const auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(picture.data()),
                                               static_cast<long>(picture.size()));
  image->readMetadata();
  for (const auto& [key, value] : tags) set_tag(*image, key, value);
  image->writeMetadata();
  Exiv2::BasicIo& io = image->io();
  io.open();
  const Exiv2::DataBuf all = io.read(static_cast<long>(io.size()));
  return {reinterpret_cast<const char*>(all.pData_), static_cast<std::size_t>(all.size_)};
}

std::string with_xmp_packet(const std::string& jpeg, const std::string& packet) {
  const std::string body = std::string("http://ns.adobe.com/xap/1.0/\0", 29) + packet;
  return jpeg.substr(0, 2) + "\xff\xe1" + big_endian(body.size() + 2, 2) + body + jpeg.substr(2);
}

std::string with_iptc_digest(std::string jpeg, bool stale) {
  const std::size_t marker = jpeg.find(std::string("Photoshop 3.0\0", 14));
  const std::size_t block = jpeg.find("8BIM\x04\x04", marker);
  if (marker == std::string::npos || block == std::string::npos) fail("no IIM block");
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(jpeg[block + 8 + i]);
  const std::string iim = jpeg.substr(block + 12, length);
  const std::string digest = resource("\x04\x25", stale ? md5(iim + "changed") : md5(iim));
  jpeg.insert(block, digest);
  const std::size_t segment = marker - 2;  // its length: two bytes before
  const std::size_t size =
      (static_cast<unsigned char>(jpeg[segment]) << 8U | static_cast<unsigned char>(jpeg[segment + 1])) +
      digest.size();
  jpeg.replace(segment, 2, big_endian(size, 2));
  return jpeg;
}

std::string photoshop_file(std::string_view caption) {
  std::string iim = std::string("\x1c\x02\x78", 3) + big_endian(caption.size(), 2) + std::string(caption);
  const std::string resources = resource("\x04\x04", iim);
  return "8BPS" + big_endian(1, 2) + std::string(6, '\0') + big_endian(3, 2) + big_endian(8, 4) +
         big_endian(8, 4) + big_endian(8, 2) + big_endian(3, 2) + big_endian(0, 4) +
         big_endian(resources.size(), 4) + resources + big_endian(0, 4) + std::string(2 + 3 * 64, '\0');
}

int bits_between(std::string_view hex_a, std::string_view hex_b) {
  if (hex_a.size() != hex_b.size()) return 256;
  const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  int bits = 0;
  for (std::size_t i = 0; i < hex_a.size(); ++i) bits += std::popcount(digit(hex_a[i]) ^ digit(hex_b[i]));
  return bits;
}

}  // namespace copytaster
