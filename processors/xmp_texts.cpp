#include "processors/xmp_texts.h"

#include <algorithm>

#include "core/strings.h"
#include "processors/metadata_text.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostLanguages = 16;
constexpr std::size_t kMostMembers = 200;

// A value with qualifiers stands in rdf:value, its description with or without an element of its own (part 1
// §7.8).
std::string value_of(const xmlNode* node) {
  if (const xmlNode* inner = xml_child(node, kXmpRdf, "Description")) node = inner;
  if (const xmlNode* value = xml_child(node, kXmpRdf, "value")) node = value;
  return metadata_text(xml_text(node));
}

struct Member {
  std::string text;
  bool by_default = false;
};

// An attribute of a description, its short form, or an element: plain, or with a list in it.
struct Property {
  bool there = false;
  bool alternatives = false;
  std::vector<Member> members;
};

void read_element(const xmlNode* node, Property* out) {
  out->there = true;
  const xmlNode* list = nullptr;
  for (const char* kind : {"Alt", "Seq", "Bag"}) {
    if (list == nullptr) list = xml_child(node, kXmpRdf, kind);
  }
  if (list == nullptr) {
    out->members.push_back({value_of(node)});
    return;
  }
  out->alternatives = of_xml(list->name) == "Alt";
  for (const xmlNode* member = list->children; member != nullptr && out->members.size() < kMostMembers;
       member = member->next) {
    if (!is_xml_element(member, kXmpRdf, "li")) continue;
    const std::unique_ptr<xmlChar, decltype(xmlFree)> language(xmlNodeGetLang(member), xmlFree);
    out->members.push_back({value_of(member), equals_ignore_case(of_xml(language.get()), "x-default")});
  }
}

// All of a packet's descriptions are of one resource; the first that has it counts.
Property find_property(xmlDoc* document, const XmpNamespace& space, std::string_view name) {
  Property out;
  const xmlNode* rdf = xmp_rdf(document);
  const std::string named(name);
  for (xmlNode* node = rdf == nullptr ? nullptr : rdf->children; node != nullptr && !out.there;
       node = node->next) {
    if (!is_xml_element(node, kXmpRdf, "Description")) continue;
    if (const xmlAttr* attribute = xmlHasNsProp(node, in_xml(named.c_str()), in_xml(space.uri))) {
      out.there = true;
      out.members.push_back({metadata_text(xml_text(attribute->children))});
    } else if (const xmlNode* element = xml_child(node, space.uri, name)) {
      read_element(element, &out);
    }
  }
  return out;
}

}  // namespace

std::string XmpTexts::text(const XmpNamespace& space, std::string_view name) const {
  const Property property = find_property(document_.get(), space, name);
  std::string out;
  for (const Member& member : property.members) {
    if (member.text.empty()) continue;
    if (property.alternatives && member.by_default) return member.text;
    if (!property.alternatives || out.empty()) str_append(&out, out.empty() ? "" : ", ", member.text);
  }
  return out;
}

std::vector<std::string> XmpTexts::languages(const XmpNamespace& space, std::string_view name) const {
  std::vector<std::string> out;
  for (Member& member : find_property(document_.get(), space, name).members) {
    if (out.size() < kMostLanguages && !member.text.empty()) out.push_back(std::move(member.text));
  }
  return out;
}

}  // namespace copytaster
