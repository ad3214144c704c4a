// What a press office writes into its pictures: IPTC-IIM and XMP with the same words (IPTC Photo Metadata
// Standard; mapping in the Metadata Working Group's guidelines).
#include <array>
#include <exiv2/exiv2.hpp>
#include <mutex>

#include "core/strings.h"
#include "rehearsal/pictures.h"

namespace copytaster::rehearsal {
namespace {

enum class Kind { kText, kList, kAlternatives };
struct Row {
  std::string_view word;
  const char* iptc;  // nullptr: IIM has none
  const char* xmp;
  Kind kind;
};
constexpr std::array<Row, 9> kRows = {{
    {"headline", "Iptc.Application2.Headline", "Xmp.photoshop.Headline", Kind::kText},
    {"caption", "Iptc.Application2.Caption", "Xmp.dc.description", Kind::kAlternatives},
    {"creator", "Iptc.Application2.Byline", "Xmp.dc.creator", Kind::kList},
    {"credit", "Iptc.Application2.Credit", "Xmp.photoshop.Credit", Kind::kText},
    {"source", "Iptc.Application2.Source", "Xmp.photoshop.Source", Kind::kText},
    {"copyright", "Iptc.Application2.Copyright", "Xmp.dc.rights", Kind::kAlternatives},
    {"city", "Iptc.Application2.City", "Xmp.photoshop.City", Kind::kText},
    {"country", "Iptc.Application2.CountryName", "Xmp.photoshop.Country", Kind::kText},
    {"alt", nullptr, "Xmp.iptc.AltTextAccessibility", Kind::kAlternatives},
}};

void add_xmp(const Row& row, const std::string& text, Exiv2::XmpData* xmp) {
  const auto type = row.kind == Kind::kText   ? Exiv2::xmpText
                    : row.kind == Kind::kList ? Exiv2::xmpSeq
                                              : Exiv2::langAlt;
  const Exiv2::Value::AutoPtr value = Exiv2::Value::create(type);
  value->read(row.kind == Kind::kAlternatives ? str_cat("lang=\"x-default\" ", text) : text);
  xmp->add(Exiv2::XmpKey(row.xmp), value.get());
}

std::string write(const std::string& jpeg, const PictureWords& words) {
  Exiv2::IptcData iptc;
  Exiv2::XmpData xmp;
  iptc["Iptc.Envelope.CharacterSet"] = std::string("\x1b%G");  // UTF-8
  for (const Row& row : kRows) {
    const auto word = words.find(row.word);
    if (word == words.end()) continue;
    if (row.iptc != nullptr) iptc[row.iptc] = word->second;
    add_xmp(row, word->second, &xmp);
  }
  const auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(jpeg.data()),
                                               static_cast<long>(jpeg.size()));
  image->readMetadata();
  image->setIptcData(iptc);
  image->setXmpData(xmp);
  image->writeMetadata();
  Exiv2::BasicIo& io = image->io();
  io.open();
  std::string out(static_cast<std::size_t>(io.size()), '\0');
  io.read(reinterpret_cast<Exiv2::byte*>(out.data()), static_cast<long>(out.size()));
  return out;
}

}  // namespace

absl::StatusOr<std::string> with_picture_words(const std::string& jpeg, const PictureWords& words) {
  // Exiv2 0.27: its XMP toolkit is not safe to use from two threads.
  static std::mutex mutex;
  const std::scoped_lock lock(mutex);
  try {
    return write(jpeg, words);
  } catch (const std::exception& error) {
    return absl::InternalError(str_cat("Exiv2: ", error.what()));
  }
}

}  // namespace copytaster::rehearsal
