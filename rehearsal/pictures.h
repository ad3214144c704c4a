// The day's pictures as JPEG: scenes drawn by librsvg, cropped and encoded by libvips when first asked for,
// then kept. Any thread.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/strings.h"
#include "rehearsal/day.h"

namespace copytaster::rehearsal {

struct Rendition {
  std::string scene;
  Crop crop = Crop::kFull;
  int quality = 80;
  bool small = false;       // at most kSmallWidth wide: previews, Facebook's attachments
  bool with_words = false;  // IPTC and XMP; platforms strip them
  [[nodiscard]] std::string name() const;
};

inline constexpr int kFullWidth = 1200;
inline constexpr int kFullHeight = 800;
inline constexpr int kSmallWidth = 720;

struct Box {
  int left = 0, top = 0, width = kFullWidth, height = kFullHeight;
};
[[nodiscard]] Box crop_box(Crop crop);
struct Size {
  int width = 0, height = 0;
};
[[nodiscard]] Size size_of(const Rendition& rendition);

class Pictures {
 public:
  explicit Pictures(const Day& day) : day_(day) {}  // `day` outlives it
  // kNotFound: no such scene. kInternal: a library failed; its words.
  absl::StatusOr<std::shared_ptr<const std::string>> jpeg(const Rendition& rendition);

 private:
  struct Raster {
    std::string scene;
    std::shared_ptr<const std::string> rgb;
  };
  absl::StatusOr<std::shared_ptr<const std::string>> raster(const std::string& scene);

  static constexpr std::size_t kMostRasters = 8;                    // 2.9 MB each
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // of JPEG

  const Day& day_;
  std::mutex mutex_;  // all below
  std::deque<Raster> rasters_;
  StringMap<std::shared_ptr<const std::string>> made_;
  std::size_t made_bytes_ = 0;
};

// `jpeg` with these words written into it as IPTC-IIM and XMP.
[[nodiscard]] absl::StatusOr<std::string> with_picture_words(const std::string& jpeg,
                                                             const PictureWords& words);

}  // namespace copytaster::rehearsal
