#include "processors/xmp_words.h"

#include <memory>

#include "core/strings.h"
#include "processors/metadata_text.h"
#include "processors/xmp_packet.h"

namespace copytaster {
namespace {

enum class Form { kPlain, kLanguages, kList };
struct Field {
  XmpNamespace space;
  const char* name;
  Form form;
  std::string PictureWords::*words;
};
constexpr Field kFields[] = {
    {kXmpDc, "description", Form::kLanguages, &PictureWords::caption},
    {kXmpDc, "creator", Form::kList, &PictureWords::creator},
    {kXmpDc, "rights", Form::kLanguages, &PictureWords::copyright},
    {kXmpPhotoshop, "Headline", Form::kPlain, &PictureWords::headline},
    {kXmpPhotoshop, "Credit", Form::kPlain, &PictureWords::credit},
    {kXmpPhotoshop, "Source", Form::kPlain, &PictureWords::source},
    {kXmpPhotoshop, "City", Form::kPlain, &PictureWords::city},
    {kXmpPhotoshop, "Country", Form::kPlain, &PictureWords::country},
    {kXmpIptc, "AltTextAccessibility", Form::kLanguages, &PictureWords::alt_text},
};
constexpr Field kTerms = {kXmpRights, "UsageTerms", Form::kLanguages, &PictureWords::usage_terms};
constexpr Field kInstructions = {kXmpPhotoshop, "Instructions", Form::kPlain, &PictureWords::usage_terms};

XmlDocument new_document() {
  static constexpr std::string_view kEmpty =
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
      "<rdf:Description rdf:about=\"\"/></rdf:RDF></x:xmpmeta>";
  return parse_xmp(kEmpty);
}

class Packet {
 public:
  explicit Packet(std::string_view packet) : document_(parse_xmp(packet)), rdf_(xmp_rdf(document_.get())) {
    if (rdf_ == nullptr) {
      document_ = new_document();
      rdf_ = xmp_rdf(document_.get());
    }
    // All of a packet's descriptions are of one resource: words are put into the first.
    description_ = xml_child(rdf_, kXmpRdf, "Description");
    if (description_ == nullptr) {
      description_ = xmlNewChild(rdf_, rdf_->ns, in_xml("Description"), nullptr);
      xmlNewNsProp(description_, rdf_->ns, in_xml("about"), in_xml(""));
    }
  }

  // Of a list or of languages the first; empty: it is not there.
  [[nodiscard]] std::string text_of(const Field& field) const {
    for (xmlNode* node = rdf_->children; node != nullptr; node = node->next) {
      if (!is_xml_element(node, kXmpRdf, "Description")) continue;
      if (const xmlAttr* short_form = xmlHasNsProp(node, in_xml(field.name), in_xml(field.space.uri)))
        return xml_text(short_form->children);
      if (const xmlNode* found = xml_child(node, field.space.uri, field.name)) return xml_text(found);
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
  static void add_text(xmlNode* node, const std::string& text) {
    xmlNodeAddContentLen(node, in_xml(text.data()), static_cast<int>(text.size()));
  }

  xmlNs* space_of(const XmpNamespace& wanted) {
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
      if (!is_xml_element(node, kXmpRdf, "Description")) continue;
      if (xmlAttr* short_form = xmlHasNsProp(node, in_xml(field.name), in_xml(field.space.uri)))
        xmlRemoveProp(short_form);
      while (xmlNode* found = xml_child(node, field.space.uri, field.name)) {
        xmlUnlinkNode(found);
        xmlFreeNode(found);
      }
    }
  }

  XmlDocument document_;
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
