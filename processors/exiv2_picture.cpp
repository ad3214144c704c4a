#include "processors/exiv2_picture.h"

#include <algorithm>
#include <array>
#include <exiv2/webpimage.hpp>  // not in exiv2.hpp
#include <mutex>

namespace copytaster {
namespace {

// Its XMP toolkit keeps every namespace that a picture declares, for the whole process, and is not safe for
// threads. We read XMP ourselves (xmp_texts.h), so after each picture it forgets all of it.
class Exiv2Turn {
 public:
  Exiv2Turn() : lock_(mutex()) { Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute); }
  ~Exiv2Turn() { Exiv2::XmpParser::terminate(); }
  Exiv2Turn(const Exiv2Turn&) = delete;
  Exiv2Turn& operator=(const Exiv2Turn&) = delete;

 private:
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  const std::scoped_lock<std::mutex> lock_;
};

// Exiv2 reads films and raw pictures too, and of a film of 161 bytes for minutes: a box may claim any length.
bool is_picture_type(int type) {
  static constexpr std::array kTypes = {Exiv2::ImageType::jpeg, Exiv2::ImageType::png, Exiv2::ImageType::tiff,
                                        Exiv2::ImageType::webp, Exiv2::ImageType::gif, Exiv2::ImageType::psd,
                                        Exiv2::ImageType::jp2,  Exiv2::ImageType::bmff};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

// A PNG has one EXIF chunk. Exiv2 takes any number, and for each looks through what all before it said:
// 20,000 of them, a megabyte, cost it minutes, in which no other picture is read.
bool has_many_exif_chunks(std::string_view bytes) {
  constexpr std::size_t kMost = 8;
  if (!bytes.starts_with("\x89PNG")) return false;
  std::size_t count = 0;
  for (std::size_t at = bytes.find("eXIf"); at != std::string_view::npos && count <= kMost; ++count)
    at = bytes.find("eXIf", at + 4);
  return count > kMost;
}

}  // namespace

std::unique_ptr<Exiv2::Image> exiv2_picture(std::string_view bytes) {
  if (has_many_exif_chunks(bytes)) return nullptr;
  try {
    const Exiv2Turn turn;
    const auto* data = reinterpret_cast<const Exiv2::byte*>(bytes.data());
    const auto size = static_cast<long>(bytes.size());
    if (!is_picture_type(Exiv2::ImageFactory::getType(data, size))) return nullptr;
    std::unique_ptr<Exiv2::Image> image(Exiv2::ImageFactory::open(data, size).release());
    if (image != nullptr) image->readMetadata();
    return image;
  } catch (const std::exception&) {  // Exiv2 throws for anything it does not like
    return nullptr;
  }
}

}  // namespace copytaster
