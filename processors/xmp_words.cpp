#include "processors/xmp_words.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "core/strings.h"
#include "core/text.h"
#include "processors/metadata_text.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostPacket = std::size_t{4} << 20;  // bytes of XML that are read
constexpr const char* kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

struct Namespace {
  const char* uri;
  const char* prefix;
};
constexpr Namespace kDc = {"http://purl.org/dc/elements/1.1/", "dc"};
constexpr Namespace kPhotoshop = {"http://ns.adobe.com/photoshop/1.0/", "photoshop"};
constexpr Namespace kIptc = {"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore"};
constexpr Namespace kRights = {"http://ns.adobe.com/xap/1.0/rights/", "xmpRights"};

enum class Form { kPlain, kLanguages, kList };
struct Field {
  Namespace space;
  const char* name;
  Form form;
  std::string PictureWords::*words;
};
constexpr Field kFields[] = {
    {kDc, "description", Form::kLanguages, &PictureWords::caption},
    {kDc, "creator", Form::kList, &PictureWords::creator},
    {kDc, "rights", Form::kLanguages, &PictureWords::copyright},
    {kPhotoshop, "Headline", Form::kPlain, &PictureWords::headline},
    {kPhotoshop, "Credit", Form::kPlain, &PictureWords::credit},
    {kPhotoshop, "Source", Form::kPlain, &PictureWords::source},
    {kPhotoshop, "City", Form::kPlain, &PictureWords::city},
    {kPhotoshop, "Country", Form::kPlain, &PictureWords::country},
    {kIptc, "AltTextAccessibility", Form::kLanguages, &PictureWords::alt_text},
};
constexpr Field kTerms = {kRights, "UsageTerms", Form::kLanguages, &PictureWords::usage_terms};
constexpr Field kInstructions = {kPhotoshop, "Instructions", Form::kPlain, &PictureWords::usage_terms};

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

