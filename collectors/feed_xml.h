// XML feeds as a tree with names that mean something: namespaces are resolved to vocabularies, so that the
// readers never see a prefix or a URI. Built on libxml2 without network, DTD or entities. Pure; any thread.
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collectors/feed_vocabulary.h"

namespace copytaster {

// One element; as long-lived as its XmlFeed. Cheap to copy.
class XmlElement {
 public:
  XmlElement() = default;
  explicit XmlElement(const xmlNode* node) : node_(node) {}
  [[nodiscard]] explicit operator bool() const { return node_ != nullptr; }

  [[nodiscard]] Vocabulary vocabulary() const;
  // Without prefix, in the document's own case.
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] bool is(Vocabulary vocabulary, std::string_view name) const;

  [[nodiscard]] XmlElement first_child() const {
    return element_from(node_ == nullptr ? nullptr : node_->children);
  }
  [[nodiscard]] XmlElement next() const { return element_from(node_ == nullptr ? nullptr : node_->next); }
  [[nodiscard]] XmlElement child(Vocabulary vocabulary, std::string_view name) const;
  // Nothing in it but white space.
  [[nodiscard]] bool empty() const;

  // All text below, trimmed.
  [[nodiscard]] std::string text() const;
  // What is below as HTML. With `escaped`, text is text; without, text is taken for HTML already, as in RSS.
  // Relative addresses stay so, but for those under an xml:base of the markup's own, which is relative to
  // `own_base`, this element's base().
  [[nodiscard]] std::string inner_html(bool escaped, std::string_view own_base = {}) const;
  // By local name, ignoring case and prefix (but xml:…); trimmed; empty when absent.
  [[nodiscard]] std::string attribute(std::string_view name) const;
  // The nearest xml:lang upwards; empty when there is none.
  [[nodiscard]] std::string language() const;
  // Every xml:base upwards, resolved in order against `document_base`.
  [[nodiscard]] std::string base(std::string_view document_base) const;

  template <typename Visit>
  void each_child(const Visit& visit) const {
    for (XmlElement child = first_child(); child; child = child.next()) visit(child);
  }

 private:
  static XmlElement element_from(const xmlNode* node);
  const xmlNode* node_ = nullptr;
};

class XmlFeed {
 public:
  // `text` is UTF-8. A well-formed document is parsed once; any other is mended first (feed_tidy.h).
  // kInvalidArgument where not even that gives a root element.
  static absl::StatusOr<XmlFeed> parse(std::string_view text);

  [[nodiscard]] XmlElement root() const { return XmlElement(xmlDocGetRootElement(document_.get())); }
  // Bytes are missing at the end: the last item is not whole.
  [[nodiscard]] bool cut_off_in_item() const { return cut_off_in_item_; }
  // Bytes are missing at the end: the root element is not whole.
  [[nodiscard]] bool cut_off() const { return cut_off_; }

 private:
  struct Free {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  XmlFeed() = default;
  std::unique_ptr<xmlDoc, Free> document_;
  bool cut_off_in_item_ = false;
  bool cut_off_ = false;
};

// Whether an element by this name is the root of a feed: rss, feed, RDF, channel, entry.
[[nodiscard]] bool is_feed_root(XmlElement root);

}  // namespace copytaster
