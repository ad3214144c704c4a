#include "processors/xmp_packet.h"

#include <libxml/parser.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <mutex>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostPacket = std::size_t{4} << 20;  // bytes of XML that are read

struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

void stop_at_error(void* context, xmlErrorPtr error) {
  if (error->level == XML_ERR_FATAL) xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

// libxml2 compares each attribute of a tag with all others.
bool is_costly(std::string_view packet) {
  constexpr std::size_t kLongTag = 8192;
  constexpr std::ptrdiff_t kManyAttributes = 1000;
  for (std::size_t at = packet.find('<'); at != std::string_view::npos;) {
    const std::size_t next = packet.find('<', at + 1);
    const std::string_view tag = packet.substr(at, next == std::string_view::npos ? next : next - at);
    if (tag.size() > kLongTag && std::count(tag.begin(), tag.end(), '=') > kManyAttributes) return true;
    at = next;
  }
  return false;
}

std::string decoded(std::string_view bytes, const char* encoding) {
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), encoding);
  std::string out;
  text.toUTF8String(out);
  return out;
}

// XMP may be in UTF-16 (part 1 §7.3.1); of such a packet every other byte is 0. Some programs write the code
// page of their system all the same, and control characters, which XML has not.
std::string in_utf8(std::string_view packet) {
  const std::size_t begin = packet.find('<');
  if (begin == std::string_view::npos) return {};
  const bool wide = begin + 1 < packet.size() && packet[begin + 1] == '\0';
  const bool big_endian = wide && begin > 0 && packet[begin - 1] == '\0';
  packet.remove_prefix(big_endian ? begin - 1 : begin);
  std::string out = wide                    ? decoded(packet, big_endian ? "UTF-16BE" : "UTF-16LE")
                    : is_valid_utf8(packet) ? std::string(packet)
                                            : to_valid_utf8(decoded(packet, "windows-1252"));
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; },
      ' ');
  return out;
}

}  // namespace

XmlDocument parse_xmp(std::string_view stored) {
  if (stored.size() > kMostPacket) return nullptr;
  const std::string utf8 = in_utf8(stored);
  const std::string_view packet = std::string_view(utf8).substr(0, utf8.rfind('>') + 1);
  if (is_costly(packet)) return nullptr;
  static std::once_flag once;
  std::call_once(once, [] { xmlInitParser(); });
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (context == nullptr) return nullptr;
  context->sax->serror = &stop_at_error;
  XmlDocument document(
      xmlCtxtReadMemory(context.get(), packet.data(), static_cast<int>(packet.size()), nullptr, "UTF-8",
                        XML_PARSE_IGNORE_ENC | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  // A prefix that nobody declares would be ours once we declare it.
  const bool usable = context->nsWellFormed == 1 && xmlGetIntSubset(document.get()) == nullptr;
  if (document != nullptr && !usable) document.reset();
  return document;
}

xmlNode* xmp_rdf(xmlDoc* document) {
  xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document);
  if (root == nullptr || is_xml_element(root, kXmpRdf, "RDF")) return root;
  return xml_child(root, kXmpRdf, "RDF");
}

bool is_xml_element(const xmlNode* node, const char* uri, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && node->ns != nullptr && of_xml(node->ns->href) == uri &&
         of_xml(node->name) == name;
}

xmlNode* xml_child(const xmlNode* parent, const char* uri, std::string_view name) {
  for (xmlNode* node = parent == nullptr ? nullptr : parent->children; node != nullptr; node = node->next) {
    if (is_xml_element(node, uri, name)) return node;
  }
  return nullptr;
}

std::string xml_text(const xmlNode* node) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> text(xmlNodeGetContent(node), xmlFree);
  return std::string(strip_space(of_xml(text.get())));
}

}  // namespace copytaster
