#include "rehearsal/pictures.h"

#include <librsvg/rsvg.h>
#include <vips/vips.h>

#include <cstring>
#include <utility>

#include "core/status.h"
#include "core/text.h"

namespace copytaster::rehearsal {
namespace {

template <auto Release>
struct Releaser {
  template <typename T>
  void operator()(T* thing) const {
    Release(thing);
  }
};
using Handle = std::unique_ptr<RsvgHandle, Releaser<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using Image = std::unique_ptr<VipsImage, Releaser<g_object_unref>>;

absl::Status vips_failure(std::string_view what) {
  std::string words = to_valid_utf8(vips_error_buffer());
  vips_error_clear();
  return absl::InternalError(str_cat(what, ": ", strip_space(words)));
}

absl::Status start_vips() {
  static const bool started = [] {
    if (VIPS_INIT("copytaster") != 0) return false;
    vips_concurrency_set(1);
    return true;
  }();
  return started ? absl::OkStatus() : vips_failure("libvips does not start");
}

// Cairo's pixels are native 32-bit numbers, 0x00RRGGBB, with padded lines.
std::string rgb_of(cairo_surface_t* surface) {
  std::string out;
  out.reserve(std::size_t{3} * kFullWidth * kFullHeight);
  const unsigned char* line = cairo_image_surface_get_data(surface);
  for (int y = 0; y < kFullHeight; ++y, line += cairo_image_surface_get_stride(surface)) {
    for (std::size_t x = 0; x < kFullWidth; ++x) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel, line + 4 * x, 4);
      for (const int shift : {16, 8, 0}) out += static_cast<char>((pixel >> shift) & 0xff);
    }
  }
  return out;
}

absl::StatusOr<std::string> draw(std::string_view svg) {
  GError* error = nullptr;
  const Handle handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  const RsvgRectangle all{0, 0, kFullWidth, kFullHeight};
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, kFullWidth, kFullHeight));
  bool drawn = false;
  if (handle && cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS) {
    const Context context(cairo_create(surface.get()));
    drawn = rsvg_handle_render_document(handle.get(), context.get(), &all, &error) != 0;
  }
  if (!drawn) {
    std::string words = error == nullptr ? "out of memory" : to_valid_utf8(error->message);
    g_clear_error(&error);
    return absl::InternalError(str_cat("a scene cannot be drawn: ", words));
  }
  cairo_surface_flush(surface.get());
  return rgb_of(surface.get());
}

absl::StatusOr<std::string> encode(const std::string& rgb, const Rendition& rendition) {
  const Box box = crop_box(rendition.crop);
  const Image whole(
      vips_image_new_from_memory(rgb.data(), rgb.size(), kFullWidth, kFullHeight, 3, VIPS_FORMAT_UCHAR));
  if (!whole) return vips_failure("vips_image_new_from_memory");
  VipsImage* made = nullptr;
  if (vips_copy(whole.get(), &made, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr) != 0)
    return vips_failure("vips_copy");
  const Image coloured(made);
  if (vips_extract_area(coloured.get(), &made, box.left, box.top, box.width, box.height, nullptr) != 0)
    return vips_failure("vips_extract_area");
  Image image(made);
  if (const Size size = size_of(rendition); size.width != box.width) {
    if (vips_thumbnail_image(image.get(), &made, size.width, "height", size.height, "size", VIPS_SIZE_FORCE,
                             nullptr) != 0)
      return vips_failure("vips_thumbnail_image");
    image.reset(made);
  }
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_jpegsave_buffer(image.get(), &bytes, &size, "Q", rendition.quality, "strip", 1, nullptr) != 0)
    return vips_failure("vips_jpegsave_buffer");
  std::string out(static_cast<const char*>(bytes), size);
  g_free(bytes);
  return out;
}

}  // namespace

std::string Rendition::name() const {
  return str_cat(scene, "/", static_cast<int>(crop), "/", quality, small ? "/small" : "/full",
                 with_words ? "/words" : "");
}

// Mild, as an editor would crop: the subject stays.
Box crop_box(Crop crop) {
  constexpr int kStrip = kFullWidth * 8 / 100;
  constexpr int kLow = kFullHeight * 10 / 100;
  switch (crop) {
    case Crop::kLeft:
      return {0, 0, kFullWidth - kStrip, kFullHeight};
    case Crop::kRight:
      return {kStrip, 0, kFullWidth - kStrip, kFullHeight};
    case Crop::kTight:
      return {kStrip / 2, kLow / 2, kFullWidth - kStrip, kFullHeight - kLow};
    case Crop::kTop:
      return {0, 0, kFullWidth, kFullHeight - kLow};
    case Crop::kFull:
      break;
  }
  return {};
}

Size size_of(const Rendition& rendition) {
  const Box box = crop_box(rendition.crop);
  if (!rendition.small || box.width <= kSmallWidth) return {box.width, box.height};
  return {kSmallWidth, (box.height * kSmallWidth + box.width / 2) / box.width};
}

absl::StatusOr<std::shared_ptr<const std::string>> Pictures::raster(const std::string& scene) {
  {
    const std::scoped_lock lock(mutex_);
    for (const Raster& known : rasters_) {
      if (known.scene == scene) return known.rgb;
    }
  }
  const auto svg = day_.scenes.find(scene);
  if (svg == day_.scenes.end()) return absl::NotFoundError(str_cat("no scene is called ", scene));
  CT_ASSIGN_OR_RETURN(std::string rgb, draw(svg->second));
  auto kept = std::make_shared<const std::string>(std::move(rgb));
  const std::scoped_lock lock(mutex_);
  rasters_.push_front({scene, kept});
  if (rasters_.size() > kMostRasters) rasters_.pop_back();
  return kept;
}

// Two threads may make the same picture at once: rare, harmless, and nobody waits for a lock meanwhile.
absl::StatusOr<std::shared_ptr<const std::string>> Pictures::jpeg(const Rendition& rendition) {
  const std::string name = rendition.name();
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = made_.find(name); known != made_.end()) return known->second;
  }
  CT_RETURN_IF_ERROR(start_vips());
  CT_ASSIGN_OR_RETURN(const std::shared_ptr<const std::string> rgb, raster(rendition.scene));
  CT_ASSIGN_OR_RETURN(std::string bytes, encode(*rgb, rendition));
  if (rendition.with_words) {
    if (const auto words = day_.words.find(rendition.scene);
        words != day_.words.end() && !words->second.empty()) {
      CT_ASSIGN_OR_RETURN(bytes, with_picture_words(bytes, words->second));
    }
  }
  auto kept = std::make_shared<const std::string>(std::move(bytes));
  const std::scoped_lock lock(mutex_);
  if (made_bytes_ + kept->size() > kMostBytes) {
    made_.clear();
    made_bytes_ = 0;
  }
  if (made_.emplace(name, kept).second) made_bytes_ += kept->size();
  return kept;
}

}  // namespace copytaster::rehearsal
