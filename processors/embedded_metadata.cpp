#include "processors/embedded_metadata.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/strings.h"
#include "processors/exiv2_picture.h"
#include "processors/metadata_text.h"

namespace copytaster {
namespace {

// A field in each standard; an empty key: it has none. `iim_bytes`: what the IIM dataset holds.
struct Field {
  const char* xmp;
  const char* iim;
  std::size_t iim_bytes;
  const char* exif;
};
struct Found {
  std::string text;
  std::string_view from;
};

std::string exif_text(const Exiv2::ExifData& data, const char* key) {
  const auto found = data.findKey(Exiv2::ExifKey(key));
  if (found == data.end() || found->size() > 1'000'000) return "";
  return metadata_text(found->toString());
}

// Repeatable fields (several by-lines) are joined.
std::string iptc_text(const Exiv2::IptcData& data, const char* key) {
  const Exiv2::IptcKey wanted(key);
  std::string out;
  for (const auto& datum : data) {
    if (datum.record() != wanted.record() || datum.tag() != wanted.tag()) continue;
    const std::string one = metadata_text(datum.toString());
    if (!one.empty()) str_append(&out, out.empty() ? "" : ", ", one);
  }
  return out;
}

std::string xmp_text(const Exiv2::XmpData& data, const char* key) {
  const auto found = data.findKey(Exiv2::XmpKey(key));
  if (found == data.end() || found->count() == 0) return "";
  if (const auto* languages = dynamic_cast<const Exiv2::LangAltValue*>(&found->value())) {
    const auto by_default = languages->value_.find("x-default");
    if (by_default != languages->value_.end()) return metadata_text(by_default->second);
    return languages->value_.empty() ? "" : metadata_text(languages->value_.begin()->second);
  }
  // Only of lists is count() the number of members; of a plain text it is its length.
  if (dynamic_cast<const Exiv2::XmpArrayValue*>(&found->value()) == nullptr)
    return metadata_text(found->toString());
  std::string out;
  for (long i = 0; i < static_cast<long>(found->count()); ++i) {
    const std::string one = metadata_text(found->toString(i));
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

// Where a text ends because its dataset is full the whole of it stands in XMP. (Cut between bytes or
// characters of up to four bytes; what was cut in the middle is no text any more.)
bool is_cut(std::string_view iim, std::string_view whole, std::size_t iim_bytes) {
  constexpr std::size_t kLastCharacter = 3, kSpace = 1;
  if (iim.size() + kLastCharacter + kSpace < iim_bytes || iim.size() >= whole.size()) return false;
  return whole.starts_with(iim.substr(0, iim.size() - std::min(iim.size(), kLastCharacter)));
}

class Sources {
 public:
  Sources(const Exiv2::Image& image, bool iim_first) : image_(image), iim_first_(iim_first) {}

  [[nodiscard]] Found read(const Field& field) const {
    Found xmp = {*field.xmp == '\0' ? "" : xmp_text(image_.xmpData(), field.xmp), "xmp"};
    Found iim = {*field.iim == '\0' ? "" : iptc_text(image_.iptcData(), field.iim), "iptc"};
    const bool iim_counts = iim_first_ && !is_cut(iim.text, xmp.text, field.iim_bytes);
    Found& first = iim_counts ? iim : xmp;
    Found& second = iim_counts ? xmp : iim;
    if (!first.text.empty()) return std::move(first);
    if (!second.text.empty()) return std::move(second);
    return {*field.exif == '\0' ? "" : exif_text(image_.exifData(), field.exif), "exif"};
  }

 private:
  const Exiv2::Image& image_;
  bool iim_first_;
};

constexpr Field kCaption = {"Xmp.dc.description", "Iptc.Application2.Caption", 2000,
                            "Exif.Image.ImageDescription"};
constexpr Field kHeadline = {"Xmp.photoshop.Headline", "Iptc.Application2.Headline", 256, ""};
constexpr Field kCredit = {"Xmp.photoshop.Credit", "Iptc.Application2.Credit", 32, ""};
constexpr Field kSource = {"Xmp.photoshop.Source", "Iptc.Application2.Source", 32, ""};
constexpr Field kCreator = {"Xmp.dc.creator", "Iptc.Application2.Byline", 32, "Exif.Image.Artist"};
constexpr Field kCopyright = {"Xmp.dc.rights", "Iptc.Application2.Copyright", 128, "Exif.Image.Copyright"};
constexpr Field kAltText = {"Xmp.iptc.AltTextAccessibility", "", 0, ""};
constexpr Field kCity = {"Xmp.photoshop.City", "Iptc.Application2.City", 32, ""};
constexpr Field kCountry = {"Xmp.photoshop.Country", "Iptc.Application2.CountryName", 64, ""};

EmbeddedMetadata read_fields(const Sources& sources) {
  EmbeddedMetadata out;
  Found caption = sources.read(kCaption);
  if (!caption.text.empty()) out.set_caption_from(std::string(caption.from));
  out.set_caption(std::move(caption.text));
  out.set_headline(sources.read(kHeadline).text);
  out.set_credit(sources.read(kCredit).text);
  out.set_source(sources.read(kSource).text);
  out.set_creator(sources.read(kCreator).text);
  out.set_copyright(sources.read(kCopyright).text);
  out.set_alt_text(sources.read(kAltText).text);
  out.set_city(sources.read(kCity).text);
  out.set_country(sources.read(kCountry).text);
  return out;
}

}  // namespace

bool iim_is_newer(std::string_view bytes) {
  const auto digest = resource(bytes, "\x04\x25");
  const auto block = resource(bytes, "\x04\x04");
  if (!digest || !block || digest->size() != 16) return false;
  if (*digest == std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16)) return false;
  std::array<unsigned char, 16> md5{};
  unsigned length = 0;
  if (EVP_Digest(block->data(), block->size(), md5.data(), &length, EVP_md5(), nullptr) != 1) return false;
  return std::string_view(reinterpret_cast<const char*>(md5.data()), md5.size()) != *digest;
}

EmbeddedMetadata embedded_metadata(std::string_view bytes) {
  const auto image = exiv2_picture(bytes);
  if (image == nullptr) return {};
  try {
    return read_fields(Sources(*image, iim_is_newer(bytes)));
  } catch (const std::exception&) {  // Exiv2 throws for anything it does not like
    return {};
  }
}

std::string stored_xmp(std::string_view bytes) {
  const auto image = exiv2_picture(bytes);
  return image == nullptr ? std::string() : image->xmpPacket();
}

}  // namespace copytaster
