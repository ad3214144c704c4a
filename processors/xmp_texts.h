// What an XMP packet says, by the namespaces of its properties: a prefix "dc" that is bound to another one is
// not Dublin Core. Internal to embedded_metadata.cpp. Any bytes; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "processors/xmp_packet.h"

namespace copytaster {

class XmpTexts {
 public:
  // A packet that cannot be read says nothing.
  explicit XmpTexts(std::string_view packet) : document_(parse_xmp(packet)) {}

  // The property's text: of several languages the default one ("x-default"), else the first; of a list all
  // members, with commas between; empty: there is none.
  [[nodiscard]] std::string text(const XmpNamespace& space, std::string_view name) const;
  // In all languages, in their order, the default one among them; at most 16.
  [[nodiscard]] std::vector<std::string> languages(const XmpNamespace& space, std::string_view name) const;

 private:
  XmlDocument document_;
};

}  // namespace copytaster
