#include "collectors/feed_xml.h"

#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>
#include <vector>

#include "collectors/feed_tidy.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kLookForRoot = std::size_t{64} << 10;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view local_name(const xmlNode* node) {
  const std::string_view name = view(node->name);
  const std::size_t colon = name.rfind(':');  // a prefix that was never declared
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Known {
  std::string_view uri;  // how a namespace's URI begins, lower case, without "http(s)://" and "www."
  std::string_view prefix;
  Vocabulary vocabulary;
};
// Publishers vary case, scheme and trailing slash; nobody else uses these beginnings.
constexpr std::array<Known, 20> kKnown = {{
    {"w3.org/2005/atom", "atom", Vocabulary::kAtom},
    {"purl.org/atom/", "atom", Vocabulary::kAtom},
    {"purl.org/rss/1.0/modules/content", "content", Vocabulary::kContent},
    {"purl.org/dc/terms", "dcterms", Vocabulary::kDcTerms},
    {"purl.org/dc/elements", "dc", Vocabulary::kDublinCore},
    {"itunes.com/dtds/podcast", "itunes", Vocabulary::kItunes},
    {"search.yahoo.com/mrss", "media", Vocabulary::kMedia},
    {"w3.org/1999/xhtml", "xhtml", Vocabulary::kXhtml},
    {"w3.org/1999/02/22-rdf", "rdf", Vocabulary::kRdf},
    {"rssnamespace.org/feedburner", "feedburner", Vocabulary::kFeedburner},
    {"prismstandard.org", "prism", Vocabulary::kPrism},
    {"purl.org/rss/1.0/modules/prism", "prism", Vocabulary::kPrism},
    {"purl.org/rss/1.0/modules", "", Vocabulary::kOther},
    {"purl.org/rss/modules", "", Vocabulary::kOther},
    {"purl.org/rss/1.0", "rss", Vocabulary::kCore},
    {"purl.org/rss/", "rss", Vocabulary::kCore},
    {"purl.org/net/rss", "rss", Vocabulary::kCore},
    {"backend.userland.com/rss", "rss2", Vocabulary::kCore},
    {"blogs.law.harvard.edu/tech/rss", "rss2", Vocabulary::kCore},
    {"my.netscape.com/", "rss", Vocabulary::kCore},
}};

Vocabulary of_uri(std::string_view uri) {
  std::string text = ascii_lower(uri);
  std::string_view rest = strip_space(text);
  if (!consume_prefix(&rest, "http://")) consume_prefix(&rest, "https://");
  consume_prefix(&rest, "www.");
  for (const Known& known : kKnown) {
    if (rest.starts_with(known.uri)) return known.vocabulary;
  }
  return rest.empty() ? Vocabulary::kCore : Vocabulary::kOther;
}

Vocabulary of_prefix(std::string_view prefix) {
  for (const Known& known : kKnown) {
    if (!known.prefix.empty() && equals_ignore_case(prefix, known.prefix)) return known.vocabulary;
  }
  return Vocabulary::kOther;
}

// What elements of the feed's own namespace are: it may be any URI, or none at all.
Vocabulary own_vocabulary(const xmlNode* root) {
  const std::string_view name = root == nullptr ? std::string_view() : local_name(root);
  const bool atom = equals_ignore_case(name, "feed") || equals_ignore_case(name, "entry");
  return atom ? Vocabulary::kAtom : Vocabulary::kCore;
}

