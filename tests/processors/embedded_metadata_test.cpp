// Caption and credit in the file, as each standard and each program writes them.
#include "processors/embedded_metadata.h"

#include <gtest/gtest.h>

#include <exiv2/exiv2.hpp>

#include "core/strings.h"
#include "tests/processors/picture_facts_support.h"
#include "tests/processors/picture_maker.h"

namespace copytaster {
namespace {

using testing::facts;

const std::string& jpeg() {
  static const std::string bytes = encoded_scene(1, 96, 64, ".jpg[strip]");
  return bytes;
}

TEST(EmbeddedMetadata, EachStandardAlone) {
  const EmbeddedMetadata xmp =
      facts(with_metadata(jpeg(), {{"Xmp.dc.description", "Brücke am Morgen"},
                                   {"Xmp.photoshop.Headline", "Brücke"},
                                   {"Xmp.photoshop.Credit", "Stadt Musterau"},
                                   {"Xmp.photoshop.Source", "Presseamt"},
                                   {"Xmp.dc.creator", "Ada Beispiel"},
                                   {"Xmp.dc.rights", "© Stadt Musterau"},
                                   {"Xmp.photoshop.City", "Musterau"},
                                   {"Xmp.photoshop.Country", "Deutschland"},
                                   {"Xmp.iptc.AltTextAccessibility", "Eine Brücke über einen Fluss"}}))
          .embedded();
  EXPECT_EQ(xmp.caption(), "Brücke am Morgen");
  EXPECT_EQ(xmp.headline(), "Brücke");
  EXPECT_EQ(xmp.credit(), "Stadt Musterau");
  EXPECT_EQ(xmp.source(), "Presseamt");
  EXPECT_EQ(xmp.creator(), "Ada Beispiel");
  EXPECT_EQ(xmp.copyright(), "© Stadt Musterau");
  EXPECT_EQ(xmp.city(), "Musterau");
  EXPECT_EQ(xmp.country(), "Deutschland");
  EXPECT_EQ(xmp.alt_text(), "Eine Brücke über einen Fluss");

  const EmbeddedMetadata iim =
      facts(with_metadata(jpeg(), {{"Iptc.Envelope.CharacterSet", "\x1b%G"},
                                   {"Iptc.Application2.Caption", "Pont, à l'aube"},
                                   {"Iptc.Application2.Headline", "Le pont"},
                                   {"Iptc.Application2.Byline", "Bruno Exemple"},
                                   {"Iptc.Application2.Credit", "Ville d'Exempleville"},
                                   {"Iptc.Application2.CountryName", "France"}}))
          .embedded();
  EXPECT_EQ(iim.caption(), "Pont, à l'aube");
  EXPECT_EQ(iim.headline(), "Le pont");
  EXPECT_EQ(iim.creator(), "Bruno Exemple");
  EXPECT_EQ(iim.credit(), "Ville d'Exempleville");
  EXPECT_EQ(iim.country(), "France");

  const EmbeddedMetadata exif =
      facts(with_metadata(jpeg(), {{"Exif.Image.ImageDescription", "Bridge at dawn"},
                                   {"Exif.Image.Artist", "Cleo Sample"},
                                   {"Exif.Image.Copyright", "Cleo Sample 2022"}}))
          .embedded();
  EXPECT_EQ(exif.caption(), "Bridge at dawn");
  EXPECT_EQ(exif.creator(), "Cleo Sample");
  EXPECT_EQ(exif.copyright(), "Cleo Sample 2022");
}

// As other programs write it: the prefix of the IPTC's own documents, a list of languages.
TEST(EmbeddedMetadata, AltTextUnderTheIptcsOwnPrefix) {
  const std::string packet =
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
      "<rdf:Description rdf:about='' xmlns:Iptc4xmpCore='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'>"
      "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>A bridge</rdf:li>"
      "<rdf:li xml:lang='de'>Eine Brücke</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
      "</rdf:Description></rdf:RDF></x:xmpmeta>";
  EXPECT_EQ(facts(with_xmp_packet(jpeg(), packet)).embedded().alt_text(), "A bridge");
}

TEST(EmbeddedMetadata, ExifSpeaksOnlyWhereNobodyElseDoes) {
  const EmbeddedMetadata both =
      facts(with_metadata(jpeg(), {{"Exif.Image.ImageDescription", "OLYMPUS DIGITAL CAMERA"},
                                   {"Xmp.dc.description", "The square"}}))
          .embedded();
  EXPECT_EQ(both.caption(), "The square");
}

// Metadata Working Group 2.0 §"IPTC-IIM and XMP": the digest tells whether an IIM-only program changed the
// file.
TEST(EmbeddedMetadata, TheDigestDecidesBetweenIimAndXmp) {
  const std::string two =
      with_metadata(jpeg(), {{"Iptc.Application2.Caption", "from IIM"}, {"Xmp.dc.description", "from XMP"}});
  EXPECT_EQ(facts(two).embedded().caption(), "from XMP");
  EXPECT_EQ(facts(with_iptc_digest(two, false)).embedded().caption(), "from XMP");
  EXPECT_EQ(facts(with_iptc_digest(two, true)).embedded().caption(), "from IIM");
}

TEST(EmbeddedMetadata, TellsWhichStandardsCaptionItIs) {
  const std::string iim = with_metadata(jpeg(), {{"Iptc.Application2.Caption", "from IIM"}});
  const std::string exif = with_metadata(jpeg(), {{"Exif.Image.ImageDescription", "from EXIF"}});
  const std::string all =
      with_metadata(iim, {{"Xmp.dc.description", "from XMP"}, {"Exif.Image.ImageDescription", "x"}});
  EXPECT_EQ(facts(iim).embedded().caption_from(), "iptc");
  EXPECT_EQ(facts(exif).embedded().caption_from(), "exif");
  EXPECT_EQ(facts(all).embedded().caption_from(), "xmp");
  EXPECT_EQ(facts(with_iptc_digest(all, true)).embedded().caption_from(), "iptc");
  EXPECT_EQ(facts(jpeg()).embedded().caption_from(), "");
}

// A text that only ends because its dataset is full is no change: the whole of it stands in XMP.
TEST(EmbeddedMetadata, AnIimTextThatIsCutIsNotTheNewerOne) {
  const std::string credit = "City of Rouvray, Department of Parks and Gardens";
  const auto read = [&](const std::string& in_iim) {
    return facts(with_iptc_digest(with_metadata(jpeg(), {{"Iptc.Application2.Credit", in_iim},
                                                         {"Xmp.photoshop.Credit", credit}}),
                                  true))
        .embedded()
        .credit();
  };
  EXPECT_EQ(read(credit.substr(0, 32)), credit);
  EXPECT_EQ(read(credit.substr(0, 31)), credit);
  EXPECT_EQ(read(credit.substr(0, 15)), "City of Rouvray") << "somebody has shortened it";
  EXPECT_EQ(read("Town of Rouvray, Department of P"), "Town of Rouvray, Department of P");
}

TEST(EmbeddedMetadata, OldCodePagesAndSeveralAuthors) {
  EXPECT_EQ(
      facts(with_metadata(jpeg(), {{"Iptc.Application2.Caption", "Th\xe9\xe2tre"}})).embedded().caption(),
      "Théâtre");
  EXPECT_EQ(
      facts(with_metadata(jpeg(), {{"Iptc.Application2.Byline", "Ada"}, {"Iptc.Application2.Byline", "Bo"}}))
          .embedded()
          .creator(),
      "Ada, Bo");
}

TEST(EmbeddedMetadata, NothingEmbeddedIsNothing) { EXPECT_EQ(facts(jpeg()).embedded().ByteSizeLong(), 0U); }

TEST(PictureFacts, AFormatThatIsNotDecodedStillTellsItsCaption) {
  Media partial;
  const auto media = inspect_picture(photoshop_file("The mayor at the bridge"), {}, &partial);
  EXPECT_EQ(media.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(media.status().message().empty());
  EXPECT_EQ(partial.embedded().caption(), "The mayor at the bridge");
  EXPECT_EQ(partial.sha256().size(), 64U);
}

// ---- what the others say

std::string words_of(const EmbeddedMetadata& embedded) {
  std::string out = str_cat(embedded.caption_from(), ": ", embedded.caption());
  for (const EmbeddedCaption& other : embedded.other_captions())
    str_append(&out, " | ", other.from(), ": ", other.text());
  return out;
}

TEST(EmbeddedMetadata, WhatTheOtherStandardsSayInOtherWordsIsKept) {
  const std::string two = with_metadata(jpeg(), {{"Iptc.Application2.Caption", "The old bridge"},
                                                 {"Xmp.dc.description", "The new bridge"},
                                                 {"Exif.Image.ImageDescription", "Bridge"}});
  EXPECT_EQ(words_of(facts(two).embedded()), "xmp: The new bridge | iptc: The old bridge | exif: Bridge");
  EXPECT_EQ(words_of(facts(with_iptc_digest(two, true)).embedded()),
            "iptc: The old bridge | xmp: The new bridge | exif: Bridge");
}

TEST(EmbeddedMetadata, TheSameWordsAgainAreNoOtherCaption) {
  EXPECT_EQ(words_of(facts(with_metadata(jpeg(), {{"Iptc.Application2.Caption", "The  bridge\nat dawn"},
                                                  {"Xmp.dc.description", "The bridge at dawn"},
                                                  {"Exif.Image.ImageDescription", "THE BRIDGE AT DAWN "}}))
                         .embedded()),
            "xmp: The bridge at dawn");
  const std::string whole(2100, 'a');
  EXPECT_EQ(facts(with_metadata(jpeg(), {{"Iptc.Application2.Caption", whole.substr(0, 2000)},
                                         {"Xmp.dc.description", whole}}))
                .embedded()
                .other_captions_size(),
            0)
      << "cut where the dataset is full";
}

TEST(EmbeddedMetadata, OtherCaptionsAreBounded) {
  EXPECT_EQ(facts(with_metadata(jpeg(), {{"Iptc.Application2.Caption", std::string(30000, 'b')},
                                         {"Xmp.dc.description", "The bridge"}}))
                .embedded()
                .other_captions_size(),
            0);
}

// ---- XMP by its namespaces

std::string packet(std::string_view description) {
  return str_cat("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF ",
                 "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' ",
                 description, "</rdf:RDF></x:xmpmeta>");
}
EmbeddedMetadata in_packet(std::string_view description) {
  return facts(with_xmp_packet(jpeg(), packet(description))).embedded();
}
constexpr std::string_view kDublinCore = "http://purl.org/dc/elements/1.1/";

TEST(EmbeddedMetadata, APrefixIsNoNamespace) {
  const EmbeddedMetadata bound_elsewhere =
      in_packet("xmlns:dc='urn:evil'><dc:description>a lie</dc:description></rdf:Description>");
  EXPECT_EQ(bound_elsewhere.caption(), "");
  EXPECT_EQ(in_packet("xmlns:dc='urn:evil' dc:description='a lie'/>").caption(), "");
  EXPECT_EQ(in_packet(str_cat("xmlns:any='", kDublinCore,
                              "'><any:description>The bridge</any:description></rdf:Description>"))
                .caption(),
            "The bridge");
  EXPECT_EQ(
      in_packet(str_cat("xmlns='", kDublinCore, "'><description>The bridge</description></rdf:Description>"))
          .caption(),
      "The bridge");
  EXPECT_EQ(in_packet(str_cat("xmlns:dc='urn:evil' xmlns:d='", kDublinCore,
                              "' dc:description='a lie' d:description='The bridge'/>"))
                .caption(),
            "The bridge");
  EXPECT_EQ(in_packet("><dc:description>undeclared</dc:description></rdf:Description>").caption(), "");
}

TEST(EmbeddedMetadata, EveryFormOfAProperty) {
  const auto with = [](std::string_view elements) {
    return in_packet(str_cat("xmlns:dc='", kDublinCore, "'>", elements, "</rdf:Description>"));
  };
  EXPECT_EQ(words_of(with("<dc:description><rdf:Alt><rdf:li xml:lang='de'>Die Brücke</rdf:li>"
                          "<rdf:li xml:lang='x-default'>The bridge</rdf:li></rdf:Alt></dc:description>")),
            "xmp: The bridge | xmp: Die Brücke");
  EXPECT_EQ(words_of(with("<dc:description><rdf:Alt><rdf:li xml:lang='de'>Die Brücke</rdf:li></rdf:Alt>"
                          "</dc:description>")),
            "xmp: Die Brücke");
  EXPECT_EQ(with("<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li> </rdf:li><rdf:li>Bo</rdf:li></rdf:Seq>"
                 "</dc:creator>")
                .creator(),
            "Ada, Bo");
  EXPECT_EQ(with("<dc:creator><rdf:Bag><rdf:li rdf:parseType='Resource'><rdf:value>Ada</rdf:value>"
                 "<dc:type>photographer</dc:type></rdf:li></rdf:Bag></dc:creator>")
                .creator(),
            "Ada");
  EXPECT_EQ(with("<dc:creator><rdf:Seq><rdf:li><rdf:Description><rdf:value>Ada</rdf:value>"
                 "</rdf:Description></rdf:li></rdf:Seq></dc:creator>")
                .creator(),
            "Ada");
  EXPECT_EQ(
      with(str_cat("<dc:description>one</dc:description></rdf:Description><rdf:Description rdf:about='' ",
                   "xmlns:d='", kDublinCore, "'><d:rights>two</d:rights>"))
          .copyright(),
      "two");
}

TEST(EmbeddedMetadata, PacketsOfOldProgramsAreRead) {
  const std::string start = str_cat("xmlns:dc='", kDublinCore, "' dc:description='");
  EXPECT_EQ(in_packet(start + "Th\xe9\xe2tre'/>").caption(), "Théâtre") << "a code page";
  EXPECT_EQ(in_packet(start + "The\x01 bridge'/>").caption(), "The  bridge") << "no XML, strictly";
}

TEST(EmbeddedMetadata, XmpIsReadInEveryFormat) {
  for (const char* suffix : {".jpg[strip]", ".png", ".webp", ".tif"}) {
    EXPECT_EQ(words_of(facts(with_metadata(encoded_scene(1, 96, 64, suffix),
                                           {{"Xmp.dc.description", "Міст"}, {"Xmp.dc.creator", "Ada"}}))
                           .embedded()),
              "xmp: Міст")
        << suffix;
  }
}

// Each picture may declare as many as it likes, and the service runs for years.
TEST(EmbeddedMetadata, NamespacesOfPicturesAreNotKept) {
  const auto known = [] {
    Exiv2::Dictionary all;
    Exiv2::XmpProperties::registeredNamespaces(all);
    return all.size();
  };
  const auto read = [](int i) {
    return in_packet(str_cat("xmlns:dc='", kDublinCore, "' xmlns:n", i, "='urn:of:picture:", i, "' n", i,
                             ":a='b' dc:description='The bridge'/>"))
        .caption();
  };
  EXPECT_EQ(read(0), "The bridge");
  const std::size_t before = known();
  for (int i = 1; i < 50; ++i) EXPECT_EQ(read(i), "The bridge");
  EXPECT_EQ(known(), before);
  // One that takes a well-known prefix harms nobody after it.
  EXPECT_EQ(in_packet("xmlns:dc='urn:evil' dc:description='a lie'/>").caption(), "");
  EXPECT_EQ(read(50), "The bridge");
}

// Exiv2 looks through all it has for each of them.
TEST(EmbeddedMetadata, APngOfThousandsOfExifChunksIsNotRead) {
  const std::string exif("II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0\x03\0\0\0ab\0\0\0\0\0\0", 26);
  const std::string chunk = std::string("\0\0\0\x1A", 4) + "eXIf" + exif + "crc?";
  const auto with = [&](std::size_t count) {
    std::string chunks;
    for (std::size_t i = 0; i < count; ++i) chunks += chunk;
    std::string png = encoded_scene(1, 96, 64, ".png");
    png.insert(8 + 25, chunks);  // behind signature and IHDR
    return embedded_metadata(png).caption();
  };
  EXPECT_EQ(with(1), "ab");
  EXPECT_EQ(with(20'000), "");
}

}  // namespace
}  // namespace copytaster
