#include "collectors/feed_xml.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view local_name(const xmlNode* node) {
  const std::string_view name = view(node->name);
  const std::size_t colon = name.rfind(':');  // a prefix that was never declared
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// What elements of the feed's own namespace are: it may be any URI, or none at all.
Vocabulary own_vocabulary(const xmlNode* root) {
  const std::string_view name = root == nullptr ? std::string_view() : local_name(root);
  const bool atom = equals_ignore_case(name, "feed") || equals_ignore_case(name, "entry");
  return atom ? Vocabulary::kAtom : Vocabulary::kCore;
}

bool is_in(const xmlNode* node, const xmlNs* name_space) {
  return node->ns != nullptr && view(node->ns->href) == view(name_space->href);
}

// Whether it is the namespace the feed itself is written in: that of its root or, where the root is only a
// wrapper (<rss>, <rdf:RDF>), of its channel. There have been many for RSS, and some have been made up.
bool is_own_namespace(const xmlNs* name_space, const xmlNode* root) {
  if (root == nullptr) return false;
  if (is_in(root, name_space)) return true;
  if (vocabulary_of_uri(view(name_space->href)) != Vocabulary::kOther) return false;
  for (const xmlNode* node = root->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE && equals_ignore_case(local_name(node), "channel"))
      return is_in(node, name_space);
  }
  return false;
}

// libxml2 leaves `_private` of a namespace to the application: the vocabulary is looked up once for each.
Vocabulary of_namespace(const xmlNs* name_space, const xmlDoc* document) {
  const auto cached = reinterpret_cast<std::uintptr_t>(name_space->_private);
  if (cached != 0) return static_cast<Vocabulary>(cached - 1);
  const xmlNode* root = xmlDocGetRootElement(document);
  const Vocabulary found =
      is_own_namespace(name_space, root) ? own_vocabulary(root) : vocabulary_of_uri(view(name_space->href));
  const_cast<xmlNs*>(name_space)->_private = reinterpret_cast<void*>(static_cast<std::uintptr_t>(found) + 1);
  return found;
}

std::string attribute_text(const xmlAttr* attribute) {
  std::string out;
  for (const xmlNode* node = attribute->children; node != nullptr; node = node->next) {
    if (node->type == XML_TEXT_NODE) out += view(node->content);
  }
  return std::string(strip_space(out));
}

std::string xml_attribute(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (attribute->ns != nullptr && view(attribute->ns->prefix) == "xml" && view(attribute->name) == name) {
      return attribute_text(attribute);
    }
  }
  return "";
}

bool is_text(const xmlNode* node) {
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

// The parser refuses documents deeper than 256, so recursion is bounded.
void append_text(const xmlNode* node, std::string* out) {
  for (; node != nullptr; node = node->next) {
    if (is_text(node)) {
      *out += view(node->content);
    } else if (node->type == XML_ELEMENT_NODE) {
      append_text(node->children, out);
    }
  }
}

void append_escaped(std::string_view text, bool quotes, std::string* out) {
  for (const char c : text) {
    if (c == '<') {
      *out += "&lt;";
    } else if (c == '&') {
      *out += "&amp;";
    } else if (c == '"' && quotes) {
      *out += "&quot;";
    } else {
      *out += c;
    }
  }
}

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 13> kVoid = {
      "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"};
  return std::any_of(kVoid.begin(), kVoid.end(), [&](auto known) { return equals_ignore_case(name, known); });
}

bool is_address(std::string_view name) { return name == "href" || name == "src" || name == "poster"; }

// Where relative addresses in markup start from. Only an xml:base inside the markup is applied here: the
// text's own base is applied when it is read as HTML.
struct Base {
  std::string url;
  bool moved = false;
};

void append_html(const xmlNode* node, bool escaped, const Base& base, std::string* out);

