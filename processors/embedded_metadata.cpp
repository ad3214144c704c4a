#include "processors/embedded_metadata.h"

#include <openssl/evp.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <exiv2/exiv2.hpp>
#include <exiv2/webpimage.hpp>  // not in exiv2.hpp
#include <mutex>
#include <optional>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

using Raw = std::array<const char*, 3>;

// A text as it was meant: UTF-8 where it is, else the Windows code page that cameras and agencies wrote.
std::string decode(const std::string& bytes) {
  std::string text = bytes.substr(0, bytes.find('\0'));
  if (!is_valid_utf8(text)) {
    const icu::UnicodeString decoded(text.data(), static_cast<std::int32_t>(text.size()), "windows-1252");
    std::string utf8;
    decoded.toUTF8String(utf8);
    text = to_valid_utf8(utf8);
  }
  return std::string(strip_space(text));
}

std::string exif_text(const Exiv2::ExifData& data, const char* key) {
  const auto found = data.findKey(Exiv2::ExifKey(key));
  if (found == data.end() || found->size() > 1'000'000) return "";
  return decode(found->toString());
}

// Repeatable fields (several by-lines) are joined.
std::string iptc_text(const Exiv2::IptcData& data, const char* key) {
  const Exiv2::IptcKey wanted(key);
  std::string out;
  for (const auto& datum : data) {
    if (datum.record() != wanted.record() || datum.tag() != wanted.tag()) continue;
    const std::string one = decode(datum.toString());
    if (!one.empty()) str_append(&out, out.empty() ? "" : ", ", one);
  }
  return out;
}

std::string xmp_text(const Exiv2::XmpData& data, const char* key) {
  const auto found = data.findKey(Exiv2::XmpKey(key));
  if (found == data.end() || found->count() == 0) return "";
  if (const auto* languages = dynamic_cast<const Exiv2::LangAltValue*>(&found->value())) {
    const auto by_default = languages->value_.find("x-default");
    if (by_default != languages->value_.end()) return decode(by_default->second);
    return languages->value_.empty() ? "" : decode(languages->value_.begin()->second);
  }
  // Only of lists is count() the number of members; of a plain text it is its length.
  if (dynamic_cast<const Exiv2::XmpArrayValue*>(&found->value()) == nullptr) return decode(found->toString());
  std::string out;
  for (long i = 0; i < static_cast<long>(found->count()); ++i) {
    const std::string one = decode(found->toString(i));
    if (!one.empty()) str_append(&out, out.empty() ? "" : ", ", one);
  }
  return out;
}

// Data of a Photoshop resource block ("8BIM", number, name, length, data).
std::optional<std::string_view> resource(std::string_view bytes, std::string_view number) {
  const std::size_t at = bytes.find(str_cat("8BIM", number));
  if (at == std::string_view::npos || at + 8 > bytes.size()) return std::nullopt;
  std::size_t i = at + 6;
  const std::size_t name = 1 + static_cast<unsigned char>(bytes[i]);
  i += name + name % 2;
  if (i + 4 > bytes.size()) return std::nullopt;
  std::size_t length = 0;
  for (int k = 0; k < 4; ++k) length = length << 8 | static_cast<unsigned char>(bytes[i++]);
  if (length > bytes.size() - i) return std::nullopt;
  return bytes.substr(i, length);
}

// True when the IIM block is not the one that the XMP was written with.
bool iim_changed(std::string_view bytes) {
  const auto digest = resource(bytes, "\x04\x25");
  const auto block = resource(bytes, "\x04\x04");
  if (!digest || !block || digest->size() != 16) return false;
  if (*digest == std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16)) return false;
  std::array<unsigned char, 16> md5{};
  unsigned length = 0;
  if (EVP_Digest(block->data(), block->size(), md5.data(), &length, EVP_md5(), nullptr) != 1) return false;
  return std::string_view(reinterpret_cast<const char*>(md5.data()), md5.size()) != *digest;
}

