// An XMP packet as XML (XMP Specification part 1, ISO 16684-1): opened for those that read words in it or
// write them. Internal to xmp_texts.cpp and xmp_words.cpp. Any bytes; any thread: libxml2 without network,
// entities and document types, not the XMP toolkit, which keeps what a picture declares for the whole
// process.
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

namespace copytaster {

struct XmpNamespace {
  const char* uri;     // what counts
  const char* prefix;  // what is written where none is declared; in a packet it may stand for anything
};
inline constexpr XmpNamespace kXmpDc = {"http://purl.org/dc/elements/1.1/", "dc"};
inline constexpr XmpNamespace kXmpPhotoshop = {"http://ns.adobe.com/photoshop/1.0/", "photoshop"};
inline constexpr XmpNamespace kXmpIptc = {"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore"};
inline constexpr XmpNamespace kXmpRights = {"http://ns.adobe.com/xap/1.0/rights/", "xmpRights"};
inline constexpr const char* kXmpRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

struct FreeXmlDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using XmlDocument = std::unique_ptr<xmlDoc, FreeXmlDocument>;

// In UTF-8, UTF-16 or, where it is neither, the Windows code page; control characters are spaces. nullptr: no
// XML, a prefix that nobody declares, a document type, more than 4 MB, or made to cost time.
[[nodiscard]] XmlDocument parse_xmp(std::string_view packet);

// rdf:RDF, which is the root or stands in x:xmpmeta; nullptr: there is none.
[[nodiscard]] xmlNode* xmp_rdf(xmlDoc* document);

// By namespace and name, whatever the prefix.
[[nodiscard]] bool is_xml_element(const xmlNode* node, const char* uri, std::string_view name);
// The first such child; nullptr: there is none. `parent` may be null.
[[nodiscard]] xmlNode* xml_child(const xmlNode* parent, const char* uri, std::string_view name);
// All text in it, ends trimmed.
[[nodiscard]] std::string xml_text(const xmlNode* node);

[[nodiscard]] inline const xmlChar* in_xml(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);
}
[[nodiscard]] inline std::string_view of_xml(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

}  // namespace copytaster