void append_tag(const xmlNode* node, bool escaped, const Base& outer, std::string* out) {
  const std::string_view name = local_name(node);
  const std::string own = xml_attribute(node, "base");
  const Base base = own.empty() ? outer : Base{resolve_url(outer.url, own), true};
  str_append(out, "<", name);
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (attribute->ns != nullptr) continue;
    const std::string value = attribute_text(attribute);
    str_append(out, " ", view(attribute->name), "=\"");
    const bool move = base.moved && is_address(view(attribute->name));
    append_escaped(move ? resolve_url(base.url, value) : value, true, out);
    *out += '"';
  }
  *out += '>';
  if (node->children == nullptr && is_void(name)) return;
  append_html(node->children, escaped, base, out);
  str_append(out, "</", name, ">");
}

void append_html(const xmlNode* node, bool escaped, const Base& base, std::string* out) {
  for (; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) {
      append_tag(node, escaped, base, out);
    } else if (is_text(node) && escaped) {
      append_escaped(view(node->content), false, out);
    } else if (is_text(node)) {
      *out += view(node->content);
    }
  }
}

}  // namespace

XmlElement XmlElement::element_from(const xmlNode* node) {
  while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
  return XmlElement(node);
}

Vocabulary XmlElement::vocabulary() const {
  if (node_ == nullptr) return Vocabulary::kOther;
  if (node_->ns != nullptr) return of_namespace(node_->ns, node_->doc);
  const std::string_view full = view(node_->name);
  const std::size_t colon = full.find(':');
  return colon == std::string_view::npos ? own_vocabulary(xmlDocGetRootElement(node_->doc))
                                         : vocabulary_of_prefix(full.substr(0, colon));
}

std::string_view XmlElement::name() const {
  return node_ == nullptr ? std::string_view() : local_name(node_);
}

bool XmlElement::is(Vocabulary wanted, std::string_view wanted_name) const {
  return equals_ignore_case(name(), wanted_name) && vocabulary() == wanted;
}

XmlElement XmlElement::child(Vocabulary wanted, std::string_view wanted_name) const {
  for (XmlElement one = first_child(); one; one = one.next()) {
    if (one.is(wanted, wanted_name)) return one;
  }
  return {};
}

bool XmlElement::empty() const {
  for (const xmlNode* child = node_ == nullptr ? nullptr : node_->children; child != nullptr;
       child = child->next) {
    if (child->type == XML_ELEMENT_NODE) return false;
    if (is_text(child) && !strip_space(view(child->content)).empty()) return false;
  }
  return true;
}

std::string XmlElement::text() const {
  std::string out;
  if (node_ != nullptr) append_text(node_->children, &out);
  const std::string_view inner = strip_space(out);
  return inner.size() == out.size() ? out : std::string(inner);
}

std::string XmlElement::inner_html(bool escaped, std::string_view own_base) const {
  std::string out;
  if (node_ != nullptr) append_html(node_->children, escaped, Base{std::string(own_base)}, &out);
  return out;
}

std::string XmlElement::attribute(std::string_view wanted) const {
  if (node_ == nullptr) return "";
  for (const xmlAttr* attribute = node_->properties; attribute != nullptr; attribute = attribute->next) {
    if (attribute->ns != nullptr && view(attribute->ns->prefix) == "xml") continue;
    if (equals_ignore_case(view(attribute->name), wanted)) return attribute_text(attribute);
  }
  return "";
}

std::string XmlElement::language() const {
  for (const xmlNode* node = node_; node != nullptr && node->type == XML_ELEMENT_NODE; node = node->parent) {
    for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
      const bool ours = attribute->ns != nullptr && view(attribute->ns->prefix) == "xml";
      // An empty xml:lang takes the outer one back.
      if (ours && view(attribute->name) == "lang") return attribute_text(attribute);
    }
  }
  return "";
}

std::string XmlElement::base(std::string_view document_base) const {
  std::vector<std::string> bases;
  for (const xmlNode* node = node_; node != nullptr && node->type == XML_ELEMENT_NODE; node = node->parent) {
    std::string one = xml_attribute(node, "base");
    if (!one.empty()) bases.push_back(std::move(one));
  }
  std::string out(document_base);
  for (std::size_t i = bases.size(); i-- > 0;) out = out.empty() ? bases[i] : resolve_url(out, bases[i]);
  return out;
}

}  // namespace copytaster