class Sources {
 public:
  Sources(const Exiv2::Image& image, bool iim_first) : image_(image), iim_first_(iim_first) {}

  // Keys of XMP, IIM and EXIF; an empty one: that standard has no such field.
  [[nodiscard]] std::string read(const Raw& keys) const {
    const std::string xmp = *keys[0] == '\0' ? "" : xmp_text(image_.xmpData(), keys[0]);
    const std::string iim = *keys[1] == '\0' ? "" : iptc_text(image_.iptcData(), keys[1]);
    const std::string& first = iim_first_ ? iim : xmp;
    const std::string& second = iim_first_ ? xmp : iim;
    if (!first.empty()) return first;
    if (!second.empty()) return second;
    return *keys[2] == '\0' ? "" : exif_text(image_.exifData(), keys[2]);
  }

 private:
  const Exiv2::Image& image_;
  bool iim_first_;
};

// The XMP toolkit in Exiv2 is not safe for threads; it asks us to lock around its use.
void lock_xmp(void* mutex, bool lock) {
  auto* held = static_cast<std::recursive_mutex*>(mutex);
  if (lock)
    held->lock();
  else
    held->unlock();
}

void start_exiv2() {
  static std::once_flag once;
  static std::recursive_mutex xmp_mutex;
  std::call_once(once, [] {
    Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
    Exiv2::XmpParser::initialize(&lock_xmp, &xmp_mutex);
  });
}

// Exiv2 reads films and raw pictures too, and of a film of 161 bytes for minutes: a box may claim any length.
bool is_picture_type(int type) {
  static constexpr std::array kTypes = {Exiv2::ImageType::jpeg, Exiv2::ImageType::png, Exiv2::ImageType::tiff,
                                        Exiv2::ImageType::webp, Exiv2::ImageType::gif, Exiv2::ImageType::psd,
                                        Exiv2::ImageType::jp2,  Exiv2::ImageType::bmff};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

EmbeddedMetadata read_fields(const Sources& sources) {
  EmbeddedMetadata out;
  out.set_caption(
      sources.read({"Xmp.dc.description", "Iptc.Application2.Caption", "Exif.Image.ImageDescription"}));
  out.set_headline(sources.read({"Xmp.photoshop.Headline", "Iptc.Application2.Headline", ""}));
  out.set_credit(sources.read({"Xmp.photoshop.Credit", "Iptc.Application2.Credit", ""}));
  out.set_source(sources.read({"Xmp.photoshop.Source", "Iptc.Application2.Source", ""}));
  out.set_creator(sources.read({"Xmp.dc.creator", "Iptc.Application2.Byline", "Exif.Image.Artist"}));
  out.set_copyright(sources.read({"Xmp.dc.rights", "Iptc.Application2.Copyright", "Exif.Image.Copyright"}));
  out.set_alt_text(sources.read({"Xmp.iptc.AltTextAccessibility", "", ""}));
  out.set_city(sources.read({"Xmp.photoshop.City", "Iptc.Application2.City", ""}));
  out.set_country(sources.read({"Xmp.photoshop.Country", "Iptc.Application2.CountryName", ""}));
  return out;
}

}  // namespace

EmbeddedMetadata embedded_metadata(std::string_view bytes) {
  start_exiv2();
  try {
    const auto* data = reinterpret_cast<const Exiv2::byte*>(bytes.data());
    const auto size = static_cast<long>(bytes.size());
    if (!is_picture_type(Exiv2::ImageFactory::getType(data, size))) return {};
    const auto image = Exiv2::ImageFactory::open(data, size);
    if (image.get() == nullptr) return {};
    image->readMetadata();
    return read_fields(Sources(*image, iim_changed(bytes)));
  } catch (const std::exception&) {  // Exiv2 throws for anything it does not like
    return {};
  }
}

}  // namespace copytaster