// libxml2 leaves `_private` of a namespace to the application: the vocabulary is looked up once for each.
Vocabulary of_namespace(const xmlNs* name_space, const xmlDoc* document) {
  const auto cached = reinterpret_cast<std::uintptr_t>(name_space->_private);
  if (cached != 0) return static_cast<Vocabulary>(cached - 1);
  const xmlNode* root = xmlDocGetRootElement(document);
  const bool own = root != nullptr && root->ns != nullptr && view(root->ns->href) == view(name_space->href);
  const Vocabulary found = own ? own_vocabulary(root) : of_uri(view(name_space->href));
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

// libxml2 goes on to the end after an error that makes the document unusable, and reports each further one.
void stop_at_error(void* context, xmlErrorPtr error) {
  if (error->level == XML_ERR_FATAL) xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

xmlDoc* read(std::string_view text, int options, bool* well_formed) {
  static std::once_flag once;
  std::call_once(once, [] { xmlInitParser(); });
  struct FreeContext {
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
  };
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (!context) return nullptr;
  if ((options & XML_PARSE_RECOVER) == 0) context->sax->serror = &stop_at_error;
  xmlDoc* document =
      xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                        options | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                            XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
  *well_formed = context->wellFormed == 1;
  return document;
}

// A document type before the root: its entities are ours to read, never libxml2's.
bool has_doctype(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = text.find("-->", at);
      if (at == std::string_view::npos) return false;
    } else if (!rest.starts_with("<?")) {
      return rest.starts_with("<!");
    }
  }
  return false;
}

// What takes libxml2 quadratic time (2.9.14): "--" inside a comment, for each error copies the comment; and
// very many attributes in one tag, for each is compared with all. The mending pass takes neither.
bool is_costly(std::string_view text) {
  constexpr std::size_t kLongTag = 8192;
  constexpr std::ptrdiff_t kManyAttributes = 200;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (text.substr(at, 4) == "<!--") {
      at = text.find("--", at + 4);
      if (at == std::string_view::npos || text.substr(at, 3) != "-->") return true;
      continue;
    }
    const std::size_t end = std::min(text.find('>', at), text.size());
    const std::string_view tag = text.substr(at, end - at);
    if (tag.size() > kLongTag && std::count(tag.begin(), tag.end(), '=') > kManyAttributes) return true;
    at = end == text.size() ? end : end - 1;
  }
  return false;
}

// Where a feed begins in something that begins otherwise (a warning of the server's, for example).
std::size_t find_root(std::string_view text) {
  text = text.substr(0, kLookForRoot);
  std::size_t best = std::string_view::npos;
  for (const std::string_view tag : {"<rss", "<feed", "<rdf:RDF", "<RSS", "<channel", "<CHANNEL"}) {
    best = std::min(best, text.find(tag));
  }
  return best;
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
                                         : of_prefix(full.substr(0, colon));
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

absl::StatusOr<XmlFeed> XmlFeed::parse(std::string_view text) {
  XmlFeed feed;
  bool well_formed = false;
  if (!has_doctype(text) && !is_costly(text)) {
    std::string_view trimmed = text;
    while (!trimmed.empty() && is_ascii_space(trimmed.front())) trimmed.remove_prefix(1);
    feed.document_.reset(read(trimmed, 0, &well_formed));
    if (well_formed && feed.document_ && is_feed_root(feed.root())) return feed;
  }
  const auto mend = [&](std::string_view from) {
    TidyXml tidy = tidy_xml(from);
    feed.cut_off_in_item_ = tidy.cut_off_in_item;
    feed.document_.reset(read(tidy.text, XML_PARSE_RECOVER, &well_formed));
  };
  if (!well_formed) mend(text);
  if (!feed.document_ || !is_feed_root(feed.root())) {
    const std::size_t begin = find_root(text);
    if (begin != std::string_view::npos && begin > 0) mend(text.substr(begin));
  }
  if (!feed.document_ || !feed.root())
    return absl::InvalidArgumentError("not XML: there is no element in it");
  return feed;
}

bool is_feed_root(XmlElement root) {
  const std::string_view name = root.name();
  static constexpr std::array<std::string_view, 5> kRoots = {"rss", "feed", "rdf", "channel", "entry"};
  return std::any_of(kRoots.begin(), kRoots.end(),
                     [&](auto known) { return equals_ignore_case(name, known); });
}

}  // namespace copytaster
