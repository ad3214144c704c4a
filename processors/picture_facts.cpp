#include "processors/picture_facts.h"

#include <vips/vips.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/embedded_metadata.h"
#include "processors/jpeg_segments.h"
#include "processors/webp_size.h"

namespace copytaster {
namespace {

// Larger pictures are made this size first (both sides): what PDQ's reference does.
constexpr int kHashEdge = 512;

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// libvips has one place for the words of all threads: they are copied and cleared under its lock, whole. They
// may be of the picture next door, that failed in the same moment.
std::string vips_words() {
  const std::unique_ptr<char, decltype(&g_free)> copied(vips_error_buffer_copy(), g_free);
  const std::string words(strip_space(to_valid_utf8(copied == nullptr ? "" : copied.get())));
  return words.substr(0, words.find('\n'));
}

absl::Status unreadable() {
  const std::string words = vips_words();
  return absl::InvalidArgumentError(
      str_cat("not a picture that can be read: ", words.empty() ? "its header makes no sense" : words));
}

std::string mime_type(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  if (bytes.starts_with("GIF8")) return "image/gif";
  const auto stands_at = [&](std::size_t at, std::string_view mark) {
    return bytes.size() > at && bytes.substr(at).starts_with(mark);
  };
  if (bytes.starts_with("RIFF") && stands_at(8, "WEBP")) return "image/webp";
  if (bytes.starts_with("II*") || bytes.starts_with("MM")) return "image/tiff";
  if (stands_at(4, "ftypavif")) return "image/avif";
  if (stands_at(4, "ftyp")) return "image/heic";
  if (bytes.starts_with("P5") || bytes.starts_with("P6") || bytes.starts_with("P2"))
    return "image/x-portable-anymap";
  return "";
}

bool is_netpbm(std::string_view bytes) { return mime_type(bytes) == "image/x-portable-anymap"; }

// vips_image_new_from_buffer would hand netpbm to ImageMagick, which is blocked; vips has a loader of its own
// for streams.
VipsImage* load_netpbm(std::string_view bytes) {
  VipsSource* source = vips_source_new_from_memory(bytes.data(), bytes.size());
  VipsImage* image = nullptr;
  if (source == nullptr) return nullptr;
  const int failed = vips_ppmload_source(source, &image, "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr);
  g_object_unref(source);
  return failed == 0 ? image : nullptr;
}

VipsImage* load(std::string_view bytes, VipsAccess access) {
  if (is_netpbm(bytes)) return load_netpbm(bytes);
  return vips_image_new_from_buffer(bytes.data(), bytes.size(), "", "access", access, "fail_on",
                                    VIPS_FAIL_ON_TRUNCATED, nullptr);
}

// At most `edge` on each side; `force`: exactly, whatever the proportions.
VipsImage* load_small(std::string_view bytes, int edge, bool force) {
  VipsImage* small = nullptr;
  const VipsSize size = force ? VIPS_SIZE_FORCE : VIPS_SIZE_DOWN;
  if (is_netpbm(bytes)) {
    const Image whole(load_netpbm(bytes));
    if (whole == nullptr) return nullptr;
    return vips_thumbnail_image(whole.get(), &small, edge, "height", edge, "size", size, nullptr) == 0
               ? small
               : nullptr;
  }
  // "fail_on" itself is not handed to the loader by vips 8.14. Shrinks while it decodes; a picture's own
  // rotation is for readers, not for the hash.
  const int failed = vips_thumbnail_buffer(
      const_cast<char*>(bytes.data()), bytes.size(), &small, edge, "height", edge, "size", size, "no_rotate",
      static_cast<gboolean>(force), "option_string", "[fail_on=truncated]", nullptr);
  return failed == 0 ? small : nullptr;
}

bool has_flag(VipsImage* image, const char* name) {
  int value = 0;
  return vips_image_get_typeof(image, name) != 0 && vips_image_get_int(image, name, &value) == 0 &&
         value != 0;
}

// What a decoder holds at once; 0: some lines only.
std::uint64_t bytes_held(VipsImage* image, std::string_view mime) {
  const bool interlaced = has_flag(image, "interlaced");
  const bool progressive = has_flag(image, "jpeg-multiscan");
  const bool by_lines = mime == "image/png" || mime == "image/jpeg" || mime == "image/x-portable-anymap";
  if (by_lines && !interlaced && !progressive) return 0;
  const auto samples = static_cast<std::uint64_t>(vips_image_get_width(image)) *
                       static_cast<std::uint64_t>(vips_image_get_height(image)) *
                       static_cast<std::uint64_t>(vips_image_get_bands(image));
  // A progressive JPEG is held as coefficients of two bytes.
  return samples * (progressive ? 2 : vips_format_sizeof(vips_image_get_format(image)));
}

// Whether netpbm's pixels can be there at all: vips reads those that are missing one by one. Two bytes a
// number is the least that text takes.
bool is_cut_netpbm(std::string_view bytes, VipsImage* image) {
  const auto samples = static_cast<std::uint64_t>(vips_image_get_width(image)) *
                       static_cast<std::uint64_t>(vips_image_get_height(image)) *
                       static_cast<std::uint64_t>(vips_image_get_bands(image));
  const std::uint64_t each = bytes[1] == '2' ? 2 : vips_format_sizeof(vips_image_get_format(image));
  return samples * each > bytes.size() + 1;
}

absl::Status too_many_bytes(std::uint64_t held, const PictureLimits& limits) {
  return absl::ResourceExhaustedError(
      str_cat("the picture needs ", held, " bytes of memory to decode, more than ", limits.max_bytes_held));
}

// What would keep a decoder busy, or take its memory, before it has told the picture's size.
absl::Status check_before_opening(std::string_view bytes, const PictureLimits& limits) {
  if (const auto size = webp_size(bytes)) {
    const std::uint64_t held = std::uint64_t{4} * size->width * size->height;
    return held > limits.max_bytes_held ? too_many_bytes(held, limits) : absl::OkStatus();
  }
  if (mime_type(bytes) != "image/jpeg" ||
      count_jpeg_segments(bytes, limits.max_segments + 1) <= limits.max_segments)
    return absl::OkStatus();
  return absl::ResourceExhaustedError(
      str_cat("the picture carries more than ", limits.max_segments, " segments of data beside its pixels"));
}

// Only the header is read here: what it says is checked before a pixel is decoded.
absl::StatusOr<Image> open_header(std::string_view bytes, const PictureLimits& limits) {
  CT_RETURN_IF_ERROR(check_before_opening(bytes, limits));
  Image image(load(bytes, VIPS_ACCESS_SEQUENTIAL));
  if (image == nullptr) return unreadable();
  const int side = std::max(vips_image_get_width(image.get()), vips_image_get_height(image.get()));
  if (side > limits.max_side) {
    return absl::ResourceExhaustedError(
        str_cat("the picture has ", side, " pixels on one side, more than ", limits.max_side));
  }
  const auto pixels = static_cast<std::uint64_t>(vips_image_get_width(image.get())) *
                      static_cast<std::uint64_t>(vips_image_get_height(image.get()));
  if (pixels > limits.max_pixels) {
    return absl::ResourceExhaustedError(
        str_cat("the picture has ", pixels, " pixels, more than ", limits.max_pixels));
  }
  const std::string mime = mime_type(bytes);
  if (const std::uint64_t held = bytes_held(image.get(), mime); held > limits.max_bytes_held)
    return too_many_bytes(held, limits);
  if (is_netpbm(bytes) && is_cut_netpbm(bytes, image.get()))
    return absl::InvalidArgumentError("not a picture that can be read: its pixels are cut off");
  return image;
}

// Decoded small, as 8-bit sRGB without transparency.
absl::StatusOr<Image> decode_small(std::string_view bytes, VipsImage* header) {
  const bool large = vips_image_get_width(header) > kHashEdge || vips_image_get_height(header) > kHashEdge;
  VipsImage* opened = large ? load_small(bytes, kHashEdge, true) : load(bytes, VIPS_ACCESS_RANDOM);
  if (opened == nullptr) return unreadable();
  Image image(opened);
  VipsImage* flat = nullptr;
  if (vips_image_hasalpha(image.get()) != 0) {
    if (vips_flatten(image.get(), &flat, nullptr) != 0) return unreadable();
    image.reset(flat);
  }
  VipsImage* srgb = nullptr;
  if (vips_image_get_bands(image.get()) == 1 && vips_image_get_format(image.get()) == VIPS_FORMAT_UCHAR)
    return image;
  if (vips_colourspace(image.get(), &srgb, VIPS_INTERPRETATION_sRGB, nullptr) != 0) return unreadable();
  image.reset(srgb);
  VipsImage* bytes8 = nullptr;
  if (vips_cast(image.get(), &bytes8, VIPS_FORMAT_UCHAR, nullptr) != 0) return unreadable();
  image.reset(bytes8);
  return image;
}

absl::StatusOr<PictureHash> hash_of(VipsImage* image) {
  std::size_t size = 0;
  const std::unique_ptr<void, decltype(&g_free)> memory(vips_image_write_to_memory(image, &size), g_free);
  if (memory == nullptr) return unreadable();
  const auto* pixels = static_cast<const unsigned char*>(memory.get());
  const auto bands = static_cast<std::size_t>(vips_image_get_bands(image));
  const std::size_t count = size / std::max<std::size_t>(bands, 1);
  std::vector<float> luma(count);
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned char* p = pixels + i * bands;
    luma[i] = bands < 3 ? static_cast<float>(p[0])
                        : 0.299F * static_cast<float>(p[0]) + 0.587F * static_cast<float>(p[1]) +
                              0.114F * static_cast<float>(p[2]);
  }
  return pdq_hash(luma.data(), vips_image_get_height(image), vips_image_get_width(image));
}

}  // namespace

absl::Status start_pictures(const char* argv0) {
  // What vips has to say of odd pictures comes back as a Status; its warnings would stand between our log
  // lines.
  for (const char* domain : {"VIPS", "GLib-GObject"}) {
    g_log_set_handler(
        domain, static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG),
        [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
  }
  if (vips_init(argv0) != 0) return absl::InternalError(str_cat("libvips does not start: ", vips_words()));
  // Pictures are worked on in parallel by us, one thread each; nothing is seen twice.
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_cache_set_max_mem(0);
  // Loaders that were never meant for hostile files (ImageMagick's and the like) stay closed. PGM is ours to
  // hash.
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoadPpm", FALSE);
  return absl::OkStatus();
}

absl::StatusOr<Media> inspect_picture(std::string_view bytes, const PictureLimits& limits, Media* partial) {
  Media media;
  media.set_sha256(sha256_hex(bytes));
  media.set_size_bytes(bytes.size());
  media.set_mime_type(mime_type(bytes));
  if (partial != nullptr) *partial = media;
  CT_RETURN_IF_ERROR(check_before_opening(bytes, limits));
  *media.mutable_embedded() = embedded_metadata(bytes);
  if (partial != nullptr) *partial = media;
  auto header = open_header(bytes, limits);
  if (!header.ok()) return header.status();
  media.set_width(static_cast<std::uint32_t>(vips_image_get_width(header->get())));
  media.set_height(static_cast<std::uint32_t>(vips_image_get_height(header->get())));
  if (partial != nullptr) *partial = media;
  auto small = decode_small(bytes, header->get());
  if (!small.ok()) return small.status();
  auto hash = hash_of(small->get());
  if (!hash.ok()) return hash.status();
  *media.mutable_pdq() = *std::move(hash);
  return media;
}

absl::StatusOr<std::string> thumbnail(std::string_view bytes, int edge) {
  auto header = open_header(bytes, PictureLimits());
  if (!header.ok()) return header.status();
  const Image image(load_small(bytes, edge, false));
  if (image == nullptr) return unreadable();
  void* jpeg = nullptr;
  std::size_t size = 0;
  if (vips_jpegsave_buffer(image.get(), &jpeg, &size, "Q", 82, "strip", TRUE, "optimize_coding", TRUE,
                           nullptr) != 0)
    return unreadable();
  const std::unique_ptr<void, decltype(&g_free)> memory(jpeg, g_free);
  return std::string(static_cast<const char*>(jpeg), size);
}

}  // namespace copytaster
