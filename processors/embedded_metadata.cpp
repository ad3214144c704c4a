#include "processors/embedded_metadata.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "processors/exiv2_picture.h"
#include "processors/metadata_text.h"
#include "processors/photoshop_resources.h"
#include "processors/xmp_texts.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestOther = 4000;  // bytes of a caption that is not the chosen one

// A field in each standard; an empty key: it has none. `iim_bytes`: what the IIM dataset holds.
struct Field {
  XmpNamespace space;
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

// Where a text ends because its dataset is full the whole of it stands in XMP. (Cut between words, bytes or
// characters of up to four bytes; what was cut in the middle is no text any more.)
bool is_cut(std::string_view iim, std::string_view whole, std::size_t iim_bytes) {
  constexpr std::size_t kLastCharacter = 3, kSpace = 1;
  if (!iim.empty() && whole.starts_with(iim) && whole.substr(iim.size()).starts_with(' ')) {
    const std::size_t next = whole.find(' ', iim.size() + kSpace);  // where the next word ends
    if (std::min(next, whole.size()) > iim_bytes && iim.size() >= iim_bytes / 3) return true;
  }
  if (iim.size() + kLastCharacter + kSpace < iim_bytes || iim.size() >= whole.size()) return false;
  return whole.starts_with(iim.substr(0, iim.size() - std::min(iim.size(), kLastCharacter)));
}

bool is_same(std::string_view one, std::string_view other) {
  return equals_ignore_case(collapse_space(one), collapse_space(other));
}

// Exiv2 keeps a TIFF's packet as one of its tags.
std::string packet_of(const Exiv2::Image& image) {
  if (!image.xmpPacket().empty()) return image.xmpPacket();
  const auto found = image.exifData().findKey(Exiv2::ExifKey("Exif.Image.XMLPacket"));
  if (found == image.exifData().end()) return {};
  std::string packet(static_cast<std::size_t>(found->size()), '\0');
  found->copy(reinterpret_cast<Exiv2::byte*>(packet.data()), Exiv2::littleEndian);
  return packet;
}

class Sources {
 public:
  Sources(const Exiv2::Image& image, bool iim_first)
      : image_(image), xmp_(packet_of(image)), iim_first_(iim_first) {}

  [[nodiscard]] Found read(const Field& field) const {
    Found xmp = {xmp_text(field), "xmp"};
    Found iim = {iim_text(field), "iptc"};
    const bool iim_counts = iim_first_ && !is_cut(iim.text, xmp.text, field.iim_bytes);
    Found& first = iim_counts ? iim : xmp;
    Found& second = iim_counts ? xmp : iim;
    if (!first.text.empty()) return std::move(first);
    if (!second.text.empty()) return std::move(second);
    return {*field.exif == '\0' ? "" : exif_text(image_.exifData(), field.exif), "exif"};
  }

  // What the standards say in other words than `chosen`.
  [[nodiscard]] std::vector<Found> others(const Field& field, std::string_view chosen) const {
    std::vector<Found> out;
    const auto add = [&](std::string text, std::string_view from) {
      if (text.empty() || text.size() > kLongestOther || is_same(text, chosen)) return;
      if (from == "iptc" && is_cut(text, chosen, field.iim_bytes)) return;
      const bool known =
          std::ranges::any_of(out, [&](const Found& have) { return is_same(have.text, text); });
      if (!known) out.push_back({std::move(text), from});
    };
    for (std::string& text : xmp_.languages(field.space, field.xmp)) add(std::move(text), "xmp");
    add(iim_text(field), "iptc");
    add(exif_text(image_.exifData(), field.exif), "exif");
    return out;
  }

 private:
  [[nodiscard]] std::string xmp_text(const Field& field) const { return xmp_.text(field.space, field.xmp); }
  [[nodiscard]] std::string iim_text(const Field& field) const {
    return *field.iim == '\0' ? "" : iptc_text(image_.iptcData(), field.iim);
  }

  const Exiv2::Image& image_;
  XmpTexts xmp_;
  bool iim_first_;
};

constexpr Field kCaption = {kXmpDc, "description", "Iptc.Application2.Caption", 2000,
                            "Exif.Image.ImageDescription"};
constexpr Field kHeadline = {kXmpPhotoshop, "Headline", "Iptc.Application2.Headline", 256, ""};
constexpr Field kCredit = {kXmpPhotoshop, "Credit", "Iptc.Application2.Credit", 32, ""};
constexpr Field kSource = {kXmpPhotoshop, "Source", "Iptc.Application2.Source", 32, ""};
constexpr Field kCreator = {kXmpDc, "creator", "Iptc.Application2.Byline", 32, "Exif.Image.Artist"};
constexpr Field kCopyright = {kXmpDc, "rights", "Iptc.Application2.Copyright", 128, "Exif.Image.Copyright"};
constexpr Field kAltText = {kXmpIptc, "AltTextAccessibility", "", 0, ""};
constexpr Field kCity = {kXmpPhotoshop, "City", "Iptc.Application2.City", 32, ""};
constexpr Field kCountry = {kXmpPhotoshop, "Country", "Iptc.Application2.CountryName", 64, ""};

void read_captions(const Sources& sources, EmbeddedMetadata* out) {
  Found caption = sources.read(kCaption);
  for (Found& other : sources.others(kCaption, caption.text)) {
    EmbeddedCaption* kept = out->add_other_captions();
    kept->set_text(std::move(other.text));
    kept->set_from(std::string(other.from));
  }
  if (!caption.text.empty()) out->set_caption_from(std::string(caption.from));
  out->set_caption(std::move(caption.text));
}

EmbeddedMetadata read_fields(const Sources& sources) {
  EmbeddedMetadata out;
  read_captions(sources, &out);
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

bool iim_is_newer(std::string_view bytes) { return iim_differs_from_digest(bytes); }

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