const xmlChar* in_xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
std::string_view of_xml(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_element(const xmlNode* node, const char* uri, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && node->ns != nullptr && of_xml(node->ns->href) == uri &&
         of_xml(node->name) == name;
}

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

// XMP may be in UTF-16 (part 1 §7.3.1); of such a packet every other byte is 0.
std::string in_utf8(std::string_view packet) {
  const std::size_t begin = packet.find('<');
  if (begin == std::string_view::npos) return {};
  const bool wide = begin + 1 < packet.size() && packet[begin + 1] == '\0';
  const bool big_endian = wide && begin > 0 && packet[begin - 1] == '\0';
  packet.remove_prefix(big_endian ? begin - 1 : begin);
  if (!wide) return std::string(packet);
  const icu::UnicodeString text(packet.data(), static_cast<std::int32_t>(packet.size()),
                                big_endian ? "UTF-16BE" : "UTF-16LE");
  std::string out;
  text.toUTF8String(out);
  return out;
}

// nullptr: no XML, or XML with a document type, whose entities could be of any size.
Document parse(std::string_view stored) {
  if (stored.size() > kMostPacket) return nullptr;
  const std::string utf8 = in_utf8(stored);
  const std::string_view packet = std::string_view(utf8).substr(0, utf8.rfind('>') + 1);
  if (is_costly(packet)) return nullptr;
  static std::once_flag once;
  std::call_once(once, [] { xmlInitParser(); });
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (context == nullptr) return nullptr;
  context->sax->serror = &stop_at_error;
  Document document(
      xmlCtxtReadMemory(context.get(), packet.data(), static_cast<int>(packet.size()), nullptr, "UTF-8",
                        XML_PARSE_IGNORE_ENC | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  // A prefix that nobody declares would be ours once we declare it.
  const bool usable = context->nsWellFormed == 1 && xmlGetIntSubset(document.get()) == nullptr;
  if (document != nullptr && !usable) document.reset();
  return document;
}

xmlNode* child_of(xmlNode* parent, const char* uri, std::string_view name) {
  for (xmlNode* node = parent == nullptr ? nullptr : parent->children; node != nullptr; node = node->next) {
    if (is_element(node, uri, name)) return node;
  }
  return nullptr;
}

// rdf:RDF, which is the root or stands in x:xmpmeta.
xmlNode* rdf_of(xmlDoc* document) {
  xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document);
  if (root == nullptr || is_element(root, kRdf, "RDF")) return root;
  return child_of(root, kRdf, "RDF");
}

Document new_document() {
  static constexpr std::string_view kEmpty =
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
      "<rdf:Description rdf:about=\"\"/></rdf:RDF></x:xmpmeta>";
  return parse(kEmpty);
}

class Packet {
 public:
  explicit Packet(std::string_view packet) : document_(parse(packet)), rdf_(rdf_of(document_.get())) {
    if (rdf_ == nullptr) {
      document_ = new_document();
      rdf_ = rdf_of(document_.get());
    }
    // All of a packet's descriptions are of one resource: words are put into the first.
    description_ = child_of(rdf_, kRdf, "Description");
    if (description_ == nullptr) {
      description_ = xmlNewChild(rdf_, rdf_->ns, in_xml("Description"), nullptr);
      xmlNewNsProp(description_, rdf_->ns, in_xml("about"), in_xml(""));
    }
  }

  // Of a list or of languages the first; empty: it is not there.
  [[nodiscard]] std::string text_of(const Field& field) const {
    for (xmlNode* node = rdf_->children; node != nullptr; node = node->next) {
      if (!is_element(node, kRdf, "Description")) continue;
      if (const xmlAttr* short_form = xmlHasNsProp(node, in_xml(field.name), in_xml(field.space.uri)))
        return content_of(short_form->children);
      if (const xmlNode* found = child_of(node, field.space.uri, field.name)) return content_of(found);
    }
    return {};
  }

  void put(const Field& field, const std::string& text, const std::string& language) {
    remove(field);
    xmlNode* node = xmlNewChild(description_, space_of(field.space), in_xml(field.name), nullptr);
    if (field.form == Form::kPlain) return add_text(node, text);
    xmlNode* list = xmlNewChild(node, rdf_->ns, in_xml(field.form == Form::kList ? "Seq" : "Alt"), nullptr);
    xmlNode* first = xmlNewChild(list, rdf_->ns, in_xml("li"), nullptr);
    add_text(first, text);
    if (field.form == Form::kList) return;
    xmlNodeSetLang(first, in_xml("x-default"));
    if (language.empty()) return;
    xmlNode* second = xmlNewChild(list, rdf_->ns, in_xml("li"), nullptr);
    xmlNodeSetLang(second, in_xml(language.c_str()));
    add_text(second, text);
  }

  // The root alone: an old wrapper stands outside of it.
  [[nodiscard]] std::string text() const {
    const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> bytes(xmlBufferCreate(), &xmlBufferFree);
    xmlNodeDump(bytes.get(), document_.get(), xmlDocGetRootElement(document_.get()), 0, 0);
    return str_cat("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
                   of_xml(xmlBufferContent(bytes.get())), "\n<?xpacket end=\"w\"?>");
  }

 private:
  static std::string content_of(const xmlNode* node) {
    const std::unique_ptr<xmlChar, decltype(xmlFree)> text(xmlNodeGetContent(node), xmlFree);
    return std::string(strip_space(of_xml(text.get())));
  }

  static void add_text(xmlNode* node, const std::string& text) {
    xmlNodeAddContentLen(node, in_xml(text.data()), static_cast<int>(text.size()));
  }

  xmlNs* space_of(const Namespace& wanted) {
    if (xmlNs* known = xmlSearchNsByHref(document_.get(), description_, in_xml(wanted.uri))) return known;
    xmlNs* made = xmlNewNs(description_, in_xml(wanted.uri), in_xml(wanted.prefix));
    // The prefix may stand for something else here.
    for (int i = 1; made == nullptr && i < 100; ++i) {
      made = xmlNewNs(description_, in_xml(wanted.uri), in_xml(str_cat(wanted.prefix, i).c_str()));
    }
    return made;
  }

  // As an element or in its short form as an attribute, in every description.
  void remove(const Field& field) {
    for (xmlNode* node = rdf_->children; node != nullptr; node = node->next) {
      if (!is_element(node, kRdf, "Description")) continue;
      if (xmlAttr* short_form = xmlHasNsProp(node, in_xml(field.name), in_xml(field.space.uri)))
        xmlRemoveProp(short_form);
      while (xmlNode* found = child_of(node, field.space.uri, field.name)) {
        xmlUnlinkNode(found);
        xmlFreeNode(found);
      }
    }
  }

  Document document_;
  xmlNode* rdf_;
  xmlNode* description_ = nullptr;
};

}  // namespace

std::string xmp_with_words(std::string_view packet, const PictureWords& words,
                           std::string_view instructions) {
  Packet out(packet);
  if (!words.usage_terms.empty() && out.text_of(kTerms).empty()) out.put(kTerms, words.usage_terms, "");
  for (const Field& field : kFields) {
    const std::string& value = words.*field.words;
    const bool is_caption = field.words == &PictureWords::caption;
    if (!value.empty()) out.put(field, value, is_caption ? words.caption_language : "");
  }
  if (words.usage_terms.empty()) return out.text();
  const std::string before = out.text_of(kInstructions);
  out.put(kInstructions, before_others(words.usage_terms, before.empty() ? instructions : before), "");
  return out.text();
}

}  // namespace copytaster
